r"""The ``db`` entry of a Datavyu file: columns and cells as lines of text.

A line that begins with two digits and a colon is a cell of the column above it.  A backslash
stands before what would end a value, and before a line break inside one; the oldest files, which
say no version, have no such marks.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from imhcode.formats.datavyu.columns import Cell, Column, as_clock, remembered_ms

NEWEST = 4  #: version that is written, and the newest that is known
_HEAD = re.compile(r"#(\d{1,6})\s*")
_TYPE = re.compile(r" \(([A-Z]+)(?:,(true|false))?[,)]")
_PREDICATE = re.compile(r"\d+:")
_SPECIAL = re.compile(r"([\\(),\-|\r\n])")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_COMMA = re.compile(r"((?:[^\\,]|\\.)*)(?:,|\Z)", re.DOTALL)
_NOT_KEPT = str.maketrans("", "", "\0\1")


@dataclass(slots=True)
class Db:
    """All columns, and the lines that are none and no cell either."""

    version: int = 1
    columns: list[Column] = field(default_factory=list)
    strays: list[tuple[int, str]] = field(default_factory=list)


def parsed(text: str) -> Db:
    """The columns of a ``db`` entry, whatever its version."""
    db = Db()
    marked = text.startswith("#")
    lines = _lines(text, marked=marked)
    column: Column | None = None
    seconds: dict[str, int] = {}
    for n, line in lines:
        if line[2:3] == ":" and line[:2].isdecimal():
            if column is None:
                db.strays.append((n, line))
                continue
            _add_cell(column, n, line, seconds, escaped=marked)
            continue
        head = _HEAD.fullmatch(line)
        if head is not None and column is None:
            db.version = int(head[1])
            continue
        found = None if _PREDICATE.match(line) else _column(line)
        if found is None:
            db.strays.append((n, line))
            continue
        column = found
        db.columns.append(column)
    return db


def _lines(text: str, *, marked: bool) -> Iterator[tuple[int, str]]:
    """Yield each line with its number; one that ends in a backslash goes on in the next."""
    if not marked or ("\\\n" not in text and "\r" not in text):
        whole = enumerate(text.replace("\r\n", "\n").split("\n"), start=1)
        yield from ((n, line) for n, line in whole if line.strip())
        return
    held: list[str] = []
    begun = 0
    for n, physical in enumerate(text.split("\n"), start=1):
        line = physical.removesuffix("\r")
        if _ends_escaped(line):
            begun = begun or n
            held.append(line)
        elif held:
            yield begun, "\n".join((*held, line))
            held, begun = [], 0
        elif line.strip():
            yield n, line
    if held:
        yield begun, "\n".join(held)


def _column(line: str) -> Column | None:
    """The column that a line begins; ``None`` if it begins none.

    Arguments have no bare hyphen, so the last ``)-`` is where they begin.
    """
    found = _TYPE.search(line)
    if found is None:
        return None
    name, type_ = line[: found.start()], found[1]
    close = line.rfind(")-", found.end() - 1)
    arguments = line[close + 2 :] if close >= 0 else ""
    if close < 0:
        close = len(line) - 1
    if not name or line[close] != ")":
        return None
    parts = _split(arguments) if type_ == "MATRIX" else []
    return Column(
        name=_plain(name),
        type=type_,
        arguments=[_plain(_argument_name(one)) for one in parts if one],
        visible=found[2] != "false",
        comment=_plain(line[found.end() : close]).strip(),
    )


def _ends_escaped(line: str) -> bool:
    """Whether what follows the line is escaped: it ends in an odd number of backslashes."""
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def _add_cell(column: Column, n: int, line: str, seconds: dict[str, int], *, escaped: bool) -> None:
    parts = line.split(",", 2)
    if len(parts) < 3:
        column.broken.append((n, "is no cell: it has no value"))
        return
    onset, offset, value = parts
    onset_ms, offset_ms = remembered_ms(onset, seconds), remembered_ms(offset, seconds)
    if onset_ms is None or offset_ms is None:
        column.broken.append((n, f"has no time: “{onset[:20]}”, “{offset[:20]}”"))
        return
    if column.type != "MATRIX":
        values: Sequence[str] = (_plain(value) if escaped else value,)
    else:
        if value[:1] == "(":
            value = value[1:]
        if value[-1:] == ")":
            value = value[:-1]
        values = _values(value) if escaped and "\\" in value else value.split(",")
    column.cells.append((onset_ms, offset_ms, values, n))


def _values(text: str) -> list[str]:
    return [_plain(one) for one in _split(text)]


def _split(text: str) -> list[str]:
    """The parts between commas that no backslash stands before; still escaped."""
    if "\\" not in text:
        return text.split(",")
    parts, at = [], 0
    while True:
        found = _COMMA.match(text, at)
        if found is None:  # a lone backslash at the end
            parts.append(text[at:])
            return parts
        parts.append(found[1])
        at = found.end()
        if not found[0].endswith(",") or len(found[0]) == len(found[1]):
            return parts


def _argument_name(text: str) -> str:
    """``dur|NOMINAL`` without its type."""
    name, bar, _ = text.rpartition("|")
    return name if bar else text


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def written(columns: Sequence[Column]) -> str:
    """The ``db`` entry of version 4."""
    lines = [f"#{NEWEST}"]
    for column in columns:
        arguments = ",".join(f"{escaped(one)}|NOMINAL" for one in column.arguments)
        shown = "true" if column.visible else "false"
        tail = f"-{arguments}" if column.type == "MATRIX" else ""
        comment = escaped(column.comment)
        lines.append(f"{escaped(column.name)} ({column.type},{shown},{comment}){tail}")
        lines += [_cell(column, cell) for cell in column.cells]
    return "\n".join(lines) + "\n"


def _cell(column: Column, cell: Cell) -> str:
    onset_ms, offset_ms, values, _ = cell
    value = ",".join(map(escaped, values))
    if column.type == "MATRIX":
        value = f"({value})"
    return f"{as_clock(onset_ms)},{as_clock(offset_ms)},{value}"


def escaped(text: str) -> str:
    r"""A value with a backslash before whatever would end it.

    >>> print(escaped("a,b"))
    a\,b
    """
    return _SPECIAL.sub(r"\\\1", text.translate(_NOT_KEPT))
