"""Excel and Parquet: the CSV family with types, and workbooks of others."""

import csv
import sys
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from imhcode.domain.errors import Refused
from imhcode.formats import FORMATS
from imhcode.formats.csv.cells import unguarded
from imhcode.formats.sheets import sheets_of
from odd_events import event_lists
from rich_record import RECORD

GOLDEN = Path(__file__).parent / "golden"
XLSX, CSV, PARQUET = FORMATS["xlsx"], FORMATS["csv"], FORMATS["parquet"]


def with_events(*events):
    return replace(RECORD, observation=RECORD.observation.with_events(events))


def lines(path):
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return header, [[unguarded(cell) for cell in row] for row in rows]


def test_the_golden_workbook_has_the_cells_that_are_written(tmp_path):
    XLSX.write("study", [RECORD], tmp_path)
    assert sheets_of(tmp_path / "tables.xlsx") == sheets_of(GOLDEN / "xlsx" / "tables.xlsx")
    first = (tmp_path / "tables.xlsx").read_bytes()
    XLSX.write("study", [RECORD], tmp_path)
    assert (tmp_path / "tables.xlsx").read_bytes() == first
    assert [one.name for one in tmp_path.iterdir()] == ["tables.xlsx"]


def test_openpyxl_reads_what_csv_says_with_numbers_as_numbers(tmp_path):
    XLSX.write("study", [RECORD], tmp_path)
    CSV.write("study", [RECORD], tmp_path)
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    assert book.sheetnames == ["codebook", "events", "links", "ratings"]
    for name in ("events", "links", "ratings"):
        header, rows = lines(tmp_path / f"{name}.csv")
        names, *cells = book[name].values
        assert list(names) == header
        assert len(cells) == len(rows)
        for ours, theirs in zip(rows, cells, strict=True):
            assert [as_csv(one) for one in theirs] == ours
    onset = book["events"].cell(2, [one.value for one in book["events"][1]].index("onset_ms") + 1)
    assert onset.value == 1000.033


def as_csv(value):
    return (
        ""
        if value is None
        else repr(value).removesuffix(".0")
        if isinstance(value, float)
        else str(value)
    )


def test_no_text_is_ever_a_formula(tmp_path):
    event = replace(RECORD.observation.timeline.in_order()[0], comment="=HYPERLINK(1)")
    XLSX.write("study", [with_events(event)], tmp_path)
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    kinds = {cell.data_type for sheet in book for row in sheet for cell in row}
    assert kinds <= {"s", "n"}
    (back,) = XLSX.read(tmp_path / "tables.xlsx").events
    assert back.comment == "=HYPERLINK(1)"


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(event_lists())
def test_a_workbook_says_what_csv_says(tmp_path, events):
    record = with_events(*events)
    XLSX.write("study", [record], tmp_path)
    CSV.write("study", [record], tmp_path)
    ours, theirs = XLSX.read(tmp_path / "tables.xlsx"), CSV.read(tmp_path / "events.csv")
    assert [one for one in ours.findings if one.severity == "error"] == []
    lost = {one.what for one in XLSX.losses([record])}
    if not lost:
        assert [replace(one, line=0) for one in ours.events] == [
            replace(one, line=0) for one in theirs.events
        ]
    assert ours.found == theirs.found + len(ours.ratings)


def test_ratings_and_links_come_back():
    reading = XLSX.read(GOLDEN / "xlsx" / "tables.xlsx")
    assert [(one.scale, one.value, one.comment) for one in reading.ratings] == [
        ("warmth", 3.0, "warm")
    ]
    assert [[link.target for link in one.links] for one in reading.events if one.links] == [["b1"]]


def test_parquet_has_the_same_cells_with_types(tmp_path):
    pytest.importorskip("pyarrow")
    from pyarrow import parquet

    CSV.write("study", [RECORD], tmp_path)
    parts = PARQUET.write("study", [RECORD], tmp_path)
    assert [one.name for one in parts] == [
        f"{name}.parquet" for name in ("codebook", "events", "links", "ratings")
    ]
    for name in ("events", "links", "ratings"):
        header, rows = lines(tmp_path / f"{name}.csv")
        table = parquet.read_table(tmp_path / f"{name}.parquet")
        assert table.column_names == header
        assert table.equals(parquet.read_table(GOLDEN / "parquet" / f"{name}.parquet"))
        for ours, theirs in zip(rows, table.to_pylist(), strict=True):
            assert [as_csv(one) for one in theirs.values()] == ours
    events = parquet.read_table(tmp_path / "events.parquet").to_pandas()
    assert events["onset_ms"].dtype == "float64"
    assert events["ordinal"].dtype == "int64"
    assert events["code"][0] == "together"


def test_without_its_library_parquet_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(Refused, match="pyarrow, which is not installed"):
        PARQUET.write("study", [RECORD], tmp_path)


def saved(folder, *rows, name="Sheet1", then=lambda _: None):
    book = openpyxl.Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    then(book)
    book.save(folder / "x.xlsx")
    return folder / "x.xlsx"


def spans(reading):
    return [
        (one.track, one.code, one.onset_us / 1e6, one.offset_us and one.offset_us / 1e6)
        for one in reading.events
    ]


def test_a_workbook_of_others_is_mapped_as_any_table(tmp_path):
    path = saved(
        tmp_path,
        ["Who", "Start", "End", "Behaviour"],
        ["infant", time(0, 0, 1, 500_000), timedelta(seconds=2), "look"],
        ["infant", "0:03", "0:04,5", "away"],
    )
    reading = XLSX.read(path)
    assert spans(reading) == [("infant", "look", 1.5, 2), ("infant", "away", 3, 4.5)]
    assert reading.columns == "onset=Start,offset=End,code=Behaviour,subject=Who,unit=clock"


def test_merged_cells_hold_for_all_their_rows_and_numbers_may_be_text(tmp_path):
    def merge(book):
        book.active.merge_cells("A2:A3")

    rows = (["Track", "Onset", "Code"], ["gaze", "1.5", "look"], [None, 2, "away"])
    assert spans(XLSX.read(saved(tmp_path, *rows, then=merge))) == [
        ("gaze", "look", 1.5, 1.5),
        ("gaze", "away", 2, 2),
    ]


def test_a_date_in_a_column_of_times_is_refused_in_its_row(tmp_path):
    rows = (["Onset", "Code"], [datetime(2024, 3, 5, 0, 0, 2), "a"], [3, "b"], [4, "b"], [5, "b"])  # noqa: DTZ001
    reading = XLSX.read(saved(tmp_path, *rows))
    assert spans(reading) == [("events", "b", 3, 3), ("events", "b", 4, 4), ("events", "b", 5, 5)]
    (error,) = [one for one in reading.findings if one.severity == "error"]
    assert (error.rule, error.line, error.where) == ("not-a-time", 2, "sheet “Sheet1”, row 2")


def test_our_own_sheet_may_have_been_saved_by_a_spreadsheet(tmp_path):
    rows = (
        ["session_id", "session_date_shifted", "track_id", "code", "onset_ms", "offset_ms", "note"],
        ["S01", date(2024, 3, 5), "state", "together", 1000.5, "2000,25", "x"],
    )
    reading = XLSX.read(saved(tmp_path, *rows, name="events"))
    (event,) = reading.events
    assert (event.session.date, event.onset_us, event.offset_us) == (
        "2024-03-05",
        1_000_500,
        2_000_250,
    )
    assert reading.vocabulary is None


def test_the_first_sheet_that_can_be_events_is_read_and_the_others_named(tmp_path):
    def more(book):
        book.create_sheet("coded").append(["Onset", "Code"])
        book["coded"].append([1, "a"])

    reading = XLSX.read(saved(tmp_path, ["About"], ["this study"], then=more))
    assert spans(reading) == [("events", "a", 1, 1)]
    assert [one.message for one in reading.findings if one.rule == "other-sheets"] == [
        "only the sheet “coded” was read, not Sheet1"
    ]
