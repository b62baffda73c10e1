"""Drawing the marks of a figure, and what each of them covers."""

from itertools import pairwise
from math import atan2, cos, hypot, sin, sqrt
from typing import cast

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)

from imhcode.analysis.figure import (
    Arrow,
    Bar,
    Dot,
    Figure,
    Line,
    Mark,
    Note,
    Rule,
    Series,
    Shade,
)
from imhcode.ui import theme
from imhcode.ui.coding.code_brushes import CodeLook, look_of, tile_of
from imhcode.ui.measures.figure_hits import CROWD, Drawn, is_beyond, without_crowds
from imhcode.ui.measures.figure_places import PanelPlace

LARGEST_DOT_PX = 15.0
_LEAST_DOT_PX = 3.0
_WORDS_AT = 0.36  #: of its length: in the middle those that cross would lie on each other
_BEND = 0.14  #: of its length, so that the way there and the way back are two arrows
_DASHES = {
    "solid": Qt.PenStyle.SolidLine,
    "dashed": Qt.PenStyle.DashLine,
    "dotted": Qt.PenStyle.DotLine,
    "dashdot": Qt.PenStyle.DashDotLine,
}


class MarkPainter:
    """Draws the marks of one panel.

    Parameters
    ----------
    painter : QPainter
        Its font is that of small words.
    """

    def __init__(self, painter: QPainter, figure: Figure, place: PanelPlace) -> None:
        self._painter, self._figure, self._place = painter, figure, place
        self._now = theme.current()
        self._radii = {
            (one.x, one.y): radius_of(one) for one in place.panel.marks if isinstance(one, Dot)
        }

    def draw(self) -> list[Drawn]:
        """Draw them in their order; give back those that say something."""
        found = []
        axis = self._place.panel.x
        for mark in without_crowds(self._place):
            if isinstance(mark, Bar | Dot) and is_beyond(mark, axis):
                continue
            drawn = self._draw(mark)
            if drawn is not None and (mark.says or mark.origins):
                found.append(drawn)
        return found

    def _draw(self, mark: Mark) -> Drawn | None:
        match mark:
            case Bar():
                return self._bar(mark)
            case Shade():
                return self._shade(mark)
            case Line():
                return self._line(mark)
            case Dot():
                return self._dot(mark)
            case Arrow():
                return self._arrow(mark)
            case Rule():
                return self._rule(mark)
            case Note():
                return self._note(mark)

    def _look(self, mark: Mark) -> CodeLook | None:
        series = self._figure.look(mark.series)
        return None if series is None else series_look(series)

    def _ink(self, mark: Mark) -> QColor:
        look = self._look(mark)
        return QColor(look.ink if look else self._now.text_dim)

    def _bar(self, mark: Bar) -> Drawn:
        box = self._place.box(mark.x0, mark.x1, mark.y0, mark.y1)
        look = self._look(mark)
        if look is not None:
            self._painter.fillRect(box, brush_of(look))
            self._painter.setPen(QPen(QColor(look.ink), 1))
        else:
            self._painter.setPen(QPen(QColor(self._now.outline), 1))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        if box.width() > 3:
            self._painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        else:
            self._painter.fillRect(box.adjusted(-0.5, 0, 0.5, 0), self._ink(mark))
        return Drawn(mark, box)

    def _shade(self, mark: Shade) -> Drawn:
        box = self._place.box(mark.x - 0.5, mark.x + 0.5, mark.y - 0.5, mark.y + 0.5)
        strength = min(max(mark.share, 0.0), 1.0) ** 0.6 * 0.9
        fill = theme.mixed(self._now.lane, self._now.accent, strength)
        inner = box.adjusted(1, 1, -1, -1)
        self._painter.fillRect(inner, QColor(fill))
        if mark.text and self._width(mark.text) <= inner.width():
            words = max("#000000", "#ffffff", key=lambda one: theme.contrast(one, fill))
            self._painter.setPen(QColor(words))
            self._painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, mark.text)
        return Drawn(mark, inner)

    def _line(self, mark: Line) -> Drawn:
        points = [QPointF(x, y) for x, y in self._line_places(mark)]
        if mark.stepped:
            points = _steps(points)
        series = self._figure.look(mark.series)
        style = _DASHES[series.dash] if series else Qt.PenStyle.SolidLine
        self._painter.setPen(QPen(self._ink(mark), 1.0 if mark.thin else 2.2, style))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawPolyline(QPolygonF(points))
        return Drawn(mark, QPolygonF(points).boundingRect(), tuple(points))

    def _line_places(self, mark: Line) -> list[list[float]]:
        """Where its points lie; of a long one, none on the pixel of the one before."""
        xs = self._place.x(np.array(mark.xs, float))
        ys = self._place.y(np.array(mark.ys, float))
        at = np.column_stack((xs, ys))
        if len(at) > CROWD:
            moved = (np.diff(np.round(at), axis=0) != 0).any(axis=1)
            at = at[np.concatenate(([True], moved))]
        return cast("list[list[float]]", at.tolist())

    def _dot(self, mark: Dot) -> Drawn:
        at, radius = self._place.at(mark.x, mark.y), radius_of(mark)
        series = self._figure.look(mark.series)
        look = self._look(mark)
        self._painter.setPen(QPen(self._ink(mark), 1.5))
        self._painter.setBrush(QColor(look.fill) if look else QColor(self._now.panel_raised))
        draw_shape(self._painter, series.shape if series else "circle", at, radius)
        if mark.text:
            self._write(QPointF(at.x(), at.y()), mark.text, "middle")
        return Drawn(mark, QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius))

    def _arrow(self, mark: Arrow) -> Drawn:
        start, end = self._place.at(mark.x0, mark.y0), self._place.at(mark.x1, mark.y1)
        away = end - start
        length = hypot(away.x(), away.y()) or 1.0
        side = QPointF(-away.y(), away.x()) * _BEND
        middle = (start + end) / 2 + side
        start = _towards(start, middle, self._radii.get((mark.x0, mark.y0), 0) + 2)
        end = _towards(end, middle, self._radii.get((mark.x1, mark.y1), 0) + 3)
        path = QPainterPath(start)
        path.quadTo(middle, end)
        ink, wide = self._ink(mark), 1.0 + 4.0 * mark.weight
        self._painter.setPen(QPen(ink, wide, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        if length > 1:
            self._painter.drawPath(path)
            self._head(end, atan2(end.y() - middle.y(), end.x() - middle.x()), ink, 5 + wide)
        points = tuple(path.pointAtPercent(k / 12) for k in range(13))
        if mark.text:
            self._write(path.pointAtPercent(_WORDS_AT), mark.text, "middle")
        return Drawn(mark, path.boundingRect(), points)

    def _head(self, at: QPointF, angle: float, ink: QColor, size: float) -> None:
        wings = [
            at - QPointF(cos(angle + turn), sin(angle + turn)) * size for turn in (-0.45, 0.45)
        ]
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(ink)
        self._painter.drawPolygon(QPolygonF([at, *wings]))

    def _rule(self, mark: Rule) -> Drawn:
        area = self._place.area
        style = Qt.PenStyle.DashLine if mark.dashed else Qt.PenStyle.SolidLine
        self._painter.setPen(QPen(QColor(self._now.text_dim), 1, style))
        if mark.upright:
            x = self._place.x(mark.at)
            ends = QPointF(x, area.top()), QPointF(x, area.bottom())
        else:
            y = self._place.y(mark.at)
            ends = QPointF(area.left(), y), QPointF(area.right(), y)
        self._painter.drawLine(*ends)
        return Drawn(mark, QRectF(*ends), ends)

    def _note(self, mark: Note) -> Drawn:
        at = self._place.at(mark.x, mark.y)
        return Drawn(mark, self._write(at, mark.text, mark.anchor))

    def _width(self, words: str) -> float:
        return QFontMetricsF(self._painter.font()).horizontalAdvance(words)

    def _write(self, at: QPointF, words: str, anchor: str) -> QRectF:
        metrics = QFontMetricsF(self._painter.font())
        at = at + QPointF(
            metrics.horizontalAdvance(words) - metrics.horizontalAdvance(words.lstrip()), 0
        )
        words = words.strip()
        wide, high = metrics.horizontalAdvance(words), metrics.height()
        left = at.x() - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        box = QRectF(left, at.y() - high / 2, wide, high)
        ground = QColor(self._now.panel)
        ground.setAlphaF(0.75)
        self._painter.fillRect(box, ground)
        self._painter.setPen(QColor(self._now.text))
        self._painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        return box


def series_look(series: Series) -> CodeLook:
    """A series' colour and pattern, fitted to the theme."""
    return look_of(series.color, series.pattern, "", theme.current())


def brush_of(look: CodeLook) -> QBrush:
    """The ground of an area in that look."""
    if look.pattern in ("solid", "blank"):
        return QBrush(QColor(look.fill))
    return QBrush(tile_of(look.pattern, look.fill, look.stroke))


def radius_of(mark: Dot) -> float:
    """Half the width of a dot, in pixels."""
    return max(_LEAST_DOT_PX, LARGEST_DOT_PX * sqrt(max(mark.size, 0.0)))


def draw_shape(painter: QPainter, shape: str, at: QPointF, radius: float) -> None:
    """A dot in the shape of its series."""
    x, y, r = at.x(), at.y(), radius
    if shape == "circle":
        painter.drawEllipse(at, r, r)
    elif shape == "square":
        painter.drawRect(QRectF(x - r * 0.88, y - r * 0.88, r * 1.76, r * 1.76))
    elif shape == "tick":
        painter.drawLine(QPointF(x, y - r - 2), QPointF(x, y + r + 2))
    elif shape == "cross":
        painter.drawLine(QPointF(x - r, y - r), QPointF(x + r, y + r))
        painter.drawLine(QPointF(x - r, y + r), QPointF(x + r, y - r))
    else:
        corners = {
            "triangle": [(0, -1.15), (1.1, 0.85), (-1.1, 0.85)],
            "diamond": [(0, -1.25), (1.1, 0), (0, 1.25), (-1.1, 0)],
        }[shape]
        painter.drawPolygon(QPolygonF([QPointF(x + dx * r, y + dy * r) for dx, dy in corners]))


def _steps(points: list[QPointF]) -> list[QPointF]:
    """A line that keeps its height up to the next point."""
    found = points[:1]
    for before, here in pairwise(points):
        found += [QPointF(here.x(), before.y()), here]
    return found


def _towards(from_: QPointF, to: QPointF, by: float) -> QPointF:
    way = to - from_
    length = hypot(way.x(), way.y()) or 1.0
    return from_ + way * (min(by, length) / length)
