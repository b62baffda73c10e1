"""A table of text as a header and rows, from a text file or a sheet."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from imhcode.formats.decoded import decoded
from imhcode.formats.errors import NothingThere, TableIsBroken
from imhcode.formats.file_bytes import file_bytes

LARGEST_CELL = 1_000_000  #: characters; beyond it a quote was left open
LARGEST_TABLE = 200_000_000  #: bytes of a text file; a million events take a tenth of it
_SEPARATORS = (",", ";", "\t", "|")
_SAMPLE = 20  #: rows that are looked at to find the separator
NUMBER_OR_CLOCK = re.compile(r"[+-]?(\d+:){0,3}\d+([.,]\d*)?\s*(ms|s|sec)?", re.ASCII)

Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Attributes
    ----------
    header : tuple of str
        Names of the columns, no two the same; ``column 3`` for one without a name.
    rows : list of (int, list of str)
        Line and cells of every row that is not empty, as many cells as columns.
    ragged : list of (int, int)
        Line and number of cells of rows with too many cells.
    sheet : str
        Name of the sheet; empty for a text file.
    """

    header: tuple[str, ...]
    rows: list[Row]
    ragged: list[tuple[int, int]]
    sheet: str = ""


def grid_of_text(path: Path) -> Grid:
    """Take a text file apart.

    Raises
    ------
    NothingThere, TableIsBroken, NotText, TooLarge
        As their sentences say.
    FileUnreadable
        The disk does not hand it out.
    """
    text = decoded(path, file_bytes(path, LARGEST_TABLE), otherwise="cp1252")
    before = csv.field_size_limit(LARGEST_CELL)
    rows: list[Row] = []
    line = 1
    try:
        reader = csv.reader(io.StringIO(text), delimiter=_separator(text), strict=True)
        for cells in reader:
            if any(cells):
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as failure:
        raise TableIsBroken(path=path, line=line, why=failure) from failure
    finally:
        csv.field_size_limit(before)
    return grid_of_rows(path, rows)


def grid_of_rows(path: Path, rows: Sequence[Row], sheet: str = "") -> Grid:
    """Find the header among rows: the first that is as wide as most, unless it has times already.

    Raises
    ------
    NothingThere
        There are no rows.
    """
    filled = [(line, cells) for line, cells in rows if any(cell.strip() for cell in cells)]
    if not filled:
        raise NothingThere(path=path)
    widths = [_width(cells) for _, cells in filled[:200]]
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    first = next(n for n, width in enumerate(widths) if width >= min(usual, max(widths)))
    head = [cell.strip() for cell in filled[first][1]]
    headless = any(NUMBER_OR_CLOCK.fullmatch(cell) for cell in head)
    width = max(_width(head), usual if headless else 0)
    header = _named([""] * width if headless else head[:width])
    body, ragged = list[Row](), list[tuple[int, int]]()
    for line, cells in filled[first if headless else first + 1 :]:
        if _width(cells) > width:
            ragged.append((line, _width(cells)))
        else:
            body.append((line, (cells + [""] * width)[:width]))
    return Grid(header, body, ragged, sheet)


def _separator(text: str) -> str:
    """What makes the most cells in the first lines, and the same number in all of them."""
    lines = [line for line in text[:100_000].split("\n")[: _SAMPLE + 1] if line.strip()][:_SAMPLE]

    def cells(separator: str) -> tuple[bool, int]:
        counts = [line.count(separator) for line in lines]
        same = bool(counts) and min(counts) > 0 and counts.count(counts[0]) == len(counts)
        return same, sum(counts)

    return max(_SEPARATORS, key=cells)


def _width(cells: Sequence[str]) -> int:
    return next((n for n in range(len(cells), 0, -1) if cells[n - 1].strip()), 0)


def _named(header: Sequence[str]) -> tuple[str, ...]:
    names: list[str] = []
    for n, name in enumerate(header, start=1):
        wanted = " ".join(name.split()) or f"column {n}"
        unique, m = wanted, 1
        while unique in names:
            m += 1
            unique = f"{wanted} ({m})"
        names.append(unique)
    return tuple(names)
