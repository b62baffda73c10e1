"""The whole document."""

from typing import Annotated, Literal

from pydantic import Field

from imhcode.schemes.models.checks import Check
from imhcode.schemes.models.choices import Link, Modifier
from imhcode.schemes.models.derived_tracks import DerivedTrack
from imhcode.schemes.models.measures import Measure
from imhcode.schemes.models.part import (
    AgeRange,
    Date,
    Id,
    Language,
    Length,
    Part,
    Seconds,
    Several,
    Text,
    Version,
)
from imhcode.schemes.models.procedure import Episodes, Pass, Profile
from imhcode.schemes.models.ratings import AlternateScale, Rating, RatingDefaults
from imhcode.schemes.models.tracks import Track


class Provenance(Part):
    """Where the definitions come from, and what is known about them."""

    authorship: Id
    """original, or adapted, or whatever fits."""
    statement: Text
    """What a reader must know before comparing numbers."""
    validation: Id
    """What is known about validity: none_yet, or a word for it."""
    license: str = ""
    """On which terms the text may be used."""


class Approval(Part):
    """Who has agreed to the scheme as it stands."""

    state: Literal["draft", "pilot", "approved"]
    """How far it is; a scheme that was used is locked whatever stands here."""
    by: str = ""
    """Who said so."""
    on: Date | None = None
    """When, as "2026-11-22"."""


class SampleLength(Part):
    """How long a recording should be."""

    min: Seconds
    """Shorter ones say little."""
    typical: Seconds | None = None
    """The usual length."""
    max: Seconds
    """Longer ones tire coders."""


class Citation(Part):
    """What the scheme leans on, and for what."""

    key: Id
    """A short name."""
    text: Text
    """The whole reference."""
    used_for: str = ""
    """What was taken from it."""


class Time(Part):
    """What is meant by a time; one answer for now, written down all the same."""

    basis: Literal["media_time"] = "media_time"
    """The presentation time of the frame on screen."""
    resolution: Literal["frame", "second"] = "frame"
    """How fine a coder is asked to be."""
    interval_convention: Literal["half_open"] = "half_open"
    """An offset is the first frame on which the code no longer holds."""
    review_unit_s: Length = 1
    """Stride of a review."""


class Subject(Part):
    """Who is coded."""

    id: Id
    """What is stored; never changes."""
    label: Text
    """What the coder reads."""
    role: Literal["child", "caregiver", "partner", "group", "professional"]
    """What they are to each other."""
    allow_instances: bool = False
    """Whether a session may have several, such as mother and father."""
    instance_labels: Several[Text]
    """Names that are offered for them."""
    members: Several[Id]
    """Whom a group consists of."""


class Audience(Part):
    """Who may see what."""

    id: Id
    """What tracks, codes and passes say."""
    label: Text
    """What it means."""


class Parameter(Part):
    """A number that a lab may change, within limits, without making another scheme."""

    id: Id
    """What is exported; never changes."""
    default: float
    """What holds until somebody changes it."""
    min: float
    """Least."""
    max: float
    """Most."""
    overrides: str | list[Text] = ""
    """The number, or numbers, that it stands in for, by ids: links.answers.window_s.max."""
    note: str = ""
    """What it is for."""


class GoldStandard(Part):
    """A record that coders are held against."""

    id: Id
    """A short name."""
    label: Text
    """What is read."""
    where: Text
    """Where the lab keeps it."""
    note: str = ""
    """What it is good for: which codes, how hard."""


class Document(Part):
    """A coding scheme as its author writes it."""

    imhcode_scheme: Literal["1.0"]
    """The format of this file."""
    id: Id
    """What is stored and exported; never changes and is never used again."""
    version: Version
    """Three numbers; a change of meaning raises the first."""
    title: Text
    """The whole name."""
    short_title: str = ""
    """A few letters."""
    language: Language = "en"
    """The language of the text."""
    translations: dict[Language, dict[str, Text]] = Field(default_factory=dict)
    """Texts in other languages, each by the ids that lead to it: tracks.bids.codes.look.label."""
    status: Literal["built_in", "lab", "imported"] = "lab"
    """Where it comes from."""
    approval: Approval | None = None
    """Who has agreed to it."""
    summary: str = ""
    """What it is for."""
    provenance: Provenance | None = None
    """Where the definitions come from."""
    age_months: AgeRange | None = None
    """For which ages."""
    contexts: Several[Id]
    """For which situations."""
    recommended_sample_s: SampleLength | None = None
    """How long a recording should be."""
    citations: Several[Citation]
    """What it leans on."""
    gold_standards: Several[GoldStandard]
    """Records that coders are held against."""
    time: Time | None = None
    """What is meant by a time."""
    subjects: Annotated[list[Subject], Field(min_length=1)]
    """Who is coded."""
    episodes: Episodes | None = None
    """Named stretches of a session."""
    profiles: Several[Profile]
    """Choices of passes."""
    passes: Several[Pass]
    """Planned runs through a session."""
    audiences: Several[Audience]
    """Who may see what."""
    class_vocabulary: Several[Id]
    """Every class that codes may bear, so that a misspelt one is found."""
    tracks: Annotated[list[Track], Field(min_length=1)]
    """What is coded."""
    modifiers: Several[Modifier]
    """Further choices that events take."""
    links: Several[Link]
    """Which events answer which."""
    derived_tracks: Several[DerivedTrack]
    """Tracks that are worked out from others."""
    rating_defaults: RatingDefaults | None = None
    """What holds for every rating scale."""
    alternate_scales: Several[AlternateScale]
    """Other sets of numbers for the rating scales."""
    ratings: Several[Rating]
    """Anchored scales."""
    parameters: Several[Parameter]
    """Numbers that a lab may change."""
    derived: Several[Measure]
    """Measures, each with its formula."""
    checks: Several[Check]
    """What the self-check looks for."""
