"""What a Datavyu file holds, in whichever of its forms: columns of cells.

A cell is ``(onset in ms, offset in ms, values, line)``; the line is its number from 1 where the
form has no lines.  Nothing is understood yet; :mod:`imhcode.formats.datavyu.meaning` does that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

MS_PER_H, MS_PER_MIN, MS_PER_S = 3_600_000, 60_000, 1_000
LATEST_MS = 100 * MS_PER_H - 1  #: Datavyu has two digits for hours

Cell = tuple[int, int, Sequence[str], int]


@dataclass(slots=True)
class Column:
    """One column.

    Attributes
    ----------
    type : str
        ``MATRIX`` (several values, named by ``arguments``), ``NOMINAL`` or ``TEXT`` (one).
    broken : list of (int, str)
        Line of each cell that could not be read, and why.
    """

    name: str
    type: str = "MATRIX"
    arguments: list[str] = field(default_factory=list)
    visible: bool = True
    comment: str = ""
    cells: list[Cell] = field(default_factory=list)
    broken: list[tuple[int, str]] = field(default_factory=list)


def as_clock(ms: int) -> str:
    """Milliseconds as Datavyu writes them.

    >>> as_clock(3_723_004)
    '01:02:03:004'
    """
    seconds, ms = divmod(ms, MS_PER_S)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}:{ms:03d}"


def from_clock(text: str) -> int | None:
    """Milliseconds of a time; ``None`` if it is none.

    >>> from_clock("01:02:03:004"), from_clock("1:2"), from_clock("-01:02:03:004")
    (3723004, None, None)
    """
    parts = text.strip().split(":")
    if len(parts) != 4 or not all(one.isdecimal() and one.isascii() for one in parts):
        return None
    if any(len(one) > 6 for one in parts):
        return None
    hours, minutes, seconds, ms = map(int, parts)
    whole = hours * MS_PER_H + minutes * MS_PER_MIN + seconds * MS_PER_S + ms
    return whole if whole <= LATEST_MS else None


def remembered_ms(text: str, seconds: dict[str, int]) -> int | None:
    """Milliseconds of a time, as :func:`from_clock`; ``seconds`` are whole ones met before."""
    whole, rest = seconds.get(text[:9]), text[9:]
    if whole is not None and len(rest) == 3 and rest.isdecimal() and rest.isascii():
        return whole + int(rest)
    found = from_clock(text)
    if found is not None and len(text) == 12:
        seconds[text[:9]] = found - int(rest)
    return found
