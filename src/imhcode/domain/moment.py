"""Moments: stretches that a clinician marks to look at with a parent.

A moment *is* an event of a range track of a review scheme, so that marking, undo, table, log and
export are those of any event.  What an event has no field for, a title in plain words and a place
in the order of showing, lies on a *card* beside it; the private note lies apart from both, so that
nothing that shows a moment can show the note.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from imhcode.domain.codes import Track
from imhcode.domain.event import FAR_FUTURE_US, Event
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Scheme

STATUS, GOAL, WHO = "status", "theme", "consent_check"
CHILDS_WORDS, QUESTION = "childs_words", "question"
GOALS_OF_THE_DYAD = "case.goals"  #: where a modifier takes its values from the dyad


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentCard:
    """What a moment is called and when it is shown; both may be seen by the family.

    Attributes
    ----------
    id : str
        That of the moment's event.
    place : int or None
        In the order of showing, from 1; ``None`` where nobody has put it anywhere.
    """

    id: str
    session_id: str
    title: str = ""
    place: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateNote:
    """What the clinician thinks of a moment: for themselves and their supervisor.

    Attributes
    ----------
    id : str
        That of the moment's event.
    """

    id: str
    session_id: str
    text: str


@dataclass(frozen=True, slots=True)
class FamilyMoment:
    """All that a parent may be shown of a moment, and nothing else."""

    id: str
    title: str
    words: str
    question: str
    onset_us: int
    offset_us: int | None


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as the clinician sees it, without the private note.

    Attributes
    ----------
    code_label, parent_text : str
        What the scheme calls its kind, for the clinician and for the parent.
    """

    event: Event
    observation_id: str
    session_id: str
    code_label: str
    parent_text: str
    card: MomentCard

    @property
    def id(self) -> str:
        """The event's id."""
        return self.event.id

    @property
    def kind(self) -> str:
        """The event's code."""
        return self.event.code

    @property
    def onset_us(self) -> int:
        """Where it begins, session time."""
        return self.event.onset_us

    @property
    def offset_us(self) -> int | None:
        """Where it ends; ``None`` while it is being marked."""
        return self.event.offset_us

    @property
    def status(self) -> str:
        """candidate, chosen, shown or kept_back; a candidate until somebody says more."""
        return self._said(STATUS) or "candidate"

    @property
    def goal_id(self) -> str:
        """The goal of the dyad it belongs to; empty for none."""
        return self._said(GOAL)

    @property
    def childs_words(self) -> str:
        """What the child may be saying."""
        return self._said(CHILDS_WORDS)

    @property
    def question(self) -> str:
        """What to wonder about together."""
        return self._said(QUESTION)

    @property
    def who(self) -> tuple[str, ...]:
        """Relations of those in the picture; empty if nobody has said."""
        return self.event.modifier(WHO)

    @property
    def place(self) -> int | None:
        """In the order of showing."""
        return self.card.place

    @property
    def in_order(self) -> tuple[int, int, str]:
        """What sorts moments into the order of showing, then of time."""
        place = FAR_FUTURE_US if self.place is None else self.place
        return place, self.onset_us, self.id

    @property
    def title(self) -> str:
        """Its own title, or what the scheme lets a parent read."""
        return self.card.title or self.parent_text

    def for_family(self) -> FamilyMoment:
        """What a parent may be shown."""
        return FamilyMoment(
            self.id, self.title, self.childs_words, self.question, self.onset_us, self.offset_us
        )

    def _said(self, modifier_id: str) -> str:
        values = self.event.modifier(modifier_id)
        return values[0] if values else ""


def review_track(scheme: Scheme) -> Track | None:
    """The track on which moments are marked: of ranges, for parents to see, with a status."""
    for track in scheme.tracks:
        if track.kind == "range" and STATUS in track.modifiers and not track.never_in:
            return track
    return None


def conversation_track(scheme: Scheme) -> Track | None:
    """The track of what is said while a recording is watched, on the visit's own clock."""
    return next((track for track in scheme.tracks if track.clock == "session"), None)


def moments_of(observation: Observation, cards: Mapping[str, MomentCard]) -> tuple[Moment, ...]:
    """The moments of an observation in the order of showing, then of time.

    Parameters
    ----------
    cards : Mapping of str to MomentCard
        By the ids of events; what has none has a blank one.
    """
    track = review_track(observation.scheme)
    if track is None:
        return ()
    moments = []
    for event in observation.timeline.lane(track.id):
        code = track.code(event.code)
        card = cards.get(event.id) or MomentCard(id=event.id, session_id=observation.session_id)
        moments.append(
            Moment(
                event,
                observation.id,
                observation.session_id,
                code.label if code else event.code,
                code.parent_text if code else "",
                card,
            )
        )
    return tuple(sorted(moments, key=lambda one: one.in_order))
