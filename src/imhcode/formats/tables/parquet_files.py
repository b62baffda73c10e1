"""Tables as Parquet files, one a table, for Arrow, DuckDB, Spark and pandas."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from imhcode.formats.tables.column import Column
from imhcode.formats.tables.errors import ParquetMissing
from imhcode.formats.tables.plain_text import plain
from imhcode.formats.tables.table_file import Value

GROUP = 50_000  #: rows that are written together


class ParquetTable:
    """One file being written; nothing is guessed: each column holds what it says."""

    def __init__(self, path: Path, columns: Sequence[Column], arrow: Any, parquet: Any) -> None:
        self.path, self.columns, self.rows = path, columns, 0
        kinds = {"text": arrow.string(), "whole": arrow.int64(), "number": arrow.float64()}
        self._schema = arrow.schema([(one.name, kinds[one.sort]) for one in columns])
        self._arrow = arrow
        self._file = parquet.ParquetWriter(str(path), self._schema, compression="zstd")
        self._waiting: list[Sequence[Value]] = []

    def add(self, rows: Iterable[Sequence[Value]]) -> None:
        """Write these rows; empty text is no value, as in the other formats."""
        for row in rows:
            self._waiting.append(row)
            self.rows += 1
            if len(self._waiting) == GROUP:
                self._write()

    def _write(self) -> None:
        columns = [
            self._arrow.array([_as_stored(row[k]) for row in self._waiting], one.type)
            for k, one in enumerate(self._schema)
        ]
        self._file.write_table(self._arrow.Table.from_arrays(columns, schema=self._schema))
        self._waiting = []

    def close(self, *, whole: bool) -> None:
        """Write what is left, unless the rest failed already."""
        if whole and self._waiting:
            self._write()
        self._file.close()


class ParquetFiles:
    """A folder of Parquet files being written; a context.

    Raises
    ------
    ParquetMissing
        The library is not installed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tables: list[ParquetTable] = []

    def __enter__(self) -> Self:
        try:
            import pyarrow as pa  # noqa: PLC0415  (heavy, and an extra)
            from pyarrow import parquet  # noqa: PLC0415
        except ImportError as missing:
            raise ParquetMissing from missing
        self._arrow, self._parquet = pa, parquet
        return self

    def table(self, name: str, columns: Sequence[Column]) -> ParquetTable:
        """A new file ``name.parquet``."""
        path = self.folder / f"{name}.parquet"
        table = ParquetTable(path, columns, self._arrow, self._parquet)
        self.tables.append(table)
        return table

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for table in self.tables:
            table.close(whole=error is None)


def _as_stored(value: Value) -> Value:
    return (plain(value) or None) if isinstance(value, str) else value
