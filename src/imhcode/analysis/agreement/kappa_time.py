"""Cohen's kappa on codable time: exact, from the lengths of stretches, never from samples."""

from imhcode.analysis.agreement import INDICES, TableIndex, Tables, Values
from imhcode.analysis.square_tables import expected, observed, over_chance, why_no_kappa


def kappa(tables: Tables) -> Values:
    """Cohen's kappa of each table; NaN where both coders used one and the same code only."""
    return over_chance(observed(tables), expected(tables))


INDICES.add(
    TableIndex(
        "kappa_time",
        ("time",),
        kappa,
        why_no_kappa,
        "Cohen 1960; Bakeman, Quera & Gnisci 2009 (time units, here of one microsecond)",
        expected,
    )
)
