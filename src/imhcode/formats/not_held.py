"""What records hold that a format may not, counted, each with the sentence that says so."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Literal

from imhcode.domain.event import Event
from imhcode.domain.timecode import US_PER_MS
from imhcode.formats.loss import Loss
from imhcode.formats.record import Record

Thing = Literal[
    "codes",
    "modifiers",
    "links",
    "comments",
    "transcripts",
    "instances",
    "ratings",
    "episodes",
    "running",
    "microseconds",
    "frames",
    "passes",
    "doubts",
    "reviewed",
    "ids",
    "coder",
    "offsets",
    "coded-range",
]


def _times_us(record: Record) -> Iterator[int]:
    for event in record.observation.timeline:
        yield event.onset_us
        if event.offset_us is not None and not event.is_instant:
            yield event.offset_us


def _finer_than_ms(time_us: int) -> bool:
    return bool(time_us % US_PER_MS)


_OF_EVENTS: Mapping[Thing, Callable[[Event], int]] = {
    "codes": lambda _: 1,
    "modifiers": lambda one: len(one.modifiers),
    "links": lambda one: len(one.links),
    "comments": lambda one: bool(one.comment),
    "transcripts": lambda one: bool(one.transcript),
    "instances": lambda one: bool(one.instance),
    "running": lambda one: one.is_running,
    "frames": lambda one: one.onset_frame is not None or one.offset_frame is not None,
    "passes": lambda one: bool(one.pass_id),
    "doubts": lambda one: one.flagged,
    "reviewed": lambda one: one.onset_reviewed + one.offset_reviewed,
    "ids": lambda _: 1,
}
_OF_RECORDS: Mapping[Thing, Callable[[Record], int]] = {
    "microseconds": lambda one: sum(
        map(_finer_than_ms, (*_times_us(one), *(each.offset_us for each in one.recordings)))
    ),
    "ratings": lambda one: len(one.observation.ratings),
    "episodes": lambda one: len(one.episodes),
    "coder": lambda _: 1,
    "offsets": lambda one: sum(bool(each.offset_us) for each in one.recordings),
    "coded-range": lambda one: (
        one.observation.coded_from_us is not None or one.observation.coded_until_us is not None
    ),
}
_HOW: Mapping[Thing, str] = {
    "codes": "the code is written as words only",
    "modifiers": "modifiers are left out",
    "links": "which event answers which is left out",
    "comments": "comments are left out",
    "transcripts": "transcripts are left out",
    "instances": "which of several persons of one role is meant is left out",
    "ratings": "ratings are left out",
    "episodes": "episodes are left out",
    "running": "a state that still runs is written as ending with the recording",
    "microseconds": "times are rounded to whole milliseconds",
    "frames": "frame numbers are left out; an import works them out from the recording",
    "passes": "the pass in which an event was coded is left out",
    "doubts": "the coder's flag of doubt is left out",
    "reviewed": "whether a boundary was looked at again is left out",
    "ids": "events get new ids when they are read again",
    "coder": "who coded it is said by the name of the file only",
    "offsets": "where a recording lies on the session clock is left out",
    "coded-range": "the coded range is left out",
}


def not_held(
    records: Sequence[Record], kept: Collection[Thing], how: Mapping[Thing, str] | None = None
) -> list[Loss]:
    """What of these records a format does not keep, without what they do not hold anyway.

    Parameters
    ----------
    kept : collection of str
        The things that come back exactly.
    how : Mapping, optional
        What becomes of a thing, where the usual sentence is wrong for a format.
    """
    return [one for one in _losses(records, kept, how or {}) if one.count]


def _losses(
    records: Sequence[Record], kept: Collection[Thing], how: Mapping[Thing, str]
) -> Iterator[Loss]:
    for thing, usual in _HOW.items():
        if thing in kept:
            continue
        if thing in _OF_EVENTS:
            of_event = _OF_EVENTS[thing]
            events = (one for record in records for one in record.observation.timeline)
            count = sum(of_event(one) for one in events)
        else:
            of_record = _OF_RECORDS[thing]
            count = sum(of_record(record) for record in records)
        yield Loss(thing, int(count), how.get(thing, usual))
