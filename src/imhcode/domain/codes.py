"""What can be said on a track: codes, their modifiers, and whom they are about."""

from dataclasses import dataclass
from typing import Literal

Pattern = Literal[
    "solid", "dots", "diagonal", "crosshatch", "vertical", "horizontal", "grid", "blank"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModifierValue:
    """One answer that a choice or multi modifier offers."""

    id: str
    label: str
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Modifier:
    """A further choice attached to an event.

    Attributes
    ----------
    type : str
        ``choice`` (one of ``values``), ``multi`` (any of them), ``text``, ``number``, ``subject``
        (one of the scheme's subjects or their instances).
    values_from : str
        ``case.goals`` where the values are those of the dyad; empty if they stand in the scheme.
    in_pass : str
        Id of the later pass that asks for it; empty if it is asked as soon as the event is there.
    minimum, maximum, step : float or None
        Limits of a ``number``, in ``unit``.
    default : str
        Id of the value an event has until somebody chooses; empty for none.
    not_for : tuple of str
        Ids of codes that do not take this modifier although their track does.
    """

    id: str
    label: str
    type: Literal["choice", "multi", "text", "number", "subject"]
    required: bool = False
    default: str = ""
    values: tuple[ModifierValue, ...] = ()
    values_from: str = ""
    not_for: tuple[str, ...] = ()
    in_pass: str = ""
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    unit: str = ""
    max_length: int | None = None
    help: str = ""

    def label_of(self, value: str) -> str:
        """The words for one value id; free text stands for itself."""
        return next((offered.label for offered in self.values if offered.id == value), value)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeRange:
    """Ages in months, both ends included."""

    min_months: float
    max_months: float
    corrected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """When the program offers a code by itself, and at which time; see the scheme manual."""

    when: str
    at: str
    confirm: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A prompt to talk to somebody; never a judgement.

    Attributes
    ----------
    at_or_above : float or None
        For a rating: the score from which on it prompts.
    modifier, value : str
        For a code: it prompts only where that modifier has that value; empty for always.
    """

    action: str
    text: str
    at_or_above: float | None = None
    modifier: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Numbers that can be given, both ends included."""

    minimum: float
    maximum: float
    step: float = 1
    allow_half: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bins:
    """Fixed bins of an interval track.

    Attributes
    ----------
    length_us : int
        Length of every bin.
    anchor : str
        ``session_start`` (the coded range's onset) or ``episode_start``.
    advances : bool
        Whether a key also steps to the next bin.
    """

    length_us: int
    anchor: Literal["session_start", "episode_start"] = "session_start"
    advances: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One thing that can be said on a track.

    Attributes
    ----------
    key : str
        The character that codes it; unique within a pass.
    color : str
        ``#rrggbb``; never the only channel: ``pattern`` and the key's letter say the same.
    modifiers : tuple of str
        Ids of modifiers it takes beside those of its track.
    excludes_time : bool
        Whether its time is left out of codable time, like an excluded episode.
    ordinal, value : float or None
        Rank on an ordered track; value on the scale of an interval track.
    answers_only : tuple of str
        Codes of the linked track that it may answer (``applies_to_bids``); empty for all.
    only_in_episodes : tuple of str
        Kinds of episode it may stand in; empty for all.
    parent_text : str
        What the parent view may say instead of the label.
    """

    id: str
    label: str
    key: str = ""
    color: str = "#999999"
    pattern: Pattern = "solid"
    classes: tuple[str, ...] = ()
    uncodable: bool = False
    excludes_time: bool = False
    definition: str = ""
    start: str = ""
    stop: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    min_duration_us: int = 0
    ordinal: float | None = None
    value: float | None = None
    age: AgeRange | None = None
    answers_only: tuple[str, ...] = ()
    only_in_episodes: tuple[str, ...] = ()
    suggestion: Suggestion | None = None
    flag: Flag | None = None
    audience: str = ""
    parent_text: str = ""
    example_clip: str = ""
    example_still: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One lane of a scheme for one subject.

    Attributes
    ----------
    kind : str
        Name of a module in :mod:`imhcode.domain.tracks` (``state``, ``point``).
    exclusive, exhaustive : bool
        Whether its codes exclude each other, and whether they fill all codable time.
    takes_duration : bool
        Whether a point may be given an offset.
    entry : str
        ``toggle`` (a press opens, switches or closes) or ``hold`` (open while the key is down).
    default_code : str
        Code that an exhaustive track starts with; empty if the coder must choose.
    bins : Bins or None
        Of an interval track.
    takes_transcript : bool
        Whether an event (an utterance) may carry its words.
    audience, never_in : str, tuple of str
        Who may see it, and where it must never appear.
    clock : str
        ``media`` or ``session`` (the visit in which a recording is watched).
    """

    id: str
    label: str
    subject: str
    kind: str
    exclusive: bool = False
    exhaustive: bool = False
    takes_duration: bool = False
    min_duration_us: int = 0
    min_gap_us: int = 0
    modifiers: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    entry: Literal["toggle", "hold"] = "toggle"
    default_code: str = ""
    bins: Bins | None = None
    scale: Scale | None = None
    unit: str = ""
    takes_transcript: bool = False
    only_in_episodes: tuple[str, ...] = ()
    audience: str = ""
    never_in: tuple[str, ...] = ()
    clock: Literal["media", "session"] = "media"
    codes: tuple[Code, ...] = ()

    def code(self, code_id: str) -> Code | None:
        """The code with that id, if the track has it."""
        return next((code for code in self.codes if code.id == code_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Who is coded: infant, caregiver, the dyad.

    Attributes
    ----------
    allow_instances : bool
        Whether a session may have several (mother, father); each event then names its instance.
    members : tuple of str
        Subjects that a group consists of.
    """

    id: str
    label: str
    role: str
    allow_instances: bool = False
    instance_labels: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
