"""XML from strangers, element by element: no document types, no depth or text without end.

Document types are refused at their first character: without them there are no entities, no bombs
and nothing that points to other files.  Elements are handed on as they come, so that no tree of
them is ever in memory and every element knows its line.
"""

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Never
from xml.parsers import expat  # ruff's S4 warns of its defaults; what it warns of is refused below

from imhcode.formats.errors import (
    DeclaresDocumentType,
    TextTooLong,
    TooDeep,
    XmlIsBroken,
)
from imhcode.formats.file_bytes import file_bytes

DEEPEST = 64  #: elements inside one another
LONGEST_TEXT = 1_000_000  #: characters of one value

Started = Callable[[str, dict[str, str], int], None]
Said = Callable[[str, str], None]

_CHUNK = 1 << 20


def read_xml(path: Path, started: Started, said: Said, texts: Collection[str]) -> None:
    """Read a file and tell what it holds, in its order.

    Parameters
    ----------
    started : callable
        Gets the name, the attributes and the line of every element that begins.
    said : callable
        Gets the name and the text of every element of ``texts`` when it ends.
    texts : collection of str
        Names of the elements whose text is wanted; they hold no other elements.

    Raises
    ------
    XmlIsBroken, DeclaresDocumentType, TooDeep, TextTooLong, TooLarge
        As their sentences say.
    FileUnreadable
        The disk does not hand it out.
    """
    raw = file_bytes(path)
    strict = _Strict(path, started, said, frozenset(texts))
    parser = strict.parser
    try:
        for at in range(0, len(raw), _CHUNK):  # a chunk at a time: expat copies what it is given
            parser.Parse(raw[at : at + _CHUNK], False)
        parser.Parse(b"", True)
    except expat.ExpatError as failure:
        why = expat.ErrorString(failure.code)
        raise XmlIsBroken(path=path, line=failure.lineno, why=why) from failure
    except (LookupError, ValueError) as failure:  # an encoding that is none
        line = parser.CurrentLineNumber
        raise XmlIsBroken(path=path, line=line, why=str(failure)) from failure


class _Strict:
    """Between expat and the caller: hands on what is wanted, refuses what is too much."""

    def __init__(self, path: Path, started: Started, said: Said, texts: frozenset[str]) -> None:
        self._path, self._started, self._said, self._texts = path, started, said, texts
        self._depth = self._length = 0
        self._parts: list[str] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end

    def _doctype(self, *_: object) -> Never:
        raise DeclaresDocumentType(path=self._path, line=self.parser.CurrentLineNumber)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        self._depth += 1
        if self._depth > DEEPEST:
            raise TooDeep(path=self._path, line=line, deepest=DEEPEST)
        if name in self._texts:
            self._length = 0
            self._parts.clear()
            self.parser.CharacterDataHandler = self._text
        self._started(name, attributes, line)

    def _text(self, part: str) -> None:
        self._length += len(part)
        if self._length > LONGEST_TEXT:
            line = self.parser.CurrentLineNumber
            raise TextTooLong(path=self._path, line=line, longest=f"{LONGEST_TEXT:,}")
        self._parts.append(part)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name in self._texts:
            self.parser.CharacterDataHandler = None
            self._said(name, "".join(self._parts))
