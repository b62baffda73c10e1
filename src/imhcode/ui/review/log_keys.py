"""The conversation's codes as large buttons with their keys: one press notes one thing."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from imhcode.domain.codes import Code
from imhcode.ui import theme
from imhcode.ui.widgets.key_cap import KeyCap

_COLUMNS = 2


class LogKeys(QWidget):
    """One button a code.

    Signals
    -------
    pressed(str)
        The code with this id happens now.
    """

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.UNIT_PX)
        self.buttons: dict[str, QPushButton] = {}

    def show_codes(self, codes: Iterable[Code]) -> None:
        """Offer these."""
        for button in self.buttons.values():
            self._grid.removeWidget(button)
            button.deleteLater()
        self.buttons = {}
        for number, code in enumerate(codes):
            button = QPushButton()
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(code.label)
            button.setToolTip(code.definition)
            row = QHBoxLayout(button)
            row.setContentsMargins(theme.UNIT_PX, 4, theme.UNIT_PX, 4)
            words = QLabel(code.label)
            for one in (KeyCap(code.key, button), words):
                one.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                row.addWidget(one)
            row.addStretch()
            button.setMinimumHeight(row.sizeHint().height() + theme.UNIT_PX)
            button.clicked.connect(lambda _=False, asked=code.id: self.pressed.emit(asked))
            self._grid.addWidget(button, number // _COLUMNS, number % _COLUMNS)
            self.buttons[code.id] = button
