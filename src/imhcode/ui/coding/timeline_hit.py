"""Which event lies under the pointer, and where on the lane an event lies.

Worked out from the same columns that were painted, so that what is seen is what is hit.
"""

from dataclasses import dataclass

import numpy as np

from imhcode.domain.event import Event
from imhcode.domain.tracks import Shape
from imhcode.ui.coding.timeline_art import LaneArt
from imhcode.ui.coding.timeline_lane import LaneTimes
from imhcode.ui.coding.timeline_painting import (
    BAR_PX,
    MIN_WIDTH_PX,
    Columns,
    heads,
    stretches,
)
from imhcode.ui.coding.timeline_rows import PAD_PX, Row
from imhcode.ui.coding.timeline_scale import TimeScale

NEAR_PX = 4  #: the pointer may miss by so much
FADE_PX = 20  #: how far a running state fades out behind the playhead


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of a lane, in logical pixels from its left edge and from the lane's top."""

    x: float
    y: float
    width: float
    height: float

    def contains(self, x: float, y: float) -> bool:
        """Whether a place lies inside, borders on the left and above included."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


def boxes_of(row: Row, times: LaneTimes, place: int, art: LaneArt, columns: Columns) -> list[Box]:
    """Where one event was painted: one box for a state; tick, letter and bar for a point."""
    unit = columns.unit
    start, stop = (int(one[0]) for one in stretches(times, slice(place, place + 1), columns))
    least = max(round(MIN_WIDTH_PX * unit), 1)
    if start < 0:  # outside, so only what reaches into the view was painted
        start = int(np.floor(columns.scale.x_of(int(times.onsets_us[place])) * unit))
    else:
        stop = max(stop, start + least)
    if row.shape is Shape.BLOCKS:
        top, high = row.strip(row.level_of(int(times.codes[place])))
        return [Box(start / unit, top, (stop - start) / unit, high)]
    boxes = [Box(start / unit, PAD_PX, least / unit, row.height - 2 * PAD_PX)]
    boxes += [box for one, box in _head_boxes(row, times, art, columns) if one == place]
    if stop > start and times.ends_us[place] > times.onsets_us[place]:
        bar_top = row.height - PAD_PX - BAR_PX
        boxes.append(Box(start / unit, bar_top, (stop - start) / unit, BAR_PX))
    return boxes


def place_at(
    row: Row, times: LaneTimes, art: LaneArt, columns: Columns, x: float, y: float
) -> int | None:
    """The place in the lane of the event under a pointer; ``None`` where there is none.

    Parameters
    ----------
    x, y : float
        Logical pixels from the left edge of the lane and from its top.
    """
    if row.shape is Shape.TICKS:
        return _point_at(row, times, art, columns, x, y)
    return _state_at(row, times, columns, x, y)


def _state_at(row: Row, times: LaneTimes, columns: Columns, x: float, y: float) -> int | None:
    scale, unit = columns.scale, columns.unit
    first, last = times.visible(scale.us_at(x - NEAR_PX), scale.us_at(x + NEAR_PX) + 1)
    if last == first:
        return None
    start, stop = stretches(times, slice(first, last), columns)
    least = max(round(MIN_WIDTH_PX * unit), 1)
    short = (stop - start < least) & (start >= 0)
    stop = np.where(short, start + least, stop)
    column = int(x * unit)
    off = np.maximum(np.maximum(start - column, column - stop + 1), 0)
    if row.levels > 1:
        tops = [row.strip(level) for level in range(row.levels)]
        level = next((n for n, (top, high) in enumerate(tops) if y < top + high), row.levels - 1)
        off[times.codes[first:last] % row.levels != level] = len(columns) + 1
    near = off <= NEAR_PX * unit
    if not near.any():
        return None
    # as painted: the last to begin is on top, except that the shortest lie above the rest
    order = np.lexsort((-np.arange(last - first), ~short, off))
    return first + int(order[0])


def _point_at(
    row: Row, times: LaneTimes, art: LaneArt, columns: Columns, x: float, y: float
) -> int | None:
    unit = columns.unit
    for place, box in _head_boxes(row, times, art, columns):
        if box.contains(x, y):
            return place
    scale = columns.scale
    first = int(np.searchsorted(times.onsets_us, scale.us_at(x - NEAR_PX - 1), side="left"))
    last = int(np.searchsorted(times.onsets_us, scale.us_at(x + NEAR_PX + 1), side="right"))
    if last > first:
        start = columns.places(times.onsets_us[first:last])
        off = np.abs(start + round(MIN_WIDTH_PX * unit) / 2 - x * unit)
        nearest = int(np.argmin(off))
        if off[nearest] <= NEAR_PX * unit:
            return first + nearest
    if y < row.height - PAD_PX - BAR_PX:
        return None
    time_us = scale.us_at(x)
    first, last = times.visible(time_us, time_us + 1)
    on = np.flatnonzero(times.ends_us[first:last] > time_us)
    return first + int(on[-1]) if len(on) else None


def _head_boxes(
    row: Row, times: LaneTimes, art: LaneArt, columns: Columns
) -> list[tuple[int, Box]]:
    """The letters that are shown: place in the lane and where."""
    unit, shown = columns.unit, heads(row, times, art, columns)
    return [
        (
            place,
            Box(
                column / unit,
                PAD_PX + level * row.head,
                art.letters[times.codes[place]].shape[1] / unit,
                row.head,
            ),
        )
        for place, column, level in zip(
            shown.places.tolist(), shown.columns.tolist(), shown.levels.tolist(), strict=True
        )
    ]


def running_box(row: Row, event: Event, code_place: int, scale: TimeScale, to_us: int) -> Box:
    """Where a running state is drawn while the playhead stands at ``to_us``, without its fade."""
    top, high = row.strip(row.level_of(code_place))
    left = max(scale.x_of(event.onset_us), -float(NEAR_PX))
    right = min(scale.x_of(max(to_us, event.onset_us)), float(scale.width_px))
    return Box(left, top, max(right - left, 0.0), high)
