"""Agreement of more than two coders on units such as bins, events or sessions."""

from itertools import combinations
from typing import Literal

import numpy as np
import numpy.typing as npt

from imhcode.analysis.agreement.kappa_time import kappa

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
    weigh = _weights(ratings, weights)
    everybody = ~np.isnan(ratings).any(axis=1)
    whole, weigh = ratings[everybody], weigh[everybody]
    if not len(whole) or whole.shape[1] < 2:
        return float("nan")
    values = np.unique(whole)
    counts = (whole[:, :, None] == values).sum(axis=1)
    n = whole.shape[1]
    seen = weigh @ ((counts * (counts - 1)).sum(axis=1) / (n * (n - 1))) / weigh.sum()
    shares = weigh @ counts / (weigh.sum() * n)
    by_chance = (shares**2).sum()
    return float("nan") if by_chance >= 1 else float((seen - by_chance) / (1 - by_chance))


def light(ratings: Ratings, weights: Ratings | None = None) -> float:
    """The mean of Cohen's kappa over all pairs of coders (Light 1971); NaN if no pair has one."""
    weigh = _weights(ratings, weights)
    found = []
    for a, b in combinations(range(ratings.shape[1]), 2):
        both = ratings[:, [a, b]]
        known = ~np.isnan(both).any(axis=1)
        both = both[known]
        values, places = np.unique(both, return_inverse=True)
        table = np.zeros((len(values), len(values)))
        places = places.reshape(both.shape)
        np.add.at(table, (places[:, 0], places[:, 1]), weigh[known])
        found.append(float(kappa(table)) if len(values) else float("nan"))
    defined = [one for one in found if np.isfinite(one)]
    return float(np.mean(defined)) if defined else float("nan")


def _weights(ratings: Ratings, weights: Ratings | None) -> Ratings:
    return np.ones(len(ratings)) if weights is None else np.asarray(weights, float)


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
    values = np.unique(ratings[~np.isnan(ratings)])
    counts = (ratings[:, :, None] == values).sum(axis=1).astype(float)
    several = counts.sum(axis=1) > 1
    paired, weigh = counts[several], _weights(ratings, weights)[several]
    shared = paired * (weigh / np.maximum(paired.sum(axis=1) - 1, 1))[:, None]
    together = shared.T @ paired - np.diag(shared.sum(axis=0))
    margin = together.sum(axis=1)
    n = margin.sum()
    if n <= 1:
        return float("nan")
    apart = _distances(values, margin, metric)
    seen = (together * apart).sum()
    by_chance = (np.outer(margin, margin) * apart).sum() / (n - 1)
    return float("nan") if by_chance == 0 else float(1 - seen / by_chance)


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
            total = left + right
            share = np.zeros_like(total)
            np.divide(left - right, total, out=share, where=total != 0)
            apart = np.square(share)
        case "ordinal":
            ranked = np.cumsum(margin) - margin / 2
            apart = np.square(ranked[:, None] - ranked[None, :])
    return apart
