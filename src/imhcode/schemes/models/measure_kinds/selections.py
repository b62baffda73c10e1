"""Which events, and which time, a measure counts."""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from imhcode.schemes.models.part import AllOrIds, EachOrIds, Id, Part, Seconds, Several, Text

Censor = Literal["episode_end", "session_end", "uncodable_onset", "not_scored", "bout_end"]


class Measure(Part):
    """A number with its formula; what it has in common with all others."""

    id: Id
    """What is exported; never changes."""
    label: Text
    """What is read."""
    per: Annotated[list[Literal["session", "episode", "visit", "dyad"]], Field(min_length=1)]
    """What there is one number for."""
    only_in_episodes: Several[Id]
    """Kinds of episode that it is worked out in; all if left out."""
    unit: str = ""
    """What the number counts: s, proportion, per_min."""
    null_when: str = ""
    """When there is no number, as one of the sentences that the program knows."""
    note: str = ""
    """Anything to know about it."""


class Selection(Part):
    """Events by code or by class; of the track around it unless it names one."""

    track: Id | None = None
    """The track; the measure's own if left out."""
    codes: AllOrIds | None = None
    """Only these; all if neither codes nor classes are given."""
    classes: Several[Id]
    """Only codes of these classes."""


class EachSelection(Selection):
    """Events, perhaps one number for each code."""

    codes: EachOrIds | None = None  # type: ignore[assignment]  # wider on purpose
    """Only these; each_code asks for one number a code."""


class TimeSelection(EachSelection):
    """Time during which something holds."""

    union: bool = False
    """Count an instant once although several of the codes hold."""


class OtherTime(Selection):
    """The time that a share is taken of, where it is not all codable time."""

    codable_of: Id | None = None
    """All time at which this track could be coded."""
    time_of: Id | None = None
    """All time at which this track says something."""


def _word_or_part(value: object) -> str:
    return "word" if isinstance(value, str) else "part"


#: ``codable``: the coded range without uncodable time and excluded episodes
Denominator = Annotated[
    Annotated[Literal["codable"], Tag("word")] | Annotated[OtherTime, Tag("part")],
    Discriminator(_word_or_part),
]


class LinkedCodes(Part):
    """Events that are answered in a certain way."""

    link: Id
    """The link."""
    codes: Several[Id]
    """Answers by these codes."""
    classes: Several[Id]
    """Answers by codes of these classes."""


class EventBase(Selection):
    """The events that a share is taken of."""

    exclude_linked: LinkedCodes | None = None
    """Left out: those with such an answer."""


class Where(Part):
    """Events for which one of some values was chosen."""

    modifier: Id
    """The modifier."""
    values: Annotated[list[Id], Field(min_length=1)]
    """The values."""


class Condition(Part):
    """What an event of the base must have, or be answered by, to count."""

    link: Id | None = None
    """Answered by this link; codes and classes are then those of the answer."""
    first: bool = False
    """Only the first answer is looked at."""
    codes: AllOrIds | None = None
    """One of these codes."""
    classes: Several[Id]
    """A code of one of these classes."""
    modifier: Id | None = None
    """For this modifier ..."""
    values: Several[Id]
    """... one of these values."""
    no_overlap_with: Selection | None = None
    """Nothing of this sort holds at the same time."""


class Start(Selection):
    """The instant from which time is counted."""

    edge: Literal["onset", "offset", "first_onset_in_bout"] = "onset"
    """Which instant of the event."""


class End(Selection):
    """What must come for the time to end."""

    link: Id | None = None
    """It answers the start by this link."""
    hold_s: Seconds = 0
    """How long it must last to count."""


class AnyOf(Part):
    """Events of several selections together."""

    any_of: Annotated[list[Selection], Field(min_length=1)]
    """The selections."""


class Change(Part):
    """A change on an ordered track."""

    track: Id
    """The track; its codes have ranks."""
    transition: Literal["decrease_ordinal", "increase_ordinal"]
    """Down or up the ranks."""


def _which_target(value: object) -> str:
    """By the field that only one of them has."""
    if isinstance(value, dict):
        return next((name for name in ("any_of", "transition") if name in value), "selection")
    return "selection"


Target = Annotated[
    Annotated[AnyOf, Tag("any_of")]
    | Annotated[Change, Tag("transition")]
    | Annotated[Selection, Tag("selection")],
    Discriminator(_which_target),
]
