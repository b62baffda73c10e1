"""What is written down of families: whole after reopening, a kill or a power cut, and undoable."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from busy_clinician import Clinician, lay_out, lines_in, wrong_with_family
from imhcode.domain.clip_record import ClipRecord
from imhcode.domain.consent import Consent
from imhcode.domain.errors import ImhcodeError
from imhcode.domain.family import Person, Presence
from imhcode.domain.goal import Goal, Strategy
from imhcode.domain.moment import MomentCard, PrivateNote
from imhcode.domain.retention import Deletion, Retention
from imhcode.domain.visit import Visit, VisitEntry
from imhcode.services.goals import Goals
from imhcode.store.errors import NoSuchEntry, StudyIsDamaged, StudyTrouble
from imhcode.store.kept import KINDS, edit_of_rows, kept_in
from imhcode.store.study_file import StudyFile
from power_cut import FATES, Disk

TESTS = Path(__file__).parents[1]

#: One value of each kind with something in every field.
FULL = [
    Person(id="p", dyad_id="D", label="grandmother", relation="other_adult"),
    Presence(id="r", session_id="S", person_id="p"),
    Consent(
        id="c", dyad_id="D", person_id="p", use="research", answer="granted", on="2026-01-01",
        until="2026-12-31", note="by phone", n=3,
    ),
    Goal(id="g", dyad_id="D", text="sleep", status="resting", since="2026-01-01"),
    Strategy(
        id="t", dyad_id="D", goal_id="g", text="sang", session_id="S", on="2026-02-01",
        how_it_went="she listened",
    ),
    MomentCard(id="e", session_id="S", title="You two", place=2),
    MomentCard(id="e2", session_id="S"),
    PrivateNote(id="e", session_id="S", text="careful"),
    Visit(
        id="v", dyad_id="D", label="3", date="2026-03-01", began_utc="2026-03-01T10:00:00+00:00",
        coder_id="kim",
    ),
    VisitEntry(
        id="n", visit_id="v", code="parent_says", at_us=5, until_us=9, session_id="S",
        media_us=-480_000, recording_id="cam", frame=12, moment_id="e", words="oh", stance="wonders",
    ),
    VisitEntry(id="n2", visit_id="v", code="asked", at_us=7),
    ClipRecord(
        id="k", file_name="a.mp4", sha256="0" * 64, session_id="S", dyad_id="D",
        recording_ids=("cam", "cam2"), stretches_us=((0, 10), (20, 2**60)), moment_ids=("e",),
        people=("p",), masked=("q",), muted="stretches", muted_us=((1, 2),), use="teaching",
        made_on="2026-03-02", made_by="kim", gone_on="2026-04-01",
    ),
    Retention(id="u", what="session", entry_id="S", keep_until="2027-01-01", note="ethics"),
    Deletion(
        id="x", recording_id="cam", session_id="S", sha256="1" * 64, at_utc="2026-05-01T00:00:00",
        by="kim", files=("cam.mp4", "a.npz"), kept_coding=True, certificate="It is gone.\n",
    ),
]  # fmt: skip


@pytest.fixture
def study(tmp_path):
    with closing(lay_out(tmp_path / "study.imh")) as made:
        yield made


def write(study, *values):
    for one in values:
        study.log_of_study().append("do", edit_of_rows(type(one), "D", (), (one,)), "kim")


def test_every_kind_is_tried():
    assert {type(one) for one in FULL} == set(KINDS)


def test_every_value_comes_back_as_it_was(study):
    write(study, *FULL)
    path = study.path
    study.close()
    with closing(StudyFile.open(path)) as again:
        found = [one for kind in KINDS for one in kept_in(again, kind)]
        assert sorted(found, key=repr) == sorted(FULL, key=repr)
        assert wrong_with_family(again, len(FULL)) == []


def test_a_change_of_what_is_no_longer_so_leaves_nothing_behind(study):
    goal = Goal(id="g", dyad_id="D", text="sleep")
    write(study, goal)
    old, new = replace(goal, text="eat"), replace(goal, text="play")
    with pytest.raises(NoSuchEntry):
        study.log_of_study().append("do", edit_of_rows(Goal, "D", (old,), (new,)), "kim")
    assert kept_in(study, Goal) == [goal]
    assert lines_in(study) == 1


def test_a_disk_that_refuses_leaves_memory_and_file_as_they_were(study):
    goals = Goals(study, "D", "kim")
    goals.add("sleep")
    before = goals.values
    study._connection.exec_driver_sql("PRAGMA query_only=ON")
    study._connection.commit()
    with pytest.raises(StudyTrouble):
        goals.add("eat")
    assert goals.values == before
    assert len(goals.history) == 1
    study._connection.exec_driver_sql("PRAGMA query_only=OFF")
    study._connection.commit()
    goals.add("eat")
    assert wrong_with_family(study, 2) == []


def test_a_row_that_cannot_be_read_is_damage(study):
    write(study, FULL[-3])
    path = study.path
    study.close()
    with closing(sqlite3.connect(path)) as file:
        file.execute("UPDATE clips SET stretches_us = 'x'")
        file.commit()
    with closing(StudyFile.open(path)) as again, pytest.raises(StudyIsDamaged, match="clips"):
        kept_in(again, ClipRecord)


def test_undo_outlives_the_program_and_belongs_to_one_family(study):
    goals = Goals(study, "D", "kim")
    goals.add("sleep")
    goals.reword(goals.values[0].id, "sleep well")
    other = Goal(id="other", dyad_id="E", text="play")
    study.log_of_study().append("do", edit_of_rows(Goal, "E", (), (other,)), "kim")
    again = Goals(study, "D", "kim")
    again.undo()
    assert [one.text for one in again.values] == ["sleep"]
    again.undo()
    assert again.values == ()
    assert not again.history.can_undo
    again.redo()
    again.redo()
    assert [one.text for one in Goals(study, "D", "kim").values] == ["sleep well"]
    assert wrong_with_family(study, 7) == []


def test_anything_written_down_at_random_adds_up(study):
    clinician = Clinician(study, random.Random(5))
    for _ in range(300):
        clinician.do_one_thing()
    lines = lines_in(study)
    assert lines > 150
    assert wrong_with_family(study, lines) == []
    assert clinician.cards.history.can_undo


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_when_the_power_fails(tmp_path):
    folder = tmp_path / "a"
    folder.mkdir()
    lay_out(folder / "study.imh").close()
    disk, rng = Disk(folder), random.Random(3)
    study = StudyFile.open(folder / "study.imh", connect=disk.connect)
    clinician = Clinician(study, rng)
    begun = lines = lines_in(study)
    start = len(disk.trace)
    for _ in range(60):
        clinician.do_one_thing()
        if lines_in(study) > lines:
            lines += 1
            disk.acknowledge()
    study.close()
    assert disk.acknowledged_by(len(disk.trace)) > 25
    after, wrong = tmp_path / "after", {}
    moments = [*sorted(rng.sample(range(start, len(disk.trace)), 14)), len(disk.trace)]
    for moment in moments:
        for fate in FATES:
            shutil.rmtree(after, ignore_errors=True)
            after.mkdir()
            for name, content in disk.after_a_cut(moment, fate, rng).items():
                (after / name).write_bytes(content)
            try:
                with closing(StudyFile.open(after / "study.imh")) as found:
                    said = wrong_with_family(found, begun + disk.acknowledged_by(moment))
            except ImhcodeError as failure:
                said = [str(failure)]
            if said:
                wrong[moment, fate] = said
    assert wrong == {}


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_when_the_program_is_killed(tmp_path):
    path = tmp_path / "study.imh"
    lay_out(path).close()
    paths = os.pathsep.join([str(TESTS.parent / "src"), str(TESTS)])
    for seed in range(3):
        child = subprocess.Popen(
            [sys.executable, str(TESTS / "busy_clinician.py"), str(path), str(seed)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": paths},
        )
        with child:
            assert child.stdout.readline() == b"ready\n"
            said = [child.stdout.readline() for _ in range(12)]
            child.kill()
            said += child.stdout.readlines()
        with closing(StudyFile.open(path)) as study:
            assert wrong_with_family(study, int(said[-1])) == []
