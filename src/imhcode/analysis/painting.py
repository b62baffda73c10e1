"""A stretch of a lane without overlaps gets what another lane has there."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from imhcode.domain.event import Event

Frames = Mapping[tuple[str, int], int | None]


@dataclass(frozen=True, slots=True)
class _Part:
    """What becomes one event: from the beginning of ``first`` or later to the end of ``last``."""

    first: Event
    last: Event
    from_us: int
    until_us: int

    @property
    def code(self) -> str:
        return self.first.code


def painted(
    lane: Sequence[Event],
    source: Sequence[Event],
    stretch: tuple[int, int],
    *,
    until_us: int,
    frames: Frames,
    taken: Collection[str],
    new_id: Callable[[], str],
) -> list[Event]:
    """The events of ``lane`` once ``stretch`` holds what ``source`` has there.

    What reaches into the stretch is cut.  What goes on beyond the stretch in the source joins what
    is of its code on that side of the lane; where the source has a boundary, there is one.

    Parameters
    ----------
    lane, source : sequence of Event
        Of one subject of one track, without overlaps.
    stretch : tuple of int
        Half-open; not empty.
    until_us : int
        Where a running state is taken to end.
    frames : Mapping
        From recording and time to the frame on screen, for boundaries that come about.
    taken : collection of str
        Ids of events elsewhere.
    """
    start_us, end_us = stretch
    mine = [_whole(one, until_us) for one in lane]
    theirs = [_whole(one, until_us) for one in source]
    left = [_Part(p.first, p.last, p.from_us, min(p.until_us, start_us)) for p in mine]
    right = [_right(p, end_us, theirs) for p in mine]
    left = sorted((p for p in left if p.from_us < p.until_us), key=_start)
    right = sorted((p for p in right if p.from_us < p.until_us), key=_start)
    inside = [p for p in theirs if p.from_us < end_us and p.until_us > start_us]
    middle = [
        _Part(p.first, p.last, max(p.from_us, start_us), min(p.until_us, end_us))
        for p in sorted(inside, key=_start)
    ]
    kept = {id(part) for part in (*left, *right)}
    if middle:
        goes_on = max(p.until_us for p in inside) > end_us
        if left and min(p.from_us for p in inside) < start_us and _meet(left[-1], middle[0]):
            middle[0] = _one(left.pop(), middle[0])
            kept.add(id(middle[0]))
        if right and goes_on and _meet(middle[-1], right[0]):
            joined = _one(middle.pop(), right.pop(0))
            kept.add(id(joined))
            middle.append(joined)
    parts = [*left, *middle, *right]
    return _named([(part, id(part) in kept) for part in parts], until_us, frames, taken, new_id)


def _whole(event: Event, until_us: int) -> _Part:
    return _Part(event, event, event.onset_us, _until(event, until_us))


def _until(event: Event, until_us: int) -> int:
    if event.offset_us is None:
        return max(until_us, event.onset_us)
    return event.offset_us


def _start(part: _Part) -> int:
    return part.from_us


def _right(part: _Part, end_us: int, source: Sequence[_Part]) -> _Part:
    """What is left of an event behind the stretch; one cut in two is the source's from there on."""
    if part.from_us >= end_us or part.until_us <= end_us:
        return _Part(part.first, part.last, max(part.from_us, end_us), part.until_us)
    for one in source:
        if one.from_us == end_us and one.code == part.code:
            return _Part(one.first, part.last, end_us, part.until_us)
    return _Part(part.first, part.last, end_us, part.until_us)


def _meet(first: _Part, second: _Part) -> bool:
    return first.until_us == second.from_us and first.code == second.code


def _one(first: _Part, second: _Part) -> _Part:
    return _Part(first.first, second.last, first.from_us, second.until_us)


def _named(
    parts: Sequence[tuple[_Part, bool]],
    until_us: int,
    frames: Frames,
    taken: Collection[str],
    new_id: Callable[[], str],
) -> list[Event]:
    """The events of all parts; those of the lane itself keep their ids before others."""
    used = set(taken)
    ids: dict[int, str] = {}
    for wanted in (True, False):
        for at, (part, of_lane) in enumerate(parts):
            if of_lane is wanted:
                name = part.first.id
                while name in used:
                    name = new_id()
                used.add(name)
                ids[at] = name
    return [_made(part, ids[at], until_us, frames) for at, (part, _) in enumerate(parts)]


def _made(part: _Part, event_id: str, until_us: int, frames: Frames) -> Event:
    first, last = part.first, part.last
    begins = first.onset_us == part.from_us
    ends = _until(last, until_us) == part.until_us
    same = last.recording == first.recording
    end_frame = last.offset_frame if same else None
    return replace(
        first,
        id=event_id,
        onset_us=part.from_us,
        onset_frame=first.onset_frame if begins else frames.get((first.recording, part.from_us)),
        onset_reviewed=begins and first.onset_reviewed,
        offset_us=last.offset_us if ends else part.until_us,
        offset_frame=end_frame if ends else frames.get((first.recording, part.until_us)),
        offset_reviewed=ends and last.offset_reviewed,
    )
