"""BORIS: what is written is read again, but for what is said beforehand."""

import gzip
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from exchanged_records import (
    CAMERAS,
    EVENTS,
    about,
    in_order,
    lost,
    ms,
    record_of,
    written_and_read,
)
from imhcode.domain.event import Event
from imhcode.formats import FORMATS
from odd_events import event_lists

GOLDEN = Path(__file__).parent / "golden" / "boris"
ORACLE = Path(__file__).parent / "boris_oracle.py"
FORBIDDEN = str.maketrans(dict.fromkeys("(|),`~", " "))


def plain(text):
    return text.translate(FORBIDDEN).strip() or "none"


def expected(record):
    """The events once what BORIS cannot hold has gone."""
    events = list(record.observation.timeline)
    cameras = record.recordings
    zero = cameras[0].offset_us if cameras else 0
    ends = [one.offset_us + one.end_us for one in cameras]
    ends = ends or [max(one.onset_us, one.offset_us or one.onset_us) for one in events]

    def moved(time_us):
        return ms(time_us - zero) * 1000 + zero

    for event in events:
        until_us = max(*ends, event.onset_us) if event.offset_us is None else event.offset_us
        comment = "\n".join(filter(None, (event.transcript, event.comment)))
        modifiers = tuple(
            (name, tuple("none" if plain(one) == "None" else plain(one) for one in values))
            for name, values in event.modifiers
        )
        yield replace(
            event,
            onset_us=moved(event.onset_us),
            offset_us=moved(until_us),
            modifiers=modifiers,
            comment=comment,
            transcript="",
        )


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=event_lists(), filmed=st.booleans())
def test_what_is_written_is_read_again_but_for_what_is_said(events, filmed, tmp_path_factory):
    record = record_of(events, CAMERAS if filmed else ())
    assume(not {"overlaps", "gaps-of-1-ms"} & lost("boris", record))
    reading = written_and_read("boris", record, tmp_path_factory.mktemp("out"))
    assert in_order(map(about, reading.events)) == in_order(map(about, expected(record)))
    assert reading.found == len(events)
    assert [one.rule for one in reading.findings] == []


def test_the_golden_project_is_written_byte_for_byte(tmp_path):
    FORMATS["boris"].write("study", [record_of(EVENTS)], tmp_path)
    written = (tmp_path / "project.boris").read_bytes()
    assert written == (GOLDEN / "project.boris").read_bytes()


def test_all_facts_of_the_session_and_all_cameras_come_back(tmp_path):
    record = record_of(EVENTS)
    reading = written_and_read("boris", record, tmp_path)
    first = reading.events[0]
    assert (first.session, first.dyad) == (record.session, record.dyad)
    assert (first.coder_id, first.role) == ("anna", "gold")
    assert (first.onset_frame, first.offset_frame, first.recording) == (0, 45, CAMERAS[0].path)
    assert [(one.path, one.offset_us) for one in reading.media] == [
        (one.path, one.offset_us) for one in CAMERAS
    ]
    assert reading.notes == []


def test_all_words_come_back_as_tracks(tmp_path):
    reading = written_and_read("boris", record_of(EVENTS), tmp_path)
    tracks = {
        one.id: (one.subject, one.kind, one.exclusive, [code.id for code in one.codes])
        for one in reading.vocabulary.tracks
    }
    assert tracks == {
        "state": ("dyad", "state", True, ["together", "apart"]),
        "bid": ("infant", "state", False, ["look", "smile"]),
        "answer": ("dyad", "point", None, ["joins"]),
    }
    kinds = {one.id: (one.type, one.values) for one in reading.vocabulary.modifiers}
    assert kinds == {
        "clarity": ("choice", ("clear", "faint")),
        "how": ("multi", ("voice", "face", "touch")),
        "words": ("choice", ("-uh   hm",)),
        "times": ("number", ()),
    }


def test_every_loss_is_said_and_counted():
    said = {one.what: one.count for one in FORMATS["boris"].losses([record_of(EVENTS)])}
    assert said == {
        "links": 1,
        "transcripts": 1,
        "running": 1,
        "microseconds": 2,
        "ids": 5,
        "modifier-texts": 1,
    }


def test_overlapping_events_of_one_code_become_one_and_that_is_said(tmp_path):
    ones = [
        Event(id=name, track="bid", code="look", onset_us=from_us, offset_us=until_us)
        for name, from_us, until_us in (
            ("a", 0, 9_000),
            ("b", 5_000, 12_000),
            ("c", 12_000, 20_000),
        )
    ]
    record = record_of(ones, ())
    assert "overlaps" in lost("boris", record)
    reading = written_and_read("boris", record, tmp_path)
    assert [(one.onset_us, one.offset_us) for one in reading.events] == [
        (0, 12_000),
        (12_000, 20_000),
    ]


def test_a_gap_of_one_millisecond_is_said_to_close(tmp_path):
    ones = [
        Event(id="a", track="state", code="together", onset_us=0, offset_us=9_000),
        Event(id="b", track="state", code="apart", onset_us=10_000, offset_us=20_000),
    ]
    record = record_of(ones, ())
    assert "gaps-of-1-ms" in lost("boris", record)
    reading = written_and_read("boris", record, tmp_path)
    assert reading.events[0].offset_us == 10_000
    assert [one.rule for one in reading.findings] == ["adjoining"]


def test_a_code_that_two_tracks_have_keeps_its_track(tmp_path):
    scheme = record_of([]).observation.scheme
    tracks = [replace(one, codes=scheme.tracks[0].codes) for one in scheme.tracks]
    shared = replace(scheme, tracks=tuple(tracks))
    events = [
        Event(id=one.id, track=one.id, code="apart", onset_us=0, offset_us=0)
        for one in shared.tracks
    ]
    record = record_of([], ())
    observation = replace(record.observation, scheme=shared).with_events(events)
    reading = written_and_read("boris", replace(record, observation=observation), tmp_path)
    assert {(one.track, one.code) for one in reading.events} == {
        ("state", "apart"),
        ("bid", "apart"),
        ("answer", "apart"),
    }


def test_several_observations_of_a_session_are_one_project(tmp_path):
    one = record_of(EVENTS)
    other = replace(one, observation=replace(one.observation, coder_id="ben", role="reliability"))
    FORMATS["boris"].write("study", [one, other], tmp_path)
    reading = FORMATS["boris"].read(tmp_path / "project.boris")
    assert {(each.session.id, each.coder_id, each.role) for each in reading.events} == {
        ("S01", "anna", "gold"),
        ("S01", "ben", "reliability"),
    }


def test_recordings_beyond_the_eight_players_are_said_to_be_lost(tmp_path):
    many = tuple(replace(CAMERAS[0], id=f"c{n}", path=f"/films/{n}.mp4") for n in range(9))
    record = record_of(EVENTS, many)
    assert "recordings" in lost("boris", record)
    FORMATS["boris"].write("study", [record], tmp_path)
    project = json.loads((tmp_path / "project.boris").read_text(encoding="ascii"))
    players = project["observations"]["S01"]["file"]
    assert players == {str(n): [f"/films/{n - 1}.mp4"] for n in range(1, 9)}


def test_a_packed_project_is_read_as_it_is(tmp_path):
    FORMATS["boris"].write("study", [record_of(EVENTS)], tmp_path)
    (part,) = FORMATS["boris-gz"].write("study", [record_of(EVENTS)], tmp_path)
    packed = tmp_path / part.name
    assert gzip.decompress(packed.read_bytes()) == (tmp_path / "project.boris").read_bytes()
    form = FORMATS["boris"]
    assert form.read(packed).events == form.read(tmp_path / "project.boris").events


@pytest.mark.parametrize("recordings", [CAMERAS, ()], ids=["filmed", "live"])
def test_borises_own_loader_opens_it_and_finds_nothing_wrong(recordings, tmp_path):
    python = os.environ.get("BORIS_PYTHON", sys.executable)
    there = subprocess.run(
        [python, "-c", "import importlib.util as i; raise SystemExit(not i.find_spec('boris'))"],
        check=False,
    )
    if there.returncode:
        pytest.skip("BORIS is not installed; BORIS_PYTHON may name a Python that has it")
    FORMATS["boris"].write("study", [record_of(EVENTS, recordings)], tmp_path)
    path = tmp_path / "project.boris"
    found = subprocess.run(
        [python, str(ORACLE), str(path)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    told = json.loads(found.stdout.splitlines()[-1])
    assert told["error"] == ""
    assert told["changed"] is False
    assert told["integrity"] == ""
    assert [one[1:4:2] + one[-1:] for one in told["events"]["S01"]][:3] == [
        ["dyad", "", "START"],
        ["dyad", "", "START"],
        ["dyad", "", "STOP"],
    ]
    assert sum(one[-1] == "START" for one in told["events"]["S01"]) == 4
    assert sum(one[-1] == "POINT" for one in told["events"]["S01"]) == 1
