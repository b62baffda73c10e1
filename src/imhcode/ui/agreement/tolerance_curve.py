"""Kappa as it grows with the tolerance, by time and by event side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from imhcode.ui import theme
from imhcode.ui.agreement.chart import Chart, Door

SHOWN_AT_US = (0, 100_000, 250_000, 500_000, 750_000, 1_000_000, 1_500_000, 2_000_000, 3_000_000)


@dataclass(frozen=True, slots=True)
class AtTolerance:
    """Kappas at one tolerance; ``None`` where there is none.

    Attributes
    ----------
    time : float or None
        The lower of both directions.
    """

    tolerance_us: int
    time: float | None
    event: float | None


class ToleranceCurve(Chart):
    """A point opens what remains a disagreement at its tolerance; it opens its microseconds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.title = self.tr("Kappa and tolerance")
        self.setAccessibleName(self.title)
        self._points: Sequence[AtTolerance] = ()
        self._chosen_us: int | None = None

    def show_points(self, points: Sequence[AtTolerance], chosen_us: int | None) -> None:
        """Show other values; ``chosen_us`` is the tolerance of everything else on show."""
        self._points, self._chosen_us = points, chosen_us
        self.forget_place()

    @property
    def points(self) -> Sequence[AtTolerance]:
        """What is shown."""
        return self._points

    def limits(self) -> tuple[float, float, float, float] | None:
        values = [one for point in self._points for one in (point.time, point.event)]
        known = [one for one in values if one is not None]
        if not known:
            return None
        return 0.0, max(one.tolerance_us for one in self._points) / 1e6, min(0.0, *known), 1.0

    def axis_words(self) -> str:
        return self.tr("tolerance in s")

    def doors(self) -> Sequence[Door]:
        across, up = self.across(), self.up()
        return [
            Door(
                QPointF(across(point.tolerance_us / 1e6), up(value)),
                self._words(point),
                point.tolerance_us,
            )
            for point in self._points
            if (value := point.event if point.event is not None else point.time) is not None
        ]

    def _words(self, point: AtTolerance) -> str:
        time, event = ("–" if one is None else f"{one:.2f}" for one in (point.time, point.event))
        return self.tr("within {s} s: κ of time {time}, of events {event}").format(
            s=f"{point.tolerance_us / 1e6:g}", time=time, event=event
        )

    def paint_between(self, painter: QPainter, area: QRectF) -> None:
        now = theme.current()
        across, up = self.across(), self.up()
        if self._chosen_us is not None:
            x = across(self._chosen_us / 1e6)
            if x <= area.right() + 1:
                painter.setPen(QPen(QColor(now.text_dim), 1, Qt.PenStyle.DashLine))
                painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        lines = (
            ([(one.tolerance_us, one.time) for one in self._points], now.accent, True),
            ([(one.tolerance_us, one.event) for one in self._points], now.text, False),
        )
        heights = []
        for values, colour, is_time in lines:
            at = [QPointF(across(us / 1e6), up(one)) for us, one in values if one is not None]
            style = Qt.PenStyle.DashLine if is_time else Qt.PenStyle.SolidLine
            painter.setPen(QPen(QColor(colour), 2, style))
            painter.drawPolyline(QPolygonF(at))
            painter.setBrush(QColor(colour))
            for one in at:
                if is_time:
                    painter.drawRect(QRectF(one.x() - 3, one.y() - 3, 6, 6))
                else:
                    painter.drawEllipse(one, 3.5, 3.5)
            heights.append((at[-1].y() if at else None, colour, is_time))
        self._name(painter, area, heights)

    def _name(
        self, painter: QPainter, area: QRectF, heights: Sequence[tuple[float | None, str, bool]]
    ) -> None:
        """Write at the end of each line what it is."""
        metrics = QFontMetricsF(theme.small(self.font()))
        line = metrics.height()
        upper = min((y for y, *_ in heights if y is not None), default=0.0)
        for y, colour, is_time in heights:
            if y is None:
                continue
            words = self.tr("time") if is_time else self.tr("events")
            right, above, below = area.right() - 4, y - line - 4, y + 5
            top = above if y == upper and above > area.top() else below
            if top + line > area.bottom():  # no room below: above, left of the other's name
                top, right = above, right - metrics.horizontalAdvance(words) - line
            painter.setPen(QColor(colour))
            where = QRectF(right - 120, top, 120, line)
            painter.drawText(where, Qt.AlignmentFlag.AlignRight, words)
