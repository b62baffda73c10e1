"""Tracks that are worked out from others: read-only, shown and measured like the rest."""

from typing import Annotated, Literal

from pydantic import Discriminator, Field

from imhcode.domain.scheme import Pattern
from imhcode.schemes.models.part import Color, Id, Part, Seconds, Several, Text


class DerivedCode(Part):
    """One thing that the derived track can say."""

    id: Id
    """What is stored and exported; never changes."""
    label: Text
    """What is read."""
    color: Color = "#999999"
    """The sign # and six of 0-9 and a-f, in quotes."""
    pattern: Pattern | None = None
    """So that colour is never the only channel; the program chooses if it is left out."""
    classes: Several[Id]
    """Words of the class vocabulary that it bears."""
    uncodable: bool = False
    """Says that nothing can be worked out here; never in a denominator."""


class _DerivedTrack(Part):
    id: Id
    """What is exported; never changes, and no track has the same."""
    label: Text
    """What is read."""
    subject: Id
    """Whom it is about."""
    kind: Literal["state"]
    """Derived tracks hold states."""
    codes: Annotated[list[DerivedCode], Field(min_length=1)]
    """What it can say."""


class PairTable(_DerivedTrack):
    """What two tracks say together at each instant."""

    rule: Literal["pair_table"]
    from_: Annotated[list[Id], Field(alias="from", min_length=2, max_length=2)]
    """The two tracks, in the order of the pairs."""
    pairs: Annotated[
        dict[Id, list[Annotated[list[Id], Field(min_length=2, max_length=2)]]], Field(min_length=1)
    ]
    """For each code of this track the pairs of codes that mean it."""
    not_scored_if_any: Several[Id]
    """Codes of either track that make an instant uncodable."""
    otherwise: Id
    """The code of every other pair."""


class MergeClasses(_DerivedTrack):
    """Stretches of one or more classes of a track, joined over short gaps."""

    rule: Literal["merge_classes"]
    from_: Annotated[list[Id], Field(alias="from", min_length=1)]
    """The tracks that are read."""
    classes: Annotated[list[Id], Field(min_length=1)]
    """What is joined."""
    bridge_gap_s: Seconds = 0
    """Gaps up to this length do not end a stretch."""


DerivedTrack = Annotated[PairTable | MergeClasses, Discriminator("rule")]
