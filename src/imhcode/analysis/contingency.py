"""Two-by-two tables: what is more frequent near something than away from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np
import numpy.typing as npt

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class TwoByTwo:
    """Counts by rows: near and target, near without; elsewhere and target, elsewhere without."""

    a: int
    b: int
    c: int
    d: int

    @classmethod
    def of(cls, near: Flags, target: Flags) -> "TwoByTwo":
        """The table of two flags for each bin."""
        cells = np.bincount((~near).astype(int) * 2 + ~target, minlength=4)
        return cls(*map(int, cells))

    @property
    def n(self) -> int:
        """How many there are."""
        return self.a + self.b + self.c + self.d

    @property
    def margins(self) -> tuple[int, int, int, int]:
        """Near, elsewhere; target, without."""
        return self.a + self.b, self.c + self.d, self.a + self.c, self.b + self.d

    @property
    def has_empty_margin(self) -> bool:
        """Whether nothing can be compared."""
        return 0 in self.margins

    @property
    def has_zero_cell(self) -> bool:
        """Whether half a count was added to every cell for odds and Q."""
        return 0 in (self.a, self.b, self.c, self.d)

    @property
    def _filled(self) -> tuple[float, float, float, float]:
        more = 0.5 if self.has_zero_cell else 0.0
        return self.a + more, self.b + more, self.c + more, self.d + more

    @property
    def p_given(self) -> float | None:
        """Share of the near ones with the target."""
        return self.a / (self.a + self.b) if self.a + self.b else None

    @property
    def p_outside(self) -> float | None:
        """Share of the others with the target."""
        return self.c / (self.c + self.d) if self.c + self.d else None

    @property
    def p_base(self) -> float | None:
        """Share of all with the target."""
        return (self.a + self.c) / self.n if self.n else None

    @property
    def operant_contingency(self) -> float | None:
        """The first minus the second of these (operant contingency value)."""
        if self.p_given is None or self.p_outside is None:
            return None
        return self.p_given - self.p_outside

    @property
    def odds_ratio(self) -> float | None:
        """``ad / bc``."""
        a, b, c, d = self._filled
        return None if self.has_empty_margin else a * d / (b * c)

    @property
    def log_odds_se(self) -> float | None:
        """Standard error of the logarithm of the odds ratio."""
        return None if self.has_empty_margin else sqrt(sum(1 / cell for cell in self._filled))

    @property
    def log_odds(self) -> float | None:
        """Logarithm of the odds ratio."""
        return None if self.odds_ratio is None else log(self.odds_ratio)

    @property
    def yules_q(self) -> float | None:
        """``(ad - bc) / (ad + bc)``."""
        a, b, c, d = self._filled
        return None if self.has_empty_margin else (a * d - b * c) / (a * d + b * c)

    @property
    def phi(self) -> float | None:
        """Correlation of the two flags."""
        if self.has_empty_margin:
            return None
        rows, others, columns, without = self.margins
        return (self.a * self.d - self.b * self.c) / sqrt(rows * others * columns * without)

    @property
    def adjusted_residual(self) -> float | None:
        """How many standard errors cell ``a`` is above chance; it grows with n."""
        if self.has_empty_margin:
            return None
        rows, _, columns, _ = self.margins
        expected = rows * columns / self.n
        return (self.a - expected) / sqrt(expected * (1 - rows / self.n) * (1 - columns / self.n))

    @property
    def is_thin(self) -> bool:
        """Whether chance puts fewer than five into some cell."""
        rows, others, columns, without = self.margins
        return self.n == 0 or min(rows, others) * min(columns, without) < 5 * self.n


def shifted_round(near: Flags, target: Flags) -> tuple[float, float]:
    """Cell ``a`` by chance that keeps both rhythms.

    The targets are shifted round the series by every number of bins there is, so that no seed is
    needed.

    Returns
    -------
    (mean, p)
        ``p``: share of the shifts, the real one among them, with at least as many as there are.
    """
    spectrum = np.fft.rfft(near) * np.conj(np.fft.rfft(target))
    cells = np.rint(np.fft.irfft(spectrum, len(near)))
    return float(cells.mean()), float(np.mean(cells >= cells[0]))


def shuffled_sessions(
    near: Sequence[Flags], target: Sequence[Flags], draws: int = 1_000, seed: int = 1
) -> tuple[float, float]:
    """Cell ``a`` summed over sessions, against targets of other sessions.

    Each draw pairs every session's bins with another's targets, both up to the shorter one.

    Returns
    -------
    (mean, p)
        ``p``: share of draws with at least as many as there are, the real pairing among them.
    """
    rows = np.arange(len(near))
    # what lies beyond the shorter one is nothing on either side, and adds nothing
    table = _side_by_side(near) @ _side_by_side(target).T
    real = table[rows, rows].sum()
    random = np.random.default_rng(seed)
    sums = np.array([table[rows, random.permutation(len(near))].sum() for _ in range(draws)])
    return float(sums.mean()), float((1 + np.sum(sums >= real)) / (draws + 1))


def _side_by_side(flags: Sequence[Flags]) -> npt.NDArray[np.float32]:
    """One row for each session, as long as the longest; whole numbers stay exact."""
    table = np.zeros((len(flags), max(map(len, flags), default=0)), np.float32)
    for row, one in zip(table, flags, strict=True):
        row[: len(one)] = one
    return table
