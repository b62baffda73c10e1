"""Share of events with the same code on which a modifier has the same value."""

from imhcode.analysis.agreement import INDICES, TableIndex
from imhcode.analysis.square_tables import observed, why_nothing

INDICES.add(
    TableIndex(
        "modifier_agreement",
        ("modifier",),
        observed,
        why_nothing,
        "observed agreement, given that both coders have the event",
    )
)
