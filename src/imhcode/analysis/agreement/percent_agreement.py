"""Share of time or events on which both coders say the same."""

from imhcode.analysis.agreement import INDICES, TableIndex
from imhcode.analysis.square_tables import observed, why_nothing

INDICES.add(
    TableIndex(
        "percent_agreement",
        ("time", "time_code", "aligned", "linked", "matched", "answers", "rating"),
        observed,
        why_nothing,
        "observed agreement; alone it is not enough for publication",
    )
)
