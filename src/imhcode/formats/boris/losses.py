"""What BORIS cannot hold of a study."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from imhcode.formats.boris.ethogram import Ethogram, ethogram_of, plain
from imhcode.formats.boris.stretches import PLAYERS, Stretch
from imhcode.formats.boris.writing import written
from imhcode.formats.loss import Loss
from imhcode.formats.not_held import not_held
from imhcode.formats.record import Record

_KEPT = ("codes", "modifiers", "comments", "instances", "coder", "offsets", "frames")
_HOW = {
    "transcripts": "a transcript is written in the comment, before it",
    "running": "a state that still runs is closed at the end of the coded range or recording",
}


def losses_of(records: Sequence[Record]) -> list[Loss]:
    """All losses, those that these records do not have left out."""
    made = ethogram_of(records)
    own = [*_of_events(records, made), *_of_stretches(records, made)]
    return [*not_held(records, _KEPT, _HOW), *(one for one in own if one.count)]  # type: ignore[arg-type]


def _of_events(records: Sequence[Record], made: Ethogram) -> Iterator[Loss]:
    uncodable = elsewhere = changed = 0
    for record in records:
        first = record.recordings[0].id if record.recordings else None
        for event in record.observation.timeline:
            code = made.codes[event.track, event.code]
            uncodable += code is not None and code.uncodable
            elsewhere += event.onset_frame is not None and event.recording != first
            changed += any(plain(one) != one for _, values in event.modifiers for one in values)
    yield Loss("uncodable", uncodable, "uncodable time becomes a behaviour like any other")
    yield Loss("frames", elsewhere, "frames of other recordings than the first are left out")
    why = "characters that BORIS uses itself become blanks: ( | ) , ` ~"
    yield Loss("modifier-texts", changed, why)
    beyond = sum(max(0, len(record.recordings) - PLAYERS) for record in records)
    yield Loss("recordings", beyond, f"recordings after the first {PLAYERS} are left out")


def _of_stretches(records: Sequence[Record], made: Ethogram) -> Iterator[Loss]:
    merged = gaps = 0
    tracks = {behaviour: track for (track, _), behaviour in made.behaviours.items()}
    for record in records:
        lanes: dict[tuple[str, str], list[Stretch]] = defaultdict(list)
        for one in written(record, made):
            merged += one.events - 1
            track = made.tracks.get(tracks[one.behaviour])
            if track is not None and track.exclusive and track.id in made.lasting:
                lanes[one.subject, track.id].append(one)
        for lane in lanes.values():
            lane.sort(key=lambda one: (one.from_ms, one.until_ms))
            pairs = pairwise(lane)
            gaps += sum(after.from_ms - one.until_ms == 1 for one, after in pairs)
    why = (
        "events of one code that overlap are written as one: BORIS pairs starts with stops in order"
    )
    yield Loss("overlaps", merged, why)
    yield Loss("gaps-of-1-ms", gaps, "a gap of 1 ms is read again as none: BORIS leaves one itself")
