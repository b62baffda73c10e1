"""Cohen's kappa of one code against all others, on codable time."""

from imhcode.analysis.agreement import INDICES, TableIndex
from imhcode.analysis.agreement.kappa_time import kappa
from imhcode.analysis.square_tables import expected, why_no_kappa

INDICES.add(
    TableIndex(
        "kappa_time_code",
        ("time_code",),
        kappa,
        why_no_kappa,
        "Cohen 1960, on the table collapsed to the code and the rest",
        expected,
    )
)
