"""Tracks and their codes."""

from typing import Annotated, Literal

from pydantic import Field

from imhcode.domain.scheme import Pattern
from imhcode.schemes.models.part import AgeRange, Color, Id, Part, Seconds, Several, Text


class Reliability(Part):
    """How far two coders of this track should agree, and by which index."""

    index: list[Id]
    tolerance_s: Seconds | None = None
    min_value: Annotated[float, Field(ge=0, le=1)] | None = None
    double_code_pct: Annotated[float, Field(ge=0, le=100)] | None = None
    note: str = ""


class Suggestion(Part):
    """When the program offers a code by itself, and at which time."""

    suggest_when: Text
    at: Text
    confirm: bool = True


class Code(Part):
    """One thing that can be said on the track."""

    id: Id
    label: Text
    key: str = ""
    color: Color = "#999999"
    pattern: Pattern | None = None
    classes: Several[Id]
    uncodable: bool = False
    age_months: AgeRange | None = None
    definition: str = ""
    start: str = ""
    stop: str = ""
    include: Several[Text]
    exclude: Several[Text]
    examples: Several[Text]
    modifiers: Several[Id]
    applies_to_bids: Several[Id]
    min_duration_s: Seconds = 0
    auto: Suggestion | None = None


class Track(Part):
    """One lane for one subject."""

    id: Id
    label: Text
    subject: Id
    kind: str
    duration: Literal["none", "optional"] = "none"
    exclusive: bool = False
    exhaustive: bool = False
    min_duration_s: Seconds = 0
    min_gap_s: Seconds = 0
    default_code: Id | None = None
    reliability: Reliability | None = None
    modifiers: Several[Id]
    links: Several[Id]
    codes: Annotated[list[Code], Field(min_length=1)]
