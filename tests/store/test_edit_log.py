"""The log: only ever added to, and every tampering is found."""

import random
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from child_coder import (
    BLANK,
    KEYS,
    as_one_gesture_after_another,
    coding_in,
    lay_out,
    new_study,
    wrong_with,
)
from imhcode.domain.edit import Edit, Step
from imhcode.domain.event import Event, Stamp
from imhcode.store.errors import StudyIsDamaged, StudyTrouble
from imhcode.store.study_file import StudyFile


@pytest.fixture
def path(tmp_path):
    return new_study(tmp_path / "study.imh")


@pytest.fixture
def coded(path):
    """A closed study with thirty gestures in it."""
    study = StudyFile.open(path)
    coding, rng = coding_in(study), random.Random(7)
    for _ in range(30):
        as_one_gesture_after_another(coding, rng)
    assert wrong_with(study, len(study.log_of("obs").causes())) == []
    study.close()
    return path


def tampered(path, sql, *values):
    """Change the file as somebody would who knows SQLite and takes the guards away first."""
    with closing(sqlite3.connect(path)) as file:
        of_edits = "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'edits'"
        guards = [row[0] for row in file.execute(of_edits)]
        file.execute("DROP TRIGGER edits_are_never_changed")
        file.execute("DROP TRIGGER edits_are_never_deleted")
        assert file.execute(sql, values).rowcount > 0
        for guard in guards:
            file.execute(guard)
        file.commit()
    return StudyFile.open(path)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE edits SET cause = 'undo' WHERE n = 1",
        "UPDATE edits SET chain = chain",
        "DELETE FROM edits",
        "DELETE FROM edits WHERE n = 1",
    ],
)
def test_the_file_refuses_to_change_or_delete_a_line(coded, sql):
    with closing(sqlite3.connect(coded)) as file:
        before = file.execute("SELECT * FROM edits").fetchall()
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            file.execute(sql)
        assert file.execute("SELECT * FROM edits").fetchall() == before


@pytest.mark.parametrize(
    ("sql", "line"),
    [
        ("UPDATE edits SET steps = replace(steps, 'onset_us\":', 'onset_us\":1') WHERE n = 3", 3),
        ("UPDATE edits SET cause = CASE cause WHEN 'do' THEN 'redo' ELSE 'do' END WHERE n = 4", 4),
        ("UPDATE edits SET coder_id = 'somebody' WHERE n = 1", 1),
        ("UPDATE edits SET at_utc = '2020-01-01T00:00:00.000+00:00' WHERE n = 2", 2),
        ("UPDATE edits SET program = '99' WHERE n = 5", 5),
        ("UPDATE edits SET gesture = 'link' WHERE n = 5", 5),
        ("UPDATE edits SET chain = 'x' WHERE n = 6", 6),
        ("DELETE FROM edits WHERE n = 7", 7),
        ("DELETE FROM edits WHERE n = 1", 1),
        ("UPDATE edits SET n = n + 1000 WHERE n = 8", 8),
        ("UPDATE edits SET steps = CAST('[]' AS BLOB) WHERE n = 9", 9),
    ],
)
def test_a_tampered_line_is_found(coded, sql, line):
    study = tampered(coded, sql)
    assert study.log_of("obs").broken_at() == line
    study.close()


def test_a_line_that_says_nonsense_is_damage_and_no_crash(coded):
    for nonsense in (
        "",
        "[",
        "7",
        "[[1,2]]",
        '[[null,{"id":""}]]',
        "[" * 100_000,
        "[[null,null,null]]",
    ):
        study = tampered(coded, "UPDATE edits SET steps = ? WHERE n = 2", nonsense)
        with pytest.raises(StudyIsDamaged, match="line 2"):
            list(study.log_of("obs").entries())
        with pytest.raises(StudyIsDamaged):
            study.log_of("obs").edit(2)
        study.close()


@pytest.mark.parametrize(
    "change",
    [
        "modifiers = '['",
        "modifiers = '[[1]]'",
        "links = '[1]'",
        "onset_us = 'noon'",
        "offset_us = onset_us - 1",
        "comment = CAST(x'ff' AS TEXT)",
    ],
)
def test_an_event_that_says_nonsense_is_trouble_and_no_crash(coded, change):
    study = tampered(coded, f"UPDATE events SET {change}")
    with pytest.raises(StudyTrouble) as trouble:
        study.events_of("obs")
    assert str(coded) in str(trouble.value)
    study.close()


def test_reading_the_log_half_way_does_not_stand_in_the_way_of_saving(path):
    study = StudyFile.open(path)
    coding = coding_in(study)
    coding.press(KEYS[0], Stamp(0))
    coding.press(KEYS[1], Stamp(5))
    half_read = study.log_of("obs").entries()
    next(half_read)
    coding.press(KEYS[2], Stamp(9))
    assert [entry.n for entry in half_read] == [2]
    study.close()


def test_a_failed_reading_does_not_stand_in_the_way_of_saving(path):
    study = StudyFile.open(path)
    coding = coding_in(study)
    driver = study._connection.connection.driver_connection
    driver.execute("ALTER TABLE events RENAME TO hidden")
    with pytest.raises(StudyTrouble):
        study.events_of("obs")
    driver.execute("ALTER TABLE hidden RENAME TO events")
    coding.press(KEYS[0], Stamp(0))
    assert len(study.events_of("obs")) == 1
    study.close()


def test_each_observation_has_its_own_log_and_events(tmp_path):
    study = lay_out(tmp_path / "study.imh")
    study.add_observation(replace(BLANK, id="second look", role="reliability"))
    event = Event(id="same id", track="touch", code="hold", onset_us=0, offset_us=None)
    for name in ("obs", "second look"):
        assert study.log_of(name).append("do", Edit("press", (Step(None, event),)), "cara") == 1
    study.log_of("obs").append("do", Edit("delete", (Step(event, None),)), "cara")
    assert study.events_of("obs") == []
    assert study.events_of("second look") == [event]
    assert [entry.n_events for entry in study.observations()] == [0, 1]
    assert study.log_of("obs").broken_at() is study.log_of("second look").broken_at() is None
    study.close()


def test_an_edit_that_removes_and_brings_back_leaves_the_last_word(path):
    study = StudyFile.open(path)
    first = Event(id="x", track="touch", code="hold", onset_us=0, offset_us=None)
    last = replace(first, onset_us=7, comment="last")
    steps = (Step(None, first), Step(first, None), Step(None, last))
    study.log_of("obs").append("do", Edit("import", steps), "cara")
    assert study.events_of("obs") == [last]
    study.close()


def test_an_event_that_gets_another_id_leaves_no_twin_behind(path):
    study = StudyFile.open(path)
    old = Event(id="old", track="touch", code="hold", onset_us=0, offset_us=None)
    new = replace(old, id="new")
    log = study.log_of("obs")
    for step in (Step(None, old), Step(old, new)):
        log.append("do", Edit("import", (step,)), "cara")
    assert study.events_of("obs") == [new]
    study.close()
