"""An observation as a TextGrid, one file for each.

Intervals fill the time from end to end, as Praat wants them; instants stand on tiers of points.
What an event says beside its code stands on a tier below, at the same times.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from imhcode.domain.event import Event
from imhcode.domain.timecode import US_PER_S, as_decimal
from imhcode.formats.joined import joined
from imhcode.formats.record import Record
from imhcode.formats.running import end_of_record_us
from imhcode.formats.textgrid.grid import GridTier, Labelled
from imhcode.formats.tiers import OutTier, tiers_of

Value = Callable[[Event], str]


def write_textgrid(record: Record, path: Path, *, short: bool = False) -> int:
    """Write one observation; return how many events it holds.

    Parameters
    ----------
    short : bool
        Whether in Praat's short form, without words for people.
    """
    tiers = list(_grid(record))
    times = [time for tier in tiers for one in tier.labels for time in (one.start_us, one.end_us)]
    start_us = min([0, *times])
    end_us = max([end_of_record_us(record), *times, start_us + 1])
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for line in _lines(tiers, start_us, end_us, short=short):
            file.write(line + "\n")
    return len(record.observation.timeline)


def _grid(record: Record) -> Iterator[GridTier]:
    """Yield the tiers, each with what is said below it."""
    observation = record.observation
    end_us = end_of_record_us(record)

    def span(event: Event) -> tuple[int, int]:
        until_us = end_us if event.offset_us is None else event.offset_us
        return event.onset_us, max(until_us, event.onset_us + 1)  # instants of one time need tiers

    taken: dict[str, int] = {}
    for tier in tiers_of(observation, span, by_instance=False):
        wanted = f"{tier.track}/{tier.code}" if tier.code else tier.track
        taken[wanted] = n = taken.get(wanted, 0) + 1
        name = wanted if n == 1 else f"{wanted} #{n}"
        yield _tier(name, tier, lambda event: event.code)
        for words, value in _below(tier):
            yield _tier(f"{words}@{name}", tier, value)


def _tier(name: str, tier: OutTier, value: Value) -> GridTier:
    made = GridTier(name, 0, tier.instants)
    for one in tier.placed:
        if text := value(one.event):
            end_us = one.start if tier.instants else one.end
            made.labels.append(Labelled(one.start, end_us, text, 0))
    return made


def _below(tier: OutTier) -> Iterator[tuple[str, Value]]:
    events = [one.event for one in tier.placed]
    for name in sorted({name for event in events for name, _ in event.modifiers}):
        yield name, _modifier(name)
    if any(event.transcript for event in events):
        yield "transcript", lambda event: event.transcript
    if any(event.comment for event in events):
        yield "comment", lambda event: event.comment


def _modifier(name: str) -> Value:
    return lambda event: joined(event.modifier(name))


def _lines(tiers: Sequence[GridTier], start_us: int, end_us: int, *, short: bool) -> Iterator[str]:
    """Yield the file line by line."""
    say = _short if short else _long
    yield 'File type = "ooTextFile"'
    yield 'Object class = "TextGrid"'
    yield ""
    yield say("", "xmin", _seconds(start_us))
    yield say("", "xmax", _seconds(end_us))
    yield "<exists>" if short else "tiers? <exists> "
    yield say("", "size", str(len(tiers)))
    if not short:
        yield "item []: "
    for n, tier in enumerate(tiers, start=1):
        labels = tier.labels if tier.is_points else list(_filled(tier, start_us, end_us))
        what = "points" if tier.is_points else "intervals"
        if not short:
            yield f"    item [{n}]:"
        yield say("        ", "class", '"TextTier"' if tier.is_points else '"IntervalTier"')
        yield say("        ", "name", _quoted(tier.name))
        yield say("        ", "xmin", _seconds(start_us))
        yield say("        ", "xmax", _seconds(end_us))
        yield say("        ", f"{what}: size", str(len(labels)))
        for m, one in enumerate(labels, start=1):
            if not short:
                yield f"        {what} [{m}]:"
            if tier.is_points:
                yield say("            ", "number", _seconds(one.start_us))
                yield say("            ", "mark", _quoted(one.text))
            else:
                yield say("            ", "xmin", _seconds(one.start_us))
                yield say("            ", "xmax", _seconds(one.end_us))
                yield say("            ", "text", _quoted(one.text))


def _filled(tier: GridTier, start_us: int, end_us: int) -> Iterator[Labelled]:
    """Yield the intervals and, without a text, what lies between them."""
    at_us = start_us
    for one in tier.labels:
        if one.start_us > at_us:
            yield Labelled(at_us, one.start_us, "", 0)
        yield one
        at_us = one.end_us
    if at_us < end_us:
        yield Labelled(at_us, end_us, "", 0)


def _long(indent: str, name: str, value: str) -> str:
    return f"{indent}{name} = {value} "


def _short(indent: str, name: str, value: str) -> str:
    del indent, name
    return value


def _quoted(text: str) -> str:
    plain = text.replace("\0", "").encode("utf-8", "replace").decode()
    return '"' + plain.replace('"', '""') + '"'


def _seconds(time_us: int) -> str:
    return as_decimal(time_us, US_PER_S)
