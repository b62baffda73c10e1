"""Stretches of time: one key opens a state, the next key closes or switches it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from imhcode.domain.edit import Step
from imhcode.domain.event import Event, Stamp
from imhcode.domain.lane import Lane
from imhcode.domain.scheme import Code, Track
from imhcode.domain.timecode import as_clock
from imhcode.domain.tracks import KINDS, NeedsLength, Overlap, Shape


@dataclass(frozen=True)
class StateKind:
    """Behaviours with a beginning and an end, such as ``ruptured``."""

    name: str = "state"
    shape: Shape = Shape.BLOCKS

    def press(
        self, lane: Lane, code: Code, track: Track, at: Stamp, new: Event
    ) -> tuple[Step, ...]:
        """Say "from here on it is ``code``", or "here it ends".

        On an exclusive track the press ends whatever holds at that instant, there, and ``code``
        holds until where the old state ended (or on, if it ran).  In a gap it holds until the
        next onset.  The code that already holds: on an exhaustive track nothing happens, because
        no gap may open and a second press is the commonest slip; elsewhere it ends there.
        """
        on = lane.covering(at.time_us)
        if not track.exclusive:
            on = [event for event in on if event.code == code.id]
        held = on[-1] if on else None
        if held is None:
            return (Step(None, replace(new, offset_us=self._room(lane, track, code, at))),)
        if held.code == code.id:
            if track.exclusive and track.exhaustive:
                return ()
            return (Step(held, held.ending(at) if at.time_us > held.onset_us else None),)
        if held.onset_us == at.time_us:
            changed = replace(held, code=code.id, modifiers=new.modifiers, links=())
            return (Step(held, changed),)
        same = new.recording == held.recording  # a frame number means nothing in another one
        frame = held.offset_frame if same else None
        rest = replace(new, offset_us=held.offset_us, offset_frame=frame)
        return (Step(held, held.ending(at)), Step(None, rest))

    def check(self, lane: Lane, track: Track, changed: Iterable[Event]) -> None:
        """Refuse states without length and, on an exclusive track, two at once."""
        for event in changed:
            if event.is_instant:
                at = as_clock(event.onset_us)
                raise NeedsLength(code=event.code, track=track.label, at=at)
            if not track.exclusive:
                continue
            before, after = lane.before(event), lane.after(event)
            for first, second in ((before, event), (event, after)):
                if first and second and first.until_us > second.onset_us:
                    raise Overlap(
                        track=track.label,
                        first=first.code,
                        second=second.code,
                        at=as_clock(second.onset_us),
                    )

    @staticmethod
    def _room(lane: Lane, track: Track, code: Code, at: Stamp) -> int | None:
        """Where a state that opens in a gap has to end: the next onset, if one follows."""
        if track.exclusive:
            return lane.next_onset_us(at.time_us)
        later = (event.onset_us for event in lane if event.code == code.id)
        return min((onset for onset in later if onset > at.time_us), default=None)


KINDS.add(StateKind())
