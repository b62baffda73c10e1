"""Tables of events of unknown columns: guessed, said how surely, corrected."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imhcode.domain.errors import Refused
from imhcode.formats import FORMATS
from imhcode.formats.plain_table.mapping import ColumnMapping, corrected
from imhcode.formats.plain_table.times import time_us

GOLDEN = Path(__file__).parent / "golden" / "plain-table"
TABLE = FORMATS["plain-table"]


def read(folder: Path, raw: bytes | str, columns=""):
    path = folder / "x.csv"
    path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    return counted(TABLE.read_with(path, columns))


def counted(reading):
    errors = sum(one.severity == "error" for one in reading.findings)
    assert reading.found == len(reading.events) + errors
    return reading


def spans(reading):
    return [(one.code, s(one.onset_us), s(one.offset_us)) for one in reading.events]


def s(time):
    return None if time is None else time / 1e6


def rules(reading, severity="error"):
    return [(one.rule, one.line) for one in reading.findings if one.severity == severity]


def test_a_table_made_by_hand_in_another_language_is_understood():
    reading = counted(TABLE.read(GOLDEN / "by_hand.csv"))
    assert reading.columns == (
        "onset=Start (mm:ss),offset=Stop,code=Verhalten,subject=Wer,session=Film,"
        "comment=Bemerkung,modifiers=Modifier 1,unit=clock"
    )
    assert {one.session.id for one in reading.events} == {"S01", "S02"}
    assert spans(reading) == [("looks", 1.5, 2.25), ("smiles", 5, None), ("looks", 3600, 3601)]
    assert [one.track for one in reading.events] == ["baby", "mother", "baby"]
    assert [one.comment for one in reading.events] == ["=1+1", "", "two\nlines"]
    assert reading.events[0].modifiers == (("Modifier 1", ("clear",)),)
    assert [one.line for one in reading.events] == [2, 3, 4]


def test_the_finest_of_several_columns_of_times_is_taken():
    reading = counted(TABLE.read(GOLDEN / "tiers.txt"))
    assert reading.columns.startswith("onset=Begin Time - msec,offset=End Time - msec,")
    assert spans(reading) == [("mother", 1.5, 2.25), ("away", 3, 4), ("away", 3.5, 3.7)]
    assert [one.track for one in reading.events] == ["gaze", "gaze", "hand"]


def test_starts_and_stops_are_paired_and_what_is_left_is_said():
    reading = counted(TABLE.read(GOLDEN / "starts_and_stops.csv"))
    assert spans(reading) == [("gaze", 1.5, 4.25), ("bid", 2, 2), ("gaze", 4.25, None)]
    assert ("unpaired", 5) in rules(reading, "warning")
    assert {one.session.id for one in reading.events} == {"S01"}


def test_a_stop_without_a_start_is_refused(tmp_path):
    reading = read(tmp_path, "time,code,status\n1,a,stop\n2,a,start\n3,a,stop\n4,a,stop\n")
    assert spans(reading) == [("a", 2, 3)]
    assert rules(reading) == [("unpaired", 2), ("unpaired", 5)]


def test_a_film_in_a_cell_is_the_session(tmp_path):
    reading = read(tmp_path, "video,onset,code\nD:\\films\\S07.mp4,1,a\nD:\\films\\S07.mp4,2,b\n")
    assert [one.session.id for one in reading.events] == ["S07", "S07"]
    assert [(one.path, one.session) for one in reading.media] == [("D:/films/S07.mp4", "S07")]


def test_a_table_without_header_is_understood_by_its_cells(tmp_path):
    reading = read(tmp_path, "1.5;2.5;look\n2.5;4.0;away\n4.5;5.0;look\n")
    assert spans(reading) == [("look", 1.5, 2.5), ("away", 2.5, 4), ("look", 4.5, 5)]
    said = next(one.message for one in reading.findings if one.rule == "columns")
    assert "onset (guess)" in said
    assert "code (guess)" in said


def test_a_title_above_the_header_is_passed_over(tmp_path):
    reading = read(tmp_path, "Our lab 2024,,\n,,\nonset,offset,code\n1,2,a\n")
    assert spans(reading) == [("a", 1, 2)]


UNITS = {
    "named ms": ("onset_ms,code\n1500,a\n", 1.5),
    "whole and large": ("onset,code\n1500,a\n600000,a\n", 1.5),
    "decimals": ("onset,code\n1.5,a\n600000,a\n", 1.5),
    "a comma for the point": ('onset,code\n"1,5",a\n', 1.5),
    "a clock": ("onset,code\n0:01.5,a\n", 1.5),
    "a clock of Datavyu": ("onset,code\n00:00:01:500,a\n", 1.5),
    "minutes": ("onset (min),code\n0.025,a\n", 1.5),
    "a unit in the cell": ("onset,code\n1500 ms,a\n", 1.5),
}


@pytest.mark.parametrize("case", UNITS)
def test_units_are_known_by_name_or_by_how_times_are_written(tmp_path, case):
    text, first = UNITS[case]
    assert read(tmp_path, text).events[0].onset_us == first * 1e6


def test_frames_need_a_rate_and_take_it(tmp_path):
    text = "start frame,end frame,code\n25,50,a\n"
    with pytest.raises(Refused, match="does not say how many make a second"):
        read(tmp_path, text)
    assert spans(read(tmp_path, text, "unit=frames@25")) == [("a", 1, 2)]
    ntsc = read(tmp_path, text, "unit=frames@30000/1001").events[0]
    assert ntsc.onset_us == round(Fraction(25 * 1001, 30000) * 1_000_000)


def test_the_person_has_the_last_word(tmp_path):
    text = "A,B,C,D\n1,2,x,q\n3,4,y,q\n"
    reading = read(tmp_path, text, "onset=B,offset=,code=c,comment=#4,unit=ms")
    assert reading.columns == "onset=B,code=C,comment=D,unit=ms"
    assert [(one.code, one.onset_us, one.comment) for one in reading.events] == [
        ("x", 2000, "q"),
        ("y", 4000, "q"),
    ]
    assert ("column-left-out", 1) in rules(reading, "warning")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("onset=Z", "it has no column “Z”"),
        ("offst=A", "“offst” is not a role"),
        ("onset", "“onset” is not ROLE=COLUMN"),
        ("unit=fortnights", "“fortnights” is not a unit"),
        ("unit=frames@0", "is not a number of frames a second"),
        ("unit=frames@x", "is not a number of frames a second"),
        ("onset=#9", "it has no column “#9”"),
        ('"onset=A', "unexpected end of data"),
    ],
)
def test_columns_named_wrongly_are_refused(tmp_path, said, sentence):
    with pytest.raises(Refused, match=sentence):
        read(tmp_path, "A,B\n1,x\n2,x\n", said)


def test_a_table_without_times_or_codes_is_refused_with_its_columns(tmp_path):
    with pytest.raises(Refused, match="looks like times; its columns are: who, what"):
        read(tmp_path, "who,what\nann,x\n")
    with pytest.raises(Refused, match="looks like codes"):
        read(tmp_path, "onset,offset\n1,2\n")


DIRTY = {
    "a time that is none": ("x,2,a", "not-a-time"),
    "an infinite time": ("inf,2,a", "not-a-time"),
    "a time of 5,000 digits": ("9" * 5000 + ",2,a", "not-a-time"),
    "a time in a thousand years": ("99999999999,99999999999,a", "not-a-time"),
    "no time": (",2,a", "no-onset"),
    "no code": ("1,2,", "no-code"),
    "a code that R left out": ("1,2,NA", "no-code"),
    "an offset before the onset": ("3,2,a", "offset-before-onset"),
    "an offset that is none": ("1,x,a", "not-a-time"),
    "more cells than columns": ("1,2,a,b", "ragged-row"),
    "a clock with frames of who knows what rate": ("0:00:01:12,2,a", "not-a-time"),
}


@pytest.mark.parametrize("case", DIRTY)
def test_what_is_wrong_in_one_row_is_found_and_the_others_are_taken(tmp_path, case):
    row, rule = DIRTY[case]
    reading = read(tmp_path, f"onset,offset,code\n1,2,good\n{row}\n3,4,good\n")
    assert spans(reading) == [("good", 1, 2), ("good", 3, 4)]
    assert rules(reading) == [(rule, 3)]


def test_the_columns_that_are_said_are_read_again_as_they_were(tmp_path):
    mapping = ColumnMapping(
        onset="a, b", code='the "code"', modifiers=("m 1", "m 2"), unit="frames", fps=Fraction(25)
    )
    header = ["a, b", 'the "code"', "m 1", "m 2"]
    assert corrected(tmp_path, ColumnMapping(), mapping.text(), header) == mapping


@given(st.integers(-(10**13), 10**13))
def test_no_time_goes_through_a_float(time):
    sign, whole = ("-" if time < 0 else ""), abs(time)
    assert time_us(f"{sign}{whole // 10**6}.{whole % 10**6:06d}", ColumnMapping()) == time
    assert time_us(f"{sign}{whole // 1000},{whole % 1000:03d}", ColumnMapping(unit="ms")) == time
    minutes, rest = divmod(whole, 60 * 10**6)
    if minutes < 10_000:
        clock = f"{sign}{minutes}:{rest // 10**6:02d}.{rest % 10**6:06d}"
        assert time_us(clock, ColumnMapping()) == time


BORIS_TABULAR = """Observation id,Observation date,Description,Observation duration,Observation type,Source,Time offset (s),Media duration (s),FPS,Role of film,Subject,Behavior,Behavioral category,Modifier #1,Behavior type,Time,Media file name,Image index,Image file path,Comment
tea,2024-03-05 10:00:00,,60.0,Media file(s),player #1:a.mp4,0.0,60.0,25.0,main,infant,gaze,looking,away,START,1.200,a.mp4,30,NA,long
tea,2024-03-05 10:00:00,,60.0,Media file(s),player #1:a.mp4,0.0,60.0,25.0,main,infant,smile,face,None,POINT,2.000,a.mp4,50,NA,
tea,2024-03-05 10:00:00,,60.0,Media file(s),player #1:a.mp4,0.0,60.0,25.0,main,infant,gaze,looking,away,STOP,4.480,a.mp4,112,NA,
"""
BORIS_AGGREGATED = """Observation id,Observation date,Description,Observation type,Source,Time offset (s),Coding duration,Media duration (s),FPS (frame/s),Subject,Observation duration by subject by observation,Behavior,Behavioral category,Modifiers,Behavior type,Start (s),Stop (s),Duration (s),Media file name,Image index start,Image index stop,Image file path start,Image file path stop,Comment start,Comment stop
tea,2024-03-05,,Media file(s),player #1:a.mp4,0.0,60.0,60.0,25.0,infant,60.0,gaze,looking,away,STATE,1.200,4.480,3.280,a.mp4,30,112,NA,NA,long,
tea,2024-03-05,,Media file(s),player #1:a.mp4,0.0,60.0,60.0,25.0,infant,60.0,smile,face,None,POINT,2.000,2.000,NA,a.mp4,50,50,NA,NA,,
"""


@pytest.mark.parametrize("table", [BORIS_TABULAR, BORIS_AGGREGATED])
def test_tables_that_boris_writes_are_known(tmp_path, table):
    reading = read(tmp_path, table)
    said = {
        (one.track, one.code, s(one.onset_us), s(one.offset_us) if one.code == "gaze" else None)
        for one in reading.events
    }
    assert said == {
        ("infant looking", "gaze", 1.2, 4.48),
        ("infant face", "smile", 2.0, None),
    }
    assert {one.session.id for one in reading.events} == {"tea"}
    assert [one.comment for one in reading.events if one.code == "gaze"] == ["long"]
    assert rules(reading) == []


def test_a_table_of_starts_and_stops_has_no_column_of_offsets(tmp_path):
    reading = read(
        tmp_path,
        "Role,Who,Behaviour,Phase,Time,Time offset\nx,mum,sits,START,1,9\nx,mum,sits,STOP,2,9\n",
    )
    assert spans(reading) == [("sits", 1, 2)]
