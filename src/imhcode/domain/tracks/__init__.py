"""Kinds of track: what a key press means on each, which rule its lane keeps, how it is drawn."""

from collections.abc import Iterable
from enum import Enum
from typing import Protocol

from imhcode.domain.edit import Step
from imhcode.domain.errors import Refused
from imhcode.domain.event import Event, Stamp
from imhcode.domain.lane import Lane
from imhcode.domain.scheme import Code, Track
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
        self, lane: Lane, code: Code, track: Track, at: Stamp, new: Event
    ) -> tuple[Step, ...]:
        """What the key of ``code`` does at that instant.

        ``new`` is a fresh event at ``at``, with the defaults of its modifiers, ready to be used
        or not.  No steps: the press changes nothing.
        """

    def check(self, lane: Lane, track: Track, changed: Iterable[Event]) -> None:
        """Refuse a lane in which one of the events just ``changed`` breaks the track's rule.

        Only the neighbourhood of what changed is looked at: the lane kept the rule before, so a
        new breach has a changed event on one side of it.
        """


KINDS: Registry[Kind] = Registry("imhcode.domain.tracks")
