"""Agreement on one code with chance from the mean of both margins: Fleiss's category kappa."""

from imhcode.analysis.agreement import INDICES, TableIndex, Tables, Values
from imhcode.analysis.square_tables import (
    divided,
    margins,
    observed,
    over_chance,
    totals,
    why_no_kappa,
)


def pi(tables: Tables) -> Values:
    """Scott's pi of each table: chance from the mean of both margins."""
    rows, columns = margins(tables)
    mean = divided((rows + columns) / 2, totals(tables)[..., None])
    return over_chance(observed(tables), (mean**2).sum(axis=-1))


INDICES.add(
    TableIndex(
        "category_agreement_time",
        ("time_code",),
        pi,
        why_no_kappa,
        "Scott 1955; Fleiss 1971 (not the collapsed kappa of one code: other numbers)",
    )
)
