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
        self.hint = QLabel(
            self.tr(
                "↑ ↓ walk · L loop · Space stand still · ← → frames · Ctrl+K note · "
                "Ctrl+Z undo · Ctrl+Return hand in · Esc back"
            )
        )
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
        column.addWidget(self.hint)

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
