"""What the values of a column are: which of them is the code, which is free text.

Datavyu does not say.  A value called ``code`` is the code; else the only value; else the first, if
few different ones come again and again.  Where there is none, the name of the column is the code
and all values are modifiers.  Values called ``comment`` or ``transcript``, or as people call these
two, are that; beside a ``code`` only those very names count, and ``instance``, as we write them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from imhcode.formats.datavyu.columns import Column

CODE, COMMENT, TRANSCRIPT, INSTANCE = "code", "comment", "transcript", "instance"
_COMMENTS = frozenset({COMMENT, "comments", "note", "notes"})
_TRANSCRIPTS = frozenset({TRANSCRIPT, "utterance", "transcription", "speech", "words", "content"})
_FEW = 12  #: different words that may be codes however few the cells are
_LONGEST = 40  #: characters of a code


@dataclass(frozen=True, slots=True)
class Places:
    """Where in the values of a cell what stands; ``None`` for nowhere.

    Attributes
    ----------
    modifiers : tuple of (int, str)
        Place and name of all others.
    """

    code: int | None = None
    comment: int | None = None
    transcript: int | None = None
    instance: int | None = None
    modifiers: tuple[tuple[int, str], ...] = field(default=())


def places_of(column: Column) -> Places:
    """What the values of a column are."""
    if column.type != "MATRIX":
        few = column.type == "NOMINAL" or few_words(column, 0, repeated=True)
        return Places(code=0) if few else Places(transcript=0)
    names = [name.casefold() for name in column.arguments]
    ours = CODE in names
    comment = _first(names, frozenset({COMMENT}) if ours else _COMMENTS)
    said = _first(names, frozenset({TRANSCRIPT}) if ours else _TRANSCRIPTS)
    instance = _first(names, frozenset({INSTANCE})) if ours else None
    left = [n for n in range(len(names)) if n not in (comment, said, instance)]
    code: int | None = None
    if ours:
        code = names.index(CODE)
    elif len(left) == 1 and len(names) == 1 and not few_words(column, 0):
        said, left = 0, []
    elif len(left) == 1 or (left and few_words(column, left[0])):
        code = left[0]
    modifiers = tuple((n, column.arguments[n]) for n in left if n != code)
    return Places(code, comment, said, instance, modifiers)


def _first(names: Sequence[str], wanted: frozenset[str]) -> int | None:
    return next((n for n, name in enumerate(names) if name in wanted), None)


def few_words(column: Column, place: int, *, repeated: bool = False) -> bool:
    """Whether what stands there are words of a list rather than free text."""
    values = [cell[2][place] for cell in column.cells if len(cell[2]) > place]
    distinct = set(values)
    if any(len(one) > _LONGEST for one in distinct):
        return False
    return 2 * len(distinct) <= len(values) or (not repeated and len(distinct) <= _FEW)


def said(values: Sequence[str], place: int | None, name: str = "") -> str:
    """What stands at a place; the name of the value in angle brackets means nothing was said."""
    if place is None or place >= len(values):
        return ""
    text = values[place].strip()
    return "" if text == f"<{name}>" else text
