"""JSON read strictly: one meaning, a size that is known, and a place for whatever is wrong.

The standard reader takes ``NaN``, keeps the last of two equal keys, lets lone surrogates in, and
falls over whole numbers of thousands of digits and brackets without end.
"""

import gzip
import io
import json
import re
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from imhcode.formats.errors import JsonIsBroken, TooLarge
from imhcode.formats.file_bytes import file_bytes

LARGEST = 150_000_000  #: bytes of text, unpacked; reading takes up to 25 times as much memory

_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b|\d{400,}', re.DOTALL)
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_ESCAPES = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)
_GZIP = b"\x1f\x8b"
_BROKEN_GZIP = (EOFError, zlib.error, gzip.BadGzipFile)


def read_json(path: Path, *, allow_nan: bool = False) -> Any:
    """The values of a file of JSON, packed with gzip or not.

    Numbers with a point stay the text that they are, so that no time passes through a float;
    whole numbers are whole.

    Parameters
    ----------
    allow_nan : bool
        Whether ``NaN``, which is no JSON but which some programs write, may stand for a number; it
        comes as the text ``NaN``.  ``Infinity`` may never.

    Raises
    ------
    JsonIsBroken, TooLarge
        What is wrong, and where.
    FileUnreadable
        The disk does not hand it out.
    """
    return values_of(_bytes(path), path, allow_nan=allow_nan)


def values_of(raw: bytes, path: Path, *, allow_nan: bool = False) -> Any:
    """The values of JSON that is in memory already; ``path`` is for sentences only."""
    if len(raw) > LARGEST:
        raise TooLarge(path=path, largest=f"{LARGEST // 1_000_000} MB")
    text = _text(raw, path)

    def refuse(at: int, why: object) -> NoReturn:
        line = text.count("\n", 0, at) + 1
        raise JsonIsBroken(path=path, line=line, column=at - text.rfind("\n", 0, at), why=why)

    def constant(word: str) -> str:
        if word == "NaN" and allow_nan:
            return word
        refuse(_at(text, word), f"{word} is no number")

    def once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) != len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            written = json.dumps(twice)
            refuse(max(0, text.find(written)), f"{written} stands twice in one object")
        return made

    try:
        found = json.loads(text, parse_float=str, parse_constant=constant, object_pairs_hook=once)
    except json.JSONDecodeError as failure:
        refuse(failure.pos, failure.msg[0].lower() + failure.msg[1:])
    except RecursionError:
        refuse(0, "its brackets stand inside each other without end")
    except ValueError:  # whole numbers of so many digits that Python does not read them
        refuse(_at(text, "0"), "a number has more digits than any number needs")
    _refuse_surrogates(text, refuse)
    return found


def _bytes(path: Path) -> bytes:
    """All bytes of a file, unpacked; never more than ``LARGEST`` and one."""
    raw = file_bytes(path, LARGEST)
    if not raw.startswith(_GZIP):
        return raw
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as unpacked:
            return unpacked.read(LARGEST + 1)
    except _BROKEN_GZIP as failure:
        why = f"what is packed in it is damaged ({failure})"
        raise JsonIsBroken(path=path, line=1, column=1, why=why) from failure


def _text(raw: bytes, path: Path) -> str:
    """The text, if it is UTF-8, with or without a mark at its beginning."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        line = raw.count(b"\n", 0, failure.start) + 1
        column = failure.start - raw.rfind(b"\n", 0, failure.start)
        why = f"the byte {raw[failure.start]:#04x} is no UTF-8 there"
        raise JsonIsBroken(path=path, line=line, column=column, why=why) from failure
    if not text.strip():
        raise JsonIsBroken(path=path, line=1, column=1, why="it is empty")
    return text


def _at(text: str, word: str) -> int:
    """Where a word stands outside of quotes; ``0`` stands for a number of many digits."""
    for token in _TOKENS.finditer(text):
        if token[0] == word or (word == "0" and token[0][0].isdigit() and len(token[0]) > 4000):
            return token.start()
    return 0


def _refuse_surrogates(text: str, refuse: Any) -> None:
    """Refuse halves of characters: they cannot be kept or written anywhere."""
    if _SURROGATE.search(text) is None:
        return
    high_until = -1  # where the low half must follow
    for escape in _ESCAPES.finditer(text):
        unit = int(escape[1], 16) if escape[1] else 0
        if 0xDC00 <= unit < 0xE000:
            if escape.start() != high_until:
                refuse(escape.start(), f"\\u{escape[1]} is half a character")
            high_until = -1
        elif high_until >= 0:
            break
        elif 0xD800 <= unit < 0xDC00:
            high_until = escape.end()
    if high_until >= 0:
        refuse(high_until - 6, f"{text[high_until - 6 : high_until]} is half a character")
