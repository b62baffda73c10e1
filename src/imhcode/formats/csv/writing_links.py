"""Links as rows of ``links.csv``: which event answers which, how late, and whether it counts."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from imhcode.domain.event import Event, Link
from imhcode.domain.links import counting
from imhcode.domain.observation import Observation
from imhcode.domain.timecode import US_PER_MS, as_decimal
from imhcode.formats.csv.cells import as_line, guarded
from imhcode.formats.csv.columns import LINKS
from imhcode.formats.record import Record

Row = list[str]


def write_links(study_id: str, records: Sequence[Record], path: Path) -> int:
    """Write ``links.csv``; return its number of rows below the header."""
    rows = sorted(
        (place, row) for record in records for place, row in _rows(study_id, record.observation)
    )
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(as_line(LINKS))
        file.writelines(as_line(row) for _, row in rows)
    return len(rows)


def _rows(study_id: str, observation: Observation) -> Iterator[tuple[tuple[object, ...], Row]]:
    """Yield each link's place in the file and its cells."""
    scheme = observation.scheme
    about = [study_id, observation.session_id, observation.coder_id, observation.role]
    about += [scheme.id, scheme.version, observation.id]
    before = [*map(guarded, about)]
    by_id = {event.id: event for event in observation.timeline}
    for event in by_id.values():
        for n, link in enumerate(event.links):
            target = by_id.get(link.target)
            latency = "" if target is None else _ms(event.onset_us - target.onset_us)
            row = [
                *before,
                guarded(link.rule),
                *_end(event),
                *(_end(target) if target else (guarded(link.target), "", "", "")),
                latency,
                _counts(observation, event, link),
            ]
            place = (
                *(observation.session_id, observation.coder_id, scheme.id, scheme.version),
                *(event.onset_us, event.track, event.id, n, observation.id),
            )
            yield place, row


def _end(event: Event) -> Row:
    return [*map(guarded, (event.id, event.track, event.code)), _ms(event.onset_us)]


def _counts(observation: Observation, event: Event, link: Link) -> str:
    """``1`` if it is the one that counts, by the scheme's rule; empty without rule or target."""
    rule = observation.scheme.link(link.rule)
    if rule is None or observation.timeline.lane(rule.to_track).get(link.target) is None:
        return ""
    return "1" if event in counting(observation, link.target, rule) else "0"


def _ms(time_us: int) -> str:
    return as_decimal(time_us, US_PER_MS)
