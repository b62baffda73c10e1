"""What becomes of the neighbours when an event on an exclusive track takes their room.

On an exhaustive track the edge is shared: the neighbour's edge moves along, so that neither an
overlap nor a gap can come about.  Elsewhere the coder chooses: ``trim`` cuts the neighbour back,
``push`` moves it on whole, and what it runs into with it; ``share`` trims, and takes the edge of
a neighbour along that meets the event.  The order of events never changes.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from imhcode.domain.edit import Step
from imhcode.domain.event import Event, Stamp
from imhcode.domain.lane import Lane
from imhcode.domain.scheme import Track
from imhcode.domain.timecode import as_clock
from imhcode.domain.tracks import NeedsLength

Edge = Literal["onset", "offset"]
Neighbours = Literal["refuse", "trim", "push", "share"]
Snap = Callable[[int], Stamp]  #: the frame nearest to a session time, and that frame's own time


def before_it(
    lane: Lane, track: Track, event: Event, at: Stamp, way: Neighbours, snap: Snap
) -> list[Step]:
    """What happens to the left of ``event`` once it begins at ``at``."""
    neighbour = lane.neighbour_before(event)
    if not track.exclusive or neighbour is None or neighbour.is_instant:
        return []
    meets = neighbour.until_us == event.onset_us
    shares = meets and (track.exhaustive or way == "share")
    if not shares and neighbour.until_us <= at.time_us:
        return []
    if shares or (way != "refuse" and track.exhaustive) or way in {"trim", "share"}:
        refuse_no_length(track, neighbour, neighbour.onset_us, at.time_us)
        return [Step(neighbour, neighbour.ending(at))]
    return _pushed_back(lane, track, neighbour, at, snap) if way == "push" else []


def after_it(
    lane: Lane, track: Track, event: Event, at: Stamp, way: Neighbours, snap: Snap
) -> list[Step]:
    """What happens to the right of ``event`` once it ends at ``at``."""
    neighbour = lane.neighbour_after(event)
    if not track.exclusive or neighbour is None or neighbour.is_instant:
        return []
    meets = event.until_us == neighbour.onset_us
    shares = meets and (track.exhaustive or way == "share")
    if not shares and neighbour.onset_us >= at.time_us:
        return []
    if shares or (way != "refuse" and track.exhaustive) or way in {"trim", "share"}:
        refuse_no_length(track, neighbour, at.time_us, neighbour.until_us)
        return [Step(neighbour, neighbour.beginning(at))]
    return _pushed_on(lane, track, neighbour, at, snap) if way == "push" else []


def refuse_no_length(track: Track, event: Event, onset_us: int, until_us: int) -> None:
    """Refuse that nothing, or less than nothing, is left of an event with a length.

    Raises
    ------
    NeedsLength
        Its onset would not come before its offset.
    """
    if onset_us >= until_us:
        raise NeedsLength(code=event.code, track=track.label, at=as_clock(event.onset_us))


def shifted(event: Event, onset: Stamp, offset: Stamp | None) -> Event:
    """The same event elsewhere; ``offset`` is ``None`` while it runs."""
    if event.is_running or event.is_instant or offset is None:
        return event.beginning(onset)
    return replace(
        event,
        onset_us=onset.time_us,
        onset_frame=onset.frame,
        recording=onset.recording,
        offset_us=offset.time_us,
        offset_frame=offset.frame if offset.recording == onset.recording else None,
    )


def _pushed_on(
    lane: Lane, track: Track, neighbour: Event | None, at: Stamp, snap: Snap
) -> list[Step]:
    steps: list[Step] = []
    while neighbour is not None and neighbour.onset_us < at.time_us:
        length_us = neighbour.duration_us
        offset = None if length_us is None else snap(at.time_us + length_us)
        if offset is not None and length_us:
            refuse_no_length(track, neighbour, at.time_us, offset.time_us)
        moved = replace(
            shifted(neighbour, at, offset if length_us else None),
            onset_reviewed=False,
            offset_reviewed=False,
        )
        steps.append(Step(neighbour, moved))
        if offset is None:
            break
        at = offset if length_us else at
        neighbour = lane.neighbour_after(neighbour)
    return steps


def _pushed_back(
    lane: Lane, track: Track, neighbour: Event | None, at: Stamp, snap: Snap
) -> list[Step]:
    steps: list[Step] = []
    while neighbour is not None and neighbour.until_us > at.time_us:
        onset = snap(at.time_us - (neighbour.duration_us or 0))
        refuse_no_length(track, neighbour, onset.time_us, at.time_us)
        moved = replace(shifted(neighbour, onset, at), onset_reviewed=False, offset_reviewed=False)
        steps.insert(0, Step(neighbour, moved))
        at, neighbour = onset, lane.neighbour_before(neighbour)
    return steps
