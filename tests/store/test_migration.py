"""A study made by an earlier imhcode opens, loses nothing, and is kept as it was beside itself."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from child_coder import coding_in, new_study, wrong_with, wrong_with_undo
from imhcode.domain.edit import Edit
from imhcode.domain.family import Person
from imhcode.domain.rating import Rating, RatingStep
from imhcode.domain.study import Recording
from imhcode.services.family import People
from imhcode.services.syncing import SyncingService
from imhcode.store.connection import connect_to_file
from imhcode.store.errors import DiskIsFull, StudyIsNewer, StudyIsOlder
from imhcode.store.kept import kept_in
from imhcode.store.study_file import StudyFile
from imhcode.store.tables import STUDY_VERSION

GOLDEN = Path(__file__).parent / "golden"


def written(path: Path, number: int) -> Path:
    with closing(sqlite3.connect(path)) as file:
        script = GOLDEN / f"study_format_{number}.sql"
        file.executescript(script.read_text(encoding="utf-8"))
    return path


@pytest.fixture(params=[1, 2])
def old(tmp_path, request) -> Path:
    return written(tmp_path / "old study.imh", request.param)


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as file:
        return file.execute("PRAGMA user_version").fetchone()[0]


def layout(path: Path) -> dict[str, set[tuple]]:
    """Tables, columns and triggers, however their text was put together."""
    with closing(sqlite3.connect(path)) as file:
        names = file.execute(
            "SELECT name, type FROM sqlite_schema WHERE sql IS NOT NULL"
        ).fetchall()
        return {
            name: {
                column[1:4] + column[5:] for column in file.execute(f"PRAGMA table_info({name})")
            }
            for name, kind in names
            if kind in ("table", "trigger")
        }


def test_everything_in_it_is_there_and_can_be_undone(old):
    before = version(old)
    with closing(StudyFile.open(old)) as study:
        lines = len(study.log_of("obs").causes())
        assert lines > 10
        assert wrong_with(study, lines) == []
        assert wrong_with_undo(study) == []
    assert before < version(old) == STUDY_VERSION


def test_there_is_a_study_of_each_earlier_format():
    there = {int(one.stem.rsplit("_", 1)[1]) for one in GOLDEN.glob("study_format_*.sql")}
    assert there == set(range(1, STUDY_VERSION))


def test_it_is_then_laid_out_like_a_new_one(old, tmp_path):
    StudyFile.open(old).close()
    assert layout(old) == layout(new_study(tmp_path / "new.imh"))


def test_one_from_before_the_log_of_the_study_gets_it_with_its_guards(old, tmp_path):
    with closing(sqlite3.connect(old)) as file:
        file.executescript("DROP TABLE study_edits")
    StudyFile.open(old).close()
    assert layout(old) == layout(new_study(tmp_path / "new.imh"))


def test_it_takes_what_only_new_studies_could(old):
    with closing(StudyFile.open(old)) as study:
        log = study.log_of("obs")
        one = Rating(id="r", scale="warmth", value=3)
        log.append("do", Edit("rate", (), (RatingStep(None, one),)), "cara")
        assert study.ratings_of("obs") == [one]
        assert log.broken_at() is None
        with pytest.raises(Exception, match="append-only"):
            study._connection.exec_driver_sql("UPDATE edits SET cause='undo'")
        study._connection.rollback()


def test_what_it_knew_of_sessions_stays_and_families_can_be_written_down(tmp_path):
    old = written(tmp_path / "old study.imh", 2)
    with closing(StudyFile.open(old)) as study:
        assert study.get(Recording, "cam").offset_us == 480_000
        assert [one.offset_us for one in study.episodes_of("visit 1")] == [2_000_000]
        assert kept_in(study, Person) == []
        syncing = SyncingService(study, "visit 1", "cara")
        assert (syncing.history.can_undo, syncing.history.can_redo) == (True, True)
        baby = People(study, "D1", "cara").add("baby", "child")
    with closing(StudyFile.open(old)) as study:
        assert kept_in(study, Person) == [baby]
        assert study.log_of_study().broken_at() is None


def test_a_copy_of_what_it_was_stands_beside_it(old):
    number = version(old)
    StudyFile.open(old).close()
    copy = old.with_name(f"old study-format-{number}.imh")
    assert sorted(old.parent.iterdir()) == sorted([old, copy])
    assert version(copy) == number
    with closing(StudyFile.open(copy)) as study:  # and it is a whole study of its own
        assert wrong_with(study, len(study.log_of("obs").causes())) == []
    assert old.with_name(f"old study-format-{number}-format-{number}.imh").exists()


def test_a_copy_that_is_there_already_is_not_touched(old):
    number = version(old)
    first = old.with_name(f"old study-format-{number}.imh")
    first.write_text("mine")
    StudyFile.open(old).close()
    assert first.read_text() == "mine"
    assert version(old.with_name(f"old study-format-{number}-2.imh")) == number


def test_one_that_is_up_to_date_is_left_alone(tmp_path):
    path = new_study(tmp_path / "new.imh")
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    StudyFile.open(path).close()
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert list(tmp_path.iterdir()) == [path]


def test_for_reading_only_it_is_refused_with_what_to_do(old):
    before = old.read_bytes()
    with pytest.raises(StudyIsOlder, match="Open it once in the window"):
        StudyFile.open(old, writing=False)
    assert old.read_bytes() == before
    assert list(old.parent.iterdir()) == [old]


def test_on_a_full_disk_it_stays_as_it_was(old):
    before = old.read_bytes()

    def small(path: Path, writing: bool) -> sqlite3.Connection:
        driver = connect_to_file(path, writing)
        driver.execute(f"PRAGMA max_page_count={driver.execute('PRAGMA page_count').fetchone()[0]}")
        return driver

    with pytest.raises(DiskIsFull):
        StudyFile.open(old, connect=small)
    assert old.read_bytes() == before
    with closing(StudyFile.open(old)) as study:
        assert coding_in(study).history.can_undo


def test_a_study_of_the_future_is_refused_untouched(old):
    with closing(sqlite3.connect(old)) as file:
        file.execute(f"PRAGMA user_version={STUDY_VERSION + 1}")
    before = old.read_bytes()
    with pytest.raises(StudyIsNewer):
        StudyFile.open(old)
    assert old.read_bytes() == before
