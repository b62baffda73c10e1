"""Indices of agreement, one module each, on tables that :mod:`imhcode.analysis` makes.

Whatever the index, the two coders' records have become a square table first: coder A's codes in
the rows, coder B's in the columns, microseconds or events in the cells.  Tables of sessions add
up, so pooled values and intervals come from the same functions; all of them take many tables at
once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from imhcode.analysis.square_tables import Tables, Values
from imhcode.registry import Registry

__all__ = ["INDICES", "Basis", "TableIndex", "Tables", "Values"]

#: What the cells of a table are made of; an index says on which of them it means something.
Basis = Literal[
    "time",  # codable time, both coders' codes, uncoded time as a code of its own
    "time_code",  # the same for one code or class against the rest: 2 x 2
    "aligned",  # events aligned in order, last row and column: no partner
    "event_code",  # aligned events of one code or class against all others: 2 x 2
    "linked",  # events linked by overlap, last row and column: no partner
    "matched",  # codes of events that have a partner
    "answers",  # codes of the answers to bids that both coders have
    "modifier",  # values of one modifier on events with the same code
    "rating",  # points of a whole scale
]


@dataclass(frozen=True, slots=True)
class TableIndex:
    """One index on square tables.

    Attributes
    ----------
    name : str
        As in ``agreement.csv``, and the name of its module.
    bases : tuple of str
        Tables it is computed on.
    of : callable
        From ``(..., K, K)`` to ``(...)``; NaN where the index is not defined.
    why_undefined : callable
        From one table on which it is NaN to the reason, in one or two words.
    source : str
        Where the formula stands.
    chance : callable or None
        Agreement to be expected by chance, where that is part of the index and is shown with it.
    """

    name: str
    bases: tuple[Basis, ...]
    of: Callable[[Tables], Values]
    why_undefined: Callable[[Tables], str]
    source: str
    chance: Callable[[Tables], Values] | None = None


INDICES: Registry[TableIndex] = Registry("imhcode.analysis.agreement")
