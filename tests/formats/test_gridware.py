"""Trajectories for state space grids."""

from dataclasses import replace
from pathlib import Path

from imhcode.domain.event import Event
from imhcode.formats import FORMATS
from rich_record import RECORD

GOLDEN = Path(__file__).parent / "golden" / "gridware"
GRIDWARE = FORMATS["gridware"]


def table(path):
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]


def state(code, onset, offset, instance=""):
    return Event(
        id=f"{code}{onset}{instance}",
        track="state",
        code=code,
        onset_us=onset * 1_000_000,
        offset_us=offset * 1_000_000,
        instance=instance,
    )


def written(folder, *events):
    record = replace(RECORD, observation=RECORD.observation.with_events(events))
    first, *_ = GRIDWARE.write("study", [record], folder)
    return table(folder / first.name)


def test_the_golden_files_are_what_is_written(tmp_path):
    parts = GRIDWARE.write("study", [RECORD], tmp_path)
    assert [one.name for one in parts] == ["S01_anna_gold.trj", "codes.txt", "trajectories.txt"]
    for one in parts:
        assert (tmp_path / one.name).read_bytes() == (GOLDEN / one.name).read_bytes()


def test_the_last_line_is_the_end_and_gaps_have_no_code(tmp_path):
    assert written(tmp_path, state("together", 1, 3), state("apart", 5, 6)) == [
        ["Onset", "state"],
        ["1.000", "1"],
        ["3.000", "0"],
        ["5.000", "2"],
        ["6.000"],
    ]


def test_each_person_has_a_column_and_every_change_a_line(tmp_path):
    events = state("together", 0, 4, "mother"), state("apart", 2, 5, "father")
    assert written(tmp_path, *events) == [
        ["Onset", "state (mother)", "state (father)"],
        ["0.000", "1", "0"],
        ["2.000", "1", "2"],
        ["4.000", "0", "2"],
        ["5.000"],
    ]


def test_without_states_there_is_a_header_only(tmp_path):
    assert written(tmp_path) == [["Onset"]]


def test_what_is_left_out_is_said_beforehand():
    losses = {one.what: one.count for one in GRIDWARE.losses([RECORD])}
    assert losses["events"] == 3
    assert {"modifiers", "links", "comments", "ratings", "microseconds"} <= losses.keys()
