"""The timelines, their differences and the list of recordings, as files."""

import csv
import json
from collections.abc import Iterable
from pathlib import Path

from sample_scene.script import Event
from sample_scene.shots import Shot
from sample_scene.trainee import Difference

SESSION_ID = "S01"
MODIFIERS = (
    "clarity", "focus", "corrected_cue_note", "modality", "tone", "match_dimension", "shift",
    "pace", "rupture_kind", "initiator", "strategy", "outcome",
)  # fmt: skip
_HEAD = [
    "session_id",
    "track_id",
    "code",
    "event_id",
    "onset_ms",
    "offset_ms",
    "linked_event_id",
    "link_id",
]


def write_events(path: Path, events: Iterable[Event]) -> None:
    """Write a timeline, one row per event, in the order of time."""
    rows = []
    for event in sorted(events, key=lambda e: (e.onset_ms, e.track, e.id)):
        target, kind = event.link or ("", "")
        offset = "" if event.offset_ms is None else event.offset_ms
        start = [
            SESSION_ID,
            event.track,
            event.code,
            event.id,
            event.onset_ms,
            offset,
            target,
            kind,
        ]
        rows.append([*start, *(event.modifiers.get(name, "") for name in MODIFIERS), event.note])
    _write(path, [*_HEAD, *(f"mod_{name}" for name in MODIFIERS), "note"], rows)


def write_differences(path: Path, differences: Iterable[Difference]) -> None:
    """Write what the trainee did otherwise, one row per difference."""
    head = ["kind", "track_id", "gold_event_id", "trainee_event_id", "what"]
    rows = [[d.kind, d.track, d.gold_event_id, d.trainee_event_id, d.what] for d in differences]
    _write(path, head, rows)


def write_manifest(path: Path, recorded: Iterable[tuple[Shot, int]]) -> None:
    """Write what each recording is."""
    entries = [
        {
            "path": shot.name,
            "session_id": shot.session_id,
            "frames": frames,
            "fps": "variable" if shot.ticks else str(shot.rate),
            "offset_us": shot.offset_us,
            "rotation": shot.turned,
            "width": shot.view.width,
            "height": shot.view.height,
        }
        for shot, frames in recorded
    ]
    path.write_text(json.dumps({"recordings": entries}, indent=2) + "\n", encoding="utf-8")


def _write(path: Path, head: list[str], rows: Iterable[list[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)
