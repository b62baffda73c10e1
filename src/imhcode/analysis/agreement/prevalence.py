"""How much more a code is there than not, as both coders agree."""

from imhcode.analysis.agreement import INDICES, TableIndex, Tables, Values
from imhcode.analysis.square_tables import divided, why_nothing


def prevalence(tables: Tables) -> Values:
    """How much more a code is there than not, as both coders agree.  Tables are 2 x 2."""
    both = tables[..., 0, 0]
    only_a = tables[..., 0, 1]
    only_b = tables[..., 1, 0]
    neither = tables[..., 1, 1]
    return divided(both - neither, both + only_a + only_b + neither)


INDICES.add(
    TableIndex(
        "prevalence",
        ("time_code",),
        prevalence,
        why_nothing,
        "Byrt, Bishop & Carlin 1993: (a - d) / n",
    )
)
