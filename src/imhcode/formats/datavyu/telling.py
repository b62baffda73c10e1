"""An observation as columns of cells, as Datavyu would have coded it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from imhcode.domain.event import Event
from imhcode.domain.timecode import US_PER_MS
from imhcode.formats.datavyu.arguments import CODE, COMMENT, INSTANCE, TRANSCRIPT
from imhcode.formats.datavyu.columns import LATEST_MS, Cell, Column
from imhcode.formats.datavyu.meaning import ID, NOT_APPLICABLE
from imhcode.formats.joined import joined
from imhcode.formats.loss import Loss
from imhcode.formats.not_held import not_held
from imhcode.formats.record import Record
from imhcode.formats.session_facts import facts_said

_UNFIT = re.compile(r"\W+", re.ASCII)
_LONGEST = 200
_KEPT = ("codes", "modifiers", "comments", "transcripts", "instances", "coder", "running")


def columns_of(record: Record) -> list[Column]:
    """The column about the session, then one for each track of the scheme."""
    zero = zero_ms(record)
    facts = {label: text for label, text in facts_said(record, zero * US_PER_MS).items() if text}
    about = Column(ID, arguments=list(facts), cells=[(0, 0, list(facts.values()), 0)])
    scheme = record.observation.scheme
    lanes: dict[str, list[Event]] = {track.id: [] for track in scheme.tracks}
    for event in record.observation.timeline.in_order():
        if not _is_too_late(event, zero):
            lanes.setdefault(event.track, []).append(event)
    columns = [about]
    for track_id, events in lanes.items():
        modifiers = _modifiers(record, track_id, events)
        extras = [COMMENT]
        extras += [INSTANCE] if any(one.instance for one in events) else []
        extras += [TRANSCRIPT] if any(one.transcript for one in events) else []
        column = Column(
            name_for(track_id, [one.name for one in columns]),
            arguments=[CODE, *(_argument(one) for one in modifiers), *extras],
        )
        onsets = Counter(as_ms(one.onset_us) - zero for one in events)
        column.cells = [_cell(one, zero, modifiers, extras, onsets) for one in events]
        columns.append(column)
    return columns


def zero_ms(record: Record) -> int:
    """Session time of Datavyu's zero, whole milliseconds: its clock knows no time before it."""
    first = min((as_ms(one.onset_us) for one in record.observation.timeline), default=0)
    return min(0, first)


def as_ms(time_us: int) -> int:
    """The nearest whole millisecond; halves go up."""
    return (2 * time_us + US_PER_MS) // (2 * US_PER_MS)


def _is_too_late(event: Event, zero: int) -> bool:
    last_us = event.onset_us if event.offset_us is None else event.offset_us
    return as_ms(last_us) - zero > LATEST_MS


def name_for(words: str, taken: Sequence[str]) -> str:
    """A name that Datavyu takes and that no other column has."""
    name = _UNFIT.sub("_", words)[:_LONGEST]
    if not name[:1].isalpha():
        name = f"t_{name}"
    base, n = name, 1
    while name.casefold() in {one.casefold() for one in taken}:
        n += 1
        name = f"{base}_{n}"
    return name


def losses_of(records: Sequence[Record], *, films: bool) -> list[Loss]:
    """What Datavyu cannot hold of these records.

    Parameters
    ----------
    films : bool
        Whether the form names recordings and where they lie.
    """
    kept = (*_KEPT, "offsets") if films else _KEPT
    own = [one for one in _own_losses(records) if one.count]
    return [*not_held(records, kept), *own]  # type: ignore[arg-type]


def _own_losses(records: Sequence[Record]) -> Iterator[Loss]:
    gaps = texts = at_zero = late = 0
    for record in records:
        zero = zero_ms(record)
        for column in columns_of(record)[1:]:
            onsets = {cell[0] for cell in column.cells}
            gaps += sum(
                one[1] > one[0] and one[1] + 1 in onsets and not one[3] for one in column.cells
            )
        for event in record.observation.timeline:
            late += _is_too_late(event, zero)
            at_zero += event.is_running and as_ms(event.onset_us) == zero
            answers = [(name, one) for name, values in event.modifiers for one in values]
            texts += any(
                one.strip() in ("", NOT_APPLICABLE, f"<{name}>") or one.strip() != one
                for name, one in answers
            )
    yield Loss(
        "gaps-of-1-ms", gaps, "a gap of 1 ms is read again as none: Datavyu leaves one itself"
    )
    yield Loss(
        "modifier-texts", texts, "blanks around a text, and a text of one full stop, are lost"
    )
    yield Loss("late", late, "events after 99 hours are left out: Datavyu has two digits for hours")
    yield Loss("running", at_zero, "a state that runs from the very start is read as an instant")


def _modifiers(record: Record, track_id: str, events: Sequence[Event]) -> list[str]:
    scheme = record.observation.scheme
    track = scheme.track(track_id)
    asked: dict[str, None] = {}
    if track is not None:
        for code in track.codes:
            asked |= dict.fromkeys(one.id for one in scheme.modifiers_for(track, code))
    for event in events:
        asked |= dict.fromkeys(name for name, _ in event.modifiers)
    return list(asked)


def _argument(modifier: str) -> str:
    """The name of a modifier's value; those of our own values stay ours."""
    return f"{modifier}_" if modifier in (CODE, COMMENT, INSTANCE, TRANSCRIPT) else modifier


def _cell(
    event: Event, zero: int, modifiers: Sequence[str], extras: Sequence[str], onsets: Counter[int]
) -> Cell:
    """A cell; its last number is 1 if another adjoins it, and it is closed a millisecond early."""
    onset_ms = as_ms(event.onset_us) - zero
    offset_ms = 0 if event.offset_us is None else as_ms(event.offset_us) - zero
    adjoins = offset_ms - onset_ms > 1 and offset_ms in onsets
    said = {COMMENT: event.comment, INSTANCE: event.instance, TRANSCRIPT: event.transcript}
    values = [event.code, *(joined(event.modifier(one)) for one in modifiers)]
    values += [said[one] for one in extras]
    return onset_ms, offset_ms - 1 if adjoins else offset_ms, values, int(adjoins)
