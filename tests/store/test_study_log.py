"""Offsets are edits: in one transaction with their table, append-only, every tampering found."""

import sqlite3
from contextlib import closing

import pytest

from imhcode.domain.study import Recording, Session
from imhcode.store.errors import NoSuchEntry, NotAStudy, StudyIsDamaged, StudyTrouble
from imhcode.store.study_file import StudyFile
from imhcode.store.study_log import StudyEdit


@pytest.fixture
def path(tmp_path):
    study = StudyFile.create(tmp_path / "study.imh")
    study.add(Session(id="S1"))
    study.add(Recording(id="r", session_id="S1", path="r.mp4"))
    study.close()
    return tmp_path / "study.imh"


def moving(before_us: int, after_us: int, recording: str = "r") -> StudyEdit:
    return StudyEdit("recording", recording, {"offset_us": before_us}, {"offset_us": after_us})


@pytest.fixture
def moved(path):
    study = StudyFile.open(path)
    log = study.log_of_study()
    for n in range(5):
        assert log.append("do", moving(n * 10, n * 10 + 10), "cara") == n + 1
    study.close()
    return path


def without_guards(path, sql):
    with closing(sqlite3.connect(path)) as file:
        found = "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'study_edits'"
        guards = [row[0] for row in file.execute(found)]
        assert len(guards) == 2
        for what in ("changed", "deleted"):
            file.execute(f"DROP TRIGGER study_edits_are_never_{what}")
        assert file.execute(sql).rowcount > 0
        for guard in guards:
            file.execute(guard)
        file.commit()
    return StudyFile.open(path)


def test_line_and_offset_are_there_after_reopening(moved):
    study = StudyFile.open(moved)
    entries = list(study.log_of_study().entries())
    assert [entry.edit for entry in entries] == [moving(n * 10, n * 10 + 10) for n in range(5)]
    assert {(entry.cause, entry.coder_id) for entry in entries} == {("do", "cara")}
    assert study.get(Recording, "r").offset_us == 50
    assert study.log_of_study().broken_at() is None
    study.close()


@pytest.mark.parametrize("edit", [moving(49, 60), moving(50, 60, "nobody")])
def test_an_edit_that_does_not_follow_leaves_nothing_behind(moved, edit):
    study = StudyFile.open(moved)
    with pytest.raises(NoSuchEntry):
        study.log_of_study().append("do", edit, "cara")
    assert len(list(study.log_of_study().entries())) == 5
    assert study.get(Recording, "r").offset_us == 50
    study.log_of_study().append("do", moving(50, 60), "cara")
    study.close()


def test_only_offsets_can_be_edited(moved):
    study = StudyFile.open(moved)
    with pytest.raises(ValueError, match="path"):
        study.log_of_study().append(
            "do", StudyEdit("recording", "r", {"path": "r.mp4"}, {"path": "x.mp4"}), "cara"
        )
    study.close()


@pytest.mark.parametrize(
    "sql", ["UPDATE study_edits SET cause = 'undo'", "DELETE FROM study_edits WHERE n = 5"]
)
def test_the_file_refuses_to_change_or_delete_a_line(moved, sql):
    with (
        closing(sqlite3.connect(moved)) as file,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        file.execute(sql)


@pytest.mark.parametrize(
    ("sql", "line"),
    [
        ("UPDATE study_edits SET after = '{\"offset_us\":7}' WHERE n = 2", 2),
        ("UPDATE study_edits SET coder_id = 'somebody' WHERE n = 4", 4),
        ("DELETE FROM study_edits WHERE n = 3", 3),
    ],
)
def test_tampering_is_found_at_its_line(moved, sql, line):
    study = without_guards(moved, sql)
    assert study.log_of_study().broken_at() == line
    study.close()


def test_a_line_that_cannot_be_read_is_damage(moved):
    study = without_guards(moved, "UPDATE study_edits SET before = 'x' WHERE n = 1")
    with pytest.raises(StudyIsDamaged, match="line 1"):
        list(study.log_of_study().entries())
    study.close()


def test_a_trigger_of_somebody_else_on_the_log_keeps_the_study_shut(moved):
    with closing(sqlite3.connect(moved)) as file:
        file.execute(
            "CREATE TRIGGER mine AFTER INSERT ON study_edits BEGIN DELETE FROM events; END"
        )
        file.commit()
    with pytest.raises(NotAStudy):
        StudyFile.open(moved)


def test_a_disk_that_refuses_leaves_offset_and_log_as_they_were(moved):
    study = StudyFile.open(moved)
    study._connection.exec_driver_sql("PRAGMA query_only=ON")
    study._connection.commit()
    with pytest.raises(StudyTrouble):
        study.log_of_study().append("do", moving(50, 60), "cara")
    study._connection.exec_driver_sql("PRAGMA query_only=OFF")
    study._connection.commit()
    assert study.get(Recording, "r").offset_us == 50
    assert len(list(study.log_of_study().entries())) == 5
    study.close()
