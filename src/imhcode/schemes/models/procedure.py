"""How a session is coded: episodes, passes, and profiles that choose among the passes."""

from typing import Annotated, Literal

from pydantic import Field

from imhcode.schemes.models.part import AllOrIds, Id, Length, Part, Seconds, Several, Text


class Episode(Part):
    """A named stretch of a session."""

    id: Id
    """What is stored; never changes."""
    label: Text
    """What the coder reads."""
    order: Annotated[int, Field(ge=1)] | None = None
    """Place among the ordered ones, from 1."""
    key: str = ""
    """A character that begins it while episodes are marked."""
    optional: bool = False
    """Whether a session is whole without it."""
    nominal_s: Seconds | None = None
    """How long it should last."""
    min_s: Seconds | None = None
    """Shorter than this is a finding."""
    start: str = ""
    """First frame that belongs to it."""
    stop: str = ""
    """First frame that no longer does."""
    end_reason: Literal["none", "required"] = "none"
    """Whether its end must be explained by one of the end reasons."""
    excluded_from_analysis: bool = False
    """Left out of codable time, and so of every denominator."""


class EndReason(Part):
    """Why an episode ended."""

    id: Id
    """What is stored; never changes."""
    label: Text
    """What the coder reads."""


class Episodes(Part):
    """The episodes a session may have."""

    required: bool = False
    """Whether a session without them is a finding."""
    ordered: bool = False
    """Whether those with an order must come in it."""
    allow_custom: bool = True
    """Whether a lab may mark stretches by words of its own."""
    set: Several[Episode]
    """Those that the scheme knows."""
    end_reasons: Several[EndReason]
    """Why an episode may end."""


class Playback(Part):
    """How a pass is watched."""

    speed: Annotated[float, Field(ge=0.05, le=10)] = 1.0
    """1 is as recorded, 0.5 half of it."""
    audio: bool = True
    """Whether sound is heard."""
    step_s: Length | None = None
    """Stride of a pass that goes bin by bin."""
    loop_utterance: bool = False
    """Whether an utterance is played again until it is coded."""


class Walk(Part):
    """From event to event of another track, with a run-up and a tail."""

    over_track: Id
    """The track whose events are visited."""
    codes: Several[Id]
    """Only these; all if neither codes nor classes are given."""
    classes: Several[Id]
    """Only codes of these classes."""
    lead_s: Seconds = 0
    """What is played before the onset."""
    tail_s: Seconds = 0
    """What is played after it."""


class ClipList(Part):
    """Stretches chosen to be shown, in an order."""

    from_: Annotated[list[Id], Field(alias="from", min_length=1)]
    """Tracks that the stretches are taken from."""
    default_filter: dict[Id, list[Id]] = Field(default_factory=dict)
    """Modifiers and the values of which one must have been chosen."""
    suggested_max: Annotated[int, Field(ge=1)] | None = None
    """More than this is a finding, not an error."""


class Builds(Part):
    """What a pass makes beside events."""

    clip_list: ClipList
    """A list of clips to show."""


class Pass(Part):
    """One planned run through a session."""

    id: Id
    """What is stored with each event; never changes."""
    order: Annotated[int, Field(ge=1)]
    """Place among the passes, from 1."""
    label: Text
    """What the coder reads."""
    tracks: Several[Id]
    """What is coded in it; none for watching, rating or checking."""
    playback: Playback | None = None
    """Speed and sound."""
    walk: Walk | None = None
    """The events of another track that it takes the coder through."""
    hide_subject_view: Id | None = None
    """Subject whose part of the picture is covered."""
    ratings: AllOrIds | None = None
    """Scales that are rated in it."""
    builds: Builds | None = None
    """What it makes beside events."""
    audience: Id | None = None
    """Who may see the screen while it is done."""
    clock: Literal["media", "session"] = "media"
    """The recording's time, or that of the visit in which it is watched."""
    instructions: str = ""
    """What the coder should do and leave."""


class Profile(Part):
    """A named choice of passes."""

    id: Id
    """What is stored; never changes."""
    label: Text
    """What the coder reads."""
    passes: list[Id]
    """Which passes are done."""
