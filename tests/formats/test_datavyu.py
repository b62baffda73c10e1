"""Datavyu: what is written is read again, in all three forms, but for what is said beforehand."""

import csv
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings

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

GOLDEN = Path(__file__).parent / "golden" / "datavyu"
FORMS = ("datavyu", "datavyu-csv", "datavyu-json")


def expected(record):
    """The events once what Datavyu cannot hold has gone: whole milliseconds from its own zero."""
    for event in record.observation.timeline:
        until = None if event.offset_us is None else ms(event.offset_us) * 1000
        yield replace(event, onset_us=ms(event.onset_us) * 1000, offset_us=until)


@pytest.mark.parametrize("name", FORMS)
@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)
@given(events=event_lists())
def test_what_is_written_is_read_again_but_for_what_is_said(name, events, tmp_path_factory):
    record = record_of(events)
    assume(not {"gaps-of-1-ms", "modifier-texts", "late"} & lost(name, record))
    assume(not any(one.what == "running" for one in FORMATS[name].losses([record])))
    reading = written_and_read(name, record, tmp_path_factory.mktemp("out"))
    assert in_order(map(about, reading.events)) == in_order(map(about, expected(record)))
    assert reading.found == len(events)
    assert not any(one.severity == "error" for one in reading.findings)


@pytest.mark.parametrize("name", FORMS)
def test_facts_of_the_session_come_back(name, tmp_path):
    record = record_of(EVENTS)
    reading = written_and_read(name, record, tmp_path)
    first = reading.events[0]
    assert (first.session, first.dyad) == (record.session, record.dyad)
    assert (first.coder_id, first.role, first.scheme_id) == ("anna", "gold", "answering")
    assert reading.notes == []


def test_films_come_back_where_they_lie(tmp_path):
    reading = written_and_read("datavyu", record_of(EVENTS), tmp_path)
    assert [(one.path, one.offset_us, one.fps) for one in reading.media] == [
        (CAMERAS[0].path, -1_480_000, "29.97"),
        (CAMERAS[1].path, 520_000, ""),
    ]


def test_the_golden_entries_are_written_byte_for_byte(tmp_path):
    (part,) = FORMATS["datavyu"].write("study", [record_of(EVENTS)], tmp_path)
    with zipfile.ZipFile(tmp_path / part.name) as archive:
        assert sorted(archive.namelist()) == ["1", "2", "db", "project"]
        for name in archive.namelist():
            assert archive.read(name) == (GOLDEN / f"{name}.txt").read_bytes()


def test_the_same_study_gives_the_same_archive(tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        FORMATS["datavyu"].write("study", [record_of(EVENTS)], tmp_path / folder)
    first, second = (tmp_path / one / "S01_anna_gold.opf" for one in ("one", "two"))
    assert first.read_bytes() == second.read_bytes()


def test_states_that_adjoin_are_closed_a_millisecond_early_and_come_back_whole(tmp_path):
    reading = written_and_read("datavyu", record_of(EVENTS), tmp_path)
    with zipfile.ZipFile(tmp_path / "S01_anna_gold.opf") as archive:
        db = archive.read("db").decode()
    assert "00:00:00:000,00:00:01:512,(together,)" in db
    assert "00:00:01:513,00:00:00:000,(apart," in db
    assert reading.events[0].offset_us == reading.events[1].onset_us == 33_000


def test_every_loss_is_said_and_counted():
    said = {one.what: one.count for one in FORMATS["datavyu"].losses([record_of(EVENTS)])}
    assert said == {"links": 1, "microseconds": 2, "frames": 2, "ids": 5}


@pytest.mark.parametrize(
    ("event", "what"),
    [
        (Event(id="a", track="state", code="apart", onset_us=0, offset_us=None), "running"),
        (
            Event(id="a", track="bid", code="look", onset_us=4 * 10**11, offset_us=4 * 10**11),
            "late",
        ),
        (
            Event(
                id="a",
                track="bid",
                code="look",
                onset_us=0,
                offset_us=0,
                modifiers=(("words", (".",)),),
            ),
            "modifier-texts",
        ),
    ],
)
def test_what_only_datavyu_cannot_hold_is_said(event, what, tmp_path):
    record = record_of([event])
    assert what in lost("datavyu", record)
    reading = written_and_read("datavyu", record, tmp_path)
    assert [*map(about, reading.events)] != [*map(about, [event])]


def test_json_has_its_fields_in_the_order_that_datavyu_wants(tmp_path):
    (part,) = FORMATS["datavyu-json"].write("study", [record_of(EVENTS)], tmp_path)
    made = json.loads((tmp_path / part.name).read_text(encoding="utf-8"))
    assert list(made) == ["passes"]
    assert list(made["passes"][1]) == ["name", "type", "arguments", "cells"]
    assert list(made["passes"][1]["cells"][0]) == ["id", "onset", "offset", "values"]


def test_csv_has_its_columns_side_by_side_and_counts_from_0(tmp_path):
    (part,) = FORMATS["datavyu-csv"].write("study", [record_of(EVENTS)], tmp_path)
    with (tmp_path / part.name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][:4] == ["answer.ordinal", "answer.onset", "answer.offset", "answer.code"]
    assert rows[1][:4] == ["0", "44640", "44640", "joins"]
    assert {len(row) for row in rows} == {len(rows[0])}
    assert rows[0][-1] == ""
    assert rows[2][-2] == '\'=SUM(A1), said "she"\nand left'


def test_datavyur_gets_a_table_for_each_column(tmp_path):
    parts = FORMATS["datavyur"].write("study", [record_of(EVENTS)], tmp_path)
    assert [one.name for one in parts] == [
        f"{column}__S01_anna_gold.csv" for column in ("id", "state", "bid", "answer")
    ]
    with (tmp_path / "answer__S01_anna_gold.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [
        ["file", "column", "onset", "offset", "ordinal", "code", "comment"],
        ["S01_anna_gold", "answer", "44640", "44640", "1", "joins", ""],
    ]
