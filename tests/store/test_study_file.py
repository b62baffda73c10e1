"""Files that are no studies, that are damaged, locked or read-only: a sentence, and nothing changed."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from child_coder import (
    BLANK,
    as_one_gesture_after_another,
    coding_in,
    lay_out,
    new_study,
    wrong_with,
    wrong_with_undo,
)
from imhcode.domain.errors import ImhcodeError
from imhcode.domain.study import Coder, Dyad, Recording, Session
from imhcode.store.errors import (
    EntryExists,
    NoSuchEntry,
    NotAStudy,
    StudyExists,
    StudyIsDamaged,
    StudyIsMissing,
    StudyIsNewer,
    StudyIsOpenElsewhere,
    StudyIsReadOnly,
    StudyTrouble,
)
from imhcode.store.study_file import StudyFile
from imhcode.store.tables import GUARDS, STUDY_VERSION

SRC = Path(__file__).parents[2] / "src"
TESTS = Path(__file__).parents[1]


@pytest.fixture
def path(tmp_path):
    return new_study(tmp_path / "study.imh")


@pytest.fixture
def coded(path):
    study = StudyFile.open(path)
    coding, rng = coding_in(study), random.Random(3)
    for _ in range(150):
        as_one_gesture_after_another(coding, rng)
    study.close()
    return path


def with_sql(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as file:
        for statement in statements:
            file.execute(statement)
        file.commit()
    return path


def refused(path: Path, error: type[ImhcodeError], *, writing: bool = True) -> ImhcodeError:
    """Opening says what is wrong, in the words of ``error``, and changes neither file nor folder."""
    before = {one.name: one.read_bytes() for one in path.parent.iterdir() if one.is_file()}
    with pytest.raises(error) as said:
        StudyFile.open(path, writing=writing)
    assert type(said.value) is error
    assert str(path) in str(said.value)
    assert said.value.next_step
    assert {one.name: one.read_bytes() for one in path.parent.iterdir() if one.is_file()} == before
    return said.value


@pytest.mark.parametrize("writing", [True, False])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x",
        b"Dear diary,\n" * 500,
        random.Random(1).randbytes(20_000),
        b"SQLite format 3\x00",
        b"SQLite format 3\x00" + bytes(5000),
    ],
    ids=["empty", "one byte", "text", "random bytes", "only the magic", "magic and zeros"],
)
def test_a_file_that_is_no_study(tmp_path, content, writing):
    path = tmp_path / "study.imh"
    path.write_bytes(content)
    refused(path, NotAStudy, writing=writing)


def test_a_file_of_another_program_that_uses_sqlite(tmp_path):
    refused(with_sql(tmp_path / "study.imh", "CREATE TABLE edits (n)"), NotAStudy)
    refused(
        with_sql(
            tmp_path / "other.imh",
            "PRAGMA application_id=7",
            "PRAGMA user_version=1",
            "CREATE TABLE t (n)",
        ),
        NotAStudy,
    )


def test_a_folder_a_missing_file_and_a_dangling_link(tmp_path):
    (tmp_path / "folder.imh").mkdir()
    refused(tmp_path / "folder.imh", NotAStudy)
    refused(tmp_path / "nothing.imh", StudyIsMissing)
    (tmp_path / "link.imh").symlink_to(tmp_path / "nothing.imh")
    refused(tmp_path / "link.imh", StudyIsMissing)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_does_not_make_it_wait_for_ever(tmp_path):
    os.mkfifo(tmp_path / "study.imh")
    refused(tmp_path / "study.imh", NotAStudy)


def test_a_study_of_a_newer_program(path):
    said = refused(with_sql(path, f"PRAGMA user_version={STUDY_VERSION + 1}"), StudyIsNewer)
    assert said.fields["found"] == STUDY_VERSION + 1


@pytest.mark.parametrize(
    "hostile",
    [
        ("CREATE VIEW innocent AS SELECT 1",),
        ("CREATE TRIGGER extra AFTER INSERT ON edits BEGIN DELETE FROM events; END",),
        (
            "DROP TRIGGER edits_are_never_changed",
            "CREATE TRIGGER edits_are_never_changed AFTER INSERT ON edits BEGIN DELETE FROM events; END",
        ),
        ("DROP TABLE coders", "CREATE VIEW coders AS SELECT 'x' AS id, 'y' AS name"),
    ],
    ids=["view", "trigger", "trigger under our own name", "view in the place of a table"],
)
def test_what_we_did_not_put_there_is_not_let_in(path, hostile):
    refused(with_sql(path, "PRAGMA foreign_keys=OFF", *hostile), NotAStudy)


def test_our_own_guards_are_let_in(path):
    with closing(sqlite3.connect(path)) as file:
        guards = {
            row[0] for row in file.execute("SELECT sql FROM sqlite_schema WHERE type = 'trigger'")
        }
    assert guards == set(GUARDS)
    StudyFile.open(path).close()


# -- damage ----------------------------------------------------------------------------------


def test_a_file_cut_short_anywhere_is_refused(coded):
    whole = coded.read_bytes()
    assert len(whole) > 20 * 4096
    for share in (0.99, 0.9, 0.5, 0.1):
        coded.write_bytes(whole[: int(len(whole) * share)])
        refused(coded, StudyIsDamaged)
    coded.write_bytes(whole[:4096])
    refused(coded, StudyIsDamaged)
    coded.write_bytes(whole[:99])
    with pytest.raises(ImhcodeError):
        StudyFile.open(coded)


def test_a_page_of_rubbish_is_refused_and_the_file_left_alone(coded):
    whole = bytearray(coded.read_bytes())
    for page in range(1, len(whole) // 4096, 7):
        rubbish = whole.copy()
        rubbish[page * 4096 : page * 4096 + 600] = random.Random(page).randbytes(600)
        coded.write_bytes(rubbish)
        try:
            study = StudyFile.open(coded)
        except ImhcodeError:
            pass
        else:  # bytes inside a cell: SQLite cannot know; the log can
            assert found_out(study)
            study.close()
        assert coded.read_bytes() == rubbish


def found_out(study: StudyFile) -> bool:
    """Whether reading everything says so, or the log disagrees with itself or with the events."""
    try:
        wrong = wrong_with(study, len(study.log_of("obs").causes()))
        return bool(wrong) or not is_what_was_coded(study)
    except ImhcodeError as said:
        return bool(said.text())


def is_what_was_coded(study: StudyFile) -> bool:
    """Whether at least the rest of the study (names, scheme) can be read; it has no hashes."""
    return bool(study.observations()) and study.scheme_documents() == {"small-1": {}}


def test_a_flipped_bit_is_never_a_crash_and_never_a_wrong_event(coded):
    study = StudyFile.open(coded, writing=False)
    true = BLANK.with_events(study.events_of("obs"))
    study.close()
    whole = coded.read_bytes()
    rng = random.Random(5)
    outcomes = {"refused": 0, "found": 0, "harmless": 0}
    for _ in range(60):
        place, bit = rng.randrange(len(whole)), 1 << rng.randrange(8)
        damaged = bytearray(whole)
        damaged[place] ^= bit
        coded.write_bytes(damaged)
        try:
            study = StudyFile.open(coded, writing=False)
        except ImhcodeError:
            outcomes["refused"] += 1
            continue
        if found_out(study):
            outcomes["found"] += 1
        else:
            assert BLANK.with_events(study.events_of("obs")) == true
            outcomes["harmless"] += 1
        study.close()
    assert outcomes["found"] >= 10  # most bytes are text of log lines and events
    assert sum(outcomes.values()) == 60


# -- who holds the file, who may write ---------------------------------------------------------


def opening_elsewhere(path: Path, *, user: int | None = None, writing: bool = True) -> str:
    """What another process gets when it opens the study: ``opened``, or the name of the error."""
    become = f"import os; os.setgid({user}); os.setuid({user})" if user else ""
    program = f"""
import sys
from pathlib import Path
from imhcode.domain.errors import ImhcodeError
from imhcode.store.study_file import StudyFile
import sqlalchemy.dialects.sqlite.pysqlite
{become}
try:
    StudyFile.open(Path({str(path)!r}), writing={writing}).close()
    print("opened")
except ImhcodeError as said:
    assert said.text()
    print(type(said).__name__)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(SRC)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_one_study_has_one_writer(path):
    study = StudyFile.open(path)
    assert opening_elsewhere(path) == "StudyIsOpenElsewhere"
    with pytest.raises(StudyIsOpenElsewhere):
        StudyFile.open(path)
    with pytest.raises(StudyIsOpenElsewhere):
        StudyFile.open(path, writing=False)
    # On POSIX, closing any other handle of the file would have given the lock away.
    assert opening_elsewhere(path) == "StudyIsOpenElsewhere"
    study.close()
    StudyFile.open(path).close()


def test_a_second_name_of_the_same_file_is_the_same_study(path, tmp_path):
    (tmp_path / "alias.imh").symlink_to(path)
    study = StudyFile.open(path)
    with pytest.raises(StudyIsOpenElsewhere):
        StudyFile.open(tmp_path / "alias.imh")
    study.close()


def test_a_file_another_program_is_writing_to(path):
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert opening_elsewhere(path) == "StudyIsOpenElsewhere"
        assert opening_elsewhere(path, writing=False) == "StudyIsOpenElsewhere"
    assert opening_elsewhere(path) == "opened"


def test_two_may_read(path):
    first = StudyFile.open(path, writing=False)
    second = StudyFile.open(path, writing=False)
    assert first.observations() == second.observations() != []
    first.close()
    second.close()


def test_reading_only_can_write_nothing(path):
    study = StudyFile.open(path, writing=False)
    with pytest.raises(StudyIsReadOnly):
        study.add(Coder(id="new"))
    study.close()


@pytest.fixture
def place_for_everybody():
    """A folder that a user without privileges can reach; pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such flag on Windows")
@pytest.mark.parametrize("closed", ["file", "folder"])
def test_a_read_only_file_or_folder_is_said_at_opening(place_for_everybody, closed):
    nobody = 65534 if os.geteuid() == 0 else None  # nothing is read-only to root
    inner = place_for_everybody / "inner"
    inner.mkdir()
    path = new_study(inner / "study.imh")
    inner.chmod(0o777 if closed == "file" else 0o555)
    path.chmod(0o444 if closed == "file" else 0o666)
    before = path.read_bytes()
    assert opening_elsewhere(path, user=nobody) == "StudyIsReadOnly"
    assert opening_elsewhere(path, user=nobody, writing=False) == "opened"
    assert path.read_bytes() == before


# -- making one ----------------------------------------------------------------------------------


def test_a_new_study_never_replaces_what_is_there(path):
    before = path.read_bytes()
    with pytest.raises(StudyExists):
        StudyFile.create(path)
    assert path.read_bytes() == before


def test_a_study_that_could_not_be_made_leaves_nothing_behind(tmp_path):
    def fails_half_way(path: Path, writing: bool) -> sqlite3.Connection:
        uri = f"{path.absolute().as_uri()}?mode=rw"
        driver = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=0)
        driver.execute("PRAGMA max_page_count=5")
        return driver

    with pytest.raises(StudyTrouble) as said:
        StudyFile.create(tmp_path / "study.imh", connect=fails_half_way)
    assert "full" in str(said.value)
    assert list(tmp_path.iterdir()) == []
    StudyFile.create(tmp_path / "study.imh").close()


def test_a_study_in_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(StudyTrouble) as said:
        StudyFile.create(tmp_path / "no folder" / "study.imh")
    assert "No such file or directory" in str(said.value)


def test_odd_names_of_files_are_names(tmp_path):
    for name in ("spaces and ümläute.imh", "100%#?&.imh", "שלום.imh", "'quoted'.imh", "👶.imh"):
        lay_out(tmp_path / name).close()
        study = StudyFile.open(tmp_path / name)
        assert study.path.name == name
        study.close()


# -- what it holds -------------------------------------------------------------------------------


def test_entries_come_back_as_they_were(path):
    study = StudyFile.open(path)
    entries = [
        Dyad(id="d'1", child_id="👶", group="a,b"),
        Session(id="s2", dyad_id="d'1", date="2024-02-30", child_age_months=6.25),
        Recording(
            id="r",
            session_id="s2",
            path="a b/c.mp4",
            offset_us=-(2**50),
            frames=9,
            end_us=360_000,
            fps="29.97",
            variable_frame_rate=True,
        ),
        Coder(id="zoë", name="Zoë"),
    ]
    for entry in entries:
        study.add(entry)
        with pytest.raises(EntryExists):
            study.add(entry)
    study.change(replace(entries[2], offset_us=5))
    study.remember("note", "first")
    study.remember("note", "second ‘word’")
    study.close()
    study = StudyFile.open(path, writing=False)
    assert study.all(Dyad) == [entries[0]]
    assert study.get(Session, "s2") == entries[1]
    assert study.get(Recording, "r") == replace(entries[2], offset_us=5)
    assert [coder.id for coder in study.all(Coder)] == ["cara", "zoë"]
    assert (study.note("note"), study.note("none")) == ("second ‘word’", "")
    with pytest.raises(NoSuchEntry, match=r"cara, zoë"):
        study.get(Coder, "zoe")
    with pytest.raises(NoSuchEntry):
        study.events_of("nobody's")
    study.close()


def test_a_recording_of_no_session_is_refused(path):
    study = StudyFile.open(path)
    with pytest.raises(StudyTrouble):
        study.add(Recording(id="r", session_id="nowhere", path="x"))
    assert study.all(Recording) == []
    study.add(Coder(id="still works"))
    study.close()


def test_the_one_file_holds_everything_even_while_it_is_open(path, tmp_path):
    """What a memory stick or a backup takes along is the file alone, at any time."""
    study = StudyFile.open(path)
    coding, rng = coding_in(study), random.Random(2)
    for _ in range(30):
        as_one_gesture_after_another(coding, rng)
    taken = tmp_path / "taken.imh"
    shutil.copy(path, taken)
    lines = len(study.log_of("obs").causes())
    study.close()
    study = StudyFile.open(taken)
    assert wrong_with(study, lines) == []
    study.close()


def test_a_copy_is_a_whole_study(coded, tmp_path):
    study = StudyFile.open(coded)
    study.copy_to(tmp_path / "copy.imh")
    with pytest.raises(StudyExists):
        study.copy_to(tmp_path / "copy.imh")
    copy = StudyFile.open(tmp_path / "copy.imh")
    assert sorted(copy.events_of("obs"), key=lambda e: e.id) == sorted(
        study.events_of("obs"), key=lambda e: e.id
    )
    assert wrong_with(copy, len(study.log_of("obs").causes())) == []
    assert wrong_with_undo(copy) == []
    copy.close()
    study.close()
