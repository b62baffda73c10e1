"""Kappa as it would be if all codes were equally frequent and the coders unbiased."""

from imhcode.analysis.agreement import INDICES, TableIndex, Tables, Values
from imhcode.analysis.square_tables import divided, observed, used, why_no_kappa


def pabak(tables: Tables) -> Values:
    """``(K po - 1) / (K - 1)`` with K the codes that either coder used."""
    k = used(tables)
    return divided(k * observed(tables) - 1, k - 1)


INDICES.add(
    TableIndex(
        "pabak",
        ("time", "time_code", "matched", "answers"),
        pabak,
        why_no_kappa,
        "Byrt, Bishop & Carlin 1993; Brennan & Prediger 1981 for more than two codes",
    )
)
