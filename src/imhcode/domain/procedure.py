"""How a session is gone through: passes, walks, episodes, and which events may answer which."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Playback:
    """How a pass is watched; ``step_us`` is the stride of a pass that goes bin by bin."""

    speed: float = 1.0
    audio: bool = True
    step_us: int = 0
    loops_utterance: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """From event to event of another track, with a run-up and a tail.

    Attributes
    ----------
    over_track : str
        The track whose events are visited; ``codes`` and ``classes`` choose among them.
    lead_us, tail_us : int
        What is played before the onset and after it.
    """

    over_track: str
    codes: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    lead_us: int = 0
    tail_us: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """One planned run through a session with some tracks only; ``tracks`` may be empty.

    Attributes
    ----------
    hides : str
        Subject whose part of the picture is covered; empty for nobody.
    ratings : tuple of str
        Scales that are rated in it.
    clock : str
        ``session`` for a pass that codes the visit in which the recording is watched.
    """

    id: str
    label: str
    order: int
    tracks: tuple[str, ...] = ()
    instructions: str = ""
    playback: Playback | None = None
    walk: Walk | None = None
    hides: str = ""
    ratings: tuple[str, ...] = ()
    audience: str = ""
    clock: Literal["media", "session"] = "media"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A named choice of passes."""

    id: str
    label: str
    passes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeKind:
    """A stretch that a session may have, such as the still face.

    Attributes
    ----------
    order : int or None
        Place among the ordered ones, from 1.
    optional : bool
        Whether a session is whole without it.
    excluded : bool
        Left out of codable time.
    """

    id: str
    label: str
    order: int | None = None
    key: str = ""
    optional: bool = False
    nominal_us: int = 0
    min_us: int = 0
    start: str = ""
    stop: str = ""
    end_reason_required: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EndReason:
    """Why an episode ended."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Episodes:
    """The episodes a session may have."""

    required: bool = False
    ordered: bool = False
    allow_custom: bool = True
    kinds: tuple[EpisodeKind, ...] = ()
    end_reasons: tuple[EndReason, ...] = ()

    def kind(self, kind_id: str) -> EpisodeKind | None:
        """The kind with that id, if there is one."""
        return next((one for one in self.kinds if one.id == kind_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """How long after (or, negative, before) its target's onset an answer may begin.

    Attributes
    ----------
    max_us : int or None
        Latest; ``None`` for no limit.
    by_age : tuple of (float, int)
        Child's age in months up to which (inclusive) another ``max_us`` holds, youngest first.
    """

    min_us: int = 0
    max_us: int | None = None
    by_age: tuple[tuple[float, int], ...] = ()

    def until_us(self, age_months: float | None) -> int | None:
        """The latest answer for a child of that age; the general one if the age is unknown."""
        if age_months is not None:
            for up_to, max_us in self.by_age:
                if age_months <= up_to:
                    return max_us
        return self.max_us


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRule:
    """Which events may answer which, as the scheme declares it."""

    id: str
    label: str
    from_track: str
    to_track: str
    from_codes: tuple[str, ...] = ()
    to_codes: tuple[str, ...] = ()
    cardinality: Literal["one_to_one", "one_to_many", "many_to_one", "many_to_many"] = (
        "many_to_many"
    )
    required: bool = False
    window: Window = field(default_factory=Window)
    suggest: Literal["", "nearest_preceding_unlinked"] = ""
    one_counts: Literal["", "first", "last"] = ""
