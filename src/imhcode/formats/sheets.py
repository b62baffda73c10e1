"""Workbooks of strangers as rows of text: looked at as archives before a library opens them.

Formulas are never worked out: what a cell held when it was saved is taken.  Merged cells all have
the value of the first.
"""

import re
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.parsers import expat

from imhcode.domain.errors import Refused
from imhcode.domain.timecode import as_clock
from imhcode.formats.errors import ArchiveIsBroken, DeclaresDocumentType, TooDeep
from imhcode.formats.strict_xml import DEEPEST
from imhcode.formats.strict_zip import read_members

MOST_ROWS = 1_048_576  #: that a sheet can have
MOST_COLUMNS = 500
MOST_MERGED = 100_000  #: cells that take the value of another
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_BROKEN = (
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, OverflowError),
    *(OSError, SyntaxError, AssertionError, zipfile.BadZipFile, RecursionError),
)


class WorkbookIsBroken(Refused):
    """An archive that is no workbook, or one with a damaged sheet."""

    sentence = "{path} cannot be read as a workbook: {why}."
    next_step = "Open it in a spreadsheet and save it again as .xlsx, or as “CSV UTF-8”."


Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; ``rows`` are those that are not empty with their numbers, all of one width."""

    name: str
    rows: list[Row]


@dataclass(slots=True)
class _Part:
    """What was seen in one document of the archive.

    Attributes
    ----------
    widest : str
        Letters of the last column in which a cell stands.
    """

    widest: str = "A"
    merged: list[tuple[bytes, bytes, bytes, bytes]] = field(default_factory=list)


def sheets_of(path: Path) -> dict[str, Sheet]:
    """The sheets of a workbook by name, hidden ones among them.

    Raises
    ------
    WorkbookIsBroken, ArchiveIsBroken, ArchiveIsUnsafe, DeclaresDocumentType, TooDeep, TooLarge
        As their sentences say.
    FileUnreadable
        The disk does not hand it out.
    """
    members = read_members(path)
    if "xl/workbook.xml" not in members and "[Content_Types].xml" not in members:
        raise ArchiveIsBroken(path=path, why="it is an archive, but not one of a workbook")
    parts = {
        name: _seen(path, content)
        for name, content in members.items()
        if name.endswith((".xml", ".rels"))
    }
    del members
    from openpyxl import load_workbook  # noqa: PLC0415  (heavy)
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # styles and extensions that are of no interest here
        try:
            book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
            try:
                names = [one.title for one in book.worksheets]
                return {name: Sheet(name, _rows(book[name], parts)) for name in names}
            finally:
                book.close()
        except (*_BROKEN, InvalidFileException) as failure:
            why = str(failure).strip().split("\n")[0][:200] or type(failure).__name__
            raise WorkbookIsBroken(path=path, why=why) from failure


def _seen(path: Path, content: bytes) -> _Part:
    """Look through a document of the archive: no document type, nothing without end."""
    part, parser = _Part(merged=_MERGED.findall(content)), expat.ParserCreate()
    depth = cells = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, cells
        depth += 1
        if depth > DEEPEST:
            raise TooDeep(path=path, line=parser.CurrentLineNumber, deepest=DEEPEST)
        if name == "c":
            cells += 1
            letters = attributes.get("r", "").rstrip("0123456789") or _letters(cells)
            if (len(letters), letters) > (len(part.widest), part.widest):
                part.widest = letters[:3]
        elif name == "row":
            cells = 0
            number = attributes.get("r", "1")
            if not number.isdecimal() or len(number) > 7 or int(number) > MOST_ROWS:
                why = f"one of its rows has the number {number[:40]}"
                raise WorkbookIsBroken(path=path, why=why)

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(*_: object) -> None:
        raise DeclaresDocumentType(path=path, line=parser.CurrentLineNumber)

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(content, True)
    except expat.ExpatError as failure:
        why = f"{expat.ErrorString(failure.code)} in line {failure.lineno} of a part of it"
        raise WorkbookIsBroken(path=path, why=why) from failure
    return part


def _rows(sheet: Any, parts: Mapping[str, _Part]) -> list[Row]:
    sheet.reset_dimensions()  # what it says of its size may be anything
    part = parts.get(str(getattr(sheet, "_worksheet_path", "")).lstrip("/"), _Part())
    most = min(_column(part.widest.encode()) + 1, MOST_COLUMNS)
    found = sheet.iter_rows(max_row=MOST_ROWS, max_col=most, values_only=True)
    rows: list[Row] = []
    blank: object = None  # what stands for every row that is not there: there may be a million
    for n, row in enumerate(found, start=1):
        if row is blank:
            continue
        if any(value is not None for value in row):
            rows.append((n, [_as_text(value) for value in row]))
        else:
            blank = row
    _spread(dict(rows), part.merged)
    width = max((len(cells) - _empty_at_end(cells) for _, cells in rows), default=0)
    return [(n, cells[:width]) for n, cells in rows if any(cells)]


def _empty_at_end(row: list[str]) -> int:
    return next((n for n, cell in enumerate(reversed(row)) if cell), len(row))


def _spread(
    rows: Mapping[int, list[str]], merged: Sequence[tuple[bytes, bytes, bytes, bytes]]
) -> None:
    """Give each of some merged cells the value of the first, below the first row."""
    left = MOST_MERGED
    for first, top, last, bottom in merged:
        lines = range(int(top), min(int(bottom), MOST_ROWS) + 1)
        columns = range(_column(first), min(_column(last), MOST_COLUMNS) + 1)
        left -= len(columns) * len(lines)
        if left < 0 or lines[:1] == range(1, 2) or not lines or lines[0] not in rows:
            continue  # titles are merged for looks
        value = rows[lines[0]][columns[0]] if columns and columns[0] < len(rows[lines[0]]) else ""
        for line in lines:
            for column in columns:
                if column < len(rows.get(line, ())):
                    rows[line][column] = value


def _letters(number: int) -> str:
    """The letters of a column, from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _as_text(value: Any) -> str:
    """A cell as somebody would type it; times of day and lengths as a clock, to the microsecond."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "1" if value else "0"
        case float():
            return repr(value).removesuffix(".0")
        case timedelta():
            return _clock(value // timedelta(microseconds=1))
        case time():
            since = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
            return _clock((since + timedelta(microseconds=value.microsecond)) // _US)
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date():
            return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
        case _:
            return str(value)


_US = timedelta(microseconds=1)


def _clock(time_us: int) -> str:
    """``1:02:03.000004``: the clock with what it cuts."""
    return as_clock(time_us, hours=True)[:-4] + f".{abs(time_us) % 1_000_000:06d}"
