"""Coding schemes as values: which words exist, on which tracks, by which keys.

A scheme is read from a document by :mod:`imhcode.schemes`; here it is already known to be
consistent.  What this program does not act on yet (derived measures, checks, provenance, ...)
travels along in ``document``, so that nothing an author wrote is lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

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
        ``choice`` (one of ``values``), ``multi`` (any of them), ``text``, ``number``.
    default : str
        Id of the value an event has until somebody chooses; empty for none.
    not_for : tuple of str
        Ids of codes that do not take this modifier although their track does.
    """

    id: str
    label: str
    type: Literal["choice", "multi", "text", "number"]
    required: bool = False
    default: str = ""
    values: tuple[ModifierValue, ...] = ()
    not_for: tuple[str, ...] = ()
    max_length: int | None = None
    help: str = ""

    def label_of(self, value: str) -> str:
        """The words for one value id; free text stands for itself."""
        return next((offered.label for offered in self.values if offered.id == value), value)


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
    """

    id: str
    label: str
    key: str = ""
    color: str = "#999999"
    pattern: Pattern = "solid"
    classes: tuple[str, ...] = ()
    uncodable: bool = False
    definition: str = ""
    start: str = ""
    stop: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    min_duration_us: int = 0


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
    codes: tuple[Code, ...] = ()

    def code(self, code_id: str) -> Code | None:
        """The code with that id, if the track has it."""
        return next((code for code in self.codes if code.id == code_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Who is coded: infant, caregiver, the dyad."""

    id: str
    label: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """One planned run through a session with some tracks only; ``tracks`` may be empty."""

    id: str
    label: str
    order: int
    tracks: tuple[str, ...] = ()
    instructions: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRule:
    """Which events may answer which, as the scheme declares it."""

    id: str
    label: str
    from_track: str
    to_track: str
    from_codes: tuple[str, ...] = ()
    to_codes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """A whole coding scheme of one version.

    Attributes
    ----------
    content_hash : str
        SHA-256 of the canonical JSON of ``document``; stored with observations and exports.
    document : Mapping
        The whole validated document as plain values, canonical (see :mod:`imhcode.schemes`).
    """

    id: str
    version: str
    title: str
    short_title: str = ""
    subjects: tuple[Subject, ...] = ()
    tracks: tuple[Track, ...] = ()
    modifiers: tuple[Modifier, ...] = ()
    passes: tuple[Pass, ...] = ()
    links: tuple[LinkRule, ...] = ()
    content_hash: str = ""
    document: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def _tracks_by_id(self) -> dict[str, Track]:
        return {track.id: track for track in self.tracks}

    @cached_property
    def _modifiers_by_id(self) -> dict[str, Modifier]:
        return {modifier.id: modifier for modifier in self.modifiers}

    def track(self, track_id: str) -> Track | None:
        """The track with that id, if there is one."""
        return self._tracks_by_id.get(track_id)

    def code(self, track_id: str, code_id: str) -> Code | None:
        """The code with that id on that track, if there is one."""
        track = self.track(track_id)
        return None if track is None else track.code(code_id)

    def pass_(self, pass_id: str) -> Pass | None:
        """The pass with that id, if there is one."""
        return next((one for one in self.passes if one.id == pass_id), None)

    def subject_label(self, subject_id: str) -> str:
        """The words for a subject id."""
        return next((one.label for one in self.subjects if one.id == subject_id), subject_id)

    def modifiers_for(self, track: Track, code: Code) -> tuple[Modifier, ...]:
        """Every modifier that an event with this code takes, the code's own first."""
        ids = dict.fromkeys((*code.modifiers, *track.modifiers))
        found = (self._modifiers_by_id[one] for one in ids if one in self._modifiers_by_id)
        return tuple(modifier for modifier in found if code.id not in modifier.not_for)
