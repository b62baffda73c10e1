"""The pages of a window, side by side; the one that is shown stands out."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from imhcode.ui import theme


class PageRow(QWidget):
    """One button a page.

    Parameters
    ----------
    pages : sequence of (str, str, str)
        Name, words and key of each.

    Signals
    -------
    asked(str)
        This page is wanted.
    """

    asked = Signal(str)

    def __init__(
        self, pages: Sequence[tuple[str, str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.current = pages[0][0]
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        unit = theme.UNIT_PX
        row = QHBoxLayout(self)
        row.setContentsMargins(unit * 2, unit, unit * 2, unit)
        row.setSpacing(unit)
        for name, words, key in pages:
            button = QToolButton()
            button.setText(words)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setToolTip(f"{words} ({key})")
            button.clicked.connect(lambda _=False, asked=name: self.asked.emit(asked))
            self._group.addButton(button)
            self._buttons[name] = button
            row.addWidget(button)
        row.addStretch(1)

    def show_current(self, name: str) -> None:
        """Let a page stand out; one that has no button leaves none."""
        self.current = name
        button = self._buttons.get(name)
        self._group.setExclusive(False)
        for one in self._buttons.values():
            one.setChecked(one is button)
        self._group.setExclusive(True)
