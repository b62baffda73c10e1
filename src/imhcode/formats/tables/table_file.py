"""A table on its way to the disk, row by row: no study is too long for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, TextIO

from imhcode.formats.csv.cells import as_line, guarded
from imhcode.formats.tables.column import Column

Value = str | int | float | None


class Table(Protocol):
    """A table being written, whatever becomes of it."""

    @property
    def rows(self) -> int:
        """How many have been written below the header."""

    def add(self, rows: Iterable[Sequence[Value]]) -> None:
        """Write these rows."""


def as_cell(value: Value) -> str:
    """One value as a cell: text guarded, numbers in their shortest exact form, nothing empty.

    >>> as_cell(0.1), as_cell(3), as_cell(None), as_cell("=1")
    ('0.1', '3', '', "'=1")
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return _text(value)
    return repr(value).removesuffix(".0")


@lru_cache(maxsize=4_096)  # ids and codes come again in every row
def _text(text: str) -> str:
    return guarded(text)


@dataclass
class TableFile:
    """One table being written; a context.

    Attributes
    ----------
    rows : int
        How many have been written below the header.
    """

    path: Path
    columns: Sequence[str | Column]
    rows: int = 0
    _file: TextIO = field(init=False, repr=False)

    def __enter__(self) -> Self:
        self._file = self.path.open("w", encoding="utf-8", newline="")
        names = [one if isinstance(one, str) else one.name for one in self.columns]
        self._file.write(as_line(names))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, rows: Iterable[Sequence[Value]]) -> None:
        """Write these rows."""
        for row in rows:
            self._file.write(as_line([as_cell(value) for value in row]))
            self.rows += 1
