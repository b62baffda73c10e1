"""Edits: the only way an observation changes.

An edit is a value.  It can be applied, turned round, written down and read back, and none of that
needs a screen or a file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from imhcode.domain.decision import Decision
from imhcode.domain.event import Event
from imhcode.domain.rating import RatingStep

Gesture = Literal[
    "press",
    "add",
    "delete",
    "set-onset",
    "set-offset",
    "recode",
    "modifier",
    "comment",
    "import",
    "close",
    "link",
    "unlink",
    "move",
    "nudge",
    "split",
    "join",
    "insert",
    "copy",
    "review",
    "flag",
    "transcript",
    "instance",
    "rate",
    "map",
    "consensus",
]
Cause = Literal["do", "undo", "redo"]


@dataclass(frozen=True, slots=True)
class Step:
    """One event before and after.

    ``before is None`` adds, ``after is None`` removes, both present replaces.  Three kinds of
    change, one shape: nothing to dispatch on.
    """

    before: Event | None
    after: Event | None

    @property
    def inverse(self) -> "Step":
        """The step that puts things back."""
        return Step(self.after, self.before)


@dataclass(frozen=True, slots=True)
class Edit:
    """What one gesture did: all of its steps, or none of them.

    Pressing the key of a new state closes the running one and opens the new one: two steps, one
    edit, so that one undo takes back both.

    Attributes
    ----------
    decision : Decision or None
        What was decided, where the edit carries out a decision; an edit may do nothing else.
    """

    gesture: Gesture
    steps: tuple[Step, ...]
    ratings: tuple[RatingStep, ...] = ()
    decision: Decision | None = None

    def __bool__(self) -> bool:
        """Whether it is worth a line of the log."""
        return bool(self.steps or self.ratings or self.decision)

    @property
    def inverse(self) -> "Edit":
        """The edit that undoes this one: inverse steps, last first."""
        return Edit(
            self.gesture,
            tuple(step.inverse for step in reversed(self.steps)),
            tuple(step.inverse for step in reversed(self.ratings)),
            self.decision,
        )

    @property
    def main(self) -> Event | None:
        """The event the gesture was about: what its last step leaves, or took away."""
        if not self.steps:
            return None
        last = self.steps[-1]
        return last.before if last.after is None else last.after

    def tracks(self) -> Iterator[str]:
        """Yield the track of every event touched, once each."""
        seen: set[str] = set()
        for step in self.steps:
            for event in (step.before, step.after):
                if event is not None and event.track not in seen:
                    seen.add(event.track)
                    yield event.track
