"""Anchored scales for global scores."""

from dataclasses import dataclass
from typing import Literal

from imhcode.domain.codes import Flag, Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What one point of a scale means."""

    value: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingScale:
    """A global score on an anchored scale, with the scheme's defaults filled in.

    Attributes
    ----------
    scope : tuple of str
        ``session``, ``episode``: what one rating is about.
    alternate_of : str
        Id of the scale it is a variant of; a variant is a different measure with its own id.
    evidence_min, evidence_track : int, str
        How many events of which track must be attached to a rating that is not NA.
    confidences : tuple of str
        Words of which one must be chosen; empty if none is asked.
    blind : bool
        Whether others' ratings stay hidden until one's own are submitted.
    """

    id: str
    label: str
    subject: str
    scale: Scale
    direction: Literal["higher_is_better", "higher_is_worse", "neutral"] = "neutral"
    definition: str = ""
    anchors: tuple[Anchor, ...] = ()
    between_anchors: str = ""
    scope: tuple[str, ...] = ("session",)
    alternate_of: str = ""
    allow_not_applicable: bool = False
    not_applicable_if: str = ""
    evidence_min: int = 0
    evidence_track: str = ""
    confidences: tuple[str, ...] = ()
    blind: bool = False
    flag: Flag | None = None
