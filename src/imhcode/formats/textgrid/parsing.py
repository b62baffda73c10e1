"""From the characters of a TextGrid to its tiers: long and short form are one stream of tokens.

As in Praat, only free-standing numbers, texts in quotes and flags such as ``<exists>`` count; all
other words, and what follows a free-standing ``!``, are for people.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from imhcode.domain.timecode import US_PER_S
from imhcode.formats.csv.numbers import as_us
from imhcode.formats.decoded import decoded
from imhcode.formats.file_bytes import file_bytes
from imhcode.formats.textgrid.errors import NoTextGrid, TextGridIsBroken
from imhcode.formats.textgrid.grid import GridTier, Labelled

LATEST_US = 10**15  #: thirty years: what lies beyond is a mistake of some program
LONGEST_TEXT = 1_000_000  #: characters of one label

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?%?"
_TOKEN = re.compile(
    rf'"(?P<text>[^"]*+(?:""[^"]*+)*+)"(?!")|(?<!\S)(?P<number>{_NUMBER})(?!\S)|<(?P<flag>\w+)>|(?<!\S)![^\n]*'
)
#: one interval as Praat writes it, in either form; anything else goes token by token
_INTERVAL = re.compile(
    r'[^"\d!<\[-]*(?:\[\d+\]:[^"\d!<-]*)?(?<=\s)(\d+(?:\.\d+)?)\s'
    r'[^"\d!<-]*(?<=\s)(\d+(?:\.\d+)?)\s[^"\d!<-]*"([^"]*)"(?!")'
)


def parse(path: Path) -> list[GridTier]:
    """Read all tiers.

    Raises
    ------
    NoTextGrid, TextGridIsBroken, NotText, TooLarge
        As their sentences say.
    FileUnreadable
        The disk does not hand it out.
    """
    text = decoded(path, file_bytes(path), otherwise="latin-1")
    tokens = _Tokens(path, text)
    _check_head(path, tokens, text)
    tokens.time_us()
    tokens.time_us()
    if tokens.flag() != "exists":
        return []
    return [_tier(tokens) for _ in range(tokens.count())]


def _check_head(path: Path, tokens: "_Tokens", text: str) -> None:
    if text.startswith("ooBinaryFile"):
        raise NoTextGrid(path=path, why="it is in Praat's binary form")
    if text.startswith('"Praat chronological TextGrid'):
        raise NoTextGrid(path=path, why="it is in Praat's chronological form")
    if "ooTextFile" not in text[:200]:
        raise NoTextGrid(path=path, why="its first line does not say “ooTextFile”")
    if not text.lstrip().startswith('"'):  # File type = "ooTextFile"; old files say it bare
        tokens.text()
    elif tokens.text() != "ooTextFile":
        raise NoTextGrid(path=path, why="its first line does not say “ooTextFile”")
    kind = tokens.text()
    if kind != "TextGrid":
        raise NoTextGrid(path=path, why=f"it holds an object of the class “{kind[:40]}”")


def _tier(tokens: "_Tokens") -> GridTier:
    kind = tokens.text()
    line = tokens.line()
    if kind not in ("IntervalTier", "TextTier"):
        raise tokens.broken(f"“{kind[:40]}” is not a class of tiers")
    tier = GridTier(tokens.text(), line, kind == "TextTier")
    tokens.time_us()
    tokens.time_us()
    count = tokens.count()
    if tier.is_points:
        tier.labels.extend(tokens.point() for _ in range(count))
    else:
        tier.labels.extend(tokens.intervals(count))
    return tier


class _Tokens:
    """Numbers, texts and flags, one after the other."""

    def __init__(self, path: Path, text: str) -> None:
        self._path, self._text = path, text
        self._at = self._counted = 0
        self._line = 1
        self._last = ("", 0)

    def line(self) -> int:
        """The line that was reached."""
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def broken(self, why: str) -> TextGridIsBroken:
        """The refusal of the whole file at the line that was reached."""
        return TextGridIsBroken(path=self._path, line=self.line(), why=why)

    def text(self) -> str:
        """The next token, which must be a text in quotes."""
        text = self._next("text", "a text in quotes")
        if len(text) > LONGEST_TEXT:
            raise self.broken(f"a text has more than {LONGEST_TEXT:,} characters")
        return text.replace('""', '"')

    def time_us(self) -> int:
        """The next token, which must be a time in seconds."""
        return self._as_us(self._next("number", "a time"))

    def count(self) -> int:
        """The next token, which must be a number of things."""
        number = self._next("number", "how many there are")
        if not number.isdecimal() or len(number) > 9:
            raise self.broken(f"“{number[:40]}” is not how many there are")
        return int(number)

    def flag(self) -> str:
        """The next token, which must be a flag."""
        return self._next("flag", "<exists>")

    def intervals(self, count: int) -> Iterator[Labelled]:
        """Yield the intervals that come next."""
        match, text, as_us = _INTERVAL.match, self._text, self._as_us
        for _ in range(count):
            found = match(text, self._at)
            if found is None or found.end(3) - found.start(3) > LONGEST_TEXT:
                start_us, end_us = self.time_us(), self.time_us()
                label = self.text()
            else:
                self._at = found.end()
                start, end, label = found.groups()
                start_us, end_us = as_us(start), as_us(end)
            yield Labelled(start_us, end_us, label, self._line_of(label))

    def point(self) -> Labelled:
        """The next point."""
        time_us = self.time_us()
        text = self.text()
        return Labelled(time_us, time_us, text, self._line_of(text))

    def _line_of(self, text: str) -> int:
        """The line in which the text begins that was just read."""
        return self.line() - text.count("\n")

    def _next(self, kind: str, words: str) -> str:
        found = _TOKEN.search(self._text, self._at)
        while found is not None and found.lastgroup is None:  # a remark
            self._at = found.end()
            found = _TOKEN.search(self._text, self._at)
        if found is not None and '"' in self._text[self._at : found.start()]:
            raise self.broken("a text begins and does not end")
        if found is None:
            self._at = len(self._text)
            raise self.broken(f"the file ends where {words} should stand")
        self._at = found.end()
        if found.lastgroup != kind:
            raise self.broken(f"{found[0][:40]} stands where {words} should stand")
        return found[kind]

    def _as_us(self, number: str) -> int:
        """A decimal number of seconds; neighbours share their boundary, so the last is kept."""
        before, time_us = self._last
        if number == before:
            return time_us
        whole, _, rest = number.partition(".")
        if (
            len(whole) < 10
            and len(rest) < 20
            and whole.isdecimal()
            and (rest.isdecimal() or not rest)
        ):
            time_us = int(whole + rest[:6].ljust(6, "0")) + (rest[6:7] >= "5")
        else:
            exact = as_us(number, US_PER_S, comma=False)
            if exact is None or abs(exact) > LATEST_US:
                raise self.broken(f"“{number[:40]}” is not a time")
            time_us = exact
        self._last = (number, time_us)
        return time_us
