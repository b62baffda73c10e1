"""Stretches in which two lanes without overlaps say different things."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from imhcode.analysis.disagreement import US, Disagreement, Edge, Kind
from imhcode.analysis.spans import Union
from imhcode.domain.event import Event
from imhcode.domain.scheme import Track


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch in which nothing changes."""

    from_us: int
    until_us: int
    a: Event | None
    b: Event | None

    @property
    def codes(self) -> tuple[str, str]:
        return (self.a.code if self.a else "", self.b.code if self.b else "")


NOTHING = ("", "")


def stretches(
    first: Sequence[Event],
    second: Sequence[Event],
    track: Track,
    scored: Union,
    tolerance_us: int,
) -> Iterator[Disagreement]:
    """Yield the longest stretches in which the one coder says this and the other that, in order.

    What lies between two coders' boundaries from one agreed code to another is a boundary set
    early or late, however long it is; where only the code behind it is agreed on, it is one up to
    the tolerance.
    """
    pieces = _joined(_pieces(first, second, scored), by_event=track.kind == "interval")
    for at, piece in enumerate(pieces):
        if piece.codes[0] == piece.codes[1]:
            continue
        before = pieces[at - 1] if at and pieces[at - 1].until_us == piece.from_us else None
        after = pieces[at + 1] if at + 1 < len(pieces) else None
        if after is not None and after.from_us != piece.until_us:
            after = None
        yield _stretch(piece, before, after, track, tolerance_us)


def _pieces(first: Sequence[Event], second: Sequence[Event], scored: Union) -> Iterator[_Piece]:
    """The scored time, cut wherever either coder says something else."""
    edges = sorted(
        {time for one in (*first, *second) for time in (one.onset_us, one.until_us)}
        | {*scored.onsets.tolist(), *scored.offsets.tolist()}
    )
    inside = scored.has(np.array(edges, np.int64)).tolist()
    lanes = (_Walk(first), _Walk(second))
    for at, from_us in enumerate(edges[:-1]):
        if inside[at]:
            yield _Piece(from_us, edges[at + 1], lanes[0].at(from_us), lanes[1].at(from_us))


class _Walk:
    """A lane without overlaps, asked at rising times."""

    def __init__(self, lane: Sequence[Event]) -> None:
        self._lane = lane
        self._next = 0

    def at(self, time_us: int) -> Event | None:
        """The event that holds then."""
        while self._next < len(self._lane) and self._lane[self._next].until_us <= time_us:
            self._next += 1
        if self._next == len(self._lane) or self._lane[self._next].onset_us > time_us:
            return None
        return self._lane[self._next]


def _joined(pieces: Iterable[_Piece], *, by_event: bool) -> list[_Piece]:
    """Pieces that follow each other and say the same as one; of bins, only those of the same."""
    found: list[_Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if (
            last is not None
            and last.until_us == piece.from_us
            and last.codes == piece.codes
            and not (by_event and (last.a, last.b) != (piece.a, piece.b))
        ):
            found[-1] = _Piece(last.from_us, piece.until_us, last.a, last.b)
        else:
            found.append(piece)
    return found


def _stretch(
    piece: _Piece,
    before: _Piece | None,
    after: _Piece | None,
    track: Track,
    tolerance_us: int,
) -> Disagreement:
    """What one stretch of disagreement is: a boundary set early or late, or something else."""
    length_us = piece.until_us - piece.from_us
    a, b = piece.a, piece.b
    kind: Kind
    edge: Edge = ""
    by_us, frames = 0, None
    way = _way(piece, before, after, tolerance_us) if track.kind == "state" else None
    if way is not None:
        kind, by_us = ("late", length_us) if way == "late" else ("early", -length_us)
        begins = after is not None and after.a is not None
        edge, side = ("onset", after) if begins else ("offset", before)
        a, b = (side.a, side.b) if side else (a, b)
        frames = _frames_between(a, b, edge)
    elif b is None:
        kind = "missed"
    else:
        kind = "added" if a is None else "confused"
    known = piece.a or piece.b
    return Disagreement(
        track_id=track.id,
        instance=known.instance if known else "",
        kind=kind,
        from_us=piece.from_us,
        until_us=piece.until_us,
        code_a=piece.codes[0],
        code_b=piece.codes[1],
        event_a=a.id if a else "",
        event_b=b.id if b else "",
        edge=edge,
        by_us=by_us,
        by_frames=frames,
        weight=length_us / US,
    )


def _way(
    piece: _Piece, before: _Piece | None, after: _Piece | None, tolerance_us: int
) -> Literal["early", "late"] | None:
    """Whether the second coder set a boundary early or late here; ``None`` if it is none."""
    old = before.codes if before else NOTHING
    new = after.codes if after else NOTHING
    if new[0] != new[1] or old == new:
        return None
    agreed = old[0] == old[1]
    if not agreed and (not new[0] or piece.until_us - piece.from_us > tolerance_us):
        return None
    if piece.codes == (new[0], old[1]):
        return "late"
    return "early" if piece.codes == (old[0], new[0]) else None


def _frames_between(a: Event | None, b: Event | None, edge: Edge) -> int | None:
    if a is None or b is None or a.recording != b.recording:
        return None
    one, other = (
        (a.onset_frame, b.onset_frame) if edge == "onset" else (a.offset_frame, b.offset_frame)
    )
    return None if one is None or other is None else other - one
