"""The stretches of a lane inside codable time, and which of them follow without a break."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from imhcode.analysis.coded_lane import CodedLane
from imhcode.analysis.spans import Times, Union

Flags = npt.NDArray[np.bool_]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Stretches by onset, none of them across a border of codable time.

    Attributes
    ----------
    onsets, offsets, codes : array of int64, shape (n,)
        Microseconds; code as in the lane, or the group that was asked for.
    first : array of int64, shape (n,)
        Place in the lane of the (first) event that it comes from.
    piece : array of int64, shape (n,)
        Which piece of codable time it lies in.
    cut_left, cut_right : array of bool, shape (n,)
        Whether it begins or ends at the border of its piece, so that its real end is not known.
    linked : array of bool, shape (n,)
        Whether it follows the one before it without a break.
    """

    onsets: Times
    offsets: Times
    codes: Times
    first: Times
    piece: Times
    cut_left: Flags
    cut_right: Flags
    linked: Flags

    def __len__(self) -> int:
        return len(self.onsets)

    @property
    def lengths(self) -> Times:
        """How long each is."""
        return self.offsets - self.onsets


def runs_of(
    lane: CodedLane,
    time: Union,
    *,
    seamless: bool,
    groups: Times | None = None,
    merged: bool = True,
) -> Runs:
    """The stretches of a lane inside ``time``.

    Parameters
    ----------
    seamless : bool
        Whether a gap in the lane breaks the chain (on a track that should have none); between
        stretches that need not touch the next one follows whatever lies between, except time that
        is not codable.
    groups : array of int64, shape (n_codes,), optional
        What the codes count as; codes of ``-1`` are left out.
    merged : bool
        Whether two that touch and count as the same are one.
    """
    codes = lane.codes if groups is None else groups[lane.codes]
    kept = np.flatnonzero(codes >= 0)
    onsets, offsets = lane.onsets[kept], lane.offsets[kept]
    from_piece = np.searchsorted(time.offsets, onsets, side="right")
    instants = offsets == onsets
    to_piece = np.searchsorted(time.onsets, np.where(instants, onsets + 1, offsets), side="left")
    times = np.maximum(to_piece - from_piece, 0)
    which = np.repeat(np.arange(len(kept)), times)
    before = np.cumsum(times) - times
    piece = np.repeat(from_piece, times) + np.arange(len(which)) - before[which]
    onset = np.maximum(onsets[which], time.onsets[piece])
    offset = np.maximum(np.minimum(offsets[which], time.offsets[piece]), onset)
    cut_left = (onset == time.onsets[piece]) & ~instants[which]
    cut_right = (offset == time.offsets[piece]) & ~instants[which]
    order = np.argsort(onset, kind="stable")
    onset, offset, code, first, piece = (
        one[order] for one in (onset, offset, codes[kept][which], kept[which], piece)
    )
    cut_left, cut_right = cut_left[order], cut_right[order]
    follows = np.zeros(len(onset), bool)
    touching = np.zeros(len(onset), bool)
    if len(onset):
        same_piece = piece[1:] == piece[:-1]
        touching[1:] = same_piece & (onset[1:] == offset[:-1])
        follows[1:] = touching[1:] if seamless else same_piece
    runs = Runs(onset, offset, code, first, piece, cut_left, cut_right, follows)
    return _merged(runs, touching) if merged else runs


def _merged(runs: Runs, touching: Flags) -> Runs:
    """Neighbours that touch and have one code made one; instants stay what they are."""
    if len(runs) < 2:
        return runs
    same = np.zeros(len(runs), bool)
    same[1:] = touching[1:] & (runs.codes[1:] == runs.codes[:-1])
    same[1:] &= (runs.lengths[1:] > 0) & (runs.lengths[:-1] > 0)
    if not same.any():
        return runs
    heads = np.flatnonzero(~same)
    lasts = np.append(heads[1:], len(runs)) - 1
    return Runs(
        runs.onsets[heads],
        np.maximum.reduceat(runs.offsets, heads),
        runs.codes[heads],
        runs.first[heads],
        runs.piece[heads],
        runs.cut_left[heads],
        runs.cut_right[lasts],
        runs.linked[heads],
    )


def by_subject(lane: CodedLane) -> Iterator[CodedLane]:
    """The lane of each subject of it: mother's and father's states are two chains."""
    names = sorted(set(lane.instances)) if lane.instances else []
    if len(names) < 2:
        yield lane
        return
    whose = np.array(lane.instances, object)
    for name in names:
        yield only(lane, whose == name)


def only(lane: CodedLane, kept: Flags) -> CodedLane:
    """Those of the events."""
    places = np.flatnonzero(kept)

    return CodedLane(
        lane.onsets[places],
        lane.offsets[places],
        lane.codes[places],
        _some(lane.instances, places),
        _some(lane.ids, places),
        _some(lane.modifiers, places),
        _some(lane.links, places),
    )


def _some(values: Sequence[T], places: Times) -> list[T]:
    """Those at the places; columns that nothing needs stay empty."""
    return [values[k] for k in places.tolist()] if values else []
