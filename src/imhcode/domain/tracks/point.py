"""Instants: one press, one event."""

from collections.abc import Iterable
from dataclasses import dataclass

from imhcode.domain.edit import Step
from imhcode.domain.event import Event, Stamp
from imhcode.domain.lane import Lane
from imhcode.domain.scheme import Code, Track
from imhcode.domain.setting import Setting
from imhcode.domain.timecode import as_clock
from imhcode.domain.tracks import KINDS, Overlap, Shape, TakesNoLength


@dataclass(frozen=True)
class PointKind:
    """Behaviours whose moment counts, such as a bid; some may be given a length afterwards."""

    name: str = "point"
    shape: Shape = Shape.TICKS

    def press(
        self, lane: Lane, code: Code, track: Track, at: Stamp, new: Event, setting: Setting
    ) -> tuple[Step, ...]:
        """Add an instant; the same code at the same instant is a slip and changes nothing.

        What comes sooner than the track's shortest gap is added too: a press stores what was on
        screen, and the checks ask whether the two are one.
        """
        del setting, track
        here = lane.between(at.time_us, at.time_us + 1)
        same = (code.id, new.instance)
        if any(one.onset_us == at.time_us and (one.code, one.instance) == same for one in here):
            return ()
        return (Step(None, new),)

    def check(self, lane: Lane, track: Track, changed: Iterable[Event]) -> None:
        """Refuse lengths where the track has none, and two codes at once where they exclude."""
        for event in changed:
            at = as_clock(event.onset_us)
            if event.is_running or (not event.is_instant and not track.takes_duration):
                raise TakesNoLength(code=event.code, track=track.label)
            if not track.exclusive:
                continue
            end_us = max(event.until_us, event.onset_us + 1)
            for other in lane.between(event.onset_us, end_us):
                if other.id != event.id and other.instance == event.instance:
                    first, second = event.code, other.code
                    raise Overlap(track=track.label, first=first, second=second, at=at)


KINDS.add(PointKind())
