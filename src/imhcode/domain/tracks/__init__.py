"""Kinds of track: what a key press means on each, which rule its lane keeps, how it is drawn."""

from collections.abc import Iterable
from dataclasses import replace
from enum import Enum
from typing import Protocol

from imhcode.domain.edit import Step
from imhcode.domain.errors import Refused
from imhcode.domain.event import Event, Stamp
from imhcode.domain.lane import Lane
from imhcode.domain.scheme import Code, Track
from imhcode.domain.setting import Setting
from imhcode.domain.timecode import as_clock
from imhcode.registry import Registry


class Shape(Enum):
    """How a lane is drawn; a kind chooses one."""

    BLOCKS = "blocks"
    TICKS = "ticks"


class Overlap(Refused):
    """Two events at once where the track allows one."""

    sentence = "On {track}, “{first}” and “{second}” would overlap at {at}."
    next_step = "Only one code can hold at a time on this track."


class NeedsLength(Refused):
    """A state of no length."""

    sentence = "“{code}” on {track} would have no length at {at}."
    next_step = "Its offset must come after its onset."


class TakesNoLength(Refused):
    """A stretch where the track knows instants only."""

    sentence = "“{code}” on {track} is an instant and takes no offset."


class Kind(Protocol):
    """One kind of track."""

    @property
    def name(self) -> str:
        """As schemes write it, and the name of the file."""

    @property
    def shape(self) -> Shape:
        """How its lanes are drawn."""

    def press(
        self, lane: Lane, code: Code, track: Track, at: Stamp, new: Event, setting: Setting
    ) -> tuple[Step, ...]:
        """What the key of ``code`` does at that instant.

        ``new`` is a fresh event at ``at``, with the defaults of its modifiers, ready to be used
        or not; events about another instance than its own are not looked at.  No steps: the
        press changes nothing.
        """

    def check(self, lane: Lane, track: Track, changed: Iterable[Event]) -> None:
        """Refuse a lane in which one of the events just ``changed`` breaks the track's rule.

        Only the neighbourhood of what changed is looked at: the lane kept the rule before, so a
        new breach has a changed event on one side of it.
        """


def refuse_overlap(lane: Lane, track: Track, event: Event) -> None:
    """Refuse an event that overlaps a neighbour about the same instance (`Overlap`)."""
    before, after = lane.neighbour_before(event), lane.neighbour_after(event)
    for first, second in ((before, event), (event, after)):
        if first and second and first.until_us > second.onset_us:
            raise Overlap(
                track=track.label,
                first=first.code,
                second=second.code,
                at=as_clock(second.onset_us),
            )


def ended(event: Event, at: Stamp) -> Event:
    """The event as a press ends it here: nobody has looked at that boundary again yet."""
    return replace(event.ending(at), offset_reviewed=False)


def earlier_within_gap(lane: Lane, track: Track, new: Event) -> Event | None:
    """The closed event of the code and instance of ``new`` that it only continues, if there is one.

    What begins again sooner than ``min_gap_us`` after it ended never stopped.
    """
    if not track.min_gap_us:
        return None
    for event in lane.between(new.onset_us - track.min_gap_us, new.onset_us + 1)[::-1]:
        if (event.code, event.instance) == (new.code, new.instance):
            gap_us = new.onset_us - event.until_us
            return event if 0 <= gap_us < track.min_gap_us else None
    return None


KINDS: Registry[Kind] = Registry("imhcode.domain.tracks")
