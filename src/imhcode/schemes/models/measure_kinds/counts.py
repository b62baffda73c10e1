"""Measures that count events."""

from typing import Annotated, Literal

from pydantic import Field

from imhcode.schemes.models.measure_kinds.selections import (
    Condition,
    Denominator,
    EachSelection,
    EventBase,
    Measure,
    Selection,
    Target,
    Where,
)
from imhcode.schemes.models.part import AllOrIds, EachOrIds, Id, Length, Seconds, Several


class Count(Measure):
    """How many events."""

    kind: Literal["count"]
    track: Id
    """Whose events."""
    codes: EachOrIds | None = None
    """Only these; each_code asks for one number a code."""
    classes: Several[Id]
    """Only codes of these classes."""
    where: Where | None = None
    """Only those for which a value was chosen."""


class RatePerMinute(Measure):
    """Events per minute of codable time."""

    kind: Literal["rate_per_minute"]
    track: Id
    """Whose events."""
    codes: AllOrIds | None = None
    """Only these; all if neither codes nor classes are given."""
    classes: Several[Id]
    """Only codes of these classes."""
    denominator: Denominator = "codable"
    """The minutes."""


class ProportionOfEvents(Measure):
    """Share of events that meet a condition."""

    kind: Literal["proportion_of_events"]
    base: EventBase
    """The events."""
    count_if: Condition
    """What those that count must have."""


class EventRatio(Measure):
    """Some events of a track against others."""

    kind: Literal["event_ratio"]
    track: Id
    """Whose events."""
    numerator: Selection
    """Above the line."""
    denominator: Selection
    """Below the line."""


class BinSlope(Measure):
    """How the number of events rises or falls from bin to bin."""

    kind: Literal["bin_slope"]
    track: Id
    """Whose events."""
    codes: AllOrIds | None = None
    """Only these."""
    classes: Several[Id]
    """Only codes of these classes."""
    bin_s: Length
    """Length of every bin."""


class AlternationRate(Measure):
    """Changes of turn between two tracks, per minute."""

    kind: Literal["alternation_rate"]
    tracks: Annotated[list[Id], Field(min_length=2, max_length=2)]
    """The two sides."""
    max_gap_s: Seconds
    """Longest silence between two turns of one exchange."""


class Contingency(Measure):
    """Whether one thing follows another more often than at other times."""

    kind: Literal["contingency_2x2"]
    given: EachSelection
    """What comes first."""
    target: Target
    """What may follow."""
    within: Selection | None = None
    """Only in these stretches; in all codable time if left out."""
    window_s: Seconds
    """How long after."""
    bin_s: Length
    """Time is cut into bins of this length."""
    statistic: list[Literal["table", "p_given", "p_outside", "p_base", "yules_q", "odds_ratio"]]
    """Which numbers."""
    requires_passes: Several[Id]
    """Passes without which it cannot be worked out."""
