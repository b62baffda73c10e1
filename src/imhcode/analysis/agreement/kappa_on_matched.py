"""Cohen's kappa of the codes of events that both coders have."""

from imhcode.analysis.agreement import INDICES, TableIndex
from imhcode.analysis.agreement.kappa_time import kappa
from imhcode.analysis.square_tables import expected, why_no_kappa

INDICES.add(
    TableIndex("kappa_on_matched", ("matched",), kappa, why_no_kappa, "Cohen 1960", expected)
)
