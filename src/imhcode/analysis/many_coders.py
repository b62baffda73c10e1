"""Agreement of more than two coders on units such as bins, events or sessions.

Units become tables first, which add up over sessions: pooled values and intervals come from the
same functions, and all of them take many tables at once.
"""

from itertools import combinations
from typing import Literal

import numpy as np
import numpy.typing as npt

from imhcode.analysis.agreement.kappa_time import kappa
from imhcode.analysis.square_tables import (
    Tables,
    Values,
    divided,
    margins,
    observed,
    over_chance,
    totals,
)

Ratings = npt.NDArray[np.float64]
Metric = Literal["nominal", "ordinal", "interval", "ratio"]


def fleiss(ratings: Ratings, weights: Ratings | None = None) -> float:
    """Fleiss's kappa of interchangeable coders (Fleiss 1971); NaN if only one value was used.

    Parameters
    ----------
    ratings : array, shape (units, coders)
        NaN where a coder said nothing; units that not everybody coded are left out.
    weights : array, shape (units,), optional
        How many units each row stands for, such as the length of a stretch.
    """
    whole = ~np.isnan(ratings).any(axis=1)
    weigh = _weights(ratings, weights)[whole]
    return float(fleiss_of(coincidences(ratings[whole], values_of(ratings), weigh)))


def light(ratings: Ratings, weights: Ratings | None = None) -> float:
    """The mean of Cohen's kappa over all pairs of coders (Light 1971); NaN if no pair has one."""
    return float(light_of(tables_of_two(ratings, values_of(ratings), weights)))


def alpha(ratings: Ratings, metric: Metric, weights: Ratings | None = None) -> float:
    """Krippendorff's alpha ``1 - Do / De`` on the coincidence matrix; values may be missing.

    Parameters
    ----------
    ratings : array, shape (units, coders)
        NaN where a coder said nothing.
    metric : str
        How far two values lie apart.
    weights : array, shape (units,), optional
        How many units each row stands for.

    Returns
    -------
    float
        NaN with one value only, or without two values in any unit.

    Notes
    -----
    Krippendorff 2011, "Computing Krippendorff's alpha-reliability".
    """
    values = values_of(ratings)
    return float(alpha_of(coincidences(ratings, values, weights), values, metric))


def values_of(ratings: Ratings) -> Ratings:
    """Every value that was given, once."""
    return np.unique(ratings[~np.isnan(ratings)])


def coincidences(ratings: Ratings, values: Ratings, weights: Ratings | None = None) -> Tables:
    """How often each value meets each other one within a unit, shape (values, values).

    A unit with n values counts n times; one with a single value meets nothing.
    """
    counts = (ratings[:, :, None] == values).sum(axis=1).astype(float)
    several = counts.sum(axis=1) > 1
    paired, weigh = counts[several], _weights(ratings, weights)[several]
    shared = paired * (weigh / np.maximum(paired.sum(axis=1) - 1, 1))[:, None]
    return np.asarray(shared.T @ paired - np.diag(shared.sum(axis=0)))


def tables_of_two(ratings: Ratings, values: Ratings, weights: Ratings | None = None) -> Tables:
    """A table of each two coders, shape (pairs of coders, values, values)."""
    weigh = _weights(ratings, weights)
    said = (ratings[:, :, None] == values).astype(float)
    pairs = combinations(range(ratings.shape[1]), 2)
    return np.stack([(said[:, a] * weigh[:, None]).T @ said[:, b] for a, b in pairs])


def fleiss_of(tables: Tables) -> Values:
    """Fleiss's kappa of coincidences of units that everybody coded, shape ``(..., K, K)``."""
    shares = divided(margins(tables)[0], totals(tables)[..., None])
    return over_chance(observed(tables), np.square(shares).sum(axis=-1))


def light_of(tables: Tables) -> Values:
    """Light's kappa of tables of two coders each, shape ``(..., pairs, K, K)``."""
    found = kappa(tables)
    return divided(np.nansum(found, axis=-1), np.isfinite(found).sum(axis=-1))


def alpha_of(tables: Tables, values: Ratings, metric: Metric) -> Values:
    """Krippendorff's alpha of coincidences, shape ``(..., K, K)``."""
    margin, n = margins(tables)[0], totals(tables)
    apart = _distances(values, margin, metric)
    seen = (tables * apart).sum(axis=(-2, -1))
    by_chance = (margin[..., :, None] * margin[..., None, :] * apart).sum(axis=(-2, -1))
    found = 1 - divided(seen * (n - 1), by_chance)
    return np.asarray(np.where(n > 1, found, np.nan))


def _weights(ratings: Ratings, weights: Ratings | None) -> Ratings:
    return np.ones(len(ratings)) if weights is None else np.asarray(weights, float)


def _distances(values: Ratings, margin: Ratings, metric: Metric) -> Ratings:
    left: Ratings = values[:, None]
    right: Ratings = values[None, :]
    apart: Ratings
    match metric:
        case "nominal":
            apart = np.not_equal(left, right).astype(np.float64)
        case "interval":
            apart = np.square(left - right)
        case "ratio":
            apart = np.square(np.nan_to_num(divided(left - right, left + right)))
        case "ordinal":
            ranked = np.cumsum(margin, axis=-1) - margin / 2
            apart = np.square(ranked[..., :, None] - ranked[..., None, :])
    return apart
