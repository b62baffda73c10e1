"""Intraclass correlations: agreement on scores, in all six forms with their intervals."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Form = Literal["1_1", "2_1", "3_1", "1_k", "2_k", "3_k"]
FORMS: tuple[Form, ...] = ("1_1", "2_1", "3_1", "1_k", "2_k", "3_k")

ROUNDING = 1e-20  #: a variance below this share of the largest square is nothing but rounding


@dataclass(frozen=True, slots=True)
class Icc:
    """One coefficient with its interval; NaN where it is not defined."""

    value: float
    low: float
    high: float
    n_targets: int


def icc(scores: npt.NDArray[np.float64], form: Form, level: float = 0.95) -> Icc:
    """Intraclass correlation of targets scored by the same coders.

    Parameters
    ----------
    scores : array, shape (targets, coders)
        Targets with a missing score are left out.
    form : str
        ``1_1`` each target has other coders; ``2_1`` absolute agreement of coders drawn from
        many; ``3_1`` consistency of these coders; ``_k`` the same for the mean of the coders.

    Notes
    -----
    Shrout & Fleiss 1979; intervals of McGraw & Wong 1996, that of ``2_k`` by Spearman-Brown from
    ``2_1``.
    """
    whole = scores[~np.isnan(scores).any(axis=1)]
    n, k = whole.shape
    if n < 2 or k < 2:
        return Icc(float("nan"), float("nan"), float("nan"), n)
    grand = whole.mean()
    between = k * ((whole.mean(axis=1) - grand) ** 2).sum() / (n - 1)
    within = ((whole - whole.mean(axis=1, keepdims=True)) ** 2).sum() / (n * (k - 1))
    coders = n * ((whole.mean(axis=0) - grand) ** 2).sum() / (k - 1)
    rest = whole - whole.mean(axis=1, keepdims=True) - whole.mean(axis=0) + grand
    error = (rest**2).sum() / ((n - 1) * (k - 1))
    nothing = ROUNDING * float(np.square(whole).max())
    between, within, coders, error = (
        0.0 if one <= nothing else float(one) for one in (between, within, coders, error)
    )
    if between == 0 and within == 0:
        return Icc(float("nan"), float("nan"), float("nan"), n)
    if form.startswith("2"):
        single = _agreement(between, coders, error, n, k, level)
        return _stepped_up(single, k) if form.endswith("k") else single
    noise, df = (within, n * (k - 1)) if form.startswith("1") else (error, (n - 1) * (k - 1))
    return _one_way(between, noise, df, n, k, level, of_mean=form.endswith("k"))


def _one_way(
    between: float, noise: float, df: int, n: int, k: int, level: float, *, of_mean: bool
) -> Icc:
    from scipy.special import fdtri  # noqa: PLC0415  (for those who ask for it)

    if between == 0 and noise == 0:  # coders differ by a constant, targets not at all
        return Icc(float("nan"), float("nan"), float("nan"), n)
    tail = 1 - (1 - level) / 2
    ratio = between / noise if noise > 0 else np.inf
    low_f = ratio / fdtri(n - 1, df, tail)
    high_f = ratio * fdtri(df, n - 1, tail)
    value, low, high = (_of_ratio(one, k, of_mean=of_mean) for one in (ratio, low_f, high_f))
    return Icc(value, low, high, n)


def _of_ratio(ratio: float, k: int, *, of_mean: bool) -> float:
    if np.isinf(ratio):
        return 1.0
    if of_mean:
        return float(1 - 1 / ratio) if ratio > 0 else float("-inf")
    return float((ratio - 1) / (ratio + k - 1))


def _agreement(between: float, coders: float, error: float, n: int, k: int, level: float) -> Icc:
    from scipy.special import fdtri  # noqa: PLC0415

    below = between + (k - 1) * error + k * (coders - error) / n
    value = (between - error) / below if below else float("nan")
    if value == 1:
        return Icc(1.0, 1.0, 1.0, n)
    if not below or (between == 0 and error == 0):
        return Icc(value, float("nan"), float("nan"), n)
    a = k * value / (n * (1 - value))
    b = 1 + k * value * (n - 1) / (n * (1 - value))
    weight = (a * coders + b * error) ** 2
    df = weight / ((a * coders) ** 2 / (k - 1) + (b * error) ** 2 / ((n - 1) * (k - 1)))
    tail = 1 - (1 - level) / 2
    up, down = fdtri(n - 1, df, tail), fdtri(df, n - 1, tail)
    spread = k * coders + (k * n - k - n) * error
    low = n * (between - up * error) / (up * spread + n * between)
    high = n * (down * between - error) / (spread + n * down * between)
    return Icc(float(value), float(low), float(high), n)


def _stepped_up(single: Icc, k: int) -> Icc:
    """Reliability of the mean of ``k`` coders (Spearman-Brown)."""
    value, low, high = (
        float(one * k / (1 + one * (k - 1))) for one in (single.value, single.low, single.high)
    )
    return Icc(value, low, high, single.n_targets)
