"""Where an event would lie on its lane, and which events lie in a box."""

from PySide6.QtCore import QRectF

from imhcode.domain.event import Event
from imhcode.domain.tracks import Shape
from imhcode.ui.coding.timeline_lanes import Lanes
from imhcode.ui.coding.timeline_rows import PAD_PX, Row
from imhcode.ui.coding.timeline_scale import TimeScale

_BEYOND_PX = 8.0  #: what reaches out of the view is drawn so far beyond it


def box_of(row: Row, event: Event, scale: TimeScale, playhead_us: int) -> QRectF:
    """Where an event lies, or would lie, from the left edge of the lanes and its lane's top."""
    until_us = max(playhead_us, event.onset_us) if event.is_running else event.until_us
    left = max(scale.x_of(event.onset_us), -_BEYOND_PX)
    right = min(scale.x_of(until_us), scale.width_px + _BEYOND_PX)
    if row.shape is Shape.TICKS:
        return QRectF(left, PAD_PX, max(right - left, row.head), row.height - 2 * PAD_PX)
    top, high = row.strip(row.level_of(_place(row, event)))
    return QRectF(left, top, max(right - left, 2.0), high)


def events_in(band: QRectF, lanes: Lanes, scale: TimeScale) -> list[Event]:
    """Every event that a box touches, given from the left edge of the lanes and their top."""
    observation = lanes.observation
    if observation is None:
        return []
    from_us, until_us = scale.us_at(band.left()), scale.us_at(band.right()) + 1
    found: list[Event] = []
    for row in lanes.rows:
        if row.bottom <= band.top() or row.top >= band.bottom():
            continue
        for event in observation.timeline.lane(row.track.id).between(from_us, until_us):
            top, high = row.strip(row.level_of(_place(row, event)))
            if row.top + top < band.bottom() and row.top + top + high > band.top():
                found.append(event)
    return found


def _place(row: Row, event: Event) -> int:
    places = (place for place, code in enumerate(row.track.codes) if code.id == event.code)
    return next(places, len(row.track.codes))
