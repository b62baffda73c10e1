"""Observations as timed sequences (SDIS): one unit for each, all codes declared in the head.

Codes of an exclusive track are a set in parentheses.  Others stand free, and a remark says of which
track they are.  Each person's track is a stream of its own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from imhcode.domain.event import Event
from imhcode.domain.scheme import Track
from imhcode.domain.timecode import US_PER_MS
from imhcode.formats.gseq.heading import OVERLAPPING
from imhcode.formats.gseq.names import Coded, fit, names_of, numbered
from imhcode.formats.gseq.reading import NOT_SAID
from imhcode.formats.record import Record
from imhcode.formats.running import end_of_record_us
from imhcode.formats.session_facts import CODER, DYAD, GROUP, ROLE, VISIT, facts_said

FACTORS = (DYAD, GROUP, VISIT, CODER, ROLE)
A_LINE = 6  #: items that stand in one line
_NOT_IN_LABELS = re.compile(r"[<>;/&!%\s]+")


def write_sds(records: Sequence[Record], path: Path) -> int:
    """Write all records into one file; return how many events it holds."""
    tracks = tracks_of(records)
    names = code_names(records)
    factors = _factors(records)
    with path.open("w", encoding="ascii", newline="\n") as file:
        file.write("Timed <seconds>\n")
        file.writelines(_declared(tracks, names, factors))
        for record in records:
            file.writelines(_unit(record, tracks, names, factors))
    return sum(len(one.observation.timeline) for one in records)


def tracks_of(records: Sequence[Record]) -> dict[str, Track | None]:
    """Every track by its id, in the order of the schemes; ``None`` for one that no scheme knows."""
    tracks: dict[str, Track | None] = {}
    for record in records:
        for track in record.observation.scheme.tracks:
            tracks.setdefault(track.id, track)
    for record in records:
        for event in record.observation.timeline:
            tracks.setdefault(event.track, None)
    return tracks


def code_names(records: Sequence[Record]) -> Mapping[Coded, str]:
    """The name in the file of every code that a scheme has or an event uses."""
    schemes = {one.observation.scheme.content_hash: one.observation.scheme for one in records}
    words = [
        (track.id, code.id)
        for scheme in schemes.values()
        for track in scheme.tracks
        for code in track.codes
    ]
    words += [
        (event.track, event.code)
        for record in records
        for event in record.observation.timeline.in_order()
    ]
    return names_of(words)


def earlier_us(record: Record) -> int:
    """How much before nought the record begins; SDIS knows no times before it."""
    return max(0, -min((one.onset_us for one in record.observation.timeline), default=0))


def _factors(records: Sequence[Record]) -> dict[str, list[str]]:
    """What of the records is known, with the level of each record."""
    said = [facts_said(one, 0) for one in records]
    levels = {name: [fit(one[name]) if one[name] else NOT_SAID for one in said] for name in FACTORS}
    return {name: some for name, some in levels.items() if set(some) - {NOT_SAID}}


def _declared(
    tracks: Mapping[str, Track | None],
    names: Mapping[Coded, str],
    factors: Mapping[str, Sequence[str]],
) -> Iterator[str]:
    free: list[tuple[str, list[str]]] = []
    taken: set[str] = set()
    for track_id, track in tracks.items():
        codes = [name for (one, _), name in names.items() if one == track_id]
        name = numbered(fit(track_id), taken)
        if codes and track is not None and track.exclusive:
            yield f" (${name} = {' '.join(codes)})\n"
        elif codes:
            free.append((name, codes))
            yield f" {' '.join(codes)}\n"
    if factors:
        said = (f"{name} ({' '.join(dict.fromkeys(some))})" for name, some in factors.items())
        yield f" * {' '.join(said)}\n"
    yield ";\n"
    if free:
        listed = ";\n  ".join(f"{name} = {' '.join(codes)}" for name, codes in free)
        yield f"! {OVERLAPPING}\n  {listed} !\n"


def _unit(
    record: Record,
    tracks: Mapping[str, Track | None],
    names: Mapping[Coded, str],
    factors: Mapping[str, Sequence[str]],
) -> Iterator[str]:
    observation, later_us = record.observation, earlier_us(record)
    end_us = end_of_record_us(record)
    streams: dict[tuple[str, str], list[Event]] = {}
    for event in observation.timeline.in_order():
        streams.setdefault((event.track, event.instance), []).append(event)
    order = {track: n for n, track in enumerate(tracks)}
    start_us = observation.coded_from_us or 0
    first_us = min([max(start_us, 0), *(one.onset_us for one in observation.timeline)])
    label = _NOT_IN_LABELS.sub("_", record.session.id).encode("ascii", "replace").decode()
    yield f"\n<{label}>\n,{_seconds(first_us + later_us)}\n"
    for n, key in enumerate(sorted(streams, key=lambda one: (order[one[0]], one[1]))):
        if n:
            yield "&\n"
        items = [_item(names[one.track, one.code], one, end_us, later_us) for one in streams[key]]
        for at in range(0, len(items), A_LINE):
            yield " ".join(items[at : at + A_LINE]) + "\n"
    place = [fit(one) if one else NOT_SAID for one in _levels(record, factors)]
    yield f",{_seconds(end_us + later_us)}" + (f" ({', '.join(place)})" if place else "") + "/\n"


def _levels(record: Record, factors: Mapping[str, Sequence[str]]) -> list[str]:
    said = facts_said(record, 0)
    return [said[name] for name in factors]


def _item(name: str, event: Event, end_us: int, later_us: int) -> str:
    onset = _seconds(event.onset_us + later_us)
    if event.is_instant:
        return f"{name},{onset}"
    until_us = end_us if event.offset_us is None else event.offset_us
    return f"{name},{onset}-{_seconds(until_us + later_us)}"


def _seconds(time_us: int) -> str:
    """Three decimals, halves up."""
    whole, ms = divmod((time_us + US_PER_MS // 2) // US_PER_MS, 1000)
    return f"{whole}.{ms:03d}"
