"""Painting that begins where reading begins: at the left, or at the right."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QWidget


def led(widget: QWidget, area: QRectF) -> QRectF:
    """Where ``area``, measured from the left, lies in a widget that may be read from the right.

    Qt already turns the alignment of words about, but not the places we give it.
    """
    if widget.layoutDirection() != Qt.LayoutDirection.RightToLeft:
        return area
    return QRectF(widget.width() - area.right(), area.top(), area.width(), area.height())
