"""The streams of one SDIS sequence as stretches of time, one way for each type of file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from imhcode.domain.timecode import US_PER_S
from imhcode.formats.gseq.heading import Heading
from imhcode.formats.gseq.sequences import Item
from imhcode.formats.gseq.times import LATEST_US, time_us

MOST = 2_000_000  #: events of one file; repeats could make any number of them

Refuse = Callable[[str, int, str], None]  #: rule, line and sentence of one item that is wrong


class TooMany(Exception):  # noqa: N818  (not an error of anybody's: it ends the reading of a file)
    """Repeats would make more events than :data:`MOST`."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(line)


@dataclass(slots=True)
class Stretch:
    """A code and when it held; ``off_us`` is ``None`` until that is known."""

    code: str
    on_us: int
    off_us: int | None
    line: int


@dataclass(slots=True)
class Meaning:
    """What a sequence says.

    Attributes
    ----------
    start_us, stop_us : int or None
        From when to when it was observed; ``None`` if it does not say.
    endless : int
        How many stretches have no end.
    """

    start_us: int | None = None
    stop_us: int | None = None
    endless: int = 0
    stretches: list[Stretch] = field(default_factory=list)


def meaning_of(streams: Sequence[list[Item]], heading: Heading, refuse: Refuse) -> Meaning:
    """Work out when each code of a sequence held.

    Parameters
    ----------
    refuse : callable
        Told of each item that is wrong; the others are taken.

    Raises
    ------
    TooMany
        The file means to fill the memory.
    """
    meaning = Meaning()
    if heading.type in ("timed", "state"):
        waiting = [_timed(stream, heading, meaning, refuse) for stream in streams]
        for stretches in waiting:
            _close(stretches, meaning)
            meaning.stretches += stretches
        return meaning
    for stream in streams:
        if heading.type == "interval":
            _bins(stream, heading.bin_us or US_PER_S, meaning, refuse)
        else:
            _in_order(stream, meaning, refuse, together=heading.type == "multievent")
    return meaning


@dataclass(slots=True)
class _Open(Stretch):
    """A stretch that goes on until something else begins."""


def _timed(stream: list[Item], heading: Heading, meaning: Meaning, refuse: Refuse) -> list[Stretch]:
    """The stretches of one stream; those that end with the next are :class:`_Open`."""
    unit_us, until_next = heading.unit_us or US_PER_S, heading.type == "state"
    stretches: list[Stretch] = []
    for item in stream:
        on_us = None if item.sep == "?" else time_us(item.on, unit_us)
        off_us = time_us(item.off[1:], unit_us) if item.off and item.off != "-" else None
        if on_us is None or (off_us is None and item.off not in (None, "-")):
            sep = "" if item.sep == "?" else item.sep
            said = f"“{item.code}{sep}{item.on}{item.off or ''}"[:60]
            refuse("not-a-time", item.line, f"{said}” is not a code with its time")
        elif not item.code:
            if item.off is not None or item.sep == "=":
                refuse("no-code", item.line, f"the time {item.on} has no code")
            else:
                _bound(on_us, stretches, meaning)
        elif off_us is not None and off_us < on_us:
            said = f"“{item.code},{item.on}{item.off}” ends before it begins"
            refuse("offset-before-onset", item.line, said)
        else:
            stretches.append(_stretch(item, on_us, off_us, until_next=until_next))
            if item.sep == "=":
                _lay(stretches, meaning)
    return stretches


def _stretch(item: Item, on_us: int, off_us: int | None, *, until_next: bool) -> Stretch:
    if item.sep == "=":
        return Stretch(item.code, 0, on_us, item.line)
    if off_us is not None:
        return Stretch(item.code, on_us, off_us, item.line)
    if until_next or item.off == "-":
        return _Open(item.code, on_us, None, item.line)
    return Stretch(item.code, on_us, on_us, item.line)


def _lay(stretches: list[Stretch], meaning: Meaning) -> None:
    """Let the last, of which only the length is known, begin where the one before it ended."""
    last = stretches[-1]
    begin_us = meaning.start_us or 0
    if len(stretches) > 1:
        before = stretches[-2]
        begin_us = before.on_us if before.off_us is None else before.off_us
    last.on_us, last.off_us = begin_us, begin_us + (last.off_us or 0)


def _bound(at_us: int, stretches: list[Stretch], meaning: Meaning) -> None:
    """Take a time without a code: the start of the sequence, else its stop."""
    if meaning.start_us is None and not stretches:
        meaning.start_us = at_us
    elif stretches or at_us != meaning.start_us:
        meaning.stop_us = max(at_us, meaning.stop_us or 0)


def _close(stretches: list[Stretch], meaning: Meaning) -> None:
    """Let what is open end where the next begins, or with the sequence."""
    for n, one in enumerate(stretches):
        if not isinstance(one, _Open):
            continue
        following = stretches[n + 1].on_us if n + 1 < len(stretches) else meaning.stop_us
        if following is not None and following >= one.on_us:
            one.off_us = following
        else:
            meaning.endless += 1


def _bins(stream: list[Item], bin_us: int, meaning: Meaning, refuse: Refuse) -> None:
    """Commas separate intervals; blanks join the codes of one; ``*n`` repeats it."""
    at, codes, times = 0, list[Item](), 1
    for item in [*stream, Item(0, "", ",")]:
        if item.sep == "?":
            refuse("not-a-code", item.line, f"“{item.code}” has no meaning here")
        elif item.code:
            codes.append(item)
        elif item.on:
            times = int(item.on) if len(item.on) < 10 else 0
            if not times or times > MOST:
                raise TooMany(item.line)
        else:
            if len(meaning.stretches) + times * len(codes) > MOST:
                raise TooMany(codes[0].line)
            if codes and (at + times) * bin_us > LATEST_US:
                raise TooMany(codes[0].line)
            meaning.stretches += [
                Stretch(one.code, n * bin_us, (n + 1) * bin_us, one.line)
                for n in range(at, at + times)
                for one in codes
            ]
            at, codes, times = at + times, [], 1


def _in_order(stream: list[Item], meaning: Meaning, refuse: Refuse, *, together: bool) -> None:
    """Codes one after the other, a second for each; those before a full stop hold together."""
    at_us = 0
    for item in stream:
        if item.sep == "?":
            refuse("not-a-code", item.line, f"“{item.code}” has no meaning here")
        elif item.code:
            meaning.stretches.append(Stretch(item.code, at_us, at_us, item.line))
            at_us += 0 if together else US_PER_S
        elif together:
            at_us += US_PER_S
