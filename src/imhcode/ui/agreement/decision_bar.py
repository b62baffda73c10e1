"""What can be decided about a disagreement, each with its key."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from imhcode.domain.decision import Choice
from imhcode.ui import theme
from imhcode.ui.widgets.key_cap import KeyCap

#: the choices in the order of their keys
KEYED: tuple[tuple[str, Choice], ...] = (
    ("1", "mine"),
    ("2", "theirs"),
    ("3", "both"),
    ("4", "neither"),
    ("5", "third"),
)


class DecisionBar(QWidget):
    """One button a choice, and how far one is.

    Signals
    -------
    chosen(str)
        What was decided.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[Choice, QPushButton] = {}
        self.progress = QLabel()
        self.accepted = QLabel()
        self.accepted.setTextFormat(Qt.TextFormat.PlainText)
        self.accepted.setWordWrap(True)
        self.hint = QLabel()
        self.hint.setFont(theme.small(self.font()))
        self.hint.setWordWrap(True)
        unit = theme.UNIT_PX
        row = QHBoxLayout()
        row.setSpacing(unit)
        words = {
            "both": self.tr("both"),
            "neither": self.tr("neither"),
            "third": self.tr("another…"),
        }
        for key, choice in KEYED:
            row.addWidget(KeyCap(key))
            button = QPushButton(words.get(choice, ""))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _=False, asked=choice: self.chosen.emit(asked))
            self._buttons[choice] = button
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.progress)
        column = QVBoxLayout(self)
        column.setContentsMargins(unit, unit, unit, unit)
        column.setSpacing(unit // 2)
        column.addLayout(row)
        column.addWidget(self.accepted)
        column.addWidget(self.hint)
        self.show_gold(False)
        self.show_accepted([])

    def show_gold(self, is_gold: bool) -> None:
        """Say which keys there are: for a consensus, or for a gold standard."""
        walk = self.tr("↑ ↓ walk · L loop · Space stand still · ← → frames")
        keys = self.tr("Ctrl+K note · Ctrl+Z undo · Ctrl+Return hand in · Esc back")
        if is_gold:
            keys = self.tr("A accept more · Ctrl+Z undo · Ctrl+Return freeze · Esc back")
        self.hint.setText(f"{walk} · {keys}")

    def show_accepted(self, words: Sequence[str]) -> None:
        """Say what else is right besides what was decided; nothing takes no room."""
        self.accepted.setVisible(bool(words))
        self.accepted.setText(self.tr("Also right: {codes}").format(codes=", ".join(words)))

    def show_coders(self, coders: Sequence[str]) -> None:
        """Say whose is the first and whose the second."""
        for choice, coder in zip(("mine", "theirs"), coders, strict=True):
            words = self.tr("as {coder}").format(coder=coder)
            self._buttons[choice].setText(words)  # type: ignore[index]

    def show_decided(self, choice: str, done: int, total: int) -> None:
        """Mark what was decided, and say how far one is."""
        for one, button in self._buttons.items():
            button.setDefault(one == choice)
        self.progress.setText(self.tr("{done} of {total} decided").format(done=done, total=total))
