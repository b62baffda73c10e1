"""How far apart two coders set the boundaries of the events they both have."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from imhcode.ui import theme
from imhcode.ui.agreement.chart import Chart, Door
from imhcode.ui.widgets.ticks import ticks

_BARS = 15
_NICE_S = (0.02, 0.04, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0)


class BoundaryHistogram(Chart):
    """A bar opens the boundaries in it: it opens its first and last microsecond."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.title = self.tr("Boundaries, second − first")
        self.setAccessibleName(self.title)
        self._edges_us: npt.NDArray[np.int64] = np.empty(0, np.int64)
        self._counts: npt.NDArray[np.int64] = np.empty(0, np.int64)
        self._median_s = 0.0

    def show_errors(self, errors_us: npt.NDArray[np.int64]) -> None:
        """Show signed differences in microseconds, the second coder's minus the first one's."""
        self._edges_us, self._counts = bars_of(errors_us)
        self._median_s = float(np.median(errors_us)) / 1e6 if len(errors_us) else 0.0
        self.forget_place()

    @property
    def counts(self) -> tuple[int, ...]:
        """How many boundaries each bar has."""
        return tuple(int(one) for one in self._counts)

    def limits(self) -> tuple[float, float, float, float] | None:
        if not self._counts.any():
            return None
        return (
            self._edges_us[0] / 1e6,
            self._edges_us[-1] / 1e6,
            0.0,
            float(self._counts.max()) * 1.1,
        )

    def axis_words(self) -> str:
        return self.tr("s · median {s} s").format(s=f"{self._median_s:+.2f}".replace("-", "−"))

    def across_words(self, value: float) -> str:
        return f"{value:+g}".replace("-", "−") if value else "0"

    def doors(self) -> Sequence[Door]:
        across, up = self.across(), self.up()
        found = []
        for place in np.flatnonzero(self._counts).tolist():
            first, last = (int(one) for one in self._edges_us[place : place + 2])
            n = int(self._counts[place])
            words = self.tr("{n} boundaries from {first} to {last} s").format(
                n=n, first=f"{first / 1e6:+g}", last=f"{last / 1e6:+g}"
            )
            middle = QPointF(across((first + last) / 2e6), up(n / 2))
            found.append(Door(middle, words, (first, last)))
        return found

    def paint_between(self, painter: QPainter, area: QRectF) -> None:
        now = theme.current()
        across, up = self.across(), self.up()
        for place, n in enumerate(self._counts.tolist()):
            left, right = (across(one / 1e6) for one in self._edges_us[place : place + 2])
            bar = QRectF(left + 1, up(n), max(right - left - 2, 1), area.bottom() - up(n))
            painter.fillRect(bar, QColor(theme.mixed(now.panel, now.accent, 0.75)))
        painter.setPen(QPen(QColor(now.text), 1))
        painter.drawLine(QPointF(across(0), area.top()), QPointF(across(0), area.bottom()))
        painter.setPen(QPen(QColor(now.text), 2, Qt.PenStyle.DotLine))
        x = across(self._median_s)
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))


def bars_of(
    errors_us: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Edges of bars of a round width with zero in the middle of one, and their counts."""
    if not len(errors_us):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    reach_s = max(float(np.abs(errors_us).max()) / 1e6, 0.02)
    fitting = (one for one in _NICE_S if (2 * reach_s) / one <= _BARS)
    width_s = next(fitting, None) or ticks(0, 2 * reach_s, _BARS)[1]
    width_us = round(width_s * 1e6)
    n = int(np.ceil((reach_s * 1e6 - width_us / 2) / width_us))
    n = max(n, 1)
    edges = (np.arange(2 * n + 2) - n) * width_us - width_us // 2
    counts, _ = np.histogram(errors_us, edges)
    return edges.astype(np.int64), counts.astype(np.int64)
