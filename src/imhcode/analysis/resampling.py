"""Intervals from drawing whole sessions again: seeded, and vectorised over the draws."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from imhcode.analysis.square_tables import Tables, Values

FEW = 10  #: fewer units than this are drawn all the same, with a warning
CHUNK = 4_000_000  #: cells held at once


@dataclass(frozen=True)
class Resampling:
    """Draws of sessions, or of dyads where visits repeat; the same for every index.

    Attributes
    ----------
    units : sequence of str
        Which unit each session belongs to; a unit is drawn as a whole.
    draws, level, seed : int, float, int
    """

    units: Sequence[str]
    draws: int = 2_000
    level: float = 0.95
    seed: int = 1

    @property
    def n_units(self) -> int:
        """Units that can be drawn."""
        return len(set(self.units))

    @property
    def is_from_few(self) -> bool:
        """Whether there are too few units to trust an interval."""
        return self.n_units < FEW

    @cached_property
    def _unit_of(self) -> npt.NDArray[np.int64]:
        return np.unique(np.asarray(self.units), return_inverse=True)[1].reshape(-1)

    @cached_property
    def _times(self) -> npt.NDArray[np.uint16]:
        """How often each unit is drawn, shape (draws, units)."""
        n = self.n_units
        random = np.random.default_rng(self.seed)
        return random.multinomial(n, np.full(n, 1 / n), size=self.draws).astype(np.uint16)

    def drawn(self, tables: Tables) -> Tables:
        """Pooled tables of every draw.

        Parameters
        ----------
        tables : array, shape (S, ...)
            One a session.

        Returns
        -------
        array, shape (draws, ...)
        """
        flat = tables.reshape(len(tables), -1)
        live = np.flatnonzero(flat.any(axis=0))
        summed = np.zeros((self.n_units, len(live)))
        np.add.at(summed, self._unit_of, flat[:, live])
        found = np.zeros((self.draws, flat.shape[1]))
        at_once = max(1, CHUNK // self.n_units)
        for start in range(0, self.draws, at_once):
            part = self._times[start : start + at_once].astype(float)
            found[start : start + at_once, live] = part @ summed
        return found.reshape(self.draws, *tables.shape[1:])

    def intervals(self, values: Values) -> npt.NDArray[np.float64]:
        """Percentile intervals of an index of drawn tables.

        Parameters
        ----------
        values : array, shape (draws, ...)
            Draws on which the index is not defined are left out.

        Returns
        -------
        array, shape (2, ...)
            NaN with fewer than two units, or if the index is hardly ever defined.
        """
        tail = (1 - self.level) / 2
        found = np.full((2, *values.shape[1:]), np.nan)
        flat, into = values.reshape(len(values), -1), found.reshape(2, -1)
        defined = np.isfinite(flat).sum(axis=0)
        if self.n_units < 2:
            return found
        whole = defined == len(flat)
        if whole.any():
            into[:, whole] = np.quantile(flat[:, whole], [tail, 1 - tail], axis=0)
        for k in np.flatnonzero(~whole & (2 * defined >= len(flat))):
            column = flat[:, k]
            into[:, k] = np.quantile(column[np.isfinite(column)], [tail, 1 - tail])
        return found
