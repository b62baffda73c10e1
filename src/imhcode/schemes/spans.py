"""Where in its text every value of a document stands, so that one can be changed in its place."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from ruamel.yaml.events import (
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from imhcode.schemes.source import Source, Steps, parse


@dataclass(slots=True)
class FieldSpan:
    """A field of a mapping: where its name stands, and its value."""

    name: str
    start: int
    end: int
    value: "Span"


@dataclass(slots=True)
class Span:
    """A value's characters, ``[start, end)``, without the comments behind it.

    Attributes
    ----------
    is_flow : bool
        Whether it is written in brackets.
    fields, items : list
        Of a mapping; of a list.
    """

    sort: Literal["scalar", "mapping", "list"]
    start: int
    end: int
    is_flow: bool = False
    fields: list[FieldSpan] = field(default_factory=list)
    items: list["Span"] = field(default_factory=list)

    def field(self, name: str) -> FieldSpan | None:
        """The first field of that name."""
        return next((one for one in self.fields if one.name == name), None)

    def inside(self, step: str | int) -> "Span | None":
        """The value of a field, or an item."""
        if isinstance(step, str):
            found = self.field(step)
            return found.value if found else None
        return self.items[step] if step < len(self.items) else None

    def along(self, steps: Steps) -> "Iterator[Span | None]":
        """What stands at each step of a way, this first; ``None`` where nothing does."""
        here: Span | None = self
        yield here
        for step in steps:
            here = here.inside(step) if here else None
            yield here


def read_spans(text: str) -> tuple[Source, Span | None]:
    """Read a text once: its values, and where they stand; no places if it is not YAML."""
    builder = _Builder(text)
    source = parse(text, builder.take)
    hopeless = source.plain is None and source.faults
    return source, None if hopeless else builder.top


class _Builder:
    def __init__(self, text: str) -> None:
        self._text = text
        self._open: list[Span] = []
        self._name: list[tuple[str, int, int] | None] = []
        self.top: Span | None = None

    def take(self, event: Event) -> None:
        if isinstance(event, MappingEndEvent | SequenceEndEvent):
            self._close(event)
            return
        if not isinstance(event, NodeEvent):
            return
        start, end = event.start_mark.index, event.end_mark.index
        if self._open and self._open[-1].sort == "mapping" and self._name[-1] is None:
            self._name[-1] = (str(getattr(event, "value", "")), start, end)
            return
        if isinstance(event, ScalarEvent) and event.style in ("|", ">"):
            end = start + len(self._text[start:end].rstrip())
        sort: Literal["scalar", "mapping", "list"] = "scalar"
        if isinstance(event, MappingStartEvent):
            sort = "mapping"
        elif isinstance(event, SequenceStartEvent):
            sort = "list"
        span = Span(sort, start, end, is_flow=bool(getattr(event, "flow_style", False)))
        self._put(span)
        if sort != "scalar":
            self._open.append(span)
            self._name.append(None)

    def _put(self, span: Span) -> None:
        if not self._open:
            self.top = span
            return
        into = self._open[-1]
        if into.sort == "list":
            into.items.append(span)
            return
        name = self._name[-1]
        if name is not None:
            into.fields.append(FieldSpan(*name, span))
        self._name[-1] = None

    def _close(self, event: Event) -> None:
        span = self._open.pop()
        self._name.pop()
        if span.is_flow:
            span.end = event.end_mark.index
            return
        # the parser lets a block reach to the next token, over comments that are not its own
        inner = [*span.items, *(one.value for one in span.fields)]
        last = max((one.end for one in inner), default=span.start)
        named = max((one.end + 1 for one in span.fields), default=span.start)
        span.end = max(last, named)
