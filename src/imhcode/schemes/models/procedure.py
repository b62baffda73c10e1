"""How a session is coded: episodes, passes, and profiles that choose among the passes."""

from typing import Annotated

from pydantic import Field

from imhcode.schemes.models.part import Id, Part, Seconds, Several, Text


class Episode(Part):
    """A named stretch of a session."""

    id: Id
    label: Text
    excluded_from_analysis: bool = False


class Episodes(Part):
    """The episodes a session may have."""

    required: bool = False
    allow_custom: bool = True
    set: Several[Episode]


class Playback(Part):
    """How a pass is watched."""

    speed: Annotated[float, Field(ge=0.05, le=10)] = 1.0
    audio: bool = True


class Walk(Part):
    """From event to event of another track, with a run-up and a tail."""

    over_track: Id
    codes: Several[Id]
    classes: Several[Id]
    lead_s: Seconds = 0
    tail_s: Seconds = 0


class Pass(Part):
    """One planned run through a session."""

    id: Id
    order: Annotated[int, Field(ge=1)]
    label: Text
    tracks: Several[Id]
    playback: Playback | None = None
    walk: Walk | None = None
    instructions: str = ""


class Profile(Part):
    """A named choice of passes."""

    id: Id
    label: Text
    passes: list[Id]
