"""Aligning two sequences of events: who has a partner, in order and near enough in time."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from imhcode.analysis.square_tables import Tables

Numbers = npt.NDArray[np.int64]
NOBODY = -1  #: stands where an event has no partner

CELLS = 4_000_000  #: cells of alignment tables held at once
ROOM = 2**62  #: whatever is added up stays below


@dataclass(frozen=True, slots=True)
class Costs:
    """What an alignment pays.

    Substituting is cheaper than leaving out and adding, as Quera, Bakeman & Gnisci (2007) advise.
    Among the cheapest alignments the one with the most pairs is taken, then the one whose pairs
    begin nearest to each other, then the one that leaves out the later event: none of this asks
    which coder is the first, so that agreement is symmetric.
    """

    match: int = 0
    substitution: int = 1
    gap: int = 1


DEFAULT_COSTS = Costs()


@dataclass(frozen=True, slots=True, eq=False)
class Sequence:
    """One coder's events in the order of their onsets, shape (n,)."""

    onsets: Numbers
    codes: Numbers

    def __len__(self) -> int:
        return len(self.onsets)


def partners(
    a: Sequence, b: Sequence, tolerance_us: int | None, costs: Costs = DEFAULT_COSTS
) -> Numbers:
    """The cheapest alignment (Needleman & Wunsch 1970), as partners of A's events.

    Parameters
    ----------
    tolerance_us : int or None
        Events whose onsets lie further apart cannot be partners; ``None``: all can.

    Returns
    -------
    array of int64, shape (len(a),)
        Place of the partner in B, ``NOBODY`` where there is none.

    Notes
    -----
    Where more than the tolerance lies between one event of either coder and the next, no partners
    can lie on both sides: the alignment falls into blocks.  Ties are decided within a block, so
    that an event far from all others changes no pair.  Blocks of one shape are worked out
    together, however many sessions they come from.
    """
    found = np.full(len(a), NOBODY, np.int64)
    if not len(a) or not len(b):
        return found
    for which in _alike(*_blocks(a, b, tolerance_us)):
        _align(a, b, which, tolerance_us, costs, found)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Blocks:
    """Where blocks begin in both sequences and how long they are, shape (blocks,)."""

    at_a: Numbers
    at_b: Numbers
    n: Numbers
    m: Numbers

    def some(self, which: npt.NDArray[np.int64]) -> "_Blocks":
        return _Blocks(self.at_a[which], self.at_b[which], self.n[which], self.m[which])


def _blocks(a: Sequence, b: Sequence, tolerance_us: int | None) -> tuple[_Blocks, Numbers]:
    """Stretches of both sequences between gaps that no pair can bridge; the class of each."""
    starts = np.empty(0, np.int64)
    if tolerance_us is not None:
        merged = np.sort(np.concatenate([a.onsets, b.onsets]))
        starts = merged[1:][np.diff(merged) > tolerance_us]
    cut_a = np.concatenate(([0], np.searchsorted(a.onsets, starts), [len(a)]))
    cut_b = np.concatenate(([0], np.searchsorted(b.onsets, starts), [len(b)]))
    blocks = _Blocks(cut_a[:-1], cut_b[:-1], np.diff(cut_a), np.diff(cut_b))
    both = np.flatnonzero((blocks.n > 0) & (blocks.m > 0))
    blocks = blocks.some(both)
    return blocks, _rounded(blocks.n) * (1 << 31) + _rounded(blocks.m)


def _rounded(sizes: Numbers) -> Numbers:
    """Sizes up to four as they are, above the next power of the square root of two."""
    steps = np.ceil(2 * np.log2(np.maximum(sizes, 1)))
    return np.where(sizes <= 4, sizes, np.floor(2 ** (steps / 2)).astype(np.int64) + 1)


def _alike(blocks: _Blocks, kinds: Numbers) -> Iterator[_Blocks]:
    """Yield blocks of about one shape together, no more than fit."""
    order = np.argsort(kinds, kind="stable")
    for group in np.split(order, np.flatnonzero(np.diff(kinds[order])) + 1):
        if len(group):
            size = int((blocks.n[group].max() + 1) * (blocks.m[group].max() + 1))
            at_once = max(1, CELLS // size)
            for start in range(0, len(group), at_once):
                yield blocks.some(group[start : start + at_once])


def _align(
    a: Sequence,
    b: Sequence,
    blocks: _Blocks,
    tolerance_us: int | None,
    costs: Costs,
    found: Numbers,
) -> None:
    """Work out blocks together, a row of all their tables at a time, and note the partners."""
    n, m = int(blocks.n.max()), int(blocks.m.max())
    rows = np.minimum(blocks.at_a[:, None] + np.arange(n), len(a) - 1)
    columns = np.minimum(blocks.at_b[:, None] + np.arange(m), len(b) - 1)
    onsets_a, codes_a = a.onsets[rows], a.codes[rows]
    onsets_b, codes_b = b.onsets[columns], b.codes[columns]
    scale = _Scale.of(n, m, tolerance_us, costs)
    gap = costs.gap * scale.cost + scale.gap
    ramp = np.arange(m + 1, dtype=np.int64) * gap
    above = np.broadcast_to(ramp, (len(rows), m + 1)).copy()
    steps = np.zeros((len(rows), n, m), np.uint8)
    for i in range(n):
        apart = np.abs(onsets_b - onsets_a[:, i, None])
        same = codes_b == codes_a[:, i, None]
        price = np.where(same, costs.match, costs.substitution) * scale.cost
        if tolerance_us is not None:
            price += apart >> scale.coarser
            price[apart > tolerance_us] = ROOM // 2
        pairing = above[:, :-1] + price
        dropping = above[:, 1:] + gap
        row = np.empty_like(above)
        row[:, 0] = above[:, 0] + gap
        row[:, 1:] = np.minimum(pairing, dropping)
        row = np.minimum.accumulate(row - ramp, axis=1) + ramp
        adding = row[:, :-1] + gap
        later = (onsets_a[:, i, None] > onsets_b) | (
            (onsets_a[:, i, None] == onsets_b) & (codes_a[:, i, None] > codes_b)
        )
        best = row[:, 1:]
        drop = (best == dropping) & (later | (best != adding))
        steps[:, i] = np.where(best == pairing, _PAIR, np.where(drop, _DROP, _ADD))
        above = row
    _walk_back(blocks, steps, found)


_PAIR, _DROP, _ADD = 0, 1, 2


def _walk_back(blocks: _Blocks, steps: npt.NDArray[np.uint8], found: Numbers) -> None:
    """Follow every block's steps from its end to its beginning, all of them at once."""
    i, j = blocks.n.copy(), blocks.m.copy()
    live = np.arange(len(i))
    while len(live):
        step = steps[live, i[live] - 1, j[live] - 1]
        paired = live[step == _PAIR]
        found[blocks.at_a[paired] + i[paired] - 1] = blocks.at_b[paired] + j[paired] - 1
        i[live] -= step != _ADD
        j[live] -= step != _DROP
        live = live[(i[live] > 0) & (j[live] > 0)]


@dataclass(frozen=True, slots=True)
class _Scale:
    """Cost, gaps and distance in one integer, so that one comparison decides in that order."""

    cost: int
    gap: int
    coarser: int

    @classmethod
    def of(cls, n: int, m: int, tolerance_us: int | None, costs: Costs) -> "_Scale":
        coarser = 0
        while True:
            far = min(n, m) * ((tolerance_us or 0) >> coarser)
            gap = far + 1
            cost = gap * (n + m + 1)
            most = max(costs.match, costs.substitution, costs.gap) * (n + m + 1)
            if cost * most < ROOM // 4 or not (tolerance_us or 0) >> coarser:
                return cls(cost, gap, coarser)
            coarser += 1


def tables_of_partners(
    codes_a: Numbers,
    codes_b: Numbers,
    partner: Numbers,
    n_codes: int,
    *,
    session_a: Numbers | None = None,
    session_b: Numbers | None = None,
    n_sessions: int = 1,
    weight: int = 1,
) -> Tables:
    """Counts of pairs by session and codes; the last row and column are "no partner".

    Parameters
    ----------
    partner : array of int64, shape (len(codes_a),)
        As from :func:`partners`.
    weight : int
        What a pair adds: 1 in alignments, 2 where both its events count (EasyDIAg).

    Returns
    -------
    array, shape (n_sessions, n_codes + 1, n_codes + 1)
    """
    k = n_codes + 1
    where_a = np.zeros(len(codes_a), np.int64) if session_a is None else session_a
    where_b = np.zeros(len(codes_b), np.int64) if session_b is None else session_b
    paired = partner != NOBODY
    alone_b = np.ones(len(codes_b), bool)
    alone_b[partner[paired]] = False
    columns = np.full(len(codes_a), n_codes, np.int64)
    columns[paired] = codes_b[partner[paired]]
    cells = np.concatenate(
        [
            (where_a * k + codes_a) * k + columns,
            (where_b[alone_b] * k + n_codes) * k + codes_b[alone_b],
        ]
    )
    counts = np.concatenate([np.where(paired, weight, 1), np.ones(alone_b.sum(), np.int64)])
    found = np.bincount(cells, weights=counts, minlength=n_sessions * k * k)
    return found.reshape(n_sessions, k, k).astype(float)
