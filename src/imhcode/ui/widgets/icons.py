"""The few icons of the window, drawn as vector shapes in whatever colour the theme wants."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QPolygonF

SIDE = 64  #: drawn large, shown at any size


@lru_cache(maxsize=64)
def icon(name: str, colour: str) -> QIcon:
    """An icon by name: ``play``, ``pause``, ``back``, ``forward``, ``first``, ``last``."""
    picture = QPixmap(SIDE, SIDE)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    for shape in _SHAPES[name]:
        if isinstance(shape, QRectF):
            painter.drawRoundedRect(shape, 3, 3)
        else:
            painter.drawPolygon(shape)
    painter.end()
    return QIcon(picture)


def _triangle(left: float, right: float) -> QPolygonF:
    """A triangle whose base stands at ``left`` and whose point is at ``right``."""
    return QPolygonF([QPointF(left, 14), QPointF(left, 50), QPointF(right, 32)])


_SHAPES: dict[str, tuple[QRectF | QPolygonF, ...]] = {
    "play": (_triangle(18, 50),),
    "pause": (QRectF(17, 14, 10, 36), QRectF(37, 14, 10, 36)),
    "back": (_triangle(44, 20), QRectF(46, 14, 5, 36)),
    "forward": (_triangle(20, 44), QRectF(13, 14, 5, 36)),
    "first": (_triangle(34, 14), _triangle(54, 34), QRectF(8, 14, 5, 36)),
    "last": (_triangle(10, 30), _triangle(30, 50), QRectF(51, 14, 5, 36)),
}
