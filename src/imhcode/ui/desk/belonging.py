"""Which window a widget belongs to, though its panel may have one of its own."""

from PySide6.QtWidgets import QDockWidget, QWidget

from imhcode.ui.desk.picture_window import PictureWindow


def window_of(widget: QWidget) -> QWidget:
    """The window whose desk a widget lies on, or would if its panel were put back."""
    top = widget.window()
    while isinstance(top, QDockWidget | PictureWindow) and (lies_on := top.parentWidget()):
        top = lies_on.window()
    return top
