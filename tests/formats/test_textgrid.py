"""TextGrids: ours to the letter and back, and those of Praat in all its forms."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from imhcode.domain.event import Event
from imhcode.formats import FORMATS
from imhcode.formats.textgrid.writing import write_textgrid
from odd_events import event_lists
from rich_record import EVENTS, RECORD

GOLDEN = Path(__file__).parent / "golden" / "textgrid"
GRID = FORMATS["textgrid"]


def with_events(*events: Event):
    return replace(RECORD, observation=RECORD.observation.with_events(events))


def said(event, offset_us):
    return (
        *(event.track, event.code, event.onset_us, offset_us, tuple(sorted(event.modifiers))),
        *(event.comment, event.transcript),
    )


def read(folder: Path, raw: bytes | str):
    path = folder / "x.TextGrid"
    path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    reading = GRID.read(path)
    errors = sum(one.severity == "error" for one in reading.findings)
    assert reading.found == len(reading.events) + errors
    return reading


def spans(reading):
    return [(one.track, one.code, one.onset_us, one.offset_us) for one in reading.events]


def test_the_golden_file_is_what_is_written(tmp_path):
    (part,) = GRID.write("study", [RECORD], tmp_path)
    assert (tmp_path / part.name).read_bytes() == (GOLDEN / part.name).read_bytes()


def test_the_golden_file_is_read_as_what_was_coded():
    reading = GRID.read(GOLDEN / "S01_anna_gold.TextGrid")
    back = Counter(said(one, one.offset_us) for one in reading.events)
    assert back == Counter(said(one, one.offset_us) for one in EVENTS)
    assert reading.findings == []


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(event_lists())
def test_whatever_can_be_coded_comes_back_but_for_what_was_said_to_be_lost(tmp_path, events):
    record = with_events(*events)
    running = {one.onset_us for one in events if one.is_running}
    for short in (False, True):
        write_textgrid(record, tmp_path / "x.TextGrid", short=short)
        reading = GRID.read(tmp_path / "x.TextGrid")
        got = Counter(
            said(one, None if one.track == "state" and one.onset_us in running else one.offset_us)
            for one in reading.events
        )
        assert got == Counter(said(one, one.offset_us) for one in events)
    lost = {one.what for one in GRID.losses([record])}
    assert ("running" in lost) == bool(running)
    assert ("links" in lost) == any(one.links for one in events)
    assert ("instances" in lost) == any(one.instance for one in events)
    assert not lost & {"microseconds", "modifiers", "comments", "transcripts", "codes"}


@pytest.mark.parametrize("short", [False, True])
def test_praatio_reads_what_we_write(tmp_path, short):
    textgrid = pytest.importorskip("praatio.textgrid")
    path = tmp_path / "x.TextGrid"
    write_textgrid(RECORD, path, short=short)
    grid = textgrid.openTextgrid(str(path), includeEmptyIntervals=True, reportingMode="error")
    assert list(map(tuple, grid.getTier("state").entries)) == [
        (0.0, 1.000033, ""),
        (1.000033, 5.005005, "together"),
        (5.005005, 9.009009, "apart"),
        (9.009009, 20.02002, "together"),
        (20.02002, 30.0, ""),
    ]
    assert list(map(tuple, grid.getTier("bid/look").entries)) == [(2.002002, "look")]
    assert list(map(tuple, grid.getTier("how@bid/look").entries)) == [(2.002002, "face|voice")]
    assert (grid.minTimestamp, grid.maxTimestamp) == (0.0, 30.0)
    for name in grid.tierNames:
        entries = grid.getTier(name).entries
        if len(entries[0]) == 3:
            assert all(one[1] == after[0] for one, after in pairwise(entries))


@pytest.mark.parametrize("form", ["short_textgrid", "long_textgrid"])
def test_what_praatio_writes_we_read(tmp_path, form):
    textgrid = pytest.importorskip("praatio.textgrid")
    grid = textgrid.Textgrid()
    grid.addTier(textgrid.IntervalTier("gaze", [(0.5, 1.25, "away"), (1.25, 2, 'at "x"')], 0, 3))
    grid.addTier(textgrid.PointTier("bids", [(0.75, "look")], 0, 3))
    grid.save(str(tmp_path / "x.TextGrid"), form, includeBlankSpaces=True)
    reading = GRID.read(tmp_path / "x.TextGrid")
    assert spans(reading) == [
        ("gaze", "away", 500_000, 1_250_000),
        ("gaze", 'at "x"', 1_250_000, 2_000_000),
        ("bids", "look", 750_000, 750_000),
    ]


SHORT = """File type = "ooTextFile"
Object class = "TextGrid"

0
2.5
<exists>
2
"IntervalTier"
"gaze"
0
2.5
2
0
1.5
"aw""ay
now"
1.5
2.5
""
"TextTier"
"gaze"
0
2.5
1
0.1234567
"look"
"""
LONG = """File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 2.5
tiers? <exists>
size = 2
item []:
    item [1]:
        class = "IntervalTier"
        name = "gaze"
        xmin = 0
        xmax = 2.5
        intervals: size = 2
        intervals [1]:
            xmin = 0
            xmax = 1.5
            text = "aw""ay
now"
        intervals [2]:
            xmin = 1.5
            xmax = 2.5
            text = ""
    item [2]:
        class = "TextTier"
        name = "gaze"
        xmin = 0
        xmax = 2.5
        points: size = 1
        points [1]:
            time = 0.1234567
            mark = "look"
"""
IN_IT = [("gaze", 'aw"ay\nnow', 0, 1_500_000), ("gaze (2)", "look", 123_457, 123_457)]


@pytest.mark.parametrize(
    "raw",
    [
        SHORT.encode(),
        LONG.encode(),
        LONG.encode("utf-8-sig"),
        b"\xfe\xff" + LONG.encode("utf-16-be"),
        b"\xff\xfe" + SHORT.encode("utf-16-le"),
        LONG.encode("utf-16-be"),
        LONG.replace("\n", "\r\n").encode(),
        LONG.replace("\n", "\r").encode(),
        LONG.replace("xmax = 1.5", "xmax = 1.5 ! this is where 9 it ends").encode(),
        SHORT.replace("1.5\n", "1.5e0\n").encode(),
    ],
)
def test_all_forms_and_encodings_are_understood(tmp_path, raw):
    reading = read(tmp_path, raw)
    if reading.events[0].code == "text":  # a code in two lines is prose
        one = reading.events[0]
        one.code = one.transcript
    assert spans(reading) == IN_IT
    rules = [one.rule for one in reading.findings]
    assert rules == ["name-twice", "free-text"]


def test_text_that_is_not_utf_8_is_taken_as_western(tmp_path):
    reading = read(tmp_path, SHORT.replace('aw""ay\nnow', "müde").encode("latin-1"))
    assert reading.events[0].code == "müde"


def test_names_say_which_tiers_belong_together(tmp_path):
    grid = SHORT.replace('"gaze"', '"bid/look"', 1).replace('aw""ay\nnow', "look")
    reading = read(tmp_path, grid.replace('"TextTier"\n"gaze"', '"TextTier"\n"bid/look #2"'))
    assert spans(reading) == [
        ("bid", "look", 0, 1_500_000),
        ("bid", "look", 123_457, 123_457),
    ]
    reading = read(tmp_path, grid.replace('"TextTier"\n"gaze"', '"TextTier"\n"how@bid/look"'))
    assert [one.track for one in reading.events] == ["bid", "how@bid"]  # at another time


def test_a_tier_at_the_same_times_says_more_of_the_other(tmp_path):
    below = '"IntervalTier"\n"how@gaze"\n0\n2.5\n2\n0\n1.5\n"slow|sad"\n1.5\n2.5\n""\n'
    grid = SHORT.replace('aw""ay\nnow', "away")
    grid = grid[: grid.index('"TextTier"')] + below
    reading = read(tmp_path, grid)
    assert [(one.code, one.modifiers) for one in reading.events] == [
        ("away", (("how", ("slow", "sad")),))
    ]
    (modifier,) = reading.vocabulary.modifiers
    assert (modifier.id, modifier.type, modifier.values) == ("how", "multi", ("slow", "sad"))


def test_an_interval_that_ends_before_it_begins_is_refused_alone(tmp_path):
    reading = read(tmp_path, SHORT.replace("0\n1.5\n", "1.6\n1.5\n"))
    assert [(one.rule, one.line) for one in reading.findings if one.severity == "error"] == [
        ("offset-before-onset", 15)
    ]
    assert [one.code for one in reading.events] == ["look"]
