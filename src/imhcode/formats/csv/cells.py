"""Text that no spreadsheet takes for a formula, and that comes back as it was.

A cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return is run as a formula
by spreadsheets; a leading apostrophe stops that.  Text that already begins with apostrophes before
such a character gets one more, so that taking one away is exact for every text there is.
"""

import re
from collections.abc import Sequence

_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_NEEDS_QUOTES = re.compile(r'["\r\n]')


def guarded(text: str) -> str:
    """The text as a cell.

    >>> guarded("=1+1"), guarded("'=1"), guarded("it's")
    ("'=1+1", "''=1", "it's")
    """
    return f"'{text}" if _DANGEROUS.match(text) else text


def unguarded(cell: str) -> str:
    """The text that :func:`guarded` made a cell.

    >>> unguarded("'=1+1"), unguarded("''=1"), unguarded("it's")
    ('=1+1', "'=1", "it's")
    """
    return cell[1:] if _GUARDED.match(cell) else cell


def as_line(cells: Sequence[str]) -> str:
    """The cells as one line of the file.

    The standard library leaves a lone carriage return bare, and a reader then ends the line there.
    """
    line = ",".join(cells)
    if _NEEDS_QUOTES.search(line) or line.count(",") >= len(cells):
        line = ",".join(map(_quoted, cells))
    return line + "\n"


def _quoted(cell: str) -> str:
    if "," in cell or _NEEDS_QUOTES.search(cell):
        return '"' + cell.replace('"', '""') + '"'
    return cell
