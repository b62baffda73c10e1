"""How two series go together at each lag; with gaps, with drift, and after pre-whitening."""

import numpy as np
import numpy.typing as npt

Series = npt.NDArray[np.float64]


def correlations(first: Series, second: Series, max_lag: int) -> Series:
    """Pearson's r of ``first[t]`` with ``second[t + lag]`` for lags from ``-max_lag``.

    Parameters
    ----------
    first, second : array of float, shape (bins,)
        NaN where a bin has no value; pairs with one are left out.

    Returns
    -------
    array, shape (2 * max_lag + 1,)
        At a positive lag the second follows the first.  NaN with fewer than three pairs or without
        variance.
    """
    values = np.full(2 * max_lag + 1, np.nan)
    for lag in range(-max_lag, max_lag + 1):
        if abs(lag) >= len(first):
            continue
        one = first[: len(first) - lag] if lag >= 0 else first[-lag:]
        other = second[lag:] if lag >= 0 else second[: len(second) + lag]
        values[lag + max_lag] = _pearson(one, other)
    return values


def _pearson(first: Series, second: Series) -> float:
    both = np.isfinite(first) & np.isfinite(second)
    if both.sum() < 3:
        return float("nan")
    one, other = first[both] - first[both].mean(), second[both] - second[both].mean()
    spread = float(np.sqrt((one**2).sum() * (other**2).sum()))
    return float((one * other).sum()) / spread if spread > 1e-12 else float("nan")


def peak(values: Series) -> int | None:
    """The lag of the strongest correlation, of either sign; the shortest lag of several."""
    if not np.isfinite(values).any():
        return None
    max_lag = len(values) // 2
    strength = np.round(np.abs(np.nan_to_num(values)), 12)
    lags = np.arange(-max_lag, max_lag + 1)
    order = np.lexsort((-lags, np.abs(lags), -strength))
    return int(lags[order[0]])


def prewhitened(series: Series, order: int) -> Series:
    """What an autoregression of that order leaves of a series (Yule-Walker), NaN at its beginning.

    Two series that each depend on their own past correlate by chance; their innovations do not.
    """
    mean = np.nanmean(series)
    apart = np.nan_to_num(series - mean)
    variances = np.array([(apart[: len(apart) - k] * apart[k:]).sum() for k in range(order + 1)])
    if variances[0] == 0:
        return np.full(len(series), np.nan)
    toeplitz = variances[np.abs(np.subtract.outer(np.arange(order), np.arange(order)))]
    weights = np.linalg.solve(toeplitz, variances[1:])
    left = series - mean
    for k, weight in enumerate(weights, start=1):
        shifted = np.concatenate([np.full(k, np.nan), series[:-k] - mean])
        left = left - weight * shifted
    return np.asarray(left)


def recurrence_profile(
    first: npt.NDArray[np.int64], second: npt.NDArray[np.int64], max_lag: int
) -> Series:
    """Share of bins in which the second says at a lag what the first says; ``-1`` is no value.

    The diagonal profile of a cross-recurrence plot of nominal codes, by lag from ``-max_lag``.
    """
    shares = np.full(2 * max_lag + 1, np.nan)
    for lag in range(-max_lag, max_lag + 1):
        if abs(lag) >= len(first):
            continue
        one = first[: len(first) - lag] if lag >= 0 else first[-lag:]
        other = second[lag:] if lag >= 0 else second[: len(second) + lag]
        both = (one >= 0) & (other >= 0)
        if both.any():
            shares[lag + max_lag] = float(np.mean(one[both] == other[both]))
    return shares
