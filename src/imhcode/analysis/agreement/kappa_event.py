"""Kappa of events aligned in order; events without a partner count as missed."""

from imhcode.analysis.agreement import INDICES, TableIndex, Tables, Values
from imhcode.analysis.quasi_independence import expected_with_empty_corner
from imhcode.analysis.square_tables import (
    diagonals,
    divided,
    observed,
    over_chance,
    totals,
    why_no_kappa,
)


def kappa_with_partners_missing(tables: Tables) -> Values:
    """Kappa of tables whose last row and column are "no partner".

    Both coders without an event cannot happen, so that cell is a structural zero and chance
    agreement comes from quasi-independence (iterative proportional fitting).  Never clamped.
    """
    return over_chance(observed(tables), chance_with_partners_missing(tables))


def chance_with_partners_missing(tables: Tables) -> Values:
    """Proportion on which the coders would agree by chance."""
    return divided(diagonals(expected_with_empty_corner(tables)), totals(tables))


INDICES.add(
    TableIndex(
        "kappa_event",
        ("aligned",),
        kappa_with_partners_missing,
        why_no_kappa,
        "Quera, Bakeman & Gnisci 2007; Bakeman, Quera & Gnisci 2009",
        chance_with_partners_missing,
    )
)
