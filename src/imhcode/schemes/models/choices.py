"""Modifiers, and links between events."""

from typing import Annotated, Literal

from pydantic import Field

from imhcode.schemes.models.part import Id, Months, Offset, Part, Several, Text, Window


class ModifierValue(Part):
    """One answer."""

    id: Id
    """What is stored; never changes."""
    label: Text
    """What the coder reads."""
    key: str = ""
    """A digit, "1" to "9", that answers the prompt."""


class Modifier(Part):
    """A further choice that an event takes; a track or a code lists it."""

    id: Id
    """What is stored; never changes."""
    label: Text
    """What the coder reads."""
    type: Literal["choice", "multi", "text", "number", "subject"]
    """One of the values, any of them, words, a number, or one of the scheme's subjects."""
    required: bool = False
    """Whether an event without an answer is a finding."""
    default: Id | None = None
    """Value that an event has until somebody chooses."""
    values: Several[ModifierValue]
    """The answers of a choice or a multi."""
    values_from: Literal["case.goals"] | None = None
    """Where the values come from if they are those of the dyad."""
    not_for: Several[Id]
    """Codes that do not take it although their track does."""
    in_pass: Id | None = None
    """A later pass that asks for it; if left out it is asked at once."""
    min: float | None = None
    """Lowest number."""
    max: float | None = None
    """Highest number."""
    step: Annotated[float, Field(gt=0)] | None = None
    """From one number to the next."""
    unit: str = ""
    """What the number counts."""
    max_length: Annotated[int, Field(ge=1, le=10_000)] | None = None
    """Most characters of a text."""
    help: str = ""
    """A sentence for the coder."""


class AgeWindow(Part):
    """A shorter or longer window up to some age."""

    max_months: Months
    """Up to and including this age."""
    max: Offset
    """Latest, in seconds."""


class Link(Part):
    """Which events may answer which."""

    id: Id
    """What is stored; never changes."""
    label: Text
    """What the coder reads."""
    from_track: Id
    """Track of the events that answer."""
    to_track: Id
    """Track of the events that are answered."""
    from_codes: Several[Id]
    """Codes that may answer; all if left out."""
    to_codes: Several[Id]
    """Codes that may be answered; all if left out."""
    cardinality: Literal["one_to_one", "one_to_many", "many_to_one", "many_to_many"] = (
        "many_to_many"
    )
    """How many answer how many: many_to_one lets several events answer the same one."""
    required: bool = False
    """Whether each event that may be answered must be."""
    window_s: Window | None = None
    """How soon and how late an answer may begin."""
    window_by_age: Several[AgeWindow]
    """Other limits for younger children, youngest first."""
    suggest: Literal["nearest_preceding_unlinked"] | None = None
    """What the program links by itself, until the coder says otherwise."""
    one_counts: Literal["first", "last"] | None = None
    """Which of several answers measures count."""
