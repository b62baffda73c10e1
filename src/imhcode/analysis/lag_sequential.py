"""What follows what: counts at a lag, chance, residuals, permutations, entropy."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from imhcode.analysis.spans import Times
from imhcode.analysis.square_tables import Tables, divided, margins

Flags = npt.NDArray[np.bool_]
ROUNDS, CLOSE = 10_000, 1e-10


def lag_table(codes: Times, linked: Flags, n_codes: int, lag: int = 1) -> Tables:
    """Counts of code after code.

    Parameters
    ----------
    codes : array of int64, shape (n,)
    linked : array of bool, shape (n,)
        Whether each event follows the one before it without a break; no pair is taken over one.
    lag : int
        How many events on, from 1.

    Returns
    -------
    array, shape (n_codes, n_codes)
        From the code of the row to that of the column.
    """
    chain = np.cumsum(~linked)
    whole = chain[lag:] == chain[:-lag]
    cells = codes[:-lag][whole] * n_codes + codes[lag:][whole]
    counts = np.bincount(cells, minlength=n_codes * n_codes)
    return counts.reshape(n_codes, n_codes).astype(float)


def expected_counts(table: Tables, possible: Flags) -> Tables:
    """Counts by chance with both margins kept and nothing where nothing can be.

    Iterative proportional fitting (Deming & Stephan 1940) of the possible cells; where all are
    possible this is the product of the margins.
    """
    rows, columns = margins(table)
    fitted = possible.astype(float)
    for _ in range(ROUNDS):
        fitted *= np.nan_to_num(divided(rows, fitted.sum(axis=1)))[:, None]
        fitted *= np.nan_to_num(divided(columns, fitted.sum(axis=0)))[None, :]
        if np.abs(fitted.sum(axis=1) - rows).max(initial=0) < CLOSE:
            break
    return fitted


def adjusted_residuals(table: Tables, expected: Tables) -> Tables:
    """How many standard errors each count is from chance; NaN where there is none."""
    rows, columns = margins(table)
    n = table.sum()
    if n == 0:
        return np.full(table.shape, np.nan)
    spread = expected * np.outer(1 - rows / n, 1 - columns / n)
    return divided(table - expected, np.sqrt(np.maximum(spread, 0)))


def permuted(
    codes: Times,
    linked: Flags,
    n_codes: int,
    *,
    lag: int = 1,
    draws: int = 1_000,
    seed: int = 1,
    repeats: bool = True,
) -> Tables:
    """Share of shuffled sequences with at least as many of each pair, the real one among them.

    Events are shuffled within their unbroken chains.

    Parameters
    ----------
    repeats : bool
        Whether a code can follow itself; if not, no shuffled sequence has it either.
    """
    real = lag_table(codes, linked, n_codes, lag)
    random = np.random.default_rng(seed)
    chain = np.cumsum(~linked)
    at_least = np.ones(real.shape)
    if not repeats:
        for one in _swapped(codes, linked, draws, random):
            at_least += lag_table(one, linked, n_codes, lag) >= real
        return at_least / (draws + 1)
    for _ in range(draws):
        order = np.lexsort((random.random(len(codes)), chain))
        at_least += lag_table(codes[order], linked, n_codes, lag) >= real
    return at_least / (draws + 1)


SWAPS = 10  #: tried for each event, so that nothing of the real order is left


def _swapped(codes: Times, linked: Flags, draws: int, random: np.random.Generator) -> Times:
    """Sequences without repetitions, shape ``(draws, n)``.

    Two events of a chain change places wherever that leaves no code beside itself; each way there
    is as likely as the way back, so that all sequences that can be reached are equally likely.
    """
    n, rows = len(codes), np.arange(draws)
    heads = np.flatnonzero(~linked)
    sizes = np.diff(np.append(heads, n))
    chain = np.repeat(np.arange(len(heads)), sizes)
    drawn = np.tile(codes, (draws, 1))
    after = np.append(linked[1:], False)  # whether the next one follows without a break
    for _ in range(SWAPS * n):
        i = random.integers(n, size=draws)
        j = heads[chain[i]] + random.integers(sizes[chain[i]])
        one, other = drawn[rows, i], drawn[rows, j]
        drawn[rows, i], drawn[rows, j] = other, one
        wrong = np.zeros(draws, bool)
        for k in (i, j):
            here = drawn[rows, k]
            wrong |= linked[k] & (drawn[rows, k - 1] == here)
            wrong |= after[k] & (drawn[rows, np.minimum(k + 1, n - 1)] == here)
        back = np.flatnonzero(wrong)
        drawn[back, i[back]], drawn[back, j[back]] = one[back], other[back]
    return drawn


def entropy_rate(table: Tables) -> float:
    """Bits that the next code still tells when the present one is known; NaN without counts.

    ``H = -sum_i pi_i sum_j p_ij log2 p_ij`` with ``pi`` the share of transitions from each code.
    It is too low for short sequences.
    """
    whole = table.sum()
    if whole == 0:
        return float("nan")
    p = divided(table, table.sum(axis=1, keepdims=True))
    bits = -np.nan_to_num(p * np.log2(np.where(p > 0, p, 1)))
    return float((table.sum(axis=1) / whole * bits.sum(axis=1)).sum())


@dataclass(frozen=True, slots=True)
class PairOfCodes:
    """One pair of codes as a two-by-two table: Yule's Q is its score."""

    both: float
    only_first: float
    only_second: float
    neither: float

    @classmethod
    def of(cls, table: Tables, first: int, second: int) -> "PairOfCodes":
        """Counts of second after first, something else after first, and so on."""
        rows, columns = margins(table)
        both = float(table[first, second])
        return cls(
            both,
            float(rows[first]) - both,
            float(columns[second]) - both,
            float(table.sum() - rows[first] - columns[second]) + both,
        )

    @property
    def yules_q(self) -> float:
        """From -1 to 1; NaN where nothing can be said."""
        one, other = self.both * self.neither, self.only_first * self.only_second
        return (one - other) / (one + other) if one + other else float("nan")
