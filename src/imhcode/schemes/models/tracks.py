"""Tracks and their codes."""

from typing import Annotated, Literal

from pydantic import Field

from imhcode.domain.scheme import Pattern
from imhcode.schemes.models.part import (
    AgeRange,
    Color,
    Flag,
    Id,
    Length,
    Part,
    Reliability,
    Scale,
    Seconds,
    Several,
    Text,
)


class Suggestion(Part):
    """When the program offers a code by itself, and at which time."""

    suggest_when: Text
    """One of the sentences that the program knows; see the manual of schemes."""
    at: Text
    """The time that the event then gets."""
    confirm: bool = True
    """Whether a coder must agree."""


class Code(Part):
    """One thing that can be said on the track."""

    id: Id
    """What is stored and exported; never changes."""
    label: Text
    """What the coder reads."""
    key: str = ""
    """The character that codes it; no two in a pass."""
    color: Color = "#999999"
    """The sign # and six of 0-9 and a-f, in quotes."""
    pattern: Pattern | None = None
    """So that colour is never the only channel; the program chooses if it is left out."""
    classes: Several[Id]
    """Words of the class vocabulary that it bears; measures count by them."""
    uncodable: bool = False
    """Says that it cannot be seen or told; never in a denominator."""
    excludes_time: bool = False
    """Whether its time is left out of codable time, like an excluded episode."""
    ordinal: float | None = None
    """Its rank on an ordered track."""
    value: float | None = None
    """Its number on the track's scale."""
    valence: Literal["positive", "neutral", "negative"] | None = None
    """Its feeling tone."""
    age_months: AgeRange | None = None
    """Ages at which it is coded."""
    definition: str = ""
    """One sentence."""
    start: str = ""
    """First frame on which it holds."""
    stop: str = ""
    """First frame on which it no longer does."""
    include: Several[Text]
    """What counts too."""
    exclude: Several[Text]
    """What does not, and which code to take instead."""
    examples: Several[Text]
    """What it looks like."""
    example_clip: str = ""
    """Name of a clip that shows it."""
    example_still: str = ""
    """Name of a picture that shows it."""
    modifiers: Several[Id]
    """Further choices that it takes beside those of its track."""
    applies_to_bids: Several[Id]
    """Codes of the linked track that it may answer; all if left out."""
    only_in_episodes: Several[Id]
    """Kinds of episode that it may stand in; all if left out."""
    min_duration_s: Seconds = 0
    """Shorter than this is a finding."""
    auto: Suggestion | None = None
    """When the program offers it by itself."""
    flag: Flag | None = None
    """When it prompts to talk to somebody."""
    audience: Id | None = None
    """Who may see it, if not as the track says."""
    parent_text: str = ""
    """What a parent is shown instead of the label."""


class Interval(Part):
    """Fixed bins of an interval track."""

    bin_s: Length
    """Length of every bin."""
    anchor: Literal["session_start", "episode_start"] = "session_start"
    """Where the first bin begins."""
    rule: str = ""
    """How a coder decides when a bin holds more than one thing."""
    advance_on_key: bool = True
    """Whether a key also goes on to the next bin."""


class Track(Part):
    """One lane for one subject."""

    id: Id
    """What is stored and exported; never changes."""
    label: Text
    """What the coder reads."""
    subject: Id
    """Who is coded."""
    kind: str
    """state: lasts; point: a moment; interval: fixed bins; range: a stretch to be shown."""
    duration: Literal["none", "optional"] = "none"
    """Whether a point may be given an offset."""
    exclusive: bool = False
    """Whether only one of its codes holds at a time."""
    exhaustive: bool = False
    """Whether one of them holds at every codable instant."""
    entry: Literal["toggle", "hold"] = "toggle"
    """Whether a press opens and closes, or the code holds as long as the key is down."""
    interval: Interval | None = None
    """The bins of an interval track."""
    scale: Scale | None = None
    """The numbers that codes of an interval track stand for."""
    unit: Literal["", "utterance"] = ""
    """What one event is, where it is more than a moment."""
    transcript: Literal["none", "optional"] = "none"
    """Whether an event may carry the words that were said."""
    min_duration_s: Seconds = 0
    """Shorter than this is a finding."""
    min_gap_s: Seconds = 0
    """The same code again within this time is the same event going on."""
    default_code: Id | None = None
    """Code that an exhaustive track begins with."""
    only_in_episodes: Several[Id]
    """Kinds of episode that it is coded in; all if left out."""
    audience: Id | None = None
    """Who may see it."""
    never_in: Several[Literal["parent_view", "clip_export", "screen_share", "parent_report"]]
    """Where it must never appear."""
    clock: Literal["media", "session"] = "media"
    """The recording's time, or that of the visit in which it is watched."""
    reliability: Reliability | None = None
    """How far two coders should agree."""
    modifiers: Several[Id]
    """Further choices that every code of it takes."""
    links: Several[Id]
    """Links that begin on it."""
    codes: Annotated[list[Code], Field(min_length=1)]
    """What can be said on it, in the order on screen."""
