"""The small square that stands for a code in a list: its colour and its letter."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPen, QPixmap

from imhcode.ui.coding.code_brushes import CodeLook


def chip(look: CodeLook, side: int, ratio: float) -> QIcon:
    """A square in the colours of a code with its letter; the same when its row is selected.

    Parameters
    ----------
    side : int
        Length of its sides in logical pixels.
    ratio : float
        Device pixels in a logical one.
    """
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    square = QRectF(0.75, 0.75, side - 1.5, side - 1.5)
    painter.setPen(QPen(QColor(look.ink), 1.5))
    painter.setBrush(QColor(look.fill))
    painter.drawRoundedRect(square, 3, 3)
    font = QFont()
    font.setBold(True)
    font.setPixelSize(max(round(side * 0.62), 1))
    painter.setFont(font)
    painter.setPen(QColor(look.text))
    painter.drawText(square, Qt.AlignmentFlag.AlignCenter, look.letter)
    painter.end()
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)  # or the style would tint it
    return icon
