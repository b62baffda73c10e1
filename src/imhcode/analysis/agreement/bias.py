"""How much more the first coder gives a code than the second."""

from imhcode.analysis.agreement import INDICES, TableIndex, Tables, Values
from imhcode.analysis.square_tables import divided, why_nothing


def bias(tables: Tables) -> Values:
    """How much more the first coder gives a code than the second.  Tables are 2 x 2."""
    both = tables[..., 0, 0]
    only_a = tables[..., 0, 1]
    only_b = tables[..., 1, 0]
    neither = tables[..., 1, 1]
    return divided(only_a - only_b, both + only_a + only_b + neither)


INDICES.add(
    TableIndex(
        "bias",
        ("time_code",),
        bias,
        why_nothing,
        "Byrt, Bishop & Carlin 1993: (b - c) / n",
    )
)
