"""A column that scrolls up and down where it does not fit, so that nothing in it is cut off."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class UprightScroll(QScrollArea):
    """Shows ``column`` in its full height, or in parts.

    Parameters
    ----------
    column : QWidget
        What is shown.
    narrowest_px : int
        Width that is always kept.
    """

    def __init__(self, column: QWidget, narrowest_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setMinimumWidth(narrowest_px)
        self.setWidget(column)
