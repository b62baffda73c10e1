"""A small chart whose points can be walked by key and opened, drawn by ourselves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from imhcode.ui import theme
from imhcode.ui.widgets.ticks import ticks

#: Okabe and Ito's colours that are told apart by people of every kind of colour vision
DISTINCT = ("#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#f0e442", "#d55e00", "#0072b2")
NEAR_PX = 12.0

Place = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Door:
    """Something on a chart that can be opened.

    Attributes
    ----------
    at : QPointF
        Where it is drawn, in the widget.
    words : str
        What it says: in the tooltip, and to those who do not see the chart.
    opens : object
        What is asked for when it is opened.
    """

    at: QPointF
    words: str
    opens: object


class Chart(QWidget):
    """Title, axes and doors; what lies between is drawn by the chart that inherits this.

    Left and Right walk from door to door, Enter opens one; so does a click.

    Signals
    -------
    asked(object)
        A door was opened; what it opens.
    """

    asked = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.nothing = self.tr("Nothing to show")
        self._current: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(title)

    # -- what the chart that inherits says ---------------------------------------------------

    def limits(self) -> tuple[float, float, float, float] | None:
        """Least and greatest value across and up; ``None`` if there is nothing to show."""
        raise NotImplementedError

    def doors(self) -> Sequence[Door]:
        """What can be opened, from left to right, where it is drawn now."""
        raise NotImplementedError

    def paint_between(self, painter: QPainter, area: QRectF) -> None:
        """Draw everything between the axes."""
        raise NotImplementedError

    def across_words(self, value: float) -> str:
        """What stands below a line across."""
        return f"{value:g}"

    def axis_words(self) -> str:
        """What the axis across means."""
        return ""

    # -- places ------------------------------------------------------------------------------

    def area(self) -> QRectF:
        """Where the values lie."""
        tiny = QFontMetricsF(theme.small(self.font()))
        line, gap = tiny.height(), theme.UNIT_PX
        left = tiny.horizontalAdvance("−0.00") + 1.5 * gap
        top = QFontMetricsF(self.font()).height() + 1.5 * gap
        bottom = 2 * line + gap
        return QRectF(self.rect()).adjusted(left, top, -1.5 * gap, -bottom)

    def across(self) -> Place:
        """From a value to its place across."""
        return self._place(0)

    def up(self) -> Place:
        """From a value to its place from the top."""
        return self._place(2)

    def _place(self, first: int) -> Place:
        limits, area = self.limits(), self.area()
        if limits is None:
            return lambda _: area.left()
        low, high = limits[first], limits[first + 1]
        span = (high - low) or 1.0
        if first == 0:
            return lambda value: area.left() + (value - low) / span * area.width()
        return lambda value: area.bottom() - (value - low) / span * area.height()

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(280), theme.scaled(170))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(160), theme.scaled(120))

    # -- what was walked to ------------------------------------------------------------------

    def forget_place(self) -> None:
        """Stand nowhere: other values are shown from now on."""
        self._current = None
        self._tell()
        self.update()

    @property
    def current(self) -> Door | None:
        """The door that keys have walked to."""
        doors = self.doors()
        if self._current is None or not doors:
            return None
        return doors[min(self._current, len(doors) - 1)]

    def walk(self, by: int) -> None:
        """Go some doors on, or back."""
        n = len(self.doors())
        if n:
            before = self._current
            start = (0 if by > 0 else n - 1) if before is None else before + by
            self._current = min(max(start, 0), n - 1)
            self._tell()
            self.update()

    def _tell(self) -> None:
        door = self.current
        self.setAccessibleDescription(door.words if door else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.walk(-1 if key == Qt.Key.Key_Left else 1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.walk(-(10**9) if key == Qt.Key.Key_Home else 10**9)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.asked.emit(self.current.opens)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        nearest = self._nearest(event.position())
        if nearest is not None and event.button() is Qt.MouseButton.LeftButton:
            self._current = nearest
            self._tell()
            self.update()
            self.asked.emit(self.doors()[nearest].opens)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        nearest = self._nearest(event.position())
        words = "" if nearest is None else self.doors()[nearest].words
        if words != self.toolTip():
            QToolTip.hideText()
            self.setToolTip(words)
        shape = Qt.CursorShape.ArrowCursor if nearest is None else Qt.CursorShape.PointingHandCursor
        self.setCursor(shape)

    def _nearest(self, at: QPointF) -> int | None:
        found = [((one.at - at).manhattanLength(), place) for place, one in enumerate(self.doors())]
        distance, place = min(found, default=(NEAR_PX + 1, 0))
        return place if distance <= NEAR_PX else None

    # -- painting ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        now, area = theme.current(), self.area()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), QColor(now.panel))
            painter.setFont(_strong(self.font()))
            painter.setPen(QColor(now.text))
            gap = theme.UNIT_PX
            head = QRectF(gap, 0, self.width() - 2 * gap, area.top() - gap / 2)
            self._write(painter, head, self.title, Qt.AlignmentFlag.AlignLeft)
            painter.setFont(theme.small(self.font()))
            if self.limits() is None:
                painter.setPen(QColor(now.text_dim))
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.nothing)
            else:
                self._paint_axes(painter, area, now)
                self.paint_between(painter, area)
                self._paint_current(painter, now)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(now.focus), 2))
                painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _paint_axes(self, painter: QPainter, area: QRectF, now: theme.Theme) -> None:
        limits = self.limits() or (0, 1, 0, 1)
        line = QFontMetricsF(theme.small(self.font())).height()
        across, up = self.across(), self.up()
        for value in ticks(limits[2], limits[3], max(int(area.height() // (line * 1.6)), 2)):
            painter.setPen(QColor(now.grid))
            painter.drawLine(QPointF(area.left(), up(value)), QPointF(area.right(), up(value)))
            painter.setPen(QColor(now.text_dim))
            label = QRectF(0, up(value) - line / 2, area.left() - theme.UNIT_PX / 2, line)
            painter.drawText(label, Qt.AlignmentFlag.AlignRight, f"{value:g}".replace("-", "−"))
        room = max(int(area.width() // theme.scaled(48)), 2)
        for value in ticks(limits[0], limits[1], room):
            painter.setPen(QColor(now.text_dim))
            wide = QRectF(across(value) - 60, area.bottom() + 2, 120, line)
            painter.drawText(wide, Qt.AlignmentFlag.AlignHCenter, self.across_words(value))
        below = QRectF(area.left(), area.bottom() + line + 2, area.width(), line)
        self._write(painter, below, self.axis_words(), Qt.AlignmentFlag.AlignRight)
        painter.setPen(QColor(now.outline))
        painter.drawLine(area.bottomLeft(), area.bottomRight())

    def _write(self, painter: QPainter, where: QRectF, words: str, align: Qt.AlignmentFlag) -> None:
        cut = painter.fontMetrics().elidedText(
            words, Qt.TextElideMode.ElideRight, round(where.width())
        )
        painter.drawText(where, align | Qt.AlignmentFlag.AlignVCenter, cut)

    def _paint_current(self, painter: QPainter, now: theme.Theme) -> None:
        door = self.current
        if door is not None and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(now.focus), 2))
            painter.drawEllipse(door.at, NEAR_PX / 1.6, NEAR_PX / 1.6)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._current is None and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.walk(1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.updateGeometry()
            self.update()


def _strong(font: QFont) -> QFont:
    strong = QFont(font)
    strong.setBold(True)
    return strong
