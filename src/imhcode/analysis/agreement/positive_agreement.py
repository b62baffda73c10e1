"""Agreement that a code is there, among what at least one coder says it is."""

from imhcode.analysis.agreement import INDICES, TableIndex, Tables, Values
from imhcode.analysis.square_tables import divided, why_nothing


def positive_agreement(tables: Tables) -> Values:
    """Of tables whose first row and column are the code: agreement that it is there."""
    both = tables[..., 0, 0]
    only_a = tables[..., 0, 1:].sum(axis=-1)
    only_b = tables[..., 1:, 0].sum(axis=-1)
    return divided(2 * both, 2 * both + only_a + only_b)


INDICES.add(
    TableIndex(
        "positive_agreement",
        ("time_code", "event_code"),
        positive_agreement,
        why_nothing,
        "Cicchetti & Feinstein 1990: 2a / (2a + b + c)",
    )
)
