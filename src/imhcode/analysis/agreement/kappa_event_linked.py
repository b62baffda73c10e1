"""Kappa of events linked by overlap, in EasyDIAg's manner and not clamped at zero."""

from imhcode.analysis.agreement import INDICES, TableIndex
from imhcode.analysis.agreement.kappa_event import (
    chance_with_partners_missing,
    kappa_with_partners_missing,
)
from imhcode.analysis.square_tables import why_no_kappa

INDICES.add(
    TableIndex(
        "kappa_event_linked",
        ("linked",),
        kappa_with_partners_missing,
        why_no_kappa,
        "Holle & Rein 2015",
        chance_with_partners_missing,
    )
)
