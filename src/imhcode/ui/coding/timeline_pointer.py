"""What the mouse does on the timeline: go there, select, box, drag, pan.

It only finds out what the person means; the view says it as signals and its owner decides.
"""

from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent

from imhcode.domain.event import Event
from imhcode.ui.coding.timeline_grip import Grip
from imhcode.ui.coding.timeline_scale import TimeScale

DRAG_PX = 4  #: the pointer goes so far before a press becomes a drag


class Ground(Protocol):
    """What the pointer needs of the timeline."""

    @property
    def scale(self) -> TimeScale:
        """What is on show."""

    def is_on_lanes(self, at: QPointF) -> bool:
        """Whether a place is neither ruler nor names."""

    def is_on_times(self, at: QPointF) -> bool:
        """Whether a place stands for an instant: lanes, sound or ruler."""

    def grip_at(self, at: QPointF) -> Grip | None:
        """What a press would get hold of."""

    def time_at(self, at: QPointF) -> int:
        """The instant at a place, within the session."""

    def may_drag(self, event: Event) -> bool:
        """Whether an event lies on a lane whose events may be moved by hand."""

    def look_from(self, scale: TimeScale, px: float) -> None:
        """Show ``px`` pixels further on than ``scale``."""

    def say_seek(self, time_us: int) -> None:
        """The person wants to go there."""

    def say_selected(self, event_id: str, *, adding: bool) -> None:
        """The person chose an event, or added it to the choice or took it off."""

    def say_drag(self, grip: Grip, to_us: int, *, otherwise: bool) -> None:
        """The person holds a part of an event at an instant."""

    def say_dropped(self) -> None:
        """The person let go of it."""

    def say_band(self, band: QRectF | None, *, done: bool, adding: bool) -> None:
        """The person draws a box, or has drawn it."""


class Pointer:
    """The buttons that are down, and what that means.

    Shift draws a box; Ctrl adds to the selection.  Alt, held while dragging, does the other thing
    to the neighbours than the one chosen.
    """

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._pressed_at: QPointF | None = None
        self._grip: Grip | None = None
        self._grabbed_us = 0  # from the edge to where it was taken hold of
        self._dragging = False
        self._scrubbing = False
        self._panned_from: tuple[QPointF, TimeScale] | None = None

    @property
    def is_dragging(self) -> bool:
        """Whether an event is in hand."""
        return self._dragging

    @property
    def is_scrubbing(self) -> bool:
        """Whether the playhead is in hand."""
        return self._scrubbing

    @property
    def is_panning(self) -> bool:
        """Whether the lanes are pulled along."""
        return self._panned_from is not None

    def let_go(self) -> None:
        """Forget what is in hand: the rest of this press means nothing."""
        self._grip, self._pressed_at = None, None
        self._dragging = self._scrubbing = False

    def press(self, event: QMouseEvent) -> bool:
        """Take up a button; ``False`` if it means nothing here."""
        at, held = event.position(), event.modifiers()
        if event.button() is Qt.MouseButton.MiddleButton:
            self._panned_from = (at, self._ground.scale)
            return True
        if event.button() is not Qt.MouseButton.LeftButton or not self._ground.is_on_times(at):
            return False
        adding = bool(held & Qt.KeyboardModifier.ControlModifier)
        if held & Qt.KeyboardModifier.ShiftModifier and self._ground.is_on_lanes(at):
            self._pressed_at = at
            return True
        grip = self._ground.grip_at(at)
        if grip is None:
            self._scrubbing = True
            self._ground.say_seek(self._ground.time_at(at))
            return True
        self._ground.say_selected(grip.event.id, adding=adding)
        if not adding and self._ground.may_drag(grip.event):
            self._grip, self._pressed_at = grip, at
            edge_us = grip.event.until_us if grip.part == "offset" else grip.event.onset_us
            self._grabbed_us = edge_us - self._ground.scale.us_at(at.x())
        return True

    def move(self, event: QMouseEvent) -> bool:
        """Follow the pointer; ``False`` if no button is down."""
        at = event.position()
        if self._panned_from is not None:
            start, scale = self._panned_from
            self._ground.look_from(scale, start.x() - at.x())
        elif self._scrubbing:
            self._ground.say_seek(self._ground.time_at(at))
        elif self._grip is not None and self._pressed_at is not None:
            if self._dragging or abs(at.x() - self._pressed_at.x()) >= DRAG_PX:
                self._dragging = True
                otherwise = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
                self._ground.say_drag(self._grip, self._held_us(at), otherwise=otherwise)
        elif self._pressed_at is not None:
            band = QRectF(self._pressed_at, at).normalized()
            self._ground.say_band(band, done=False, adding=False)
        else:
            return event.buttons() != Qt.MouseButton.NoButton
        return True

    def release(self, event: QMouseEvent) -> None:
        """Let a button go."""
        if event.button() is Qt.MouseButton.MiddleButton:
            self._panned_from = None
            return
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        dragging, start, grip = self._dragging, self._pressed_at, self._grip
        self.let_go()
        if dragging:
            self._ground.say_dropped()
        elif start is not None and grip is None:
            adding = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            band = QRectF(start, event.position()).normalized()
            self._ground.say_band(band, done=True, adding=adding)

    def _held_us(self, at: QPointF) -> int:
        """Where the part in hand is: the pointer may have taken it a little beside."""
        return self._ground.scale.us_at(at.x()) + self._grabbed_us
