"""Kappa of ratings in which a miss counts by its distance on the scale."""

import numpy as np

from imhcode.analysis.agreement import INDICES, TableIndex, Tables, Values
from imhcode.analysis.square_tables import divided, margins, totals, why_no_kappa


def weighted_kappa(tables: Tables, power: int) -> Values:
    """One minus observed over expected disagreement, weighted by distance to ``power``.

    The table holds every point of the scale, used or not: leaving unused points out changes the
    distances between the others.
    """
    size = tables.shape[-1]
    points = np.arange(size)
    weights = np.abs(points[:, None] - points[None, :]).astype(float) ** power
    rows, columns = margins(tables)
    by_chance = divided(rows[..., :, None] * columns[..., None, :], totals(tables)[..., None, None])
    seen, expected = (weights * tables).sum((-2, -1)), (weights * by_chance).sum((-2, -1))
    return 1 - divided(seen, expected)


def linear(tables: Tables) -> Values:
    """Weighted by the distance."""
    return weighted_kappa(tables, 1)


INDICES.add(TableIndex("kappa_weighted_linear", ("rating",), linear, why_no_kappa, "Cohen 1968"))
