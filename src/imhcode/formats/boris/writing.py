"""Observations as a BORIS project of version 7: the same study gives the same bytes."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from imhcode.domain.timecode import US_PER_S
from imhcode.formats.boris.ethogram import (
    Ethogram,
    behaviours_conf,
    ethogram_of,
    field_of,
    numbered,
    subjects_conf,
)
from imhcode.formats.boris.stretches import PLAYERS, Stretch, stretches_of, zero_us
from imhcode.formats.record import Record
from imhcode.formats.session_facts import AGE, CORRECTED, DATE, OURS, ZERO, facts_said

_NUMERIC = (AGE, CORRECTED, ZERO)
Fact = dict[str, str]


def project_text(study_id: str, records: Sequence[Record]) -> tuple[str, int]:
    """A whole project as text, in the alphabet that every machine reads, and its events."""
    project, many = project_of(study_id, records)
    return json.dumps(project) + "\n", many


def project_of(study_id: str, records: Sequence[Record]) -> tuple[dict[str, Any], int]:
    """A whole project and the number of events in it, a start and its stop being one."""
    made = ethogram_of(records)
    said = [facts_said(record, zero_us(record)) for record in records]
    labels = [one for one in OURS if one != DATE and any(facts[one] for facts in said)]
    names = observation_names(records)
    titles = dict.fromkeys(record.observation.scheme.title for record in records)
    observations, many = {}, 0
    for record, name, one in zip(records, names, said, strict=True):
        stretches = written(record, made)
        many += len(stretches)
        variables = {label: one[label] for label in labels}
        observations[name] = _observation(record, made, stretches, variables)
    project = {
        "time_format": "hh:mm:ss",
        "project_date": "",
        "project_name": ", ".join(titles) or study_id,
        "project_description": "",
        "project_format_version": "7.0",
        "subjects_conf": subjects_conf(made),
        "behaviors_conf": behaviours_conf(made),
        "observations": observations,
        "behavioral_categories": list(made.tracks),
        "behavioral_categories_config": numbered(
            [{"name": name, "color": ""} for name in made.tracks]
        ),
        "independent_variables": numbered([_variable(label) for label in labels]),
        "coding_map": {},
        "behaviors_coding_map": [],
        "converters": {},
    }
    return project, many


def written(record: Record, made: Ethogram) -> list[Stretch]:
    """What is written of an observation."""
    fields = {one.id: field_of(one, made) for one in record.observation.timeline}
    return stretches_of(record, made.behaviours, fields, made.lasting)


def observation_names(records: Sequence[Record]) -> list[str]:
    """Ids of observations: the session, with coder and role where it has several of them."""
    many = Counter(record.session.id.strip() for record in records)
    names: list[str] = []
    for record in records:
        one = record.observation
        name = record.session.id.strip() or "session"
        if many[record.session.id.strip()] > 1:
            name = f"{name} {one.coder_id} {one.role}".strip()
        base, n = name, 1
        while name in names:
            n += 1
            name = f"{base} {n}"
        names.append(name)
    return names


def _variable(label: str) -> dict[str, str]:
    return {
        "label": label,
        "description": "",
        "type": "numeric" if label in _NUMERIC else "text",
        "default value": "",
        "possible values": "",
    }


def _observation(
    record: Record, made: Ethogram, stretches: Sequence[Stretch], variables: Fact
) -> dict[str, Any]:
    date = record.session.date
    shared = {
        "date": f"{date}T00:00:00" if date else "",
        "description": "",
        "time offset": 0.0,
        "events": _rows(record, made, stretches),
        "observation time interval": [0, 0],
        "independent_variables": variables,
        "visualize_spectrogram": False,
        "visualize_waveform": False,
        "media_creation_date_as_offset": False,
        "media_scan_sampling_duration": 0,
        "image_display_duration": 1,
        "close_behaviors_between_videos": False,
    }
    if not record.recordings:
        live = {"type": "LIVE", "file": {}, "scan_sampling_time": 0}
        return live | shared | {"start_from_current_time": False}
    shown = record.recordings[:PLAYERS]
    files: dict[str, list[str]] = {str(n): [] for n in range(1, PLAYERS + 1)}
    files |= {str(n): [one.path.replace("\\", "/")] for n, one in enumerate(shown, start=1)}
    paths = [one.path.replace("\\", "/") for one in shown]
    rates = [one.fps or record.fps.get(one.id, "") for one in shown]
    zero = zero_us(record)
    return {
        "type": "MEDIA",
        "file": files,
        **shared,
        "media_info": {
            "length": {path: one.end_us / US_PER_S for path, one in zip(paths, shown, strict=True)},
            "fps": {path: float(rate or 0) for path, rate in zip(paths, rates, strict=True)},
            "hasVideo": dict.fromkeys(paths, True),
            "hasAudio": dict.fromkeys(paths, True),
            "offset": {
                str(n): (one.offset_us - zero) / US_PER_S for n, one in enumerate(shown, start=1)
            },
        },
    }


def _rows(record: Record, made: Ethogram, stretches: Sequence[Stretch]) -> list[list[Any]]:
    """Rows by time, subject and behaviour; those of one lane keep their order."""
    lasting = {made.behaviours[place] for place in made.codes if place[0] in made.lasting}
    with_frame = bool(record.recordings)
    rows: list[tuple[tuple[int, str, str], list[Any]]] = []
    for one in stretches:
        edges = [(one.from_ms, one.comment, one.from_frame)]
        if one.behaviour in lasting:
            edges.append((one.until_ms, "", one.until_frame))
        for at_ms, comment, frame in edges:
            row = [at_ms / 1000, one.subject, one.behaviour, one.modifiers, comment]
            if with_frame:
                row.append("NA" if frame is None else frame)
            rows.append(((at_ms, one.subject, one.behaviour), row))
    rows.sort(key=lambda row: row[0])
    return [row for _, row in rows]
