"""The ruler: which instants get a line, and what is written beside it."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from imhcode.domain.timecode import US_PER_MS, US_PER_S, as_clock
from imhcode.ui.coding.timeline_scale import TimeScale
from imhcode.ui.theme import Theme

_MINUTE = 60 * US_PER_S
_HOUR = 60 * _MINUTE

#: distance of labelled lines, and into how many parts the short lines divide it
STEPS = (
    *((n * US_PER_MS, parts) for n, parts in ((1, 5), (2, 4), (5, 5), (10, 5), (20, 4), (50, 5))),
    *((n * US_PER_MS, parts) for n, parts in ((100, 5), (200, 4), (500, 5))),
    *((n * US_PER_S, parts) for n, parts in ((1, 5), (2, 4), (5, 5), (10, 5), (15, 3), (30, 6))),
    *((n * _MINUTE, parts) for n, parts in ((1, 6), (2, 4), (5, 5), (10, 5), (15, 3), (30, 6))),
    *((n * _HOUR, parts) for n, parts in ((1, 4), (2, 4), (6, 6), (12, 4), (24, 4))),
)


@dataclass(frozen=True, slots=True)
class Tick:
    """One line of the ruler; a short one has no words."""

    time_us: int
    words: str


def label_of(time_us: int, step_us: int, *, hours: bool) -> str:
    """Clock time with as many decimals as the step needs."""
    clock = as_clock(time_us, hours=hours)
    if step_us >= US_PER_S:
        return clock[:-4]
    return clock[:-2] if step_us >= 100 * US_PER_MS else clock


def ticks_for(scale: TimeScale, label_px: float) -> list[Tick]:
    """Every line the strip shows, labelled ones at least ``label_px`` pixels apart."""
    fits = (one for one in STEPS if one[0] / scale.us_per_px >= label_px)
    step_us, parts = next(fits, STEPS[-1])
    small_us = step_us // parts
    hours = scale.until_us >= _HOUR
    first = -(-scale.from_us // small_us)
    last = scale.until_us // small_us
    return [
        Tick(n * small_us, "" if n % parts else label_of(n * small_us, step_us, hours=hours))
        for n in range(first, last + 1)
    ]


def label_room_px(font: QFont, scale: TimeScale) -> float:
    """How far apart labelled lines have to be for their words."""
    widest = "0:00:00.000" if scale.until_us >= _HOUR else "00:00.000"
    short = scale.us_per_px * 100 >= US_PER_S
    return QFontMetricsF(font).horizontalAdvance(widest[:-4] if short else widest) + 24


def paint_ruler(
    painter: QPainter, area: QRectF, scale: TimeScale, ticks: list[Tick], theme: Theme
) -> None:
    """Draw the lines and words of ``ticks``, the strip's pixel 0 at the left of ``area``."""
    painter.fillRect(area, QColor(theme.panel))
    long, short = QColor(theme.text_dim), QColor(theme.outline)
    bottom = area.bottom()
    align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    for tick in ticks:
        x = area.left() + int(scale.x_of(tick.time_us))
        high = 7 if tick.words else 3
        painter.fillRect(QRectF(x, bottom - high, 1, high), long if tick.words else short)
        if tick.words:
            width = painter.fontMetrics().horizontalAdvance(tick.words)
            if x + 4 + width <= area.right():
                painter.setPen(long)
                where = QRectF(QPointF(x + 4, area.top()), QPointF(area.right(), bottom - 2))
                painter.drawText(where, align, tick.words)
