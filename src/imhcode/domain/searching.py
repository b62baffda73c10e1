"""Finding events: a few plain words and conditions in one line.

Words are sought everywhere.  ``code:smile``, ``track:infant``, ``modifier:faint`` and
``text:again`` seek in one place; ``>2s`` and ``<500ms`` compare the duration; ``flag:yes``,
``link:none``, ``reviewed:no`` and ``running:yes`` ask.  Quotes keep words together; a minus before
anything turns it round.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from imhcode.domain.errors import Refused
from imhcode.domain.event import Event
from imhcode.domain.timecode import rounded_us

PLACES = ("code", "track", "modifier", "text")
QUESTIONS = ("flag", "link", "reviewed", "running")
_YES, _NO = ("yes", "1", "some"), ("no", "0", "none")
_WORD = re.compile(r'(-?)((?:[a-z]+:)?"[^"]*"?|\S+)')
_LENGTH = re.compile(r"([<>])=?(\d+(?:[.,]\d+)?)(ms|s|m)?")
_SECONDS = {"ms": Fraction(1, 1000), "s": Fraction(1), "m": Fraction(60), None: Fraction(1)}


class NotACondition(Refused):
    """A condition that cannot be understood."""

    sentence = "“{text}” is not something to filter by."
    next_step = "Write for example code:smile, >2s, flag:yes, link:none or reviewed:no."


@dataclass(frozen=True, slots=True)
class Said:
    """What is said about an event in the words of its scheme, folded.

    Attributes
    ----------
    linked : bool
        Whether it answers another event, or another answers it.
    """

    code: str
    track: str
    modifier: str
    text: str
    linked: bool = False

    def in_place(self, place: str) -> str:
        """The words in one of :data:`PLACES`, or in all of them."""
        if not place:
            return f"{self.code}\n{self.track}\n{self.modifier}\n{self.text}"
        return str(getattr(self, place))


Condition = Callable[[Event, Said], bool]


@dataclass(frozen=True, slots=True)
class Search:
    """Conditions that an event must all meet.

    Attributes
    ----------
    asks_links : bool
        Whether a condition depends on other events' links.
    """

    conditions: tuple[Condition, ...] = ()
    asks_links: bool = False

    def __bool__(self) -> bool:
        """Whether anything is asked."""
        return bool(self.conditions)

    def accepts(self, event: Event, said: Said) -> bool:
        """Whether an event meets every condition."""
        return all(condition(event, said) for condition in self.conditions)


def search_for(text: str) -> Search:
    """Read a line of conditions.

    Raises
    ------
    NotACondition
        One of them asks for what there is not, such as ``flag:perhaps``.

    >>> event = Event(id="e", track="t", code="c", onset_us=0, offset_us=3_000_000)
    >>> said = Said("smile", "infant bids", "faint", "")
    >>> search_for("code:smi >2s -link:some").accepts(event, said)
    True
    """
    conditions: list[Condition] = []
    asks_links = False
    for minus, written in _WORD.findall(text):
        word = written.casefold()
        asks_links = asks_links or word.startswith("link:")
        condition = _condition(word)
        conditions.append(_turned(condition) if minus else condition)
    return Search(tuple(conditions), asks_links)


def _turned(condition: Condition) -> Condition:
    return lambda event, said: not condition(event, said)


def _condition(word: str) -> Condition:
    length = _LENGTH.fullmatch(word)
    if length is not None:
        return _longer_or_shorter(*length.groups())
    name, colon, sought = word.partition(":")
    sought = sought.strip('"')
    if colon and name in PLACES:
        return lambda _, said: sought in said.in_place(name)
    if colon and name in QUESTIONS:
        if sought and not any(one.startswith(sought) for one in (*_YES, *_NO)):
            raise NotACondition(text=word)
        wanted = not any(one.startswith(sought) for one in _NO) if sought else True
        return lambda event, said: _answer(name, event, said) is wanted
    if word[0] in "<>" and len(word) > 1:
        raise NotACondition(text=word)
    plain = word.strip('"')
    return lambda _, said: plain in said.in_place("")


def _answer(question: str, event: Event, said: Said) -> bool:
    match question:
        case "flag":
            return event.flagged
        case "link":
            return said.linked
        case "running":
            return event.is_running
    return event.onset_reviewed and (event.offset_reviewed or event.is_instant or event.is_running)


def _longer_or_shorter(sign: str, number: str, unit: str | None) -> Condition:
    limit_us = rounded_us(Fraction(number.replace(",", ".")) * _SECONDS[unit])

    def compare(event: Event, _: Said) -> bool:
        length_us = event.duration_us
        if length_us is None:
            return False
        return length_us > limit_us if sign == ">" else length_us < limit_us

    return compare
