"""Drift: one line a coder over sessions or weeks, with the alarms of the rule."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from imhcode.ui import theme
from imhcode.ui.agreement.chart import DISTINCT, Chart, Door
from imhcode.ui.agreement.drift import AlarmRule, DriftPoint


class DriftChart(Chart):
    """A point opens the disagreements of its session: it opens the session's id."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.title = self.tr("Drift")
        self.setAccessibleName(self.title)
        self._lines: Mapping[str, Sequence[DriftPoint]] = {}
        self._rule = AlarmRule()
        self._by_day = False

    def show_lines(
        self, lines: Mapping[str, Sequence[DriftPoint]], rule: AlarmRule, *, by_day: bool
    ) -> None:
        """Show other coders or sessions."""
        self._lines, self._rule, self._by_day = lines, rule, by_day
        n = sum(point.is_alarm for points in lines.values() for point in points)
        self.title = self.tr("Drift")
        if n:
            self.title = self.tr("Drift · {n} alarms").format(n=n)
        self.forget_place()

    def _points(self) -> list[tuple[str, DriftPoint]]:
        every = [(coder, point) for coder, points in self._lines.items() for point in points]
        return sorted(every, key=lambda one: (one[1].at, one[0]))

    def limits(self) -> tuple[float, float, float, float] | None:
        points = [one for _, one in self._points()]
        if not points:
            return None
        at = [one.at for one in points]
        first, last = min(at), max(at)
        room = max((last - first) * 0.04, 0.5)
        low = min(0.0, *(one.value for one in points), self._rule.threshold)
        return first - room, last + room, low, 1.0

    def axis_words(self) -> str:
        return self.tr("weeks") if self._by_day else self.tr("sessions")

    def across_words(self, value: float) -> str:
        return "" if value != round(value) else f"{value:g}".replace("-", "−")

    def doors(self) -> Sequence[Door]:
        across, up = self.across(), self.up()
        found = []
        for coder, point in self._points():
            words = self.tr("{session} · {coder}: κ {value}").format(
                session=point.session_id, coder=coder, value=f"{point.value:.2f}"
            )
            if point.is_alarm:
                words += " · " + self.tr("alarm")
            found.append(Door(QPointF(across(point.at), up(point.value)), words, point.session_id))
        return found

    def paint_between(self, painter: QPainter, area: QRectF) -> None:
        now = theme.current()
        across, up = self.across(), self.up()
        y = up(self._rule.threshold)
        painter.setPen(QPen(QColor(now.text_dim), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        line = QFontMetricsF(theme.small(self.font())).height()
        words = self.tr("alarm: {n} in a row below {threshold}").format(
            n=self._rule.in_a_row, threshold=f"{self._rule.threshold:.2f}"
        )
        painter.setPen(QColor(now.text_dim))
        painter.drawText(
            QRectF(area.left() + 4, y + 2, area.width() - 4, line),
            Qt.AlignmentFlag.AlignLeft,
            words,
        )
        for place, (coder, points) in enumerate(self._lines.items()):
            ink = _ink(DISTINCT[place % len(DISTINCT)], now)
            at = [QPointF(across(one.at), up(one.value)) for one in points]
            painter.setPen(QPen(ink, 2))
            painter.drawPolyline(QPolygonF(at))
            for one, point in zip(at, points, strict=True):
                painter.setPen(QPen(ink, 2))
                painter.setBrush(QColor(now.panel) if point.is_alarm else ink)
                _mark(painter, one, place, 6.0 if point.is_alarm else 4.0)
            self._name(painter, area, coder, at[-1], ink)

    def _name(self, painter: QPainter, area: QRectF, coder: str, at: QPointF, ink: QColor) -> None:
        line = QFontMetricsF(theme.small(self.font())).height()
        painter.setPen(ink)
        top = at.y() - line - 5 if at.y() - line - 5 > area.top() else at.y() + 6
        wide = QFontMetricsF(theme.small(self.font())).horizontalAdvance(coder) + 4
        left = min(at.x() - wide / 2, area.right() - wide)
        painter.drawText(QRectF(left, top, wide, line), Qt.AlignmentFlag.AlignCenter, coder)


def _ink(colour: str, now: theme.Theme) -> QColor:
    """The colour, moved away from the ground until it stands out from it."""
    away, share = "#ffffff" if now.dark else "#000000", 0.0
    while theme.contrast(theme.mixed(colour, away, share), now.panel) < 3 and share < 1:
        share += 0.05
    return QColor(theme.mixed(colour, away, share))


def _mark(painter: QPainter, at: QPointF, shape: int, size: float) -> None:
    """A mark of its own for each coder, for those to whom colours look alike."""
    match shape % 4:
        case 0:
            painter.drawEllipse(at, size, size)
        case 1:
            painter.drawRect(QRectF(at.x() - size, at.y() - size, 2 * size, 2 * size))
        case 2:
            _polygon(painter, at, (0, -size), (size, size), (-size, size))
        case _:
            _polygon(painter, at, (0, -size), (size, 0), (0, size), (-size, 0))


def _polygon(painter: QPainter, at: QPointF, *corners: tuple[float, float]) -> None:
    painter.drawPolygon(QPolygonF([at + QPointF(x, y) for x, y in corners]))
