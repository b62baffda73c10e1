"""Tables as the sheets of one Excel workbook; nothing in them is ever run as a formula."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from math import isfinite
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from imhcode.formats.tables.column import Column
from imhcode.formats.tables.errors import TooManyRows
from imhcode.formats.tables.plain_text import plain
from imhcode.formats.tables.table_file import Value

MOST_ROWS = 1_048_576  #: of a sheet, the header among them
LONGEST_TEXT = 32_767  #: characters of a cell
_ALWAYS = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # the same bytes on any day
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Sheet:
    """One sheet being written, row by row."""

    def __init__(self, name: str, columns: Sequence[Column], sheet: Any, bold: Any) -> None:
        self.name, self.columns, self.rows = name, columns, 0
        self._sheet = sheet
        sheet.freeze_panes(1, 0)
        for k, column in enumerate(columns):
            sheet.set_column(k, k, max(9, min(len(column.name) + 2, 30)))
            sheet.write_string(0, k, column.name, bold)

    def add(self, rows: Iterable[Sequence[Value]]) -> None:
        """Write these rows.

        Raises
        ------
        TooManyRows
            The sheet is full.
        """
        for row in rows:
            self.rows += 1
            if self.rows >= MOST_ROWS:
                raise TooManyRows(sheet=self.name, most=MOST_ROWS)
            for k, value in enumerate(row):
                if isinstance(value, str):
                    if value:
                        self._sheet.write_string(self.rows, k, plain(value)[:LONGEST_TEXT])
                elif value is not None and isfinite(value):
                    self._sheet.write_number(self.rows, k, value)


class Workbook:
    """One workbook being written; a context.  Sheets stand in the order they are asked for.

    Parameters
    ----------
    path : Path
        Of the file; what is written meanwhile lies in the same folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tables: list[Sheet] = []

    def __enter__(self) -> Self:
        from xlsxwriter import Workbook as File  # noqa: PLC0415  (heavy)

        self._file = File(str(self.path), {**_OPTIONS, "tmpdir": str(self.path.parent)})
        self._file.set_properties({"created": _ALWAYS, "author": "imhcode"})
        self._bold = self._file.add_format({"bold": True})
        return self

    def table(self, name: str, columns: Sequence[Column]) -> Sheet:
        """A new sheet."""
        sheet = Sheet(name, columns, self._file.add_worksheet(name), self._bold)
        self.tables.append(sheet)
        return sheet

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self._file.close()
            return
        for sheet in self._file.worksheets():  # rows wait in files of their own
            with suppress(AttributeError):
                sheet.row_data_fh.close()
