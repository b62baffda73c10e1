"""A rich record and what is left of it, for formats of other programs."""

from collections.abc import Iterable
from pathlib import Path

from answering_scheme import ANSWERING
from imhcode.domain.event import Event, Link
from imhcode.domain.observation import Observation
from imhcode.domain.study import Dyad, Recording, Session
from imhcode.formats import FORMATS
from imhcode.formats.incoming import IncomingEvent, Reading
from imhcode.formats.record import Record

CAMERAS = (
    Recording(
        id="cam",
        session_id="S01",
        path="/films/S01 cam.mp4",
        offset_us=-1_480_000,
        end_us=60_000_000,
        fps="29.97",
    ),
    Recording(
        id="side",
        session_id="S01",
        path="/films/S01 side.mp4",
        offset_us=520_000,
        end_us=58_000_000,
    ),
)
EVENTS = [
    Event(
        id="s1",
        track="state",
        code="together",
        onset_us=-1_480_000,
        offset_us=33_367,
        onset_frame=0,
        offset_frame=45,
        recording="cam",
    ),
    Event(
        id="s2",
        track="state",
        code="apart",
        onset_us=33_367,
        offset_us=None,
        onset_frame=45,
        recording="cam",
        comment='=SUM(A1), said "she"\nand left',
    ),
    Event(
        id="b1",
        track="bid",
        code="look",
        onset_us=42_160_000,
        offset_us=42_160_000,
        modifiers=(
            ("clarity", ("faint",)),
            ("how", ("face", "voice")),
            ("times", ("-3",)),
            ("words", ("-uh | hm",)),
        ),
    ),
    Event(
        id="b2",
        track="bid",
        code="smile",
        onset_us=42_200_000,
        offset_us=43_000_000,
        instance="big sister",
        transcript="da, „da“",
        comment="twice",
    ),
    Event(
        id="a1",
        track="answer",
        code="joins",
        onset_us=43_160_000,
        offset_us=43_160_000,
        links=(Link("answers", "b1"),),
    ),
]


def record_of(events: Iterable[Event], recordings: tuple[Recording, ...] = CAMERAS) -> Record:
    """An observation of the answering scheme with all facts of its session."""
    return Record(
        observation=Observation(
            id="o1", session_id="S01", coder_id="anna", scheme=ANSWERING, role="gold"
        ).with_events(events),
        session=Session(
            id="S01",
            dyad_id="D01",
            visit="1",
            date="2024-03-05",
            child_age_months=9.0,
            child_age_corrected_months=8.25,
        ),
        dyad=Dyad(id="D01", child_id="C01", site_id="north", group="x"),
        recordings=recordings,
    )


def written_and_read(name: str, record: Record, folder: Path) -> Reading:
    """What a format reads of what it wrote."""
    folder.mkdir(parents=True, exist_ok=True)
    form = FORMATS[name]
    (part,) = form.write("study", [record], folder)
    return form.read(folder / part.name)


def lost(name: str, record: Record) -> set[str]:
    """Short names of what a format says it cannot hold of a record."""
    return {one.what for one in FORMATS[name].losses([record])}


def ms(time_us: int) -> int:
    """Whole milliseconds, halves up, worked out as the tests understand it."""
    return (time_us + 500) // 1000


def about(event: Event | IncomingEvent) -> dict[str, object]:
    """What is compared of an event."""
    return {
        "track": event.track,
        "code": event.code,
        "onset_us": event.onset_us,
        "offset_us": event.offset_us,
        "modifiers": dict(event.modifiers),
        "comment": event.comment,
        "instance": event.instance,
        "transcript": event.transcript,
    }


def in_order(events: Iterable[dict[str, object]]) -> list[dict[str, object]]:
    return sorted(events, key=repr)
