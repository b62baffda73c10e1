"""Kappa of ratings in which a miss counts by the square of its distance on the scale."""

from imhcode.analysis.agreement import INDICES, TableIndex, Tables, Values
from imhcode.analysis.agreement.kappa_weighted_linear import weighted_kappa
from imhcode.analysis.square_tables import why_no_kappa


def quadratic(tables: Tables) -> Values:
    """Weighted by the square of the distance."""
    return weighted_kappa(tables, 2)


INDICES.add(
    TableIndex(
        "kappa_weighted_quadratic",
        ("rating",),
        quadratic,
        why_no_kappa,
        "Cohen 1968; Fleiss & Cohen 1973",
    )
)
