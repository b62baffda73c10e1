"""Share of ratings that lie at most one point of the scale apart."""

import numpy as np

from imhcode.analysis.agreement import INDICES, TableIndex, Tables, Values
from imhcode.analysis.square_tables import divided, totals, why_nothing


def within_one(tables: Tables) -> Values:
    """Cells on the diagonal and next to it, over the whole."""
    points = np.arange(tables.shape[-1])
    near = np.abs(points[:, None] - points[None, :]) <= 1
    return divided((tables * near).sum((-2, -1)), totals(tables))


INDICES.add(
    TableIndex("within_one", ("rating",), within_one, why_nothing, "common training criterion")
)
