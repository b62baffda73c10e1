"""Rating scales: what a whole session or episode was like, on anchored numbers."""

from typing import Annotated, Literal

from pydantic import Field

from imhcode.schemes.models.part import Flag, Id, Part, Point, Reliability, Scale, Text

Scope = Annotated[list[Literal["session", "episode"]], Field(min_length=1)]


class Evidence(Part):
    """Moments that must speak for a rating."""

    min: Annotated[int, Field(ge=1)] = 1
    """How many at least."""
    track: Id
    """The track they are marked on."""


class Confidence(Part):
    """How sure the coder is."""

    values: Annotated[list[Id], Field(min_length=2)]
    """The words of which one is chosen, least sure first."""


class RatingDefaults(Part):
    """What holds for every scale that does not say otherwise."""

    scope: Scope | None = None
    """What one rating is about: the whole session, each episode, or both."""
    scale: Scale | None = None
    """The numbers."""
    between_anchor_text: str = ""
    """What the numbers without an anchor mean."""
    allow_not_applicable: bool = False
    """Whether "does not apply" is an answer."""
    require_evidence: Evidence | None = None
    """Moments that must be attached."""
    require_confidence: Confidence | None = None
    """Whether and how the coder says how sure they are."""
    blind_until_submitted: bool = False
    """Whether others' ratings stay hidden until one's own are submitted."""
    reliability: Reliability | None = None
    """How far two coders should agree."""


class AlternateScale(Part):
    """Another set of numbers for every scale; each variant is a measure with an id of its own."""

    id: Id
    """Stands behind the id of the scale: warmth_seven_point."""
    label: str = ""
    """What is read behind the label of the scale."""
    scale: Scale
    """The numbers of the variant."""
    anchor_map: dict[Point, float] = Field(default_factory=dict)
    """At which number of the variant each anchor stands."""
    note: str = ""
    """Anything to know about it."""


class Rating(Part):
    """One anchored scale."""

    id: Id
    """What is stored and exported; never changes."""
    label: Text
    """What the coder reads."""
    subject: Id
    """Who is rated."""
    direction: Literal["higher_is_better", "higher_is_worse", "neutral"] = "neutral"
    """Which end is the wished-for one; only for turning scales round in composites."""
    definition: str = ""
    """One sentence."""
    anchors: dict[Point, Text] = Field(default_factory=dict)
    """What some points of the scale mean."""
    not_applicable_if: str = ""
    """When "does not apply" is the answer."""
    flag: Flag | None = None
    """When it prompts to talk to somebody."""
    scope: Scope | None = None
    """What one rating is about, if not as the defaults say."""
    scale: Scale | None = None
    """The numbers, if not those of the defaults."""
    allow_not_applicable: bool | None = None
    """Whether "does not apply" is an answer, if not as the defaults say."""
    require_evidence: Evidence | None = None
    """Moments that must be attached, if not as the defaults say."""
    require_confidence: Confidence | None = None
    """How sure the coder is, if not as the defaults say."""
    blind_until_submitted: bool | None = None
    """Whether others' ratings stay hidden, if not as the defaults say."""
    reliability: Reliability | None = None
    """How far two coders should agree, if not as the defaults say."""
