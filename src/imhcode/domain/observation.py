"""An observation: one coder's record of one session with one version of one scheme."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from imhcode.domain.edit import Edit
from imhcode.domain.errors import Refused
from imhcode.domain.event import Event
from imhcode.domain.rating import Rating
from imhcode.domain.scheme import Scheme
from imhcode.domain.timecode import as_clock
from imhcode.domain.timeline import Timeline
from imhcode.domain.tracks import KINDS

Role = Literal["primary", "reliability", "training", "gold", "consensus"]
Status = Literal["draft", "submitted", "locked"]
ROLES: tuple[Role, ...] = ("primary", "reliability", "training", "gold", "consensus")


class NoSuchCode(Refused):
    """A track or code that the scheme does not have."""

    sentence = "The scheme {scheme} has no code “{code}” on a track “{track}”."


class EventHasChanged(Refused):
    """An edit worked out on an event that is no longer as it was."""

    sentence = "The event at {at} is no longer as it was."
    next_step = "Look at it again and repeat what you meant to do."


class IdIsTaken(Refused):
    """A second event with the id of another."""

    sentence = "There is already an event “{event}” in this observation."


class NoSuchScale(Refused):
    """A rating scale that the scheme does not have."""

    sentence = "The scheme {scheme} has no rating scale “{scale}”."


class RatingHasChanged(Refused):
    """An edit worked out on a rating that is no longer as it was."""

    sentence = "The rating on “{scale}” is no longer as it was."
    next_step = "Look at it again and repeat what you meant to do."


class RatedTwice(Refused):
    """Two ratings of the same on one scale."""

    sentence = "“{scale}” is rated already."
    next_step = "Change the rating that is there."


@dataclass(frozen=True, kw_only=True)
class Observation:
    """One coder's record; a value that an edit turns into another value.

    Attributes
    ----------
    role : str
        Primary, reliability, training, gold or consensus.
    coded_from_us, coded_until_us : int or None
        The coded range, half-open, on the session clock; ``None`` means: all of the recordings.
    ratings : Mapping of str to Rating
        Global scores by their ids; never changed in place.
    """

    id: str
    session_id: str
    coder_id: str
    scheme: Scheme
    role: Role = "primary"
    status: Status = "draft"
    coded_from_us: int | None = None
    coded_until_us: int | None = None
    timeline: Timeline = field(default_factory=Timeline)
    ratings: Mapping[str, Rating] = field(default_factory=dict)

    def after(self, edit: Edit) -> "Observation":
        """The observation once ``edit`` has happened.

        Raises
        ------
        Refused
            The scheme forbids the outcome, or an event is not what the edit takes it to be.
        """
        timeline = self.timeline
        if edit.steps:
            gone, new = self._exchanged(edit)
            timeline = timeline.changing(gone, new)
            self._check(timeline, new)
        ratings = self._rated(edit) if edit.ratings else self.ratings
        return replace(self, timeline=timeline, ratings=ratings)

    def _rated(self, edit: Edit) -> dict[str, Rating]:
        """The ratings once each step has found what it expects."""
        ratings = dict(self.ratings)
        for step in edit.ratings:
            before, after = step.before, step.after
            if before is not None and ratings.pop(before.id, None) != before:
                raise RatingHasChanged(scale=before.scale)
            if after is not None:
                if self.scheme.rating(after.scale) is None:
                    raise NoSuchScale(scheme=self.scheme.id, scale=after.scale)
                if after.id in ratings:
                    raise IdIsTaken(event=after.id)
                ratings[after.id] = after
        about = [(one.scale, one.episode) for one in ratings.values()]
        for scale, episode in about:
            if about.count((scale, episode)) > 1:
                raise RatedTwice(scale=scale)
        return ratings

    def _exchanged(self, edit: Edit) -> tuple[list[Event], list[Event]]:
        """What the edit takes away and what it leaves, once each step has found what it expects."""
        was: dict[str, Event] = {}
        left: dict[str, Event | None] = {}
        fresh: set[str] = set()
        for step in edit.steps:
            before, after = step.before, step.after
            if before is not None:
                if before.id not in left and before in self.timeline.lane(before.track):
                    was[before.id] = left[before.id] = before
                if left.get(before.id) != before:
                    raise EventHasChanged(at=as_clock(before.onset_us))
                left[before.id] = None
            if after is not None:
                self._refuse_unknown(after)
                if left.get(after.id) is not None:
                    raise IdIsTaken(event=after.id)
                if after.id not in left:
                    fresh.add(after.id)
                left[after.id] = after
        taken = self.timeline.ids_among(fresh)
        if taken:
            raise IdIsTaken(event=min(taken))
        return list(was.values()), [event for event in left.values() if event is not None]

    def _refuse_unknown(self, event: Event) -> None:
        if self.scheme.code(event.track, event.code) is None:
            raise NoSuchCode(scheme=self.scheme.id, code=event.code, track=event.track)

    def _check(self, timeline: Timeline, new: Iterable[Event]) -> None:
        by_track: dict[str, list[Event]] = {}
        for event in new:
            by_track.setdefault(event.track, []).append(event)
        for track_id, some in by_track.items():
            track = self.scheme.track(track_id)
            if track is not None:
                KINDS[track.kind].check(timeline.lane(track_id), track, some)

    def with_events(self, events: Iterable[Event]) -> "Observation":
        """The same observation holding these events, as read from a study; nothing is checked."""
        return replace(self, timeline=Timeline(events))

    def with_ratings(self, ratings: Iterable[Rating]) -> "Observation":
        """The same observation holding these ratings, as read from a study."""
        return replace(self, ratings={one.id: one for one in ratings})
