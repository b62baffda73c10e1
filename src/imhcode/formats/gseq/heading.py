"""The head of an SDIS file: its type, its codes with the sets that exclude each other, factors."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from imhcode.domain.timecode import US_PER_MS, US_PER_S
from imhcode.formats.csv.numbers import as_us

TYPES = ("event", "state", "timed", "interval", "multievent")
LOOSE = "codes"  #: the track of codes that stand in no set
OVERLAPPING = "Tracks whose codes may overlap:"  #: begins a remark of ours

_BEGIN = re.compile(
    r"\s*(?P<type>[A-Za-z]+)\s*(?:=\s*(?P<bin>\d+(?:\.\d+)?)\s*['\"’]*)?\s*(?:<(?P<unit>[^<>]*)>)?"
)
_WORD = re.compile(r"[()*=]|[^\s()*=,]+")
_UNITS = {
    **dict.fromkeys(("", "s", "sec", "secs", "second", "seconds"), US_PER_S),
    **dict.fromkeys(("ms", "msec", "msecs", "millisecond", "milliseconds"), US_PER_MS),
    **dict.fromkeys(("min", "minute", "minutes"), 60 * US_PER_S),
}


@dataclass(slots=True)
class DeclaredSet:
    """Codes that belong together; of one without a name, they exclude each other too.

    Attributes
    ----------
    codes : dict
        Label of each code; empty if it has none.
    """

    name: str
    exclusive: bool | None
    codes: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Factor:
    """Something that sequences differ in, such as age; its levels, and the numbers for them."""

    name: str
    levels: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Heading:
    """What the head of a file says.

    Attributes
    ----------
    unit_us : int
        Length of a plain number in times; 0 if the unit is not known.
    bin_us : int
        Length of the bins of an interval file; 0 if it is not said.
    """

    type: str
    unit: str = ""
    unit_us: int = US_PER_S
    bin_us: int = 0
    sets: list[DeclaredSet] = field(default_factory=list)
    factors: list[Factor] = field(default_factory=list)

    def names(self) -> dict[str, tuple[str, str]]:
        """Track and code that each word of the file stands for, labels among them."""
        named: dict[str, tuple[str, str]] = {}
        for one in self.sets:
            for code, label in one.codes.items():
                named.setdefault(code, (one.name, code))
                if label:
                    named.setdefault(label, (one.name, code))
        return named


def heading_of(text: str) -> Heading | None:
    """The head, from the text before the first semicolon; ``None`` if it is none."""
    begin = _BEGIN.match(text)
    if begin is None or begin["type"].casefold() not in TYPES:
        return None
    unit = (begin["unit"] or "").strip()
    heading = Heading(begin["type"].casefold(), unit, _UNITS.get(unit.casefold(), 0))
    if begin["bin"]:
        heading.bin_us = as_us(begin["bin"], US_PER_S, comma=False) or 0
    words = iter(_WORD.findall(text[begin.end() :]))
    _read_codes(heading, words)
    _read_factors(heading, words)
    heading.sets = [one for one in heading.sets if one.codes]
    return heading


def _read_codes(heading: Heading, words: Iterator[str]) -> None:
    """Take codes and sets, up to the star before the factors."""
    loose = DeclaredSet(LOOSE, None)
    heading.sets.append(loose)
    current, before, label = loose, "", ""
    for word in words:
        match word:
            case "*":
                return
            case "(":
                current = DeclaredSet(f"set {len(heading.sets)}", True)
                heading.sets.append(current)
            case ")":
                current = loose
            case "=":
                label = before
                current.codes.pop(before, None)
                if before.startswith("$"):
                    current.name, label = before[1:] or current.name, ""
            case _:
                current.codes[word] = label
                label = ""
        before = word


def _read_factors(heading: Heading, words: Iterator[str]) -> None:
    """Take ``Age (Young Adult)`` and ``Skill = 1 (Low = 1 High = 2)``."""
    inside, equal, level = False, False, ""
    for word in words:
        match word:
            case "(":
                inside = True
            case ")":
                inside = equal = False
            case "=":
                equal = True
            case "*":
                pass
            case _ if equal:  # the number of a level, or of the factor itself
                if inside and heading.factors:
                    heading.factors[-1].levels[level] = word
                equal = False
            case _ if inside and heading.factors:
                level = word
                heading.factors[-1].levels[word] = word
            case _:
                heading.factors.append(Factor(word))
