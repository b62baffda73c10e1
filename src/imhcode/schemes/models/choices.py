"""Modifiers, and links between events."""

from typing import Annotated, Literal

from pydantic import Field

from imhcode.schemes.models.part import Id, Months, Part, Seconds, Several, Text, Window


class ModifierValue(Part):
    """One answer."""

    id: Id
    label: Text
    key: str = ""


class Modifier(Part):
    """A further choice that an event takes."""

    id: Id
    label: Text
    type: Literal["choice", "multi", "text", "number"]
    required: bool = False
    default: Id | None = None
    values: Several[ModifierValue]
    not_for: Several[Id]
    max_length: Annotated[int, Field(ge=1, le=10_000)] | None = None
    help: str = ""


class AgeWindow(Part):
    """A shorter or longer window up to some age."""

    max_months: Months
    max: Seconds


class Link(Part):
    """Which events may answer which."""

    id: Id
    label: Text
    from_track: Id
    to_track: Id
    from_codes: Several[Id]
    to_codes: Several[Id]
    cardinality: Literal["one_to_one", "one_to_many", "many_to_one", "many_to_many"] = (
        "many_to_many"
    )
    required: bool = False
    window_s: Window | None = None
    window_by_age: Several[AgeWindow]
    suggest: Literal["nearest_preceding_unlinked"] | None = None
    one_counts: Literal["first", "last"] | None = None
