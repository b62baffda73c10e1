"""A figure, live: what is pointed at or walked to says what it is, and opens where it is from."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from imhcode.analysis.figure import Axis, Dot, Figure, Mark
from imhcode.ui import theme
from imhcode.ui.measures.figure_hits import Drawn, mark_at
from imhcode.ui.measures.figure_marks import MarkPainter, brush_of, draw_shape, series_look
from imhcode.ui.measures.figure_places import (
    LINES_A_TICK,
    FigurePlaces,
    LegendEntry,
    PanelPlace,
    are_turned,
    axis_ticks,
    places_of,
)

_ALIGN = Qt.AlignmentFlag
_KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class FigureView(QWidget):
    """Arrows walk from mark to mark, Enter or a click opens one.

    Signals
    -------
    asked(object)
        A mark was opened: the mark.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: Figure | None = None
        self._nothing = ""
        self._drawn: list[Drawn] = []
        self._current: int | None = None
        self._image: QPixmap | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Figure"))

    def show_figure(self, figure: Figure | None, nothing: str = "") -> None:
        """Show another figure, or say why there is none."""
        self._figure = figure if figure is not None and figure.panels else None
        self._nothing = nothing or (figure.caption if figure is not None else "")
        self._current = None
        self.setAccessibleName(figure.title if figure else self.tr("Figure"))
        self._redraw()
        self._tell()

    @property
    def figure(self) -> Figure | None:
        """What is shown."""
        return self._figure

    @property
    def current(self) -> Mark | None:
        """The mark that keys have walked to."""
        self._ensure_drawn()
        return None if self._current is None else self._drawn[self._current].mark

    def marks(self) -> list[Mark]:
        """Those that can be walked to."""
        self._ensure_drawn()
        return [one.mark for one in self._drawn]

    def place_of(self, mark: Mark) -> QPointF:
        """The middle of a mark in the widget."""
        self._ensure_drawn()
        return _middle(next(one for one in self._drawn if one.mark is mark))

    # -- keys and mouse ----------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._ensure_drawn()
        step = _KEYS.get(Qt.Key(event.key()))
        if step is not None and self._drawn:
            self._walk(*step)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._drawn:
            self._go(0 if event.key() == Qt.Key.Key_Home else len(self._drawn) - 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.asked.emit(self.current)
        else:
            event.ignore()

    def _walk(self, across: int, down: int) -> None:
        """To the nearest mark in that direction; beside it counts less than straight on."""
        if self._current is None:
            self._go(0)
            return
        here = _middle(self._drawn[self._current])
        best, least = None, float("inf")
        for place, one in enumerate(self._drawn):
            way = _middle(one) - here
            ahead = way.x() * across + way.y() * down
            beside = abs(way.x() * down) + abs(way.y() * across)
            if place == self._current or ahead < 0 or (ahead == 0 and place < self._current):
                continue
            if ahead == 0 and beside > 0:
                continue
            far = ahead + 3 * beside
            if far < least:
                best, least = place, far
        if best is not None:
            self._go(best)

    def _go(self, place: int) -> None:
        self._current = place
        self._tell()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._ensure_drawn()
        at = mark_at(self._drawn, event.position())
        if at is not None and event.button() is Qt.MouseButton.LeftButton:
            self._go(at)
            self.asked.emit(self._drawn[at].mark)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._ensure_drawn()
        at = mark_at(self._drawn, event.position())
        mark = None if at is None else self._drawn[at].mark
        words = mark.says if mark else ""
        if words != self.toolTip():
            QToolTip.hideText()
            self.setToolTip(words)
        opens = mark is not None and mark.origins
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)

    def _tell(self) -> None:
        mark = None if self._current is None else self._drawn[self._current].mark
        caption = self._figure.caption if self._figure else self._nothing
        self.setAccessibleDescription(mark.says if mark else caption)

    # -- painting ----------------------------------------------------------------------------

    def _redraw(self) -> None:
        self._image = None
        self._drawn = []
        self.update()

    def _ensure_drawn(self) -> None:
        if self._image is not None:
            return
        ratio = self.devicePixelRatioF()
        self._image = QPixmap(self.size() * ratio)
        self._image.setDevicePixelRatio(ratio)
        self._image.fill(QColor(theme.current().panel))
        if self._figure is None or self._image.isNull():
            return
        with QPainter(self._image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(theme.small(self.font()))
            small = QFontMetricsF(painter.font())
            places = places_of(self._figure, self.width(), self.height(), small)
            self._paint(painter, self._figure, places)

    def _paint(self, painter: QPainter, figure: Figure, places: FigurePlaces) -> None:
        for entry in places.legend:
            _paint_legend(painter, figure, entry)
        for place in places.panels:
            _paint_axes(painter, place)
            self._drawn += MarkPainter(painter, figure, place).draw()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        self._ensure_drawn()
        now = theme.current()
        with QPainter(self) as painter:
            if self._image is not None:
                painter.drawPixmap(0, 0, self._image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._figure is None:
                painter.setPen(QColor(now.text_dim))
                centred = _ALIGN.AlignCenter | Qt.TextFlag.TextWordWrap
                room = QRectF(self.rect()).adjusted(40, 0, -40, 0)
                painter.drawText(room, int(centred), self._nothing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(now.focus), 2))
            if self.hasFocus():
                painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
                if self._current is not None:
                    box = self._drawn[self._current].box.adjusted(-4, -4, 4, 4)
                    painter.drawRoundedRect(box, 4, 4)

    def resizeEvent(self, event: object) -> None:
        del event
        self._redraw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange)
        if event.type() in kinds:
            self._redraw()

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(640), theme.scaled(420))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(320), theme.scaled(220))


def _middle(one: Drawn) -> QPointF:
    return one.line[len(one.line) // 2] if len(one.line) > 2 else one.box.center()


def _paint_legend(painter: QPainter, figure: Figure, entry: LegendEntry) -> None:
    """A sample of the look, as the figure uses it, and its words."""
    look, box = series_look(entry.series), entry.box
    side = box.height() - 6
    sample = QRectF(box.left(), box.top() + 3, side * 1.4, side)
    marks = [one for panel in figure.panels for one in panel.marks]
    mine = [one for one in marks if one.series == entry.series.id]
    painter.setPen(QPen(QColor(look.ink), 1.5))
    if mine and all(isinstance(one, Dot) for one in mine):
        painter.setBrush(QColor(look.fill))
        draw_shape(painter, entry.series.shape, sample.center(), side / 2.4)
    else:
        painter.fillRect(sample, brush_of(look))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(sample)
    painter.setPen(QColor(theme.current().text))
    words = QRectF(sample.right() + 5, box.top(), box.width() - side * 1.4 - 5, box.height())
    painter.drawText(words, _ALIGN.AlignLeft | _ALIGN.AlignVCenter, entry.series.label)


def _paint_axes(painter: QPainter, place: PanelPlace) -> None:
    now, area, panel = theme.current(), place.area, place.panel
    line = QFontMetricsF(painter.font()).height()
    if panel.title:
        usual = QFont(painter.font())
        strong = QFont(usual)
        strong.setBold(True)
        painter.setFont(strong)
        painter.setPen(QColor(now.text))
        head = QRectF(area.left(), area.top() - line - 4, area.width(), line)
        painter.drawText(head, _ALIGN.AlignLeft | _ALIGN.AlignVCenter, panel.title)
        painter.setFont(usual)
    if not panel.y.hidden:
        _paint_upright(painter, place, line, now)
    if not panel.x.hidden:
        if place.names_across:
            _paint_across(painter, place, line, now)
        painter.setPen(QColor(now.outline))
        painter.drawLine(area.bottomLeft(), area.bottomRight())


def _paint_upright(painter: QPainter, place: PanelPlace, line: float, now: theme.Theme) -> None:
    area, axis = place.area, place.panel.y
    metrics = QFontMetricsF(painter.font())
    widest = 0.0
    for value, words in axis_ticks(axis, area.height(), line * LINES_A_TICK):
        y = place.y(value)
        if not axis.categories:
            painter.setPen(QColor(now.grid))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setPen(QColor(now.text if axis.categories else now.text_dim))
        room = place.words_px
        cut = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(int(room), 1))
        widest = max(widest, metrics.horizontalAdvance(cut))
        label = QRectF(area.left() - 6 - room, y - line / 2, room, line)
        painter.drawText(label, _ALIGN.AlignRight | _ALIGN.AlignVCenter, cut)
    if axis.words:
        painter.save()
        painter.translate(area.left() - widest - line - 10, area.bottom())
        painter.rotate(-90)
        painter.setPen(QColor(now.text_dim))
        _write(painter, QRectF(0, 0, area.height(), line), axis, _ALIGN.AlignHCenter)
        painter.restore()


def _paint_across(painter: QPainter, place: PanelPlace, line: float, now: theme.Theme) -> None:
    area, axis = place.area, place.panel.x
    found = axis_ticks(axis, area.width(), theme.scaled(56))
    metrics = QFontMetricsF(painter.font())
    turned = are_turned(axis, area.width(), metrics)
    slot = area.width() / max(len(found), 1) - 4 if axis.categories else 120.0
    for value, words in found:
        x = place.x(value)
        painter.setPen(QColor(now.text if axis.categories else now.text_dim))
        if not axis.categories:
            painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() + 3))
        if turned:
            _write_upright(painter, QPointF(x, area.bottom() + 4), words, place.names_px)
            continue
        label = QRectF(x - slot / 2, area.bottom() + 4, slot, place.names_px)
        flags = int(_ALIGN.AlignHCenter | _ALIGN.AlignTop | Qt.TextFlag.TextWordWrap)
        painter.drawText(label, flags, words)
    if axis.words:
        painter.setPen(QColor(now.text_dim))
        below = QRectF(area.left(), area.bottom() + place.names_px + 4, area.width(), line)
        _write(painter, below, axis, _ALIGN.AlignHCenter)


def _write_upright(painter: QPainter, top: QPointF, words: str, room: float) -> None:
    """Words that end at a place and are read from below."""
    metrics = painter.fontMetrics()
    cut = metrics.elidedText(words, Qt.TextElideMode.ElideRight, round(room))
    painter.save()
    painter.translate(top.x() - metrics.height() / 2, top.y() + room)
    painter.rotate(-90)
    box = QRectF(0, 0, room, metrics.height())
    painter.drawText(box, _ALIGN.AlignRight | _ALIGN.AlignVCenter, cut)
    painter.restore()


def _write(painter: QPainter, where: QRectF, axis: Axis, align: Qt.AlignmentFlag) -> None:
    cut = painter.fontMetrics().elidedText(
        axis.words, Qt.TextElideMode.ElideRight, round(where.width())
    )
    painter.drawText(where, align | _ALIGN.AlignVCenter, cut)
