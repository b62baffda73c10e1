"""Each line of a log is tied to the one before by a hash: what was changed later shows."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from imhcode.store.wire import text_of


def chained(before: str, line: Mapping[str, Any], names: Sequence[str]) -> str:
    """The hash that ties a line to the one before it.

    Parameters
    ----------
    before : str
        The hash of the line before; empty for the first.
    names : sequence of str
        The fields of ``line`` that are vouched for, in this order.
    """
    text = text_of([before, *(line[name] for name in names)])
    return hashlib.sha256(text.encode()).hexdigest()


def first_broken(rows: Iterable[Row[Any]], names: Sequence[str]) -> int | None:
    """The first of the lines whose hash does not follow from the one before; ``None`` if all do."""
    chain = ""
    for expected_n, row in enumerate(rows, start=1):
        line = dict(row._mapping)  # noqa: SLF001  (SQLAlchemy's documented way)
        try:
            holds = row.n == expected_n and chained(chain, line, names) == row.chain
        except TypeError:  # bytes where we write text
            holds = False
        if not holds:
            return expected_n
        chain = row.chain
    return None
