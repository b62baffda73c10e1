"""Tables as CSV files, one a table."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from imhcode.formats.tables.column import Column
from imhcode.formats.tables.table_file import TableFile


class CsvFiles:
    """A folder of CSV files being written; a context, with the same shape as the other forms."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tables: list[TableFile] = []
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def table(self, name: str, columns: Sequence[Column]) -> TableFile:
        """A new file ``name.csv``."""
        table = self._stack.enter_context(TableFile(self.folder / f"{name}.csv", columns))
        self.tables.append(table)
        return table

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()
