"""A YAML 1.2 file as plain values, with the line of each.

Read from ruamel's parser events, not by one of its loaders: so every duplicate field, tag and
alias is found at once with its line, nesting is refused before it is built, and words stay what
they are (``no``, ``off``, ``1:30`` and dates are text).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from imhcode.schemes.errors import SchemeFileUnreadable

LARGEST_BYTES = 1_000_000
DEEPEST = 20

Steps = tuple[str | int, ...]  #: field names and list positions from the top of the document

_WHOLE = re.compile(r"[-+]?[0-9]{1,15}")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")
_CONSTANTS = {
    word: value
    for words, value in (
        (("", "~", "null", "Null", "NULL"), None),
        (("true", "True", "TRUE"), True),
        (("false", "False", "FALSE"), False),
    )
    for word in words
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the text itself: ``steps`` is as far into the document as is known."""

    rule: str
    steps: Steps
    line: int
    message: str


@dataclass(slots=True)
class Source:
    """A document as written, right or wrong.

    Attributes
    ----------
    plain : Any
        Mappings, lists, text, numbers, truth values and ``None``.
    lines : Mapping
        Line, from 1, of every field name and list item, by its steps.
    """

    plain: Any = None
    lines: dict[Steps, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, steps: Steps) -> int:
        """The line of a spot, or of the nearest thing around it that has one."""
        while steps and steps not in self.lines:
            steps = steps[:-1]
        return self.lines.get(steps, 1)


def read_source(path: Path) -> Source:
    """Read a file; what is wrong with its text is in ``faults``.

    Raises
    ------
    SchemeFileUnreadable
        The file is not there or the disk does not hand it out.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise SchemeFileUnreadable(path=path, why=error.strerror or error) from error
    if len(raw) > LARGEST_BYTES:
        return _hopeless("too-large", 1, "the file is larger than 1 MB; a scheme is text only")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return _hopeless("not-utf-8", line, "the text is not UTF-8; save the file as UTF-8")
    return parse(text)


def parse(text: str, watch: Callable[[Event], None] | None = None) -> Source:
    """Read the text of a document; ``watch`` is told every event of the parser."""
    build = _Build()
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            build.take(event)
            if watch is not None:
                watch(event)
    except _Stop as stop:
        return _hopeless(stop.rule, stop.line, stop.message)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        return _hopeless("not-yaml", line, _in_words(str(error.problem or error.context)))
    except YAMLError as error:
        # the reader's complaint about a character that may not stand in YAML has no mark
        position = getattr(error, "position", 0)
        line = text.count("\n", 0, position) + 1
        return _hopeless("not-yaml", line, "a character here may not stand in YAML")
    if build.source.plain is None and not build.source.faults:
        return _hopeless("empty", 1, "the file is empty")
    return build.source


def _hopeless(rule: str, line: int, message: str) -> Source:
    return Source(faults=[Fault(rule, (), line, message)])


def _in_words(problem: str) -> str:
    if "'\\t'" in problem:
        return "a tab where spaces are needed; indent with spaces"
    return f"this is not YAML: {problem}"


class _Stop(Exception):  # noqa: N818  (not an error of anybody's: it ends the reading)
    def __init__(self, rule: str, line: int, message: str) -> None:
        self.rule, self.line, self.message = rule, line, message
        super().__init__(message)


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not been read; ``name`` is the field awaiting a value."""

    into: dict[str, Any] | list[Any]
    steps: Steps
    name: str | None = None
    keep: bool = True


class _Build:
    """Plain values, made event by event without recursion."""

    def __init__(self) -> None:
        self.source = Source()
        self._open: list[_Open] = []
        self._documents = 0

    def take(self, event: Event) -> None:
        if isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                message = "a second document begins here; one scheme to a file"
                raise _Stop("second-document", event.start_mark.line + 1, message)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self._open.pop()
        elif isinstance(event, NodeEvent):
            self._node(event)

    def _node(self, event: NodeEvent) -> None:
        line = event.start_mark.line + 1
        here = self._open[-1] if self._open else None
        if here is not None and isinstance(here.into, dict) and here.name is None:
            self._field(here, event, line)
            return
        steps = self._next_steps(here)
        self.source.lines.setdefault(steps, line)
        self._refuse_extras(event, steps, line)
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            if len(self._open) >= DEEPEST:
                raise _Stop("too-deep", line, f"nested more than {DEEPEST} deep")
            value: Any = {} if isinstance(event, MappingStartEvent) else []
            self._put(here, value)
            self._open.append(_Open(value, steps))
        elif isinstance(event, ScalarEvent):
            plain = event.implicit[0] and not event.style
            self._put(here, plain_meaning(event.value) if plain else event.value)
        else:
            self._put(here, None)

    def _field(self, here: _Open, event: NodeEvent, line: int) -> None:
        """A field name; the next node is its value."""
        if not isinstance(event, ScalarEvent):
            raise _Stop("field-name", line, "a field name must be a word")
        self._refuse_extras(event, (*here.steps, event.value), line)
        here.name = event.value
        steps = (*here.steps, event.value)
        here.keep = event.value not in here.into
        if here.keep:
            self.source.lines[steps] = line
            return
        first = self.source.lines[steps]
        message = f'"{event.value}" stands twice in {{place}} (first on line {first})'
        self.source.faults.append(Fault("field-twice", steps[:-1], line, message))

    def _next_steps(self, here: _Open | None) -> Steps:
        if here is None:
            return ()
        if isinstance(here.into, list):
            return (*here.steps, len(here.into))
        # the value of a repeated field goes nowhere, so its lines must not be remembered either
        return (*here.steps, here.name or "", *(() if here.keep else ("again",)))

    def _put(self, here: _Open | None, value: Any) -> None:
        if here is None:
            self.source.plain = value
        elif isinstance(here.into, list):
            here.into.append(value)
        else:
            if here.keep and here.name is not None:
                here.into[here.name] = value
            here.name = None

    def _refuse_extras(self, event: NodeEvent, steps: Steps, line: int) -> None:
        if isinstance(event, AliasEvent):
            message = f"*{event.anchor} refers to another place; write the text out here"
            self.source.faults.append(Fault("alias", steps, line, message))
        elif event.anchor is not None:
            message = f"&{event.anchor} names this place; schemes know no references"
            self.source.faults.append(Fault("alias", steps, line, message))
        tag = getattr(event, "ctag", None)
        if tag is not None:
            message = f"the tag {tag} has no meaning here; take it away"
            self.source.faults.append(Fault("tag", steps, line, message))


def plain_meaning(word: str) -> Any:
    """An unquoted word by YAML 1.2's core schema, as far as schemes need it."""
    if word in _CONSTANTS:
        return _CONSTANTS[word]
    if _WHOLE.fullmatch(word):
        return int(word)
    if _DECIMAL.fullmatch(word):
        return float(word)
    return word
