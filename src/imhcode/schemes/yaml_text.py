"""Values as an author would write them: short things on one line, long text folded."""

import json
import re
from collections.abc import Mapping
from textwrap import wrap
from typing import Any

from imhcode.schemes.source import plain_meaning

WIDEST = 98  #: characters of a line that is written here
_FOLDED_FROM = 24  #: room below which folding makes a text harder to read, not easier

#: what other readers of YAML take for true and false
_QUOTED = frozenset({"yes", "no", "on", "off"})
_UNSAFE = re.compile(r":(\s|$)|\s#|^\s|\s$")
_IN_FLOW = re.compile(r"[,\[\]{}:]")


def after_colon(value: Any, indent: int, column: int) -> str:
    """What follows ``name:`` in a block: a blank and the value, or lines of their own.

    Parameters
    ----------
    indent : int
        Column of the field's name.
    column : int
        Column at which text on the same line begins.
    """
    line = in_flow(value)
    if _fits_a_line(value) and column + len(line) <= WIDEST:
        return f" {line if _is_several(value) else scalar(value, indent, column)}"
    if isinstance(value, Mapping):
        return f"\n{' ' * (indent + 2)}{block_of(value, indent + 2)}"
    if isinstance(value, list):
        dashes = ("\n" + " " * (indent + 2) + item_text(one, indent + 2) for one in value)
        return "".join(dashes)
    return f" {scalar(value, indent, column)}"


def field_text(name: str, value: Any, indent: int) -> str:
    """``name: value`` for a block; its first line without the indent."""
    start = f"{scalar_in_flow(name)}:"
    return start + after_colon(value, indent, indent + len(start) + 1)


def item_text(value: Any, indent: int, *, in_block: bool = False) -> str:
    """``- value`` for a block list; its first line without the indent."""
    line = in_flow(value)
    if isinstance(value, Mapping) and value:
        if in_block or not _fits_a_line(value) or indent + 2 + len(line) > WIDEST:
            return f"- {block_of(value, indent + 2)}"
        return f"- {line}"
    if isinstance(value, list):
        return f"- {line}"
    return f"- {scalar(value, indent, indent + 2)}"


def block_of(value: Mapping[str, Any], indent: int) -> str:
    """The fields of a mapping, each on a line; the first without the indent."""
    between = "\n" + " " * indent
    return between.join(field_text(name, one, indent) for name, one in value.items())


def in_flow(value: Any) -> str:
    """A value on one line, as it may stand in brackets."""
    if isinstance(value, Mapping):
        said = (f"{scalar_in_flow(name)}: {in_flow(one)}" for name, one in value.items())
        return f"{{{', '.join(said)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(in_flow, value))}]"
    return scalar_in_flow(value)


def scalar_in_flow(value: Any) -> str:
    """A single value as it may stand in brackets."""
    if isinstance(value, str):
        bare = _may_be_bare(value) and not _IN_FLOW.search(value)
        return value if bare else quoted(value)
    return _other(value)


def scalar(value: Any, indent: int, column: int) -> str:
    """A single value in a block; a long text over several lines, indented by two more."""
    if not isinstance(value, str):
        return _other(value)
    margin = "\n" + " " * (indent + 2)
    lines = value.split("\n")
    calm = all(one and one == one.strip() and one.isprintable() for one in lines)
    if len(lines) > 1 and calm:
        return f"|-{margin}{margin.join(lines)}"
    room = WIDEST - indent - 2
    may_fold = calm and "  " not in value and room >= _FOLDED_FROM and " " in value
    if column + len(value) > WIDEST and may_fold:
        folded = wrap(value, room, break_long_words=False, break_on_hyphens=False)
        return f">-{margin}{margin.join(folded)}"
    return value if _may_be_bare(value) else quoted(value)


def quoted(value: str) -> str:
    """A text in double quotes."""
    written = json.dumps(value, ensure_ascii=False)
    return "".join(one if one.isprintable() else f"\\U{ord(one):08x}" for one in written)


def _other(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{int(value)}.0" if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def _may_be_bare(value: str) -> bool:
    """Whether a text means itself without quotes."""
    return (
        value[:1].isalpha()
        and value.isprintable()
        and not _UNSAFE.search(value)
        and plain_meaning(value) == value
        and value.lower() not in _QUOTED
    )


def _is_several(value: Any) -> bool:
    return isinstance(value, Mapping | list)


def _fits_a_line(value: Any) -> bool:
    """Whether a value is simple enough to be read in brackets."""
    if isinstance(value, Mapping):
        return not any(map(_is_several, value.values())) and all(map(_fits_a_line, value.values()))
    if isinstance(value, list):
        return not any(map(_is_several, value)) and all(map(_fits_a_line, value))
    return not (isinstance(value, str) and "\n" in value)
