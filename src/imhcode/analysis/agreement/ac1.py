"""Gwet's first coefficient: supplementary, for tables in which one code is rare."""

from imhcode.analysis.agreement import INDICES, TableIndex, Tables, Values
from imhcode.analysis.square_tables import (
    divided,
    margins,
    observed,
    over_chance,
    totals,
    used,
    why_no_kappa,
)


def ac1(tables: Tables) -> Values:
    """Chance is ``sum m (1 - m) / (K - 1)`` with m the mean of both margins, K the codes used.

    A high value says nothing about whether the rare code is found.
    """
    rows, columns = margins(tables)
    mean = divided((rows + columns) / 2, totals(tables)[..., None])
    by_chance = divided((mean * (1 - mean)).sum(axis=-1), used(tables) - 1)
    return over_chance(observed(tables), by_chance)


INDICES.add(
    TableIndex("ac1", ("time", "time_code", "matched", "answers"), ac1, why_no_kappa, "Gwet 2008")
)
