"""The body of an SDIS file as units of sequences: what is written, not yet what it means."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_MARKS = r"<(?P<label>[^<>]*)>|\((?P<levels>[^()]*)\)|(?P<mark>[;/&])"
#: times: ``code,on``, ``code,on-off``, ``code,on-``, ``code=length``, and ``,on`` alone
_WITH_TIMES = re.compile(
    _MARKS + r"|(?P<code>[^\s,;/&<>()=]*)(?P<sep>[,=])[ \t]*(?P<on>[^\s,;/&<>()=-]*)"
    r"(?P<off>-[^\s,;/&<>()=-]*)?|(?P<other>[^\s;/&]+?(?=[\s;/&(<]|\Z))"
)
_WORDS = {
    "event": re.compile(_MARKS + r"|(?P<code>[^\s,;/&<>()]+)|(?P<other>[,<>()])"),
    "multievent": re.compile(_MARKS + r"|(?P<sep>\.)|(?P<code>[^\s,;/&<>().]+)|(?P<other>[,<>()])"),
    "interval": re.compile(
        _MARKS + r"|(?P<sep>,)|\*(?P<on>\d+)|(?P<code>[^\s,;/&<>()*]+)|(?P<other>[*<>()])"
    ),
}


@dataclass(slots=True)
class Item:
    """One thing of a stream.

    Attributes
    ----------
    code : str
        Empty where a time stands alone, or where something separates.
    sep : str
        ``,`` or ``=`` before ``on``; in other types what separates; ``?`` if nobody knows.
    on : str
        The time, or how often it is repeated.
    off : str or None
        ``None`` without a dash.
    """

    line: int
    code: str
    sep: str = ""
    on: str = ""
    off: str | None = None


@dataclass(slots=True)
class Sequence:
    """One sequence: streams that run side by side."""

    line: int
    label: str = ""
    streams: list[list[Item]] = field(default_factory=lambda: [[]])

    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not self.label and not any(self.streams)


def units_of(text: str, start: int, kind: str) -> Iterator[tuple[list[Sequence], list[str]]]:
    """Yield the sequences of each unit, and the levels of its factors.

    Parameters
    ----------
    start : int
        Where the body begins in ``text``, behind the head.
    """
    line, counted = text.count("\n", 0, start) + 1, start
    pattern = _WORDS.get(kind, _WITH_TIMES)
    sequence, levels = Sequence(line), list[str]()
    unit = [sequence]
    for found in pattern.finditer(text, start):
        at = found.start()
        line += text.count("\n", counted, at)
        counted = at
        group = found.lastgroup
        if group == "label":
            if not sequence.is_empty():  # a new one begins, though nobody ended the last
                sequence = Sequence(line)
                unit.append(sequence)
            sequence.line, sequence.label = line, " ".join(found["label"].split())
        elif group == "levels":
            levels += found["levels"].replace(",", " ").split()
        elif group != "mark":
            sequence.streams[-1].append(_item(found, line, timed=pattern is _WITH_TIMES))
        elif found["mark"] == "&":
            sequence.streams.append([])
        else:
            if found["mark"] == "/":
                yield [one for one in unit if not one.is_empty()], levels
                unit, levels = [], []
            sequence = Sequence(line)
            unit.append(sequence)
    rest = [one for one in unit if not one.is_empty()]
    if rest or levels:
        yield rest, levels


def _item(found: re.Match[str], line: int, *, timed: bool) -> Item:
    if found.lastgroup == "other":
        return Item(line, found["other"], "?")
    if timed:
        code, sep, on, off = found.group("code", "sep", "on", "off")
        return Item(line, code, sep, on, off)
    said = found.groupdict("")
    return Item(line, said["code"], said.get("sep", ""), said.get("on", ""))
