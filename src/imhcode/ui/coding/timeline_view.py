"""The timeline: lanes of events over time, and what a person does with them.

A passive view: it shows what it is given and says what the person asks for.  Nothing is selected,
no event is moved and no time is sought until the owner says so.
"""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from imhcode.domain.event import Event
from imhcode.ui.coding.timeline_canvas import TimelineCanvas
from imhcode.ui.coding.timeline_grip import Grip, part_at
from imhcode.ui.coding.timeline_keys import ZOOM_STEP
from imhcode.ui.coding.timeline_places import events_in
from imhcode.ui.coding.timeline_pointer import Pointer
from imhcode.ui.coding.timeline_scale import TimeScale
from imhcode.ui.coding.timeline_words import tip_for


class TimelineView(TimelineCanvas):
    """Lanes of one observation.

    Signals
    -------
    seek_requested(int)
        The person clicked or dragged to an instant, in microseconds.
    event_selected(str)
        The person clicked on the event with that id.
    event_activated(str)
        The person double-clicked on the event with that id.
    event_toggled(str)
        The person added an event to the selection, or took it off (Ctrl).
    events_boxed(object, bool)
        A box was drawn round events: a tuple of their ids; whether they are added.
    drag_moved(str, str, int, bool)
        The person holds an event: its id, the part (``onset``, ``offset``, ``body``), where that
        is held, and whether the neighbours fare otherwise than chosen (Alt).
    drag_dropped()
        The person let go of it.
    corner_clicked()
        The words in the corner above the names were clicked.
    """

    seek_requested = Signal(object)
    event_selected = Signal(str)
    event_activated = Signal(str)
    event_toggled = Signal(str)
    events_boxed = Signal(object, bool)
    drag_moved = Signal(str, str, object, bool)
    drag_dropped = Signal()
    corner_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # time runs to the right everywhere
        self._pointer = Pointer(self)

    @property
    def left_px(self) -> int:
        """Where the times begin: right of the names."""
        return self._frame.left

    @property
    def is_dragging(self) -> bool:
        """Whether the person has an event in hand."""
        return self._pointer.is_dragging

    def let_go(self) -> None:
        """Take what is in hand out of it, and show everything as it is."""
        self._pointer.let_go()
        self._marks.band = None
        self.show_preview(None)
        self.unsetCursor()

    def _holds_page(self) -> bool:
        return self._pointer.is_scrubbing or self._pointer.is_dragging

    # What the pointer asks and says

    def is_on_times(self, at: QPointF) -> bool:
        return at.x() >= self._frame.left

    def grip_at(self, at: QPointF) -> Grip | None:
        row, event = self._row_at(at), self._event_at(at)
        if row is None or event is None:
            return None
        return Grip(event, part_at(row, event, self._event_boxes(event), at.x()))

    def time_at(self, at: QPointF) -> int:
        return self._extent.clamped(self._scale.us_at(at.x() - self._frame.left))

    def may_drag(self, event: Event) -> bool:
        row = self._row_of(event)
        return row is not None and row.track.bins is None and not self._lanes.recedes(row)

    def look_from(self, scale: TimeScale, px: float) -> None:
        self._look(scale.panned(px, self._extent))

    def say_seek(self, time_us: int) -> None:
        self.seek_requested.emit(time_us)

    def say_selected(self, event_id: str, *, adding: bool) -> None:
        (self.event_toggled if adding else self.event_selected).emit(event_id)

    def say_drag(self, grip: Grip, to_us: int, *, otherwise: bool) -> None:
        self.drag_moved.emit(grip.event.id, grip.part, to_us, otherwise)

    def say_dropped(self) -> None:
        self.drag_dropped.emit()

    def say_band(self, band: QRectF | None, *, done: bool, adding: bool) -> None:
        self._marks.band = None if done else band
        self.update()
        if done and band is not None:
            origin = QPointF(self._frame.left, self._frame.top - self._scrolled_px)
            boxed = events_in(band.translated(-origin), self._lanes, self._scale)
            self.events_boxed.emit(tuple(event.id for event in boxed), adding)

    # What the person does

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if at.x() < self._frame.left and at.y() < self._frame.ruler and self._corner:
            self.corner_clicked.emit()
        elif not self._pointer.press(event):
            super().mousePressEvent(event)
        if self._pointer.is_panning:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._pointer.move(event):
            self._hover(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pointer.release(event)
        if event.button() is Qt.MouseButton.MiddleButton:
            self.unsetCursor()

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

    def _hover(self, at: QPointF) -> None:
        """Keep tooltip and cursor those of what is under the pointer."""
        grip, observation = self.grip_at(at), self._lanes.observation
        if grip is not None and self.may_drag(grip.event):
            self.setCursor(grip.cursor)
        else:
            self.unsetCursor()
        hovered = None if grip is None else grip.event
        if hovered is not self.arcs.hovered:
            self.arcs.hovered = hovered
            self.update()
        words = (
            "" if grip is None or observation is None else tip_for(grip.event, observation.scheme)
        )
        if at.x() < self._frame.left and at.y() < self._frame.ruler:
            words = self._corner_tip
        if words != self.toolTip():
            QToolTip.hideText()
            self.setToolTip(words)
