"""A region of the picture that is covered, so that the coder sees one person only."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from imhcode.ui.theme import Theme

_CORNER_PX = 14  #: near enough to the lower right corner to size the region by it
_LEAST = 0.02  #: share of the picture below which a region was a slip of the hand
_WHOLE = QRectF(0, 0, 1, 1)


class Cover:
    """The region, as shares of the picture's width and height, and how it is drawn by hand.

    Attributes
    ----------
    region : QRectF or None
        What is covered.
    is_placed : bool
        Whether the mouse draws, moves and sizes it now.
    """

    def __init__(self) -> None:
        self.region: QRectF | None = None
        self.is_placed = False
        self._before: QRectF | None = None
        self._from: QPointF | None = None
        self._part = ""

    def paint(self, painter: QPainter, picture: QRectF, theme: Theme) -> None:
        """Cover the region of a picture that lies at this place."""
        if self.region is None:
            return
        body = self._in(picture)
        painter.fillRect(body, QColor(theme.picture_surround))
        if self.is_placed:
            painter.setPen(QPen(QColor(theme.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(body)
            corner = QRectF(body.right() - 9, body.bottom() - 9, 8, 8)
            painter.fillRect(corner, QColor(theme.focus))

    def press(self, at: QPointF, picture: QRectF) -> None:
        """Take the region by its middle or its corner; beside it, begin another."""
        self._before, self._from = self.region, self._share(at, picture)
        body = self._in(picture) if self.region is not None else QRectF()
        reach = QPointF(_CORNER_PX, _CORNER_PX)
        if QRectF(body.bottomRight() - reach, body.bottomRight() + reach).contains(at):
            self._part = "corner"
        elif body.contains(at):
            self._part = "body"
        else:
            self._part = "new"

    def move(self, at: QPointF, picture: QRectF) -> None:
        """Draw, move or size the region."""
        if self._from is None:
            return
        now, before = self._share(at, picture), self._before
        if self._part == "body" and before is not None:
            by = now - self._from
            moved = before.translated(by)
            left = min(max(moved.left(), 0.0), 1 - before.width())
            top = min(max(moved.top(), 0.0), 1 - before.height())
            self.region = QRectF(left, top, before.width(), before.height())
        elif self._part == "corner" and before is not None:
            self.region = QRectF(before.topLeft(), now).normalized()
        else:
            self.region = QRectF(self._from, now).normalized()

    def release(self) -> bool:
        """Let go; whether the region is another now."""
        region, self._from = self.region, None
        if region is not None and min(region.width(), region.height()) < _LEAST:
            self.region = self._before
        return self.region != self._before

    @property
    def is_held(self) -> bool:
        """Whether the mouse has it."""
        return self._from is not None

    def _in(self, picture: QRectF) -> QRectF:
        region = self.region or QRectF()
        return QRectF(
            picture.left() + region.left() * picture.width(),
            picture.top() + region.top() * picture.height(),
            region.width() * picture.width(),
            region.height() * picture.height(),
        )

    @staticmethod
    def _share(at: QPointF, picture: QRectF) -> QPointF:
        x = (at.x() - picture.left()) / picture.width()
        y = (at.y() - picture.top()) / picture.height()
        return QPointF(min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0))


def text_of(region: QRectF | None) -> str:
    """A region as it is kept: four shares."""
    if region is None:
        return ""
    sides = (region.left(), region.top(), region.width(), region.height())
    return " ".join(f"{side:.4f}" for side in sides)


def region_in(text: str) -> QRectF | None:
    """The region that was kept; anything strange means none."""
    try:
        left, top, width, height = (float(one) for one in text.split())
    except ValueError:
        return None
    region = QRectF(left, top, width, height).intersected(_WHOLE)
    return region if min(region.width(), region.height()) >= _LEAST else None
