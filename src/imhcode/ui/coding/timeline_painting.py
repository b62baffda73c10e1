"""Compose the pixels of one lane from its times and its art.

Everything is worked out per pixel column, so that a lane of a hundred thousand events costs the
same as one of a hundred.  The same geometry answers where an event is
(:mod:`imhcode.ui.coding.timeline_hit`).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from imhcode.domain.tracks import Shape
from imhcode.ui.coding.timeline_art import EMPTY, GAP, GRID, LaneArt, Pixels
from imhcode.ui.coding.timeline_lane import LaneTimes
from imhcode.ui.coding.timeline_rows import PAD_PX, Row
from imhcode.ui.coding.timeline_scale import TimeScale

MIN_WIDTH_PX = 2  #: of anything that happened, however short
BAR_PX = 4  #: height of the bar under a point that has a length
_DENSE = 8  #: fewer columns than this for an event, on average, leave no room for edges
_FEW = 16  #: so many stamps are copied faster one by one than all at once
_CROWD = 3  #: so many onsets in one column are more than it can show


@dataclass(frozen=True)
class Columns:
    """What every lane shares: the time at each border between device-pixel columns.

    Attributes
    ----------
    edges_us : ndarray of int64, shape (n_columns + 1,)
    grid : ndarray of intp
        Columns that have a line under the events.
    """

    scale: TimeScale
    edges_us: NDArray[np.int64]
    grid: NDArray[np.intp]
    unit: float

    @classmethod
    def of(cls, scale: TimeScale, ratio: float, grid_us: list[int]) -> "Columns":
        """Columns for ``scale`` with ``ratio`` device pixels to a logical one."""
        count = round(scale.width_px * ratio)
        steps = np.arange(count + 1) * (scale.us_per_px / ratio)
        edges = scale.from_us + np.rint(steps).astype(np.int64)
        lines = np.array([int(scale.x_of(time) * ratio) for time in grid_us], dtype=np.intp)
        return cls(scale, edges, lines[(lines >= 0) & (lines < count)], ratio)

    def __len__(self) -> int:
        return len(self.edges_us) - 1

    @property
    def us_per_column(self) -> float:
        """Microseconds in one device pixel."""
        return self.scale.us_per_px / self.unit

    def places(self, times_us: NDArray[np.int64]) -> NDArray[np.intp]:
        """The column in which each instant lies; -1 and n for what is outside."""
        return np.searchsorted(self.edges_us, times_us, side="right") - 1


def paint_lane(
    row: Row, times: LaneTimes, art: LaneArt, columns: Columns, gap_from_us: int | None
) -> Pixels:
    """The lane's pixels, shape (lane height, columns).

    Parameters
    ----------
    gap_from_us : int or None
        From where to the lane's latest end everything should be coded; ``None``: nothing has to.
    """
    height = round(row.height * columns.unit)
    bare = np.full(len(columns), art.ground, dtype=np.uint32)
    bare[columns.grid] = art.grid
    out = np.empty((height, len(columns)), dtype=np.uint32)
    out[:] = bare
    begun = _begun(times, columns)
    if row.shape is Shape.TICKS:
        _paint_points(out, row, times, begun, art, columns)
    elif row.levels == 1:
        _paint_level(out, row, 0, times, begun, art, columns, gap_from_us)
    else:
        for level in range(row.levels):
            here = times.where(times.codes % row.levels == level)
            some = _begun(here, columns)
            _paint_level(out, row, level, here, some, art, columns, gap_from_us)
    crowded = np.diff(begun) >= _CROWD  # more begins there than the column can show
    if crowded.any():
        out[-max(round(columns.unit), 1) :, crowded] = art.crowd
    return out


def _begun(times: LaneTimes, columns: Columns) -> NDArray[np.intp]:
    """Shape (columns + 1,): how many events have begun before each border."""
    return np.searchsorted(times.onsets_us, columns.edges_us, side="left")


def _paint_level(
    out: Pixels,
    row: Row,
    level: int,
    times: LaneTimes,
    begun: NDArray[np.intp],
    art: LaneArt,
    columns: Columns,
    gap_from_us: int | None,
) -> None:
    count = len(columns)
    top, high = (round(one * columns.unit) for one in row.strip(level))
    high = min(high, art.palette.shape[0])
    phase = int(columns.scale.from_us / columns.scale.us_per_px * columns.unit)
    wave = (np.arange(count) + phase) % art.period
    keys = np.full(count, EMPTY, dtype=np.intp)
    keys[columns.grid] = GRID
    first, last = times.visible(int(columns.edges_us[0]), int(columns.edges_us[-1]))
    if gap_from_us is not None and len(times.onsets_us):
        gap = (columns.edges_us[:-1] >= gap_from_us) & (columns.edges_us[:-1] < times.latest_us[-1])
        keys[gap] = GAP + wave[gap]
    if last > first:
        shown = _shown(times, begun, columns)
        there = shown >= 0
        bases = art.bases[times.codes[shown]]
        keys[there] = (bases + wave)[there]
        new = there.copy()
        new[0] = False
        new[1:] &= shown[1:] != shown[:-1]
        dense = last - first > count // _DENSE
        if dense:  # a lane of nothing but edges would glare
            new[:-1] &= ~new[1:]
        keys[new] = bases[new] + art.period
        if last - first <= count:  # else no column is spared; the crowd mark says so
            at, which = _short(times, first, last, columns)
            keys[at] = art.bases[times.codes[which]] + (0 if dense else art.period)
    band = out[top : top + high]
    np.take(art.palette[:high], keys, axis=1, out=band)
    if last > first:
        _write_words(band, times, first, last, art, columns)


def _shown(times: LaneTimes, begun: NDArray[np.intp], columns: Columns) -> NDArray[np.intp]:
    """Shape (columns,): the event each column shows, the one that began last; -1 for none."""
    shown = begun[1:] - 1
    left = columns.edges_us[:-1]
    over = np.flatnonzero((times.ends_us[shown] <= left) | (shown < 0))
    if len(over):
        last = shown[over]
        still = (last >= 0) & (times.latest_us[last] > left[over])
        shown[over] = np.where(still, times.holders[last], -1)
    return shown


def stretches(
    times: LaneTimes, which: slice | NDArray[np.intp], columns: Columns
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """First column and first column after, for some of the events; -1 for left of the view."""
    start = columns.places(times.onsets_us[which])
    stop = columns.places(times.ends_us[which] - 1) + 1
    return start, np.maximum(stop, start)


def _short(
    times: LaneTimes, first: int, last: int, columns: Columns
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Columns that events too short to see take nevertheless, and which event takes each."""
    least = max(round(MIN_WIDTH_PX * columns.unit), 1)
    start, stop = stretches(times, slice(first, last), columns)
    which = np.flatnonzero((stop - start < least) & (start >= 0))
    at = (start[which][:, None] + np.arange(least)).ravel()
    inside = at < len(columns)
    return at[inside], first + np.repeat(which, least)[inside]


def _write_words(
    band: Pixels, times: LaneTimes, first: int, last: int, art: LaneArt, columns: Columns
) -> None:
    """Stamp the label into each block that has room for it, the letter into smaller ones."""
    least = min(stamp.shape[1] for stamp in art.letters)
    lasting_us = times.ends_us[first:last] - times.onsets_us[first:last]
    long = first + np.flatnonzero(lasting_us >= least * columns.us_per_column)
    start, stop = stretches(times, long, columns)
    edge = round(3 * columns.unit)
    begin = np.maximum(start, 0) + edge
    room = np.minimum(stop, len(columns)) - begin - edge
    codes = times.codes[long]
    for code in np.unique(codes):
        label, letter = art.labels[code], art.letters[code]
        wide = (codes == code) & (room >= label.shape[1])
        middling = (codes == code) & ~wide & (room >= letter.shape[1])
        for stamp, at in ((label, begin[wide]), (letter, begin[middling])):
            _stamp(band, stamp, at, (len(band) - len(stamp)) // 2)


def _stamp(band: Pixels, stamp: Pixels, at: NDArray[np.intp], top: int) -> None:
    """Copy ``stamp`` to several columns of a band, as far as it lies inside."""
    high, wide = stamp.shape
    if not len(at) or top < 0:
        return
    rows, count = band[top : top + high], band.shape[1]
    if len(at) > _FEW:
        inside = (at >= 0) & (at + wide <= count)
        rows[:, at[inside][:, None] + np.arange(wide)] = stamp[:, None, :]
        at = at[~inside]
    for column in at.tolist():
        if column >= 0 and column + wide <= count:
            rows[:, column : column + wide] = stamp
            continue
        left, right = max(column, 0), min(column + wide, count)
        if right > left:
            rows[:, left:right] = stamp[:, left - column : right - column]


def _paint_points(
    out: Pixels,
    row: Row,
    times: LaneTimes,
    begun: NDArray[np.intp],
    art: LaneArt,
    columns: Columns,
) -> None:
    pad = round(PAD_PX * columns.unit)
    first, last = times.visible(int(columns.edges_us[0]), int(columns.edges_us[-1]))
    if last > first:
        at = np.flatnonzero(begun[1:] > begun[:-1])
        ink = art.ticks[times.codes[begun[at + 1] - 1]]
        line = out[0].copy()
        for shift in reversed(range(max(round(MIN_WIDTH_PX * columns.unit), 1))):
            inside = at + shift < len(columns)
            line[at[inside] + shift] = ink[inside]
        out[pad:-pad] = line
    if last > first and times.any_length:
        lasting = _shown(times, begun, columns)
        there = np.flatnonzero(lasting >= 0)
        bar = round(BAR_PX * columns.unit)
        out[-pad - bar : -pad, there] = art.ticks[times.codes[lasting[there]]]
    shown = heads(row, times, art, columns)
    if not len(shown.places):
        return
    codes = times.codes[shown.places]
    for code in np.unique(codes):
        for level in range(shown.levels.max() + 1):
            at = shown.columns[(codes == code) & (shown.levels == level)]
            _stamp(out, art.letters[code], at, pad + round(level * row.head * columns.unit))


@dataclass(frozen=True)
class Heads:
    """Which points show their letter: places in the lane, columns, levels from the top."""

    places: NDArray[np.intp]
    columns: NDArray[np.intp]
    levels: NDArray[np.intp]


def heads(row: Row, times: LaneTimes, art: LaneArt, columns: Columns) -> Heads:
    """Give each letter the highest level that is free; one that finds none is left out."""
    widths = [stamp.shape[1] for stamp in art.letters]
    room_us = round(max(widths) * columns.us_per_column)
    left_us, right_us = columns.edges_us[0], columns.edges_us[-1]
    first, last = np.searchsorted(times.onsets_us, (left_us - room_us, right_us)).tolist()
    if last - first > len(columns) / (4 * columns.unit):  # too many for letters
        last = first
    onsets = times.onsets_us[first:last]
    outside = np.floor((onsets - left_us) / columns.us_per_column)
    at = np.where(onsets < left_us, outside, columns.places(onsets)).astype(np.intp)
    free = [-(2**62)] * max((row.height - 2 * PAD_PX) // row.head, 1)
    levels = np.full(len(at), -1, dtype=np.intp)
    codes = times.codes[first:last].tolist()
    for nth, (column, code) in enumerate(zip(at.tolist(), codes, strict=True)):
        for level, from_column in enumerate(free):
            if from_column <= column:
                free[level] = column + widths[code] + 1
                levels[nth] = level
                break
    placed = levels >= 0
    return Heads(first + np.flatnonzero(placed), at[placed], levels[placed])
