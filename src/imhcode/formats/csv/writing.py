"""Observations as rows of ``events.csv``: the same study gives the same bytes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from imhcode.domain.episode import Episode
from imhcode.domain.episodes import episode_at, number_of
from imhcode.domain.event import Event, Values
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Code, Modifier, Track
from imhcode.domain.timecode import US_PER_MS, US_PER_S, as_decimal
from imhcode.formats.csv.cells import as_line, guarded
from imhcode.formats.csv.columns import BEFORE_MODIFIERS, MODIFIER, NOTE
from imhcode.formats.csv.numbers import is_number
from imhcode.formats.joined import joined
from imhcode.formats.record import Record

Row = list[str]
Place = tuple[str, str, str, str, int, str, str, str]

FREE = ("text", "number")  #: types of modifiers whose one value is what somebody typed


def write_events(study_id: str, records: Sequence[Record], path: Path) -> int:
    """Write ``events.csv``; return its number of rows below the header."""
    modifiers = _modifier_ids(records)
    rows = sorted(row for record in records for row in _rows(study_id, record, modifiers))
    header = [*BEFORE_MODIFIERS, *(MODIFIER + one for one in modifiers), NOTE]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(as_line(header))
        file.writelines(as_line(row) for _, row in rows)
    return len(rows)


def _modifier_ids(records: Sequence[Record]) -> list[str]:
    """Every modifier of every scheme in the export, in the order of the schemes."""
    schemes = {
        record.observation.scheme.content_hash: record.observation.scheme for record in records
    }
    ordered = sorted(schemes.values(), key=lambda scheme: (scheme.id, scheme.version))
    return list(dict.fromkeys(one.id for scheme in ordered for one in scheme.modifiers))


def _rows(study_id: str, record: Record, modifiers: Sequence[str]) -> Iterator[tuple[Place, Row]]:
    """Yield each event's place in the file and its cells."""
    observation, scheme = record.observation, record.observation.scheme
    before, after = _where(study_id, record), _who(observation)
    scheme_said = [*map(guarded, (scheme.id, scheme.version, scheme.content_hash))]
    onsets_us = {event.id: event.onset_us for event in observation.timeline}
    offered = {modifier.id: modifier for modifier in scheme.modifiers}
    ordinals: Counter[str] = Counter()
    for event in observation.timeline.in_order():
        ordinals[event.track] += 1
        track = scheme.track(event.track)
        code = track.code(event.code) if track else None
        said = dict(event.modifiers)
        episode = episode_at(record.episodes, event.onset_us)
        row = [
            *before,
            *_episode(record, episode),
            *scheme_said,
            *_what(event, track, code, ordinals[event.track]),
            *_when(event, record.fps, episode),
            *after[:2],
            guarded(event.pass_id),
            *after[2:],
            *_links(event, onsets_us),
            guarded(event.transcript),
            *map(_yes, (event.flagged, event.onset_reviewed, event.offset_reviewed)),
            *(_answer(offered.get(one), said.get(one, ())) for one in modifiers),
            guarded(event.comment),
        ]
        place = (
            *(observation.session_id, observation.coder_id, scheme.id, scheme.version),
            *(event.onset_us, event.track, event.id),
            f"{observation.role} {scheme.content_hash}",
        )
        yield place, row


def _where(study_id: str, record: Record) -> Row:
    """``study_id`` to ``group_blind``."""
    session, dyad = record.session, record.dyad
    return [
        *map(guarded, (study_id, dyad.site_id, session.dyad_id, dyad.child_id, session.id)),
        *map(guarded, (session.visit, session.date)),
        *map(_months, (session.child_age_months, session.child_age_corrected_months)),
        guarded(dyad.group),
    ]


def _episode(record: Record, episode: Episode | None) -> Row:
    """``episode_id`` and ``episode_n``: the kind, and the place among those of the session."""
    if episode is None:
        return ["", ""]
    return [guarded(episode.kind), str(number_of(record.episodes, episode))]


def _yes(said: bool) -> str:
    """``1`` for yes; no stays empty."""
    return "1" if said else ""


def _months(age: float | None) -> str:
    return "" if age is None else repr(float(age)).removesuffix(".0")


def _what(event: Event, track: Track | None, code: Code | None, ordinal: int) -> Row:
    """``track_id`` to ``ordinal``."""
    return [
        guarded(event.track),
        guarded(track.subject) if track else "",
        guarded(event.instance),
        guarded(event.id),
        guarded(track.kind) if track else "",
        guarded(event.code),
        guarded(code.label) if code else "",
        guarded(joined(code.classes)) if code else "",
        str(ordinal),
    ]


def _when(event: Event, fps: Mapping[str, str], episode: Episode | None) -> Row:
    """``onset_ms`` to ``confidence``; an instant has neither offset nor duration."""
    offset_us = None if event.is_instant else event.offset_us
    duration_us = None if offset_us is None else offset_us - event.onset_us
    times = (event.onset_us, offset_us, duration_us)
    return [
        *("" if time is None else as_decimal(time, US_PER_MS) for time in times),
        *("" if time is None else as_decimal(time, US_PER_S) for time in times),
        "" if event.onset_frame is None else str(event.onset_frame),
        "" if event.offset_frame is None else str(event.offset_frame),
        fps.get(event.recording, ""),
        guarded(event.recording),
        "" if episode is None else as_decimal(event.onset_us - episode.onset_us, US_PER_S),
        *("", "", ""),
    ]


def _who(observation: Observation) -> Row:
    """``coder_id``, ``coding_role``, ``record_id``, ``status``."""
    return [
        *map(guarded, (observation.coder_id, observation.role)),
        *map(guarded, (observation.id, observation.status)),
    ]


def _links(event: Event, onsets_us: Mapping[str, int]) -> Row:
    """``linked_event_id``, ``link_id`` and ``link_latency_ms``, several of each joined."""
    if not event.links:
        return ["", "", ""]
    latencies = (
        as_decimal(event.onset_us - onsets_us[link.target], US_PER_MS)
        if link.target in onsets_us
        else ""
        for link in event.links
    )
    return [
        guarded(joined(link.target for link in event.links)),
        guarded(joined(link.rule for link in event.links)),
        "|".join(latencies),
    ]


def _answer(modifier: Modifier | None, values: Values) -> str:
    """What was chosen; one text or number stands as it was typed."""
    if not values:
        return ""
    if modifier is not None and modifier.type in FREE:
        text = "|".join(values)
        return text if modifier.type == "number" and is_number(text) else guarded(text)
    return guarded(joined(values))
