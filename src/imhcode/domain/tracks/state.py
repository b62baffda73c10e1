"""Stretches of time: one key opens a state, the next key closes or switches it."""

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
class StateKind:
    """Behaviours with a beginning and an end, such as ``ruptured``."""

    name: str = "state"
    shape: Shape = Shape.BLOCKS

    def press(
        self, lane: Lane, code: Code, track: Track, at: Stamp, new: Event, setting: Setting
    ) -> tuple[Step, ...]:
        """Say "from here on it is ``code``", or "here it ends".

        On an exclusive track the press ends whatever holds at that instant, there, and ``code``
        holds until where the old state ended (or on, if it ran).  In a gap it holds until the
        next onset, and where the gap is shorter than the track knows, the state of that code
        before it goes on.  The code that already holds: on an exhaustive track nothing happens,
        because no gap may open and a second press is the commonest slip; elsewhere it ends there.
        """
        on = [event for event in lane.covering(at.time_us) if event.instance == new.instance]
        if not track.exclusive:
            on = [event for event in on if event.code == code.id]
        held = on[-1] if on else None
        if held is None:
            return _opened(lane, track, at, new, setting)
        if held.code == code.id:
            if track.exclusive and track.exhaustive:
                return ()
            return (Step(held, ended(held, at) if at.time_us > held.onset_us else None),)
        if held.onset_us == at.time_us:
            changed = replace(held, code=code.id, modifiers=new.modifiers, links=())
            return (Step(held, changed),)
        same = new.recording == held.recording  # a frame number means nothing in another one
        frame = held.offset_frame if same else None
        rest = replace(
            new,
            offset_us=held.offset_us,
            offset_frame=frame,
            offset_reviewed=held.offset_reviewed,
        )
        return (Step(held, ended(held, at)), Step(None, rest))

    def check(self, lane: Lane, track: Track, changed: Iterable[Event]) -> None:
        """Refuse states without length and, on an exclusive track, two at once."""
        for event in changed:
            if event.is_instant:
                at = as_clock(event.onset_us)
                raise NeedsLength(code=event.code, track=track.label, at=at)
            if track.exclusive:
                refuse_overlap(lane, track, event)


def _opened(lane: Lane, track: Track, at: Stamp, new: Event, setting: Setting) -> tuple[Step, ...]:
    """A state that begins where nothing of its instance holds."""
    code = "" if track.exclusive else new.code
    room_us = lane.next_onset_us(at.time_us, instance=new.instance, code=code)
    opened = replace(new, offset_us=room_us)
    going_on = earlier_within_gap(lane, track, new)
    if going_on is not None and _nothing_between(lane, track, going_on, new):
        longer = replace(going_on, offset_us=room_us, offset_frame=None, offset_reviewed=False)
        return (Step(going_on, longer),)
    if room_us is None and lane.neighbour_before(new) is None:
        return _first(track, at, opened, setting)
    return (Step(None, opened),)


def _nothing_between(lane: Lane, track: Track, earlier: Event, new: Event) -> bool:
    """Whether an earlier state can go on to where ``new`` begins."""
    return not track.exclusive or lane.neighbour_before(new) == earlier


def _first(track: Track, at: Stamp, opened: Event, setting: Setting) -> tuple[Step, ...]:
    """The first state of a lane, behind the code that a seamless track starts with."""
    from_us = setting.coded_from_us
    seamless = track.exclusive and track.exhaustive
    if not (seamless and track.default_code) or at.time_us <= from_us:
        return (Step(None, opened),)
    if opened.code == track.default_code:
        return (Step(None, replace(opened, onset_us=from_us, onset_frame=None)),)
    start = Event(
        id=f"{opened.id}-0",
        track=opened.track,
        code=track.default_code,
        onset_us=from_us,
        offset_us=at.time_us,
        offset_frame=at.frame,
        recording=at.recording,
        pass_id=opened.pass_id,
        instance=opened.instance,
    )
    return (Step(None, start), Step(None, opened))


KINDS.add(StateKind())
