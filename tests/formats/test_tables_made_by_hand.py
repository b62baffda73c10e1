import sys
from pathlib import Path

import pytest

from imhcode.domain.errors import Refused, Trouble
from imhcode.formats import FORMATS
from imhcode.formats.csv.reading import LARGEST_CELL
from imhcode.formats.errors import (
    ColumnsMissing,
    ColumnTwice,
    FileUnreadable,
    NothingThere,
    NotText,
    TableIsBroken,
)

ON_UNIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such device")
HEAD = b"track_id,code,onset_ms,offset_ms\n"


def read(folder: Path, raw: bytes):
    path = folder / "table.csv"
    path.write_bytes(raw)
    return FORMATS["csv"].read(path)


def rules(reading):
    return [(one.severity, one.rule, one.line) for one in reading.findings]


@pytest.mark.parametrize(
    "raw",
    [
        b"track_id,code,onset_ms,offset_ms\nbid,look,12.5,40\n",
        b"\xef\xbb\xbftrack_id,code,onset_ms,offset_ms\r\nbid,look,12.5,40\r\n",
        b"track_id;code;onset_ms;offset_ms\nbid;look;12,5;40\n",
        b"track_id\tcode\tonset_ms\toffset_ms\nbid\tlook\t12.5\t40",
        b"track_id,code,onset_s,offset_s\nbid,look,0.0125,0.04\n",
        b"track_id,code,onset_s,onset_ms,offset_ms\nbid,look,99,12.5,40\n",
        b'"track_id","code","onset_ms","offset_ms"\n"bid","look","12.5","40"\n',
        b"track_id,code,onset_ms,offset_ms,\nbid,look,12.5,40,\n\n,,,,\n",
        b"\n\ntrack_id , code,onset_ms,offset_ms\n bid,look , 12.5 ,40\n",
        b"code,offset_ms,onset_ms,track_id\nlook,40,12.500000,bid\n",
    ],
)
def test_what_people_and_spreadsheets_write_is_understood(tmp_path, raw):
    reading = read(tmp_path, raw)
    assert [(one.track, one.code, one.onset_us, one.offset_us) for one in reading.events] == [
        ("bid", "look", 12_500, 40_000)
    ]
    assert reading.findings == []


@pytest.mark.parametrize(
    ("raw", "error", "said"),
    [
        (b"", NothingThere, "empty"),
        (b"\n\n", NothingThere, "empty"),
        (b"\xef\xbb\xbf", NothingThere, "empty"),
        (b"track_id,code,onset_ms\nbid,l\xe4k,1\n", NotText, "line 2"),
        ("track_id,code,onset_ms\n".encode("utf-16"), NotText, "line 1"),
        (b"track_id,code,onset_ms\nbid,look,1\nbid,\0,2\n", NotText, "line 3"),
        (b"\x89PNG\r\n\x1a\n\0\0", NotText, "line 1"),
        (b"a,b,c\n1,2,3\n", ColumnsMissing, "track_id"),
        (b"track_id,onset_ms\nx,1\n", ColumnsMissing, "no column code"),
        (b"track_id,code\nbid,look\n", ColumnsMissing, "onset_ms or onset_s"),
        (b"track_id,code,code,onset_ms\nbid,look,look,1\n", ColumnTwice, "code"),
        (HEAD + b'bid,look,1,\nbid,"look,2,\nbid,look,3,\n', TableIsBroken, "line 3"),
        (HEAD + b'bid,"lo"ok,2,\n', TableIsBroken, "line 2"),
        (HEAD + b'bid,"' + b"x" * (LARGEST_CELL + 1) + b'",2,\n', TableIsBroken, "line 2"),
    ],
)
def test_what_is_no_table_of_events_is_refused_with_its_place(tmp_path, raw, error, said):
    with pytest.raises(error, match=said) as refusal:
        read(tmp_path, raw)
    assert isinstance(refusal.value, Refused)
    assert "table.csv" in refusal.value.text()


def test_a_cell_just_below_the_limit_is_read(tmp_path):
    note = b"x" * (LARGEST_CELL - 1)
    reading = read(tmp_path, b"track_id,code,onset_ms,note\nbid,look,1," + note + b"\n")
    assert reading.events[0].comment == note.decode()


def test_a_header_alone_is_an_empty_table(tmp_path):
    reading = read(tmp_path, HEAD)
    assert (reading.found, reading.events, reading.findings) == (0, [], [])


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (b"bid,look,,\n", "no-onset"),
        (b"bid,look,soon,\n", "not-a-time"),
        (b"bid,look,NaN,\n", "not-a-time"),
        (b"bid,look,1,inf\n", "not-a-time"),
        (b'bid,look,"1,5",\n', "not-a-time"),
        (b"bid,look,10,9.999\n", "offset-before-onset"),
        (b"bid,look,1\n", "ragged-row"),
        (b"bid,look,1,2,3\n", "ragged-row"),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_the_others_are_read(tmp_path, row, rule):
    reading = read(tmp_path, HEAD + b"bid,look,1,\n" + row + b"bid,look,2,\n")
    assert rules(reading) == [("error", rule, 3)]
    assert (reading.found, [one.line for one in reading.events]) == (3, [2, 4])


@pytest.mark.parametrize(
    ("header", "row", "rule"),
    [
        (b"onset_frame", b"x", "not-a-frame"),
        (b"offset_frame", b"-1", "not-a-frame"),
        (b"link_id", b"answers", "link-without-target"),
        (b"child_age_mo", b"nine", "not-a-number"),
    ],
)
def test_bad_cells_of_further_columns_are_named(tmp_path, header, row, rule):
    reading = read(tmp_path, b"track_id,code,onset_ms," + header + b"\nbid,look,1," + row + b"\n")
    assert rules(reading) == [("error", rule, 2)]


def test_a_line_number_counts_the_breaks_inside_cells(tmp_path):
    raw = b'track_id,code,onset_ms,note\nbid,look,1,"one\ntwo\nthree"\nbid,look,x,\nbid,look,2,\n'
    reading = read(tmp_path, raw)
    assert rules(reading) == [("error", "not-a-time", 5)]
    assert [(one.line, one.comment) for one in reading.events] == [(2, "one\ntwo\nthree"), (6, "")]


def test_a_column_nobody_knows_is_a_warning(tmp_path):
    reading = read(tmp_path, b"track_id,code,onset_ms,mood\nbid,look,1,good\n")
    assert rules(reading) == [("warning", "unknown-column", 1)]
    assert len(reading.events) == 1


def test_a_value_in_a_column_without_a_name_is_not_dropped_silently(tmp_path):
    reading = read(tmp_path, b"track_id,code,onset_ms,\nbid,look,1,precious\n")
    assert rules(reading) == [("error", "nameless-column", 2)]


def test_a_file_that_is_not_there_is_the_worlds_fault(tmp_path):
    with pytest.raises(FileUnreadable) as trouble:
        FORMATS["csv"].read(tmp_path / "gone.csv")
    assert isinstance(trouble.value, Trouble)


@pytest.mark.parametrize("path", [pytest.param("/dev/zero", marks=ON_UNIX), "."])
def test_what_is_no_file_is_not_read(path):
    with pytest.raises(FileUnreadable, match="not a file"):
        FORMATS["csv"].read(Path(path))
