"""BORIS's table of events, written for scripts that expect it."""

import csv

from exchanged_records import EVENTS, record_of
from imhcode.formats import FORMATS

COLUMNS = [
    *("Observation id", "Observation date", "Description", "Observation duration"),
    *("Observation type", "Source", "Time offset (s)", "Media duration (s)", "FPS"),
    *("session", "dyad", "child", "site", "group", "visit", "child_age_months"),
    *("child_age_corrected_months", "coder", "role", "scheme", "scheme_version", "clock_zero_s"),
    *("Subject", "Behavior", "Behavioral category"),
    *("Modifier #1", "Modifier #2", "Modifier #3", "Modifier #4"),
    *("Behavior type", "Time", "Media file name", "Image index", "Image file path", "Comment"),
]


def rows_of(record, folder):
    (part,) = FORMATS["boris-tabular"].write("study", [record], folder)
    with (folder / part.name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == part.rows
    return rows


def test_the_columns_are_borises_in_borises_order(tmp_path):
    assert list(rows_of(record_of(EVENTS), tmp_path)[0]) == COLUMNS


def test_every_start_stop_and_point_is_a_row(tmp_path):
    rows = rows_of(record_of(EVENTS), tmp_path)
    assert [(one["Behavior"], one["Behavior type"], one["Time"]) for one in rows] == [
        ("together", "START", "0.000"),
        ("apart", "START", "1.513"),
        ("together", "STOP", "1.513"),
        ("look", "START", "43.640"),
        ("look", "STOP", "43.640"),
        ("smile", "START", "43.680"),
        ("smile", "STOP", "44.480"),
        ("joins", "POINT", "44.640"),
        ("apart", "STOP", "60.000"),
    ]
    look = rows[3]
    assert [look[f"Modifier #{n}"] for n in range(1, 5)] == [
        "faint",
        "face,voice",
        "'-uh   hm",
        "-3",
    ]
    assert look["Media duration (s)"] == "60.000|58.000"
    assert rows[1]["Comment"] == '\'=SUM(A1), said "she" and left'


def test_an_observation_without_films_is_live(tmp_path):
    rows = rows_of(record_of(EVENTS, ()), tmp_path)
    assert {one["Observation type"] for one in rows} == {"Live observation"}
    assert {one["Image index"] for one in rows} == {"NA"}
