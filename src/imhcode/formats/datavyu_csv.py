"""Datavyu's export by cell: the columns side by side, the n-th cell of each in row n."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from imhcode.formats import FORMATS
from imhcode.formats.csv.cells import as_line, unguarded
from imhcode.formats.datavyu.columns import LATEST_MS, Cell, Column
from imhcode.formats.datavyu.errors import CellsAreBroken, NotADatavyuFile
from imhcode.formats.datavyu.meaning import Meaning
from imhcode.formats.datavyu.reading import text_of
from imhcode.formats.datavyu.telling import columns_of, losses_of
from imhcode.formats.file_bytes import file_bytes
from imhcode.formats.guarded_words import guarded_word
from imhcode.formats.incoming import Reading
from imhcode.formats.loss import Loss
from imhcode.formats.part_names import part_names
from imhcode.formats.record import Part, Record
from imhcode.formats.uncollected import uncollected

LARGEST = 150_000_000  #: bytes; a million cells take a quarter of it
LARGEST_CELL = 10_000_000  #: characters; beyond it a quote was left open
_FIXED = (".ordinal", ".onset", ".offset")


@dataclass(frozen=True)
class DatavyuCsvFormat:
    """Columns of Datavyu as one table."""

    name: str = "datavyu-csv"
    label: str = "Datavyu, cells as CSV"
    suffixes: tuple[str, ...] = (".csv",)
    writes: bool = True

    def losses(self, records: Sequence[Record]) -> list[Loss]:
        """As a Datavyu file, and the recordings."""
        return losses_of(records, films=False)

    def write(self, study_id: str, records: Sequence[Record], folder: Path) -> list[Part]:  # noqa: ARG002
        """Write a file for each observation."""
        parts = []
        for name, record in zip(part_names(records, ".csv"), records, strict=True):
            columns = sorted(columns_of(record), key=lambda one: one.name.casefold())
            with (folder / name).open("w", encoding="utf-8", newline="") as file:
                file.write(as_line([*(one for each in columns for one in _header(each)), ""]))
                for n, row in enumerate(zip_longest(*(one.cells for one in columns))):
                    cells = zip(columns, row, strict=True)
                    texts = (one for column, cell in cells for one in _texts(column, cell, n))
                    file.write(as_line([*texts, ""]))
            many = sum(len(one.cells) for one in columns_of(record)[1:])
            parts.append(Part(name, many))
        return parts

    @uncollected()
    def read(self, path: Path) -> Reading:
        """Read an export by cell."""
        text, findings = text_of(file_bytes(path, LARGEST))
        columns = _columns(text, path)
        reading = Meaning(columns, lines=True).read()
        reading.findings[:0] = findings
        return reading

    def recognises(self, head: bytes) -> bool:
        """Whether its first line has the ordinal, onset and offset of a column."""
        first = head.lstrip(b"\xef\xbb\xbf").split(b"\n", 1)[0]
        return all(mark.encode() in first for mark in _FIXED)


def _header(column: Column) -> list[str]:
    names = [f"{column.name}{mark}" for mark in _FIXED]
    return [*names, *(f"{column.name}.{one}" for one in column.arguments)]


def _texts(column: Column, cell: Cell | None, n: int) -> list[str]:
    """A cell as texts; past the last cell of a column they are empty."""
    if cell is None:
        return [""] * (len(_FIXED) + len(column.arguments))
    onset_ms, offset_ms, values, _ = cell
    return [str(n), str(onset_ms), str(offset_ms), *map(guarded_word, values)]


def _columns(text: str, path: Path) -> list[Column]:
    before = csv.field_size_limit(LARGEST_CELL)
    try:
        rows = csv.reader(io.StringIO(text, newline=""))
        header = next(rows, [])
        places = _places(header, path)
        line = rows.line_num + 1
        for row in rows:
            if any(row):
                _add_row(places, row, line)
            line = rows.line_num + 1
    except csv.Error as failure:
        raise CellsAreBroken(path=path, where="the table", why=f"is broken: {failure}") from failure
    finally:
        csv.field_size_limit(before)
    return [column for _, column in places]


def _places(header: Sequence[str], path: Path) -> list[tuple[int, Column]]:
    """Each column and where its ordinal stands."""
    places: list[tuple[int, Column]] = []
    for at, name in enumerate(header):
        if name.endswith(_FIXED[0]):
            column = Column(name.removesuffix(_FIXED[0]))
            if [*header[at + 1 : at + 3]] != [column.name + mark for mark in _FIXED[1:]]:
                why = "is not followed by its onset and its offset"
                raise CellsAreBroken(path=path, where=f"the column “{name}”", why=why)
            if any(column.name == one.name for _, one in places):
                raise CellsAreBroken(path=path, where=f"the column “{name}”", why="is there twice")
            places.append((at, column))
        elif places and at > places[-1][0] + 2 and name:
            column = places[-1][1]
            column.arguments.append(name.removeprefix(f"{column.name}."))
    if not places:
        raise NotADatavyuFile(path=path, missing="column like “name.ordinal”")
    return places


def _add_row(places: Sequence[tuple[int, Column]], row: Sequence[str], line: int) -> None:
    for at, column in places:
        ordinal, onset, offset, *values = (*row[at : at + 3 + len(column.arguments)], "", "", "")
        if not (onset or offset or ordinal or any(values)):
            continue
        onset_ms, offset_ms = _ms(onset), _ms(offset)
        if onset_ms is None or offset_ms is None:
            column.broken.append((line, "has no onset or no offset in milliseconds"))
        else:
            texts = [*map(unguarded, values[: len(column.arguments)])]
            column.cells.append((onset_ms, offset_ms, texts, line))


def _ms(text: str) -> int | None:
    if len(text) > 11 or not text.isdecimal() or not text.isascii():
        return None
    ms = int(text)
    return ms if ms <= LATEST_MS else None


FORMATS.add(DatavyuCsvFormat())
