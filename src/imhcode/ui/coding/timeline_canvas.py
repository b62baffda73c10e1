"""Lanes of events over time, under a ruler, with the playhead: what is shown, and where it lies."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from imhcode.domain.edit import Edit
from imhcode.domain.event import Event
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Track
from imhcode.domain.timecode import US_PER_S
from imhcode.ui import theme
from imhcode.ui.coding import timeline_overlay as overlay
from imhcode.ui.coding.sound_lane import SoundLane
from imhcode.ui.coding.timeline_arcs import Arcs
from imhcode.ui.coding.timeline_hit import FADE_PX
from imhcode.ui.coding.timeline_keys import ZOOM_STEP, scale_after
from imhcode.ui.coding.timeline_lanes import Lanes
from imhcode.ui.coding.timeline_marks import Marks, Preview
from imhcode.ui.coding.timeline_places import box_of
from imhcode.ui.coding.timeline_rows import Row, row_at
from imhcode.ui.coding.timeline_scale import Extent, TimeScale
from imhcode.ui.coding.timeline_still import Frame, StillPicture
from imhcode.ui.coding.timeline_words import description_of


class TimelineCanvas(QWidget):
    """What is shown; :class:`imhcode.ui.coding.timeline_view.TimelineView` adds what is done.

    Signals
    -------
    range_shown(int, int)
        The stretch on show has changed; microseconds, half-open.
    """

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
        self._marks = Marks()
        self.arcs = Arcs()
        self._corner = self._corner_tip = self._note = ""
        self._follows = False
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
        self._marks = Marks()
        self.arcs = Arcs()
        self._scrolled_px = 0
        self.updateGeometry()
        self._lay_out()

    def show_tracks(self, tracks: Sequence[Track]) -> None:
        """Show other tracks of the same observation; what is selected stays so."""
        if self._lanes.observation is not None:
            self._lanes.show(self._lanes.observation, tracks)
            self._scrolled_px = 0
            self.updateGeometry()
            self._lay_out()

    def show_edit(self, observation: Observation, edit: Edit) -> None:
        """Show what an edit has changed, and repaint only the lanes it touched."""
        rows = self._lanes.edited(observation, edit)
        self._marks.follow(observation, edit)
        for row in rows:
            self._still.forget(row.track.id)
            self.update(self._rect_of(row))
        if observation.scheme.links:
            self.update()  # arcs reach over other lanes

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
            and not self._holds_page()
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
        observation, before = self._lanes.observation, self._marks.primary
        found = observation.timeline.get(event_id) if observation and event_id else None
        self._marks.primary = found
        if observation is not None and observation.scheme.links and before is not found:
            self.update()  # arcs reach over other lanes
        self._update_tracks({event.track for event in (before, found) if event is not None})

    def set_chosen(self, event_ids: Iterable[str]) -> None:
        """Outline every selected event."""
        self._update_tracks(self._marks.choose(self._lanes.observation, event_ids))

    def set_stretch(self, stretch: tuple[int, int] | None) -> None:
        """Mark a stretch of time, or none."""
        self._marks.stretch = stretch
        self.update()

    def set_attention(self, stretch: tuple[int, int] | None) -> None:
        """Mark the stretch that is asked about: a bin, the time in which a bid may be answered."""
        if stretch != self._marks.attention:
            self._marks.attention = stretch
            self.update()

    def set_pending(self, stretches: Iterable[tuple[int, int]]) -> None:
        """Show marks that wait for a code."""
        self._marks.pending = tuple(stretches)
        self.update()

    def show_preview(self, edit: Edit | None, at_us: int = 0, words: str = "") -> None:
        """Draw what an edit would leave, without a change to what is there."""
        before = self._marks.touched()
        self._marks.preview = None if edit is None else Preview(edit, at_us, words)
        self._update_tracks(before | self._marks.touched())

    def set_note(self, words: str) -> None:
        """Say something quietly at the right end of the ruler."""
        if words != self._note:
            self._note = words
            self.update(QRect(0, 0, self.width(), self._frame.ruler))

    def set_corner(self, words: str, tip: str = "") -> None:
        """Say something above the names."""
        self._corner = words
        self._corner_tip = tip
        self.update()

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
        return QSize(960, self._still.height_around(self.font()) + max(self._lanes.height, 64))

    def minimumSizeHint(self) -> QSize:
        one = self._lanes.rows[0].height if self._lanes.rows else 60  # the others are scrolled to
        return QSize(320, self._still.height_around(self.font()) + one)

    def _show_sound(self) -> None:
        self._still.forget_sound()
        self.update(QRect(0, self._frame.ruler, self.width(), self._frame.top - self._frame.ruler))
        words = description_of(self.sound.description())
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    def _holds_page(self) -> bool:
        """Whether the page must not turn now, whatever the playhead does."""
        return False

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

    def _press(self, key: Qt.Key) -> bool:
        """Do what a key means here; ``False`` if it means nothing."""
        scale = scale_after(key, self._scale, self._extent, self._zoom_centre())
        if scale is not None:
            self._look(scale)
        return scale is not None

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
            painter.setLayoutDirection(self.layoutDirection())  # Qt takes the program's
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
        self._paint_marks(painter, lanes, now)
        painter.restore()
        x = frame.left + self._scale.x_of(self._playhead_us)
        if lanes.left() - overlay.HEAD_PX <= x <= lanes.right() + overlay.HEAD_PX:
            ruler = QRectF(frame.left, 0, frame.width, frame.ruler)
            bottom = min(lanes.bottom(), frame.top + self._lanes.height)
            overlay.paint_playhead(painter, x, ruler, bottom, now)
        painter.setClipping(False)
        corner = QRectF(0, 0, frame.left, frame.ruler)
        overlay.paint_hint(painter, corner, self._corner, self.font(), now)
        if self._note:
            right = QRectF(0, 0, self.width(), frame.ruler)
            overlay.paint_note(painter, right, self._note, self.font(), now)
        if self.hasFocus():
            overlay.paint_focus(painter, QRectF(self.rect()), now)

    def _paint_marks(self, painter: QPainter, lanes: QRectF, now: theme.Theme) -> None:
        marks = self._marks
        view = (self._frame, self._scale, self._scrolled_px)
        self.arcs.paint(painter, self._lanes, *view, marks.primary, now)
        coded = QRectF(lanes.left(), lanes.top(), lanes.width(), self._lanes.height)
        marks.paint_attention(painter, coded & lanes, self._scale, now)
        marks.paint_stretch(painter, lanes, self._scale, now)
        marks.paint_pending(painter, lanes, self._scale, self.font(), now)
        if marks.preview is None:
            marks.paint_chosen(painter, self._event_boxes, self._scale, now)
        else:
            marks.paint_preview(painter, self._box_of, self.font(), now)
            marks.paint_words(painter, lanes, self._scale, self.font(), now)
        marks.paint_band(painter, now)

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

    def _box_of(self, event: Event) -> tuple[QRectF, Row] | None:
        """Where an event would lie, whether it is there or not."""
        row = self._row_of(event)
        if row is None:
            return None
        box = box_of(row, event, self._scale, self._playhead_us)
        return box.translated(self._origin_of(row)), row

    def _event_at(self, at: QPointF) -> Event | None:
        row = self._row_at(at)
        if row is None:
            return None
        y = at.y() - self._frame.top + self._scrolled_px - row.top
        return self._lanes.event_at(row, at.x() - self._frame.left, y, self._playhead_us)

    def is_on_lanes(self, at: QPointF) -> bool:
        """Whether a place is neither ruler nor names."""
        frame = self._frame
        return frame.left <= at.x() and frame.top <= at.y() < frame.top + frame.height

    def _row_at(self, at: QPointF) -> Row | None:
        if not self.is_on_lanes(at):
            return None
        return row_at(self._lanes.rows, at.y() - self._frame.top + self._scrolled_px)

    def _update_strip(self, left: float, right: float) -> None:
        first = max(int(left) - 1, 0)
        last = min(int(right) + 2, self.width())
        if last > first:
            self.update(QRect(first, 0, last - first, self._frame.top + self._frame.height))

    def _update_tracks(self, ids: Iterable[str]) -> None:
        wanted = set(ids)
        for row in self._lanes.rows if wanted else ():
            if row.track.id in wanted:
                self.update(self._rect_of(row).adjusted(0, -2, 0, 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = QEvent.Type
        if event.type() in {kinds.PaletteChange, kinds.StyleChange, kinds.FontChange}:
            self._lanes.dress(theme.current(), self.font(), self.devicePixelRatioF())
            self._lay_out()
