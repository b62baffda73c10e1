"""The highest kappa that the two coders' margins allow."""

import numpy as np

from imhcode.analysis.agreement import INDICES, TableIndex, Tables, Values
from imhcode.analysis.square_tables import (
    divided,
    expected,
    margins,
    over_chance,
    totals,
    why_no_kappa,
)


def kappa_max(tables: Tables) -> Values:
    """Kappa if every code were agreed on as often as the smaller of its two margins."""
    rows, columns = margins(tables)
    best = divided(np.minimum(rows, columns).sum(axis=-1), totals(tables))
    return over_chance(best, expected(tables))


INDICES.add(
    TableIndex(
        "kappa_max",
        ("time", "time_code", "matched", "answers"),
        kappa_max,
        why_no_kappa,
        "Cohen 1960, p. 42",
    )
)
