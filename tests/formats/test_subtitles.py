"""WebVTT and SubRip: utterances in, events in words out."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from imhcode.domain.event import Event
from imhcode.domain.study import Recording
from imhcode.formats import FORMATS
from odd_events import event_lists
from rich_record import RECORD

GOLDEN = Path(__file__).parent / "golden"
BOTH = pytest.mark.parametrize("name", ["webvtt", "srt"])


def read(folder: Path, text: str | bytes, name: str = "webvtt"):
    path = folder / f"x{FORMATS[name].suffixes[0]}"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    reading = FORMATS[name].read(path)
    errors = sum(one.severity == "error" for one in reading.findings)
    assert reading.found == len(reading.events) + errors
    return reading


def cues(reading):
    return [(one.track, one.onset_us, one.offset_us, one.transcript) for one in reading.events]


def written(folder: Path, name: str, *events: Event, **more):
    record = replace(RECORD, observation=RECORD.observation.with_events(events), **more)
    (part,) = FORMATS[name].write("study", [record], folder)
    return folder / part.name


@BOTH
def test_the_golden_file_is_what_is_written(tmp_path, name):
    (part,) = FORMATS[name].write("study", [RECORD], tmp_path)
    assert (tmp_path / part.name).read_bytes() == (GOLDEN / name / part.name).read_bytes()


def test_the_golden_file_is_read_as_utterances_of_their_speakers():
    reading = FORMATS["webvtt"].read(GOLDEN / "webvtt" / "S01_anna_gold.vtt")
    assert cues(reading)[:2] == [
        ("speech Dyad", 1_000_000, 5_005_000, "State: Together"),
        ("speech Infant", 2_002_000, 2_502_000, "Bids: Look"),
    ]
    assert [(one.id, one.subject) for one in reading.vocabulary.tracks] == [
        ("speech Dyad", "Dyad"),
        ("speech Infant", "Infant"),
    ]


def test_times_in_the_midst_of_a_cue_begin_the_next_one(tmp_path):
    reading = read(
        tmp_path,
        "WEBVTT\nKind: captions\n\n"
        "00:01.000 --> 00:02.000 align:start\nfirst\n<c.colour>words</c>\n"
        "00:03.000 --> 00:04.000\nsecond\n\n"
        "00:05.000 --> 00:06.000\n00:07.000 --> 00:08.000\nthird\n",
    )
    assert cues(reading) == [
        ("speech", 1_000_000, 2_000_000, "first\nwords"),
        ("speech", 3_000_000, 4_000_000, "second"),
        ("speech", 7_000_000, 8_000_000, "third"),
    ]
    assert [(one.rule, one.line) for one in reading.findings] == [("no-text", 10)]


def test_a_numbered_cue_without_times_is_refused_and_not_put_into_the_one_before(tmp_path):
    reading = read(
        tmp_path,
        "1\n00:00:01,000 --> 00:00:02,000\nfirst\n\nof two parts, 2\n\n"
        "2\nwithout a time\n\n"
        "3\n00:00:05,000 --> 00:00:06,000\nthird\n\n4\n",
        "srt",
    )
    assert [one.transcript for one in reading.events] == ["first\nof two parts, 2", "third"]
    assert [(one.rule, one.line) for one in reading.findings] == [("no-time", 7), ("no-time", 14)]


def ms(time_us: int) -> int:
    return (time_us + 500) // 1000 * 1000


def shown(event: Event):
    start_us = max(0, ms(event.onset_us))
    shortest_us = 500_000 if event.is_instant else 1000
    until_us = None if event.is_running else max(ms(event.offset_us), start_us + shortest_us)
    words = "\n".join(line for line in event.transcript.split("\n") if line.strip())
    return start_us, until_us, words


@BOTH
@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(event_lists())
def test_what_was_said_comes_back_when_it_was_said(tmp_path, name, events):
    path = written(tmp_path, name, *events)
    if not events and name == "srt":
        return
    reading = FORMATS[name].read(path)
    assert [one for one in reading.findings if one.severity == "error"] == []
    running = {max(0, ms(one.onset_us)) for one in events if one.is_running}
    spoken = {one[2].strip() for one in map(shown, events) if one[2]}
    got = Counter(
        (one.onset_us, one.transcript) for one in reading.events if one.transcript in spoken
    )
    assert got == Counter((one[0], one[2].strip()) for one in map(shown, events) if one[2])
    assert len(reading.events) == len(events)
    ends = Counter(one.offset_us for one in reading.events if one.onset_us not in running)
    assert ends == Counter(one[1] for one in map(shown, events) if one[0] not in running)


@BOTH
def test_times_are_those_of_the_first_recording(tmp_path, name):
    film = Recording(id="x", session_id="S01", path="/x.mp4", offset_us=2_000_000)
    early = Event(id="a", track="state", code="apart", onset_us=0, offset_us=3_000_000)
    late = Event(id="b", track="state", code="apart", onset_us=3_000_000, offset_us=4_000_000)
    path = written(tmp_path, name, early, late, recordings=(film,))
    assert [one[1:3] for one in cues(FORMATS[name].read(path))] == [
        (0, 1_000_000),
        (1_000_000, 2_000_000),
    ]
    record = replace(
        RECORD, observation=RECORD.observation.with_events([early, late]), recordings=(film,)
    )
    losses = {one.what: one.count for one in FORMATS[name].losses([record])}
    assert (losses["before-the-beginning"], losses["offsets"], losses["codes"]) == (1, 1, 2)


def test_a_cue_may_have_a_number_settings_voices_tags_and_entities(tmp_path):
    reading = read(
        tmp_path,
        "\ufeffWEBVTT - by hand\r\nKind: captions\r\n\r\nSTYLE\r\n::cue { color: red }\r\n\r\n"
        "NOTE\r\nnot sure --&gt; look again\r\n\r\n"
        "7\r\n00:01.500 --> 00:02.000 align:start\r\n<v.loud Mother>so <i>big</i> &amp; fat</v>\r\n\r\n"
        "1:00:00.000 --> 1:00:01.000\r\n<v Mother>where?\r\n<v Child>there\r\n\r\n"
        "00:03.000 --> 00:04.000\r\nnobody\r\ntwo lines\r\n",
    )
    assert cues(reading) == [
        ("speech Mother", 1_500_000, 2_000_000, "so big & fat"),
        ("speech Mother", 3_600_000_000, 3_601_000_000, "where?"),
        ("speech Child", 3_600_000_000, 3_601_000_000, "there"),
        ("speech", 3_000_000, 4_000_000, "nobody\ntwo lines"),
    ]
    assert [one.text.split("\n")[0] for one in reading.notes] == ["STYLE", "NOTE"]


def test_what_players_forgive_in_subrip_is_forgiven(tmp_path):
    reading = read(
        tmp_path,
        "1\n00:00:01,000 --> 00:00:02,000 X1:10 X2:20\n{\\an8}<i>mmm</i>\n\nand more\n\n"
        "00:00:03.5 --> 00:00:04,25\nno number\n2\n00:00:05,000 --> 00:00:06,000\n12\n".encode(
            "cp1252"
        ),
        "srt",
    )
    assert cues(reading) == [
        ("speech", 1_000_000, 2_000_000, "mmm\nand more"),
        ("speech", 3_500_000, 4_250_000, "no number"),
        ("speech", 5_000_000, 6_000_000, "12"),
    ]


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nx\n", "offset-before-onset", 3),
        ("WEBVTT\n\nid\n00:x2.000 --> 00:03.000\nx\n", "not-a-time", 4),
        ("WEBVTT\n\n00:01.000 -->\nx\n", "not-a-time", 3),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n<i></i>\n", "no-text", 3),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n" + "x" * 1_000_001 + "\n", "too-long", 3),
        ("WEBVTT\n\nwords alone\nand more\n", "no-time", 3),
        ("WEBVTT\n\n-00:01.000 --> 00:02.000\nx\n", "not-a-time", 3),
        ("WEBVTT\n\n999999:00:01.000 --> 00:02.000\nx\n", "not-a-time", 3),
    ],
)
def test_a_broken_cue_is_refused_alone(tmp_path, text, rule, line):
    reading = read(tmp_path, text + "\n00:08.000 --> 00:09.000\ngood\n")
    assert [(one.rule, one.line) for one in reading.findings] == [(rule, line)]
    assert [one.transcript for one in reading.events] == ["good"]


@pytest.mark.parametrize(
    "text", ["<v " * 300_000, "<v" + " " * 900_000, "<" * 900_000, "<a" * 400_000]
)
def test_tags_that_never_end_take_no_time(tmp_path, text):
    reading = read(tmp_path, f"WEBVTT\n\n00:01.000 --> 00:02.000\n{text}\n")
    assert len(reading.events) == 1
