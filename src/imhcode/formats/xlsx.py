"""Excel workbooks: the CSV family as sheets, codebook first; read back, or mapped as any table."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from imhcode.formats import FORMATS
from imhcode.formats.csv.cells import guarded
from imhcode.formats.csv.numbers import is_number
from imhcode.formats.csv.reading import read_rows
from imhcode.formats.csv_family import CODEBOOK, CODEBOOK_COLUMNS, codebook, family
from imhcode.formats.incoming import Reading
from imhcode.formats.loss import Loss
from imhcode.formats.not_clean import texts_of, unclean
from imhcode.formats.plain_table.reading import read_sheet
from imhcode.formats.record import Part, Record
from imhcode.formats.sheets import Sheet, sheets_of
from imhcode.formats.tables.workbook import LONGEST_TEXT, Workbook

FILE = "tables.xlsx"
EVENTS, RATINGS = "events", "ratings"
_OURS = {EVENTS: {"track_id", "code"}, RATINGS: {"scale_id", "value"}}


@dataclass(frozen=True)
class XlsxFormat:
    """All tables in one workbook."""

    name: str = "xlsx"
    label: str = "Excel workbook"
    suffixes: tuple[str, ...] = (".xlsx", ".xlsm")
    writes: bool = True

    def losses(self, records: Sequence[Record]) -> list[Loss]:
        """What no cell can hold."""
        found = unclean(records)
        long = sum(len(one) > LONGEST_TEXT for one in texts_of(records))
        if long:
            how = f"texts are cut after {LONGEST_TEXT:,} letters, as many as a cell holds"
            found.append(Loss("long-texts", long, how))
        return found

    def write(self, study_id: str, records: Sequence[Record], folder: Path) -> list[Part]:
        """Write one workbook.

        Raises
        ------
        TooManyRows
            There are more events than a sheet has rows.
        """
        with Workbook(folder / FILE) as book:
            book.table(CODEBOOK, CODEBOOK_COLUMNS).add(codebook(records))
            for name, columns, rows in family(study_id, records, folder):
                book.table(name, columns).add(rows)
        return [Part(FILE, sum(one.rows for one in book.tables if one.name != CODEBOOK))]

    def read(self, path: Path) -> Reading:
        """Read our own sheets, or the first sheet of somebody else's."""
        return self.read_with(path, "")

    def read_with(self, path: Path, columns: str) -> Reading:
        """Read with the columns that somebody names; by default what they look like."""
        sheets = sheets_of(path)
        ours = [] if columns else [one for one in sheets.values() if _is_ours(one)]
        if not ours:
            return read_sheet(path, list(sheets.values()), columns)
        reading = Reading()
        for one in ours:
            names = [cell.strip() for cell in one.rows[0][1]]
            rows = ((n, [*map(_cell, cells)]) for n, cells in one.rows[1:])
            part = read_rows(path, names, rows, comma=True)
            where = f"sheet “{one.name}”"
            reading.found += part.found
            reading.events += part.events
            reading.ratings += part.ratings
            reading.modifiers += part.modifiers
            reading.findings += [
                type(each)(each.severity, each.rule, each.line, each.message, where)
                for each in part.findings
            ]
        return reading


def _cell(text: str) -> str:
    """A cell as the tables of text have it."""
    return text if is_number(text) else guarded(text)


def _is_ours(sheet: Sheet) -> bool:
    needed = _OURS.get(sheet.name.strip().casefold())
    if needed is None or not sheet.rows:
        return False
    return needed <= {cell.strip() for cell in sheet.rows[0][1]}


FORMATS.add(XlsxFormat())
