"""The whole document."""

from typing import Annotated, Literal

from pydantic import Field

from imhcode.schemes.models.choices import Link, Modifier
from imhcode.schemes.models.measures import Measure
from imhcode.schemes.models.part import (
    AgeRange,
    Id,
    Language,
    Part,
    Seconds,
    Several,
    Text,
    Version,
)
from imhcode.schemes.models.procedure import Episodes, Pass, Profile
from imhcode.schemes.models.tracks import Track


class Provenance(Part):
    """Where the definitions come from, and what is known about them."""

    authorship: Id
    statement: Text
    validation: Id


class SampleLength(Part):
    """How long a recording should be."""

    min: Seconds
    typical: Seconds | None = None
    max: Seconds


class Citation(Part):
    """What the scheme leans on, and for what."""

    key: Id
    text: Text
    used_for: str = ""


class Time(Part):
    """What is meant by a time; one answer for now, written down all the same."""

    basis: Literal["media_time"] = "media_time"
    resolution: Literal["frame", "second"] = "frame"
    interval_convention: Literal["half_open"] = "half_open"
    review_unit_s: Annotated[Seconds, Field(gt=0)] = 1


class Subject(Part):
    """Who is coded."""

    id: Id
    label: Text
    role: Literal["child", "caregiver", "partner", "group", "professional"]
    allow_instances: bool = False
    members: Several[Id]


class Parameter(Part):
    """A number that a lab may change, within limits."""

    id: Id
    default: float
    min: float
    max: float
    overrides: str = ""
    note: str = ""


class Check(Part):
    """A rule for coded sessions, in words."""

    id: Id
    severity: Literal["error", "warning", "info"]
    rule: Text
    message: Text


class Document(Part):
    """A coding scheme as its author writes it."""

    imhcode_scheme: Literal["1.0"]
    id: Id
    version: Version
    title: Text
    short_title: str = ""
    language: Language = "en"
    status: Literal["built_in", "lab", "imported"] = "lab"
    summary: str = ""
    provenance: Provenance | None = None
    age_months: AgeRange | None = None
    contexts: Several[Id]
    recommended_sample_s: SampleLength | None = None
    citations: Several[Citation]
    time: Time | None = None
    subjects: Annotated[list[Subject], Field(min_length=1)]
    episodes: Episodes | None = None
    profiles: Several[Profile]
    passes: Several[Pass]
    class_vocabulary: Several[Id]
    tracks: Annotated[list[Track], Field(min_length=1)]
    modifiers: Several[Modifier]
    links: Several[Link]
    parameters: Several[Parameter]
    derived: Several[Measure]
    checks: Several[Check]
