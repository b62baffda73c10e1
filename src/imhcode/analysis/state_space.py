"""State-space grids: how two tracks move together through the cells of their codes."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from imhcode.analysis.spans import NOTHING, Spans, Times, Union


def dispersion(times: npt.ArrayLike, n_cells: int) -> float:
    """How evenly time is spread over all cells: 0 in one cell, 1 the same in each.

    ``1 - (n sum((d_i / D)^2) - 1) / (n - 1)`` with ``d_i`` the time in a cell, ``D`` all time and
    ``n`` all cells, also those never visited.  NaN without time or with one cell.
    """
    held = np.asarray(times, float)
    whole = held.sum()
    if whole == 0 or n_cells < 2:
        return float("nan")
    return float(1 - (n_cells * ((held / whole) ** 2).sum() - 1) / (n_cells - 1))


def entropy(counts: npt.ArrayLike) -> float:
    """Bits of the shares of ``counts``; NaN without any."""
    some = np.asarray(counts, float)
    some = some[some > 0]
    share = some / some.sum()
    return float(-(share * np.log2(share)).sum()) if len(some) else float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """The visits of a grid in order.

    Attributes
    ----------
    cells : array of int64, shape (visits,)
        Number of the cell: that of the first track's code times the second's codes, plus its own.
    onsets, lengths : array of int64, shape (visits,)
        Microseconds.
    linked : array of bool, shape (visits,)
        Whether the visit follows the one before it without a break.
    n_cells : int
        All cells, also those never visited.
    """

    cells: Times
    onsets: Times
    lengths: Times
    linked: npt.NDArray[np.bool_]
    n_cells: int

    @property
    def whole_us(self) -> int:
        """Time on the grid."""
        return int(self.lengths.sum())

    @property
    def cells_visited(self) -> int:
        """How many different ones."""
        return len(np.unique(self.cells))

    @property
    def transitions(self) -> int:
        """Moves from one cell to another."""
        return int(self.linked.sum())

    @property
    def time_by_cell(self) -> Times:
        """Microseconds in each visited cell."""
        _, which = np.unique(self.cells, return_inverse=True)
        held = np.zeros(which.max(initial=-1) + 1, np.int64)
        np.add.at(held, which, self.lengths)
        return held

    @property
    def dispersion(self) -> float:
        """Of the time over all cells."""
        return dispersion(self.time_by_cell, self.n_cells)

    @property
    def visit_entropy(self) -> float:
        """Bits of the visits by cell."""
        return entropy(np.unique(self.cells, return_counts=True)[1])

    @property
    def duration_entropy(self) -> float:
        """Bits of the time by cell."""
        return entropy(self.time_by_cell)


def grid_of(first: Spans, second: Spans, sizes: tuple[int, int], time: Union) -> Grid:
    """The visits inside ``time`` at which both tracks say something.

    Parameters
    ----------
    first, second : Spans
        Without overlaps; codes are numbered from 0 to ``sizes``, without uncodable ones.
    """
    edges = [edge for one in (first, second, time) for edge in (one.onsets, one.offsets)]
    edge = np.unique(np.concatenate(edges))
    onsets, offsets = edge[:-1], edge[1:]
    rows, columns = first.at(onsets), second.at(onsets)
    there = (rows != NOTHING) & (columns != NOTHING) & time.has(onsets)
    onsets, offsets = onsets[there], offsets[there]
    cells = rows[there] * sizes[1] + columns[there]
    if not len(cells):
        return Grid(cells, onsets, onsets, np.zeros(0, bool), sizes[0] * sizes[1])
    touches = np.concatenate(([False], onsets[1:] == offsets[:-1]))
    moved = np.concatenate(([True], cells[1:] != cells[:-1]))
    heads = np.flatnonzero(~touches | moved)
    lengths = np.add.reduceat(offsets - onsets, heads)
    return Grid(cells[heads], onsets[heads], lengths, touches[heads], sizes[0] * sizes[1])
