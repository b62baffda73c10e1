"""A study made by an earlier imhcode opens, loses nothing, and is kept as it was beside itself."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from child_coder import coding_in, new_study, wrong_with, wrong_with_undo
from imhcode.domain.edit import Edit
from imhcode.domain.rating import Rating, RatingStep
from imhcode.store.connection import connect_to_file
from imhcode.store.errors import DiskIsFull, StudyIsNewer, StudyIsOlder
from imhcode.store.study_file import StudyFile
from imhcode.store.tables import STUDY_VERSION

OLD = Path(__file__).parent / "golden" / "study_format_1.sql"


@pytest.fixture
def old(tmp_path) -> Path:
    path = tmp_path / "old study.imh"
    with closing(sqlite3.connect(path)) as file:
        file.executescript(OLD.read_text(encoding="utf-8"))
    return path


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
    assert (before, version(old)) == (1, STUDY_VERSION)


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


def test_a_copy_of_what_it_was_stands_beside_it(old):
    StudyFile.open(old).close()
    copy = old.with_name("old study-format-1.imh")
    assert sorted(old.parent.iterdir()) == sorted([old, copy])
    assert version(copy) == 1
    with closing(StudyFile.open(copy)) as study:  # and it is a whole study of its own
        assert wrong_with(study, len(study.log_of("obs").causes())) == []
    assert old.with_name("old study-format-1-format-1.imh").exists()


def test_a_copy_that_is_there_already_is_not_touched(old):
    first = old.with_name("old study-format-1.imh")
    first.write_text("mine")
    StudyFile.open(old).close()
    assert first.read_text() == "mine"
    assert version(old.with_name("old study-format-1-2.imh")) == 1


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
