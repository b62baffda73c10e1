"""Stretches marked to be looked at again: they may overlap, even with their own kind."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from imhcode.domain.edit import Step
from imhcode.domain.event import Event, Stamp
from imhcode.domain.lane import Lane
from imhcode.domain.scheme import Code, Track
from imhcode.domain.setting import Setting
from imhcode.domain.timecode import as_clock
from imhcode.domain.tracks import (
    KINDS,
    NeedsLength,
    Shape,
    earlier_within_gap,
    ended,
    refuse_overlap,
)


@dataclass(frozen=True)
class RangeKind:
    """In and out of a clip: the first press begins it, the second ends it."""

    name: str = "range"
    shape: Shape = Shape.BLOCKS

    def press(
        self, lane: Lane, code: Code, track: Track, at: Stamp, new: Event, setting: Setting
    ) -> tuple[Step, ...]:
        """Begin a stretch, or end the one of that code that runs.

        Pressed twice at one instant it is taken back.  Where a scheme lets stretches exclude each
        other they are states.
        """
        if track.exclusive:
            return KINDS["state"].press(lane, code, track, at, new, setting)
        mine = [
            event
            for event in lane.running()
            if (event.code, event.instance) == (code.id, new.instance)
            and event.onset_us <= at.time_us
        ]
        if mine:
            held = max(mine, key=lambda event: event.onset_us)
            return (Step(held, ended(held, at) if at.time_us > held.onset_us else None),)
        going_on = earlier_within_gap(lane, track, new)
        if going_on is not None:
            open_again = replace(going_on, offset_us=None, offset_frame=None, offset_reviewed=False)
            return (Step(going_on, open_again),)
        return (Step(None, replace(new, offset_us=None)),)

    def check(self, lane: Lane, track: Track, changed: Iterable[Event]) -> None:
        """Refuse stretches without length and, on an exclusive track, two at once."""
        for event in changed:
            if event.is_instant:
                at = as_clock(event.onset_us)
                raise NeedsLength(code=event.code, track=track.label, at=at)
            if track.exclusive:
                refuse_overlap(lane, track, event)


KINDS.add(RangeKind())
