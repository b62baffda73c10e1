"""Which marks of a figure are drawn, what each covers, and which is pointed at."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import cast

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from imhcode.analysis.figure import Axis, Bar, Dot, Mark
from imhcode.ui.measures.figure_places import PanelPlace

_NEAR_PX = 7.0
CROWD = 1_000  #: of marks, from which on those that cannot be told apart are left out
_APART_PX = 2.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A mark that says something, and what it covers.

    Attributes
    ----------
    box : QRectF
        Around it.
    line : tuple of QPointF
        For thin marks, the points of their line: near it is on it.
    """

    mark: Mark
    box: QRectF
    line: tuple[QPointF, ...] = ()

    def distance(self, at: QPointF) -> float:
        """How far a place is from it, in pixels; 0 on it."""
        if self.line:
            return min(
                (_to_stretch(at, a, b) for a, b in pairwise(self.line)),
                default=float("inf"),
            )
        dx = max(self.box.left() - at.x(), 0.0, at.x() - self.box.right())
        dy = max(self.box.top() - at.y(), 0.0, at.y() - self.box.bottom())
        return hypot(dx, dy)


def without_crowds(place: PanelPlace) -> Sequence[Mark]:
    """The marks, without dots of one series that would lie on each other: nobody sees them."""
    marks = place.panel.marks
    dots = [k for k, one in enumerate(marks) if isinstance(one, Dot)]
    if len(dots) < CROWD:
        return marks
    some = cast("list[Dot]", [marks[k] for k in dots])
    number: dict[str, int] = {}
    series = np.array([number.setdefault(one.series, len(number)) for one in some], float)
    across = np.round(place.x(np.array([one.x for one in some], float)) / _APART_PX)
    down = np.round(place.y(np.array([one.y for one in some], float)) / _APART_PX)
    _, first = np.unique(((series * 1e5) + across) * 1e5 + down, return_index=True)
    hidden = set(dots) - {dots[k] for k in first.tolist()}
    return [one for k, one in enumerate(marks) if k not in hidden]


def is_beyond(mark: Bar | Dot, axis: Axis) -> bool:
    """Whether it lies outside what the axis shows: beyond the end of the coded range."""
    first, last = (mark.x0, mark.x1) if isinstance(mark, Bar) else (mark.x, mark.x)
    return last < axis.low or first > axis.high


def _to_stretch(at: QPointF, a: QPointF, b: QPointF) -> float:
    """Distance from a place to a straight stretch."""
    way, from_a = b - a, at - a
    square = way.x() ** 2 + way.y() ** 2
    share = 0.0 if not square else (from_a.x() * way.x() + from_a.y() * way.y()) / square
    nearest = a + way * min(max(share, 0.0), 1.0)
    return hypot(at.x() - nearest.x(), at.y() - nearest.y())


def mark_at(drawn: list[Drawn], at: QPointF) -> int | None:
    """The place of the mark that is pointed at: the uppermost on it, else the nearest."""
    best, least = None, _NEAR_PX
    for place in range(len(drawn) - 1, -1, -1):
        distance = drawn[place].distance(at)
        if distance < least:
            best, least = place, distance
            if not distance:
                break
    return best
