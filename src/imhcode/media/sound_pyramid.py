"""Numbers along time, kept finer and coarser, so that any stretch at any zoom costs the same."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

STEP = 4  #: bins of one level that make one bin of the next


class Pyramid:
    """Rows of numbers in bins of equal length, and the same with ever longer bins.

    Attributes
    ----------
    base : ndarray, shape (rows, bins)
        One number for each bin ``[n * bin_us, (n + 1) * bin_us)`` of the recording's own clock.
    bin_us : int
        Length of a bin of ``base``.
    pool : ufunc
        ``np.minimum`` or ``np.maximum``: what becomes of several bins in one.  Nothing short is
        averaged away, so a single loud millisecond is seen at every zoom.
    """

    def __init__(self, base: NDArray[Any], bin_us: int, pool: np.ufunc) -> None:
        self.base = base
        self.bin_us = bin_us
        self.pool = pool
        self._levels = [base]
        while self._levels[-1].shape[-1] > STEP:
            self._levels.append(pooled(self._levels[-1], STEP, pool))

    @property
    def end_us(self) -> int:
        """Where the last bin ends."""
        return int(self.base.shape[-1]) * self.bin_us

    @property
    def nbytes(self) -> int:
        """Bytes of all levels."""
        return sum(level.nbytes for level in self._levels)

    def columns(
        self, edges_us: NDArray[np.int64], *, blank: int = 0, least_us: int = 0
    ) -> NDArray[Any]:
        """One number a row for each of a series of columns that adjoin one another.

        Parameters
        ----------
        edges_us : ndarray of int64, shape (columns + 1,)
            Rising times on the recording's own clock; may lie outside the recording.
        blank : int
            What stands in columns outside.
        least_us : int
            Look at no finer bins than the longest that are not longer than this.

        Returns
        -------
        ndarray, shape (rows, columns)
            Of the type of ``base``.
        """
        count = len(edges_us) - 1
        out = np.full((self.base.shape[0], count), blank, dtype=self.base.dtype)
        inside = np.flatnonzero((edges_us[1:] > 0) & (edges_us[:-1] < self.end_us))
        if not len(inside):
            return out
        level, bin_us = self._level(max(int(edges_us[-1] - edges_us[0]) // count, least_us))
        first, last = int(inside[0]), int(inside[-1]) + 1
        last_bin = level.shape[-1] - 1
        bins = np.clip(edges_us[first : last + 1] // bin_us, 0, last_bin)
        stop = max(int(bins[-1]), int(bins[-2]) + 1)
        if edges_us[last] >= self.end_us:
            stop = last_bin + 1
        some = level[:, bins[0] : stop]
        out[:, first:last] = self.pool.reduceat(some, bins[:-1] - bins[0], axis=-1)
        return out

    def between(self, edges_us: NDArray[np.int64]) -> NDArray[np.float32]:
        """Like `columns` for columns narrower than a bin: lines from middle to middle of the bins.

        Returns
        -------
        ndarray of float32, shape (rows, columns)
            0 outside the recording.
        """
        middles = (edges_us[1:] + edges_us[:-1]) / (2 * self.bin_us) - 0.5
        last_bin = self.base.shape[-1] - 1
        if last_bin < 0:
            return np.zeros((self.base.shape[0], len(middles)), dtype=np.float32)
        left = np.clip(np.floor(middles).astype(np.int64), 0, last_bin)
        right = np.minimum(left + 1, last_bin)
        share = np.clip(middles - left, 0, 1).astype(np.float32)
        first, last = int(left.min()), int(right.max()) + 1
        some = self.base[:, first:last].astype(np.float32)
        out = some[:, left - first] * (1 - share) + some[:, right - first] * share
        out[:, (middles < -0.5) | (middles > last_bin + 0.5)] = 0
        return np.asarray(out, dtype=np.float32)

    def _level(self, column_us: int) -> tuple[NDArray[Any], int]:
        """The coarsest level whose bins are not longer than a column."""
        nth, bin_us = 0, self.bin_us
        while nth + 1 < len(self._levels) and bin_us * STEP <= column_us:
            nth, bin_us = nth + 1, bin_us * STEP
        return self._levels[nth], bin_us


def pooled(rows: NDArray[Any], by: int, pool: np.ufunc) -> NDArray[Any]:
    """Make one bin of each ``by``; the last may have fewer.  Shape (rows, ceil(bins / by))."""
    starts = np.arange(0, rows.shape[-1], by)
    return np.asarray(pool.reduceat(rows, starts, axis=-1), dtype=rows.dtype)


def bounded(base: NDArray[Any], bin_us: int, pool: np.ufunc, most: int) -> Pyramid:
    """A pyramid of no more than ``most`` bins: of a very long recording, only coarser ones."""
    while base.shape[-1] > most:
        base, bin_us = pooled(base, 2, pool), bin_us * 2
    return Pyramid(base, bin_us, pool)
