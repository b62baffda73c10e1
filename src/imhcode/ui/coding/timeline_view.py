"""The timeline: lanes of events over time, under a ruler, with the playhead.

A passive view: it shows what it is given and says what the person asks for.  Nothing is selected
and no time is sought until the owner says so.
"""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from imhcode.domain.edit import Edit
from imhcode.domain.event import Event
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Track
from imhcode.domain.timecode import US_PER_S
from imhcode.ui import theme
from imhcode.ui.coding import timeline_overlay as overlay
from imhcode.ui.coding.sound_lane import SoundLane
from imhcode.ui.coding.timeline_hit import FADE_PX
from imhcode.ui.coding.timeline_keys import ZOOM_STEP, scale_after
from imhcode.ui.coding.timeline_lanes import Lanes
from imhcode.ui.coding.timeline_rows import Row, row_at
from imhcode.ui.coding.timeline_scale import Extent, TimeScale
from imhcode.ui.coding.timeline_still import Frame, StillPicture
from imhcode.ui.coding.timeline_words import description_of, tip_for


class TimelineView(QWidget):
    """Lanes of one observation.

    Signals
    -------
    seek_requested(int)
        The person clicked or dragged to an instant, in microseconds.
    event_selected(str)
        The person clicked on the event with that id.
    event_activated(str)
        The person double-clicked on the event with that id.
    range_shown(int, int)
        The stretch on show has changed; microseconds, half-open.
    """

    seek_requested = Signal(object)
    event_selected = Signal(str)
    event_activated = Signal(str)
    range_shown = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes = Lanes(theme.current(), self.font(), self.devicePixelRatioF())
        self.sound = SoundLane(self)
        self._still = StillPicture(self.sound)
        self._extent = Extent(0, 60 * US_PER_S)
        self._scale = TimeScale.fitting(self._extent, 1)
        self._frame = Frame(0, 0, 0, 0, 0)
        self._scrolled_px = 0
        self._playhead_us = 0
        self._selected: Event | None = None
        self._follows = False
        self._scrubbing = False
        self._panned_from: tuple[QPointF, TimeScale] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Timeline"))
        self.sound.changed.connect(self._show_sound)
        self.sound.resized.connect(self.updateGeometry)
        self.sound.resized.connect(self._lay_out)
        self._show_sound()

    # What the owner says

    def show_observation(self, observation: Observation, tracks: Sequence[Track]) -> None:
        """Show these tracks of another observation."""
        self._lanes.show(observation, tracks)
        self._selected = None
        self._scrolled_px = 0
        self.updateGeometry()
        self._lay_out()

    def show_edit(self, observation: Observation, edit: Edit) -> None:
        """Show what an edit has changed, and repaint only the lanes it touched."""
        rows = self._lanes.edited(observation, edit)
        if self._selected is not None:
            self._selected = observation.timeline.get(self._selected.id)
        for row in rows:
            self._still.forget(row.track.id)
            self.update(self._rect_of(row))

    def set_range(self, from_us: int, until_us: int) -> None:
        """Say how long the session is; what showed all of it still does."""
        fitted = self._scale.us_per_px >= self._extent.us_per_px_to_fit(self._scale.width_px)
        self._extent = Extent(from_us, max(until_us, from_us + 1))
        width = self._scale.width_px
        same = self._scale.within(self._extent)
        self._look(TimeScale.fitting(self._extent, width) if fitted else same)

    def set_playhead(self, time_us: int) -> None:
        """Move the playhead; repaints the strips it leaves and enters, and pages if it follows."""
        before_us, self._playhead_us = self._playhead_us, time_us
        if (
            self._follows
            and not self._scrubbing
            and self._scale.is_past_page(time_us, self._extent)
        ):
            self._look(self._scale.starting(time_us - self._span_us // 20, self._extent))
            return
        reach = overlay.HEAD_PX + 2
        old, new = (self._frame.left + self._scale.x_of(time) for time in (before_us, time_us))
        if self._lanes.any_running:
            self._update_strip(min(old, new) - reach, max(old, new) + reach + FADE_PX)
        else:
            self._update_strip(old - reach, old + reach)
            self._update_strip(new - reach, new + reach)

    def set_selected(self, event_id: str | None) -> None:
        """Outline one event, or none."""
        observation = self._lanes.observation
        before = self._selected
        found = None
        if observation is not None and event_id is not None:
            found = observation.timeline.get(event_id)
        self._selected = found
        for event in (before, found):
            if event is not None:
                self._update_event(event)

    def set_active_tracks(self, ids: Iterable[str]) -> None:
        """Let the tracks of the pass stand out and the others recede; none: all alike."""
        self._lanes.activate(ids)
        self._refresh()

    def zoom_in(self) -> None:
        """Show more detail, round the playhead if it is on show."""
        self._zoom(ZOOM_STEP**2, self._zoom_centre())

    def zoom_out(self) -> None:
        """Show more time."""
        self._zoom(ZOOM_STEP**-2, self._zoom_centre())

    def zoom_to_fit(self) -> None:
        """Show the whole session."""
        self._look(TimeScale.fitting(self._extent, self._scale.width_px))

    def scroll_to(self, time_us: int) -> None:
        """Bring an instant into view; into the middle if it was not."""
        if not self._scale.from_us <= time_us < self._scale.until_us:
            self._look(self._scale.starting(time_us - self._span_us // 2, self._extent))

    def turn_page(self, by: int) -> None:
        """Go a page on (1) or back (-1)."""
        self._press(Qt.Key.Key_PageDown if by > 0 else Qt.Key.Key_PageUp)

    def follow(self, on: bool) -> None:
        """Turn the page whenever the playhead leaves it."""
        self._follows = on

    @property
    def scale(self) -> TimeScale:
        """What the lanes show now."""
        return self._scale

    def sizeHint(self) -> QSize:
        return QSize(960, self._still.height_around(self.font()) + max(self._lanes.height, 120))

    def minimumSizeHint(self) -> QSize:
        two = sum(row.height for row in self._lanes.rows[:2]) or 60
        return QSize(320, self._still.height_around(self.font()) + two)

    def _show_sound(self) -> None:
        self._still.forget_sound()
        self.update(QRect(0, self._frame.ruler, self.width(), self._frame.top - self._frame.ruler))
        words = description_of(self.sound.description())
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    # Looking elsewhere

    @property
    def _span_us(self) -> int:
        return self._scale.until_us - self._scale.from_us

    def _look(self, scale: TimeScale) -> None:
        changed = scale != self._scale
        self._scale = scale
        self._refresh()
        if changed:
            self.range_shown.emit(scale.from_us, scale.until_us)

    def _refresh(self) -> None:
        self._still.forget_all()
        self._still.prepare(self._lanes, self._scale, self.font())
        self.update()

    def _lay_out(self) -> None:
        self._frame = self._still.frame_for(self._lanes, self.size(), self.font())
        self._scroll_lanes(0)
        self._look(self._scale.resized(max(self._frame.width, 1), self._extent))

    def _zoom(self, factor: float, x: float) -> None:
        self._look(self._scale.zoomed(factor, x, self._extent))

    def _zoom_centre(self) -> float:
        x = self._scale.x_of(self._playhead_us)
        return x if 0 <= x < self._scale.width_px else self._scale.width_px / 2

    def _scroll_lanes(self, px: int) -> bool:
        most = max(self._lanes.height - self._frame.height, 0)
        before, self._scrolled_px = self._scrolled_px, min(max(self._scrolled_px + px, 0), most)
        if before != self._scrolled_px:
            self._refresh()
        return most > 0

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        now = theme.current()
        if self.devicePixelRatioF() != self._lanes.ratio:  # moved to a screen of another density
            self._lanes.dress(now, self.font(), self.devicePixelRatioF())
            self._lay_out()
        self._still.bring_up_to_date(
            self._lanes, self._frame, self._scale, self._scrolled_px, self._extent, self.size()
        )
        with QPainter(self) as painter:
            self._paint(painter, now)

    def _paint(self, painter: QPainter, now: theme.Theme) -> None:
        painter.drawPixmap(0, 0, self._still.pixmap)  # Qt clips to what has to be painted
        frame = self._frame
        lanes = QRectF(frame.left, frame.top, frame.width, frame.height)
        painter.setClipRect(lanes.adjusted(-overlay.HEAD_PX, -frame.top, overlay.HEAD_PX, 0))
        painter.save()
        painter.setClipRect(lanes)
        for row in self._lanes.rows:
            self._paint_running(painter, row, now)
        if self._selected is not None:
            boxes = self._event_boxes(self._selected)
            if boxes:
                overlay.paint_selection(painter, boxes, now)
        painter.restore()
        x = frame.left + self._scale.x_of(self._playhead_us)
        if lanes.left() - overlay.HEAD_PX <= x <= lanes.right() + overlay.HEAD_PX:
            ruler = QRectF(frame.left, 0, frame.width, frame.ruler)
            bottom = min(lanes.bottom(), frame.top + self._lanes.height)
            overlay.paint_playhead(painter, x, ruler, bottom, now)
        painter.setClipping(False)
        if self.hasFocus():
            overlay.paint_focus(painter, QRectF(self.rect()), now)

    def _paint_running(self, painter: QPainter, row: Row, now: theme.Theme) -> None:
        origin = self._origin_of(row)
        opacity = 1 - now.recede / 2 if self._lanes.recedes(row) else 1.0
        for event, box in self._lanes.running(row, self._playhead_us):
            code = row.track.code(event.code)
            if code is not None:
                body = QRectF(box.x, box.y, box.width, box.height).translated(origin)
                overlay.paint_running(painter, body, code, self.font(), now, opacity=opacity)

    # Places

    def _origin_of(self, row: Row) -> QPointF:
        return QPointF(self._frame.left, self._frame.top + row.top - self._scrolled_px)

    def _rect_of(self, row: Row) -> QRect:
        lane = QRect(0, int(self._origin_of(row).y()), self.width(), row.height)
        return lane.intersected(QRect(0, self._frame.top, self.width(), self._frame.height))

    def _row_of(self, event: Event) -> Row | None:
        return next((row for row in self._lanes.rows if row.track.id == event.track), None)

    def _event_boxes(self, event: Event) -> list[QRectF]:
        row = self._row_of(event)
        if row is None:
            return []
        origin = self._origin_of(row)
        boxes = self._lanes.boxes(row, event, self._playhead_us)
        return [QRectF(one.x, one.y, one.width, one.height).translated(origin) for one in boxes]

    def _event_at(self, at: QPointF) -> Event | None:
        frame = self._frame
        if not (frame.left <= at.x() and frame.top <= at.y() < frame.top + frame.height):
            return None
        y = at.y() - frame.top + self._scrolled_px
        row = row_at(self._lanes.rows, y)
        if row is None:
            return None
        return self._lanes.event_at(row, at.x() - frame.left, y - row.top, self._playhead_us)

    def _time_at(self, at: QPointF) -> int:
        return self._extent.clamped(self._scale.us_at(at.x() - self._frame.left))

    def _update_strip(self, left: float, right: float) -> None:
        first = max(int(left) - 1, 0)
        last = min(int(right) + 2, self.width())
        if last > first:
            self.update(QRect(first, 0, last - first, self._frame.top + self._frame.height))

    def _update_event(self, event: Event) -> None:
        row = self._row_of(event)
        if row is not None:
            self.update(self._rect_of(row).adjusted(0, -2, 0, 2))

    # What the person does

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if event.button() is Qt.MouseButton.MiddleButton:
            self._panned_from = (at, self._scale)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        if event.button() is not Qt.MouseButton.LeftButton or at.x() < self._frame.left:
            super().mousePressEvent(event)
            return
        hit = self._event_at(at)
        if hit is not None:
            self.event_selected.emit(hit.id)
        else:
            self._scrubbing = True
            self.seek_requested.emit(self._time_at(at))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._panned_from is not None:
            start, scale = self._panned_from
            self._look(scale.panned(start.x() - event.position().x(), self._extent))
        elif self._scrubbing:
            self.seek_requested.emit(self._time_at(event.position()))
        elif event.buttons() == Qt.MouseButton.NoButton:
            self._hover(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.MiddleButton:
            self._panned_from = None
            self.unsetCursor()
        elif event.button() is Qt.MouseButton.LeftButton:
            self._scrubbing = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        hit = self._event_at(event.position())
        if hit is not None and event.button() is Qt.MouseButton.LeftButton:
            self.event_activated.emit(hit.id)
        else:
            self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta()
        notches = turned.y() or turned.x()
        held = event.modifiers()
        if held & Qt.KeyboardModifier.ControlModifier:
            x = min(max(event.position().x() - self._frame.left, 0.0), self._scale.width_px)
            self._zoom(ZOOM_STEP ** (notches / 120), x)
        elif held & Qt.KeyboardModifier.ShiftModifier:
            self._scroll_lanes(-round(notches / 2))
        else:
            self._look(self._scale.panned(-(turned.x() or turned.y()), self._extent))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if held != Qt.KeyboardModifier.NoModifier or not self._press(Qt.Key(event.key())):
            event.ignore()  # coding keys belong to the window

    def _press(self, key: Qt.Key) -> bool:
        """Do what a key means here; ``False`` if it means nothing."""
        scale = scale_after(key, self._scale, self._extent, self._zoom_centre())
        if scale is not None:
            self._look(scale)
        return scale is not None

    def _hover(self, at: QPointF) -> None:
        """Keep the tooltip that of the event under the pointer."""
        hit, observation = self._event_at(at), self._lanes.observation
        words = "" if hit is None or observation is None else tip_for(hit, observation.scheme)
        if words != self.toolTip():
            QToolTip.hideText()
            self.setToolTip(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = QEvent.Type
        if event.type() in {kinds.PaletteChange, kinds.StyleChange, kinds.FontChange}:
            self._lanes.dress(theme.current(), self.font(), self.devicePixelRatioF())
            self._lay_out()
