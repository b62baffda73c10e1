"""Where the parts of a figure lie in a widget: title, legend, panels with their axes."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from imhcode.analysis.figure import Axis, Figure, Panel, Series
from imhcode.ui import theme
from imhcode.ui.widgets.ticks import ticks

_LINES_BELOW = 2  #: lines for the names of categories across
Value = TypeVar("Value", float, npt.NDArray[np.float64])

LINES_A_TICK = 2.4  #: room that a tick of an upright axis needs, in lines of words
_FEWEST_PX = 150
_LEGEND_SHARE = 0.35  #: of the height at most
_FATTEST_PX = 64  #: of a row of categories


@dataclass(frozen=True, slots=True)
class PanelPlace:
    """One panel: where it lies, and from values to places.

    Attributes
    ----------
    area : QRectF
        Between the axes.
    words_px : float
        Room for the words left of it.
    names_across : bool
        Whether the axis across is written below it.
    names_px : float
        How high those names are.
    """

    panel: Panel
    area: QRectF
    words_px: float = 0.0
    names_across: bool = True
    names_px: float = 0.0

    def x(self, value: Value) -> Value:
        """The place of a value, or of an array of them, across."""
        axis = self.panel.x
        return self.area.left() + _share(axis, value) * self.area.width()

    def y(self, value: Value) -> Value:
        """The place of a value, or of an array of them, up or down."""
        axis = self.panel.y
        share = _share(axis, value)
        if axis.downwards:
            return self.area.top() + share * self.area.height()
        return self.area.bottom() - share * self.area.height()

    def at(self, x: float, y: float) -> QPointF:
        """The place of a point."""
        return QPointF(self.x(x), self.y(y))

    def box(self, x0: float, x1: float, y0: float, y1: float) -> QRectF:
        """The place of a rectangle."""
        return QRectF(self.at(x0, y0), self.at(x1, y1)).normalized()


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One look of the legend and where it is explained."""

    series: Series
    box: QRectF


@dataclass(frozen=True, slots=True)
class FigurePlaces:
    """All of it."""

    legend: tuple[LegendEntry, ...]
    panels: tuple[PanelPlace, ...]


def _share(axis: Axis, value: Value) -> Value:
    return (value - axis.low) / ((axis.high - axis.low) or 1.0)


def axis_ticks(axis: Axis, room_px: float, each_px: float) -> list[tuple[float, str]]:
    """Values that are written beside an axis, with their words."""
    if axis.categories:
        return [(float(k), words) for k, words in enumerate(axis.categories)]
    values = ticks(axis.low, axis.high, max(int(room_px // each_px), 2))
    return [(value, f"{value:g}".replace("-", "−")) for value in values]


def places_of(figure: Figure, width: float, height: float, small: QFontMetricsF) -> FigurePlaces:
    """Lay a figure out.

    Panels one below another that share their axis across begin at one place and name it once.

    Parameters
    ----------
    width, height : float
        Of the widget, in pixels.
    small : QFontMetricsF
        Of the words beside axes.
    """
    gap = theme.UNIT_PX
    legend, below = _legend(figure, width, height * _LEGEND_SHARE, small)
    room = QRectF(gap, below, width - 2 * gap, height - below - gap)
    columns = _columns(figure, room)
    one_axis = columns == 1 and len({one.x for one in figure.panels}) == 1
    cells = _cells(figure, columns, room, one_axis=one_axis, small=small)
    lefts = [
        _left_of_axis(one.y, cell, small) for one, cell in zip(figure.panels, cells, strict=True)
    ]
    if one_axis:
        lefts = [max(lefts, default=0.0)] * len(lefts)
    last = len(cells) - 1
    found = [
        _panel(panel, cell, left, small, across=not one_axis or k == last)
        for k, (panel, cell, left) in enumerate(zip(figure.panels, cells, lefts, strict=True))
    ]
    return FigurePlaces(legend, tuple(found))


def _columns(figure: Figure, room: QRectF) -> int:
    """How many panels stand beside each other."""
    n = len(figure.panels)
    if n < 2 or all(one.y.categories and not one.x.categories for one in figure.panels):
        return 1  # rows that share a time axis are read one below another
    if _is_square(figure.panels[0]):
        best = max(
            range(1, n + 1), key=lambda k: min(room.width() / k, room.height() / ceil(n / k))
        )
    else:
        best = n if room.width() / n > _FEWEST_PX * 1.5 else ceil(n / 2)
    return max(1, min(best, int(room.width() // _FEWEST_PX) or 1))


def _cells(
    figure: Figure, columns: int, room: QRectF, *, one_axis: bool, small: QFontMetricsF
) -> list[QRectF]:
    """What each panel gets, with its words; rows of categories are never fatter than they need."""
    n_rows = ceil(len(figure.panels) / columns)
    wide = room.width() / columns
    if columns > 1 or not all(one.y.categories and not one.x.categories for one in figure.panels):
        high = room.height() / max(n_rows, 1)
        return [
            QRectF(room.left() + k % columns * wide, room.top() + k // columns * high, wide, high)
            for k in range(len(figure.panels))
        ]
    words = [(small.height() if one.title else 0.0) + 1.5 * theme.UNIT_PX for one in figure.panels]
    for k, one in enumerate(figure.panels):
        if not one_axis or k == len(figure.panels) - 1:
            words[k] += _below_axis(one.x, room, small)
    n_categories = sum(len(one.y.categories) for one in figure.panels)
    each = min((room.height() - sum(words)) / max(n_categories, 1), theme.scaled(_FATTEST_PX))
    found, top = [], room.top()
    for panel, more in zip(figure.panels, words, strict=True):
        high = max(each, 4.0) * len(panel.y.categories) + more
        found.append(QRectF(room.left(), top, wide, high))
        top += high
    return found


def _panel(
    panel: Panel, cell: QRectF, left: float, small: QFontMetricsF, *, across: bool
) -> PanelPlace:
    gap, line = theme.UNIT_PX, small.height()
    top = line + gap if panel.title else gap
    below = 0.0
    if panel.x.hidden and panel.y.hidden:
        area = cell.adjusted(gap, top, -gap, -gap)
    else:
        inside = QRectF(cell).adjusted(left, 0, -1.5 * gap, 0)
        below = _below_axis(panel.x, inside, small) if across else gap / 2
        area = cell.adjusted(left, top, -1.5 * gap, -below)
    if _is_square(panel):
        side = min(area.width(), area.height())
        slack = area.width() - side, area.height() - side
        area = area.adjusted(slack[0] / 2, slack[1] / 2, -slack[0] / 2, -slack[1] / 2)
    label = line + 4 if panel.y.words else 0.0
    room = area.left() - cell.left() - label - gap
    return PanelPlace(panel, area, room, across, below - 1.5 * gap - (line if panel.x.words else 0))


def _left_of_axis(axis: Axis, cell: QRectF, small: QFontMetricsF) -> float:
    """Room for the words left of a panel."""
    each = small.height() * LINES_A_TICK
    most = max(int(cell.height() // each), 2)  # fewer where the words below take their room
    words = [one for n in range(2, most + 1) for _, one in axis_ticks(axis, n * each, each)]
    widest = max((small.horizontalAdvance(one) for one in words), default=0.0)
    label = small.height() + 4 if axis.words else 0.0
    return min(widest, cell.width() * 0.3) + label + theme.UNIT_PX * 1.5


def _is_square(panel: Panel) -> bool:
    """A grid of categories may be as wide as there is room; a diagram may not."""
    return panel.square and not (panel.x.categories and panel.y.categories)


def _below_axis(axis: Axis, inside: QRectF, small: QFontMetricsF) -> float:
    """Room for the words below a panel."""
    named = names_height(axis, inside, small)
    return named + (small.height() if axis.words else 0.0) + theme.UNIT_PX * 1.5


def are_turned(axis: Axis, wide: float, small: QFontMetricsF) -> bool:
    """Whether names of categories stand upright, as they would not fit side by side."""
    slot = wide / max(len(axis.categories), 1) - 4
    single = (word for one in axis.categories for word in one.split())
    return any(small.horizontalAdvance(word) > slot for word in single)


def names_height(axis: Axis, inside: QRectF, small: QFontMetricsF) -> float:
    """How much room the names of an axis across take."""
    if not axis.categories:
        return small.height()
    if not are_turned(axis, inside.width(), small):
        return small.height() * _LINES_BELOW
    widest = max(small.horizontalAdvance(one) for one in axis.categories)
    return min(widest + 4, max(inside.height() * 0.3, small.height() * 3))


def _legend(
    figure: Figure, width: float, highest: float, small: QFontMetricsF
) -> tuple[tuple[LegendEntry, ...], float]:
    """Entries in rows at the top, and where the last row ends.

    What has no room there is left out: every mark says itself what it is.
    """
    gap, line = theme.UNIT_PX, small.height() + 4
    x, y = float(gap), float(gap) / 2
    found: list[LegendEntry] = []
    shown: Sequence[Series] = [one for one in figure.series if one.in_legend]
    for one in shown:
        wide = small.horizontalAdvance(one.label) + line * 1.4 + 2 * gap
        if x + wide > width - gap and x > gap:
            x, y = float(gap), y + line
        if y + line > max(highest, line + gap):
            return tuple(found), y + gap / 2
        found.append(LegendEntry(one, QRectF(x, y, wide, line)))
        x += wide
    return tuple(found), (y + line + gap / 2 if shown else gap / 2)
