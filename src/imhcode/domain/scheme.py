"""Coding schemes as values: which words exist, on which tracks, by which keys.

A scheme is read from a document by :mod:`imhcode.schemes`; here it is already known to be
consistent.  What this program does not act on yet (derived measures, checks, provenance, ...)
travels along in ``document``, so that nothing an author wrote is lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from imhcode.domain.codes import (
    AgeRange,
    Bins,
    Code,
    Flag,
    Modifier,
    ModifierValue,
    Pattern,
    Scale,
    Subject,
    Suggestion,
    Track,
)
from imhcode.domain.procedure import (
    EndReason,
    EpisodeKind,
    Episodes,
    LinkRule,
    Pass,
    Playback,
    Profile,
    Walk,
    Window,
)
from imhcode.domain.rating_scale import (
    Anchor,
    RatingScale,
)

__all__ = [
    "AgeRange",
    "Anchor",
    "Audience",
    "Bins",
    "Code",
    "EndReason",
    "EpisodeKind",
    "Episodes",
    "Flag",
    "LinkRule",
    "Modifier",
    "ModifierValue",
    "Parameter",
    "Pass",
    "Pattern",
    "Playback",
    "Profile",
    "RatingScale",
    "Scale",
    "Scheme",
    "Subject",
    "Suggestion",
    "Track",
    "Walk",
    "Window",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A number that a lab may change within limits without making a new scheme.

    Attributes
    ----------
    overrides : tuple of str
        Paths of the numbers that it stands in for, by ids: ``links.answers.window_s.max``.
    """

    id: str
    default: float
    minimum: float
    maximum: float
    overrides: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who may see what."""

    id: str
    label: str


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
    profiles: tuple[Profile, ...] = ()
    episodes: Episodes = field(default_factory=Episodes)
    ratings: tuple[RatingScale, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    audiences: tuple[Audience, ...] = ()
    age: AgeRange | None = None
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

    def link(self, rule_id: str) -> LinkRule | None:
        """The link rule with that id, if there is one."""
        return next((one for one in self.links if one.id == rule_id), None)

    def rating(self, scale_id: str) -> RatingScale | None:
        """The rating scale with that id, if there is one."""
        return next((one for one in self.ratings if one.id == scale_id), None)

    def subject_label(self, subject_id: str) -> str:
        """The words for a subject id."""
        return next((one.label for one in self.subjects if one.id == subject_id), subject_id)

    def modifiers_for(self, track: Track, code: Code) -> tuple[Modifier, ...]:
        """Every modifier that an event with this code takes, the code's own first."""
        ids = dict.fromkeys((*code.modifiers, *track.modifiers))
        found = (self._modifiers_by_id[one] for one in ids if one in self._modifiers_by_id)
        return tuple(modifier for modifier in found if code.id not in modifier.not_for)
