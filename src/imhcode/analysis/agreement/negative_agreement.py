"""Agreement that a code is not there, among what at least one coder says it is not."""

from imhcode.analysis.agreement import INDICES, TableIndex, Tables, Values
from imhcode.analysis.square_tables import divided, why_nothing


def negative_agreement(tables: Tables) -> Values:
    """Of 2 x 2 tables: agreement that the code is not there."""
    only_a = tables[..., 0, 1]
    only_b = tables[..., 1, 0]
    neither = tables[..., 1, 1]
    return divided(2 * neither, 2 * neither + only_a + only_b)


INDICES.add(
    TableIndex(
        "negative_agreement",
        ("time_code",),
        negative_agreement,
        why_nothing,
        "Cicchetti & Feinstein 1990: 2d / (2d + b + c)",
    )
)
