"""GridWare trajectories, for state space grids: written only.

A trajectory is a table with tabs: when something changes, and the number of the code that each
track has from then on; the last line is the end.  ``codes.txt`` says what the numbers mean and
``trajectories.txt`` which file is of whom.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from imhcode.domain.event import Event
from imhcode.domain.scheme import Track
from imhcode.domain.timecode import US_PER_MS
from imhcode.formats import FORMATS
from imhcode.formats.incoming import Reading
from imhcode.formats.loss import Loss
from imhcode.formats.not_held import Thing, not_held
from imhcode.formats.part_names import part_names
from imhcode.formats.record import Part, Record
from imhcode.formats.running import end_of_record_us

CODES, LIST = "codes.txt", "trajectories.txt"
NO_CODE = "0"  #: where a track has none
KEPT: tuple[Thing, ...] = ()
HOW: dict[Thing, str] = {
    "codes": "codes are written as numbers, which codes.txt explains",
    "instances": "each person has a column of their own",
    "offsets": "times are those of the session clock, on which a recording may begin later",
    "coder": "who coded it is said in trajectories.txt",
}
_ABOUT = ("file", "session", "dyad", "group", "visit", "coder", "role", "scheme")

#: start and end in ms, and the number of the code, in order
Lane = list[tuple[int, int, str]]


@dataclass(frozen=True)
class GridwareFormat:
    """One trajectory for each observation."""

    name: str = "gridware"
    label: str = "GridWare trajectories"
    suffixes: tuple[str, ...] = ()
    writes: bool = True

    def losses(self, records: Sequence[Record]) -> list[Loss]:
        """Everything but states that exclude each other."""
        found = not_held(records, KEPT, HOW)
        left = sum(
            not _drawn(record.observation.scheme.track(event.track), event)
            for record in records
            for event in record.observation.timeline
        )
        if left:
            how = "moments, and events of tracks whose codes may overlap, are left out"
            found.append(Loss("events", left, how))
        return found

    def write(self, study_id: str, records: Sequence[Record], folder: Path) -> list[Part]:
        """Write a ``.trj`` for each record, and the two lists."""
        del study_id
        names = part_names(records, ".trj")
        parts = [
            Part(name, _write(folder / name, _trajectory(record)))
            for name, record in zip(names, records, strict=True)
        ]
        codes = _write(folder / CODES, _codes(records))
        listed = _write(folder / LIST, _list(names, records))
        return [*parts, Part(CODES, codes), Part(LIST, listed)]

    def read(self, path: Path) -> Reading:
        """Never called: it has no ``suffixes``."""
        raise NotImplementedError(path)


def _drawn(track: Track | None, event: Event) -> bool:
    return track is not None and track.exclusive and not event.is_instant


def _write(path: Path, lines: Iterator[Sequence[str]]) -> int:
    """Write a table with a header; return how many rows stand below it."""
    rows = -1
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for line in lines:
            file.write("\t".join(" ".join(cell.split()) for cell in line) + "\n")
            rows += 1
    return rows


def _trajectory(record: Record) -> Iterator[list[str]]:
    lanes = _lanes(record)
    yield ["Onset", *lanes]
    times = sorted({at for lane in lanes.values() for start, end, _ in lane for at in (start, end)})
    starts = {name: [start for start, _, _ in lane] for name, lane in lanes.items()}
    for at in times[:-1]:
        numbers = (_number(lane, starts[name], at) for name, lane in lanes.items())
        yield [_seconds(at), *numbers]
    if times:
        yield [_seconds(times[-1])]


def _lanes(record: Record) -> dict[str, Lane]:
    """The stretches of each track and person, in the order of the scheme."""
    observation = record.observation
    end_us = end_of_record_us(record)
    earliest_us = min((event.onset_us for event in observation.timeline), default=0)
    later_us = max(0, -earliest_us)
    by_track: dict[str, list[Event]] = {}
    for event in observation.timeline.in_order():
        by_track.setdefault(event.track, []).append(event)
    lanes: dict[str, Lane] = {}
    for track in observation.scheme.tracks:
        numbers = {code.id: str(n) for n, code in enumerate(track.codes, start=1)}
        if track.exclusive and track.kind == "state":
            lanes[track.id] = []
        for event in by_track.get(track.id, ()):
            if _drawn(track, event):
                until_us = end_us if event.offset_us is None else event.offset_us
                name = f"{track.id} ({event.instance})" if event.instance else track.id
                start, end = _ms(event.onset_us + later_us), _ms(until_us + later_us)
                lanes.setdefault(name, []).append((start, end, numbers.get(event.code, NO_CODE)))
    return {name: lane for name, lane in lanes.items() if lane}


def _number(lane: Lane, starts: Sequence[int], at: int) -> str:
    """The number of the code that holds at a time."""
    n = bisect_right(starts, at) - 1
    return lane[n][2] if n >= 0 and at < lane[n][1] else NO_CODE


def _codes(records: Sequence[Record]) -> Iterator[Sequence[str]]:
    yield ("scheme", "variable", "number", "code", "label")
    schemes = {one.observation.scheme.content_hash: one.observation.scheme for one in records}
    for scheme in schemes.values():
        said = f"{scheme.id}@{scheme.version}"
        for track in scheme.tracks:
            if track.exclusive:
                yield (said, track.id, NO_CODE, "", "no code")
                for n, code in enumerate(track.codes, start=1):
                    yield (said, track.id, str(n), code.id, code.label)


def _list(names: Sequence[str], records: Sequence[Record]) -> Iterator[Sequence[str]]:
    yield _ABOUT
    for name, record in zip(names, records, strict=True):
        one, session = record.observation, record.session
        about = (session.id, session.dyad_id, record.dyad.group, session.visit)
        yield (name, *about, one.coder_id, one.role, f"{one.scheme.id}@{one.scheme.version}")


def _ms(time_us: int) -> int:
    return (time_us + US_PER_MS // 2) // US_PER_MS


def _seconds(ms: int) -> str:
    return f"{ms // 1000}.{ms % 1000:03d}"


FORMATS.add(GridwareFormat())
