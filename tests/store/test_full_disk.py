"""A disk that fails in the middle of an edit: nothing has happened, and the next edit works."""

import contextlib
import random
import shutil
import subprocess
import sys

import apsw
import pytest

from child_coder import (
    BLANK,
    KEYS,
    ODD_TEXT,
    a_few_touches,
    as_one_gesture_after_another,
    coding_in,
    new_study,
    wrong_with,
    wrong_with_undo,
)
from imhcode.domain.event import Stamp
from imhcode.services.coding import CodingService
from imhcode.store.errors import DiskIsFull, StudyTrouble
from imhcode.store.study_file import StudyFile
from power_cut import Disk


def state_of(coding: CodingService):
    return coding.observation, len(coding.history), coding.history.can_undo, coding.history.can_redo


def failed_and_nothing_happened(study: StudyFile, coding: CodingService, gesture, error) -> None:
    before = state_of(coding)
    lines = len(study.log_of("obs").causes())
    told = []
    coding._listeners = [lambda *what: told.append(what)]
    with pytest.raises(error) as said:
        gesture()
    assert str(study.path) in str(said.value)
    assert said.value.next_step
    assert state_of(coding) == before
    assert coding.observation is before[0]
    assert told == []
    assert wrong_with(study, lines) == []
    assert len(study.log_of("obs").causes()) == lines
    assert BLANK.with_events(study.events_of("obs")) == coding.observation


def many_at_once(coding: CodingService, seed: int = 1):
    return coding.add(a_few_touches(coding, random.Random(seed)))


def test_a_file_that_may_not_grow(tmp_path):
    study = StudyFile.open(new_study(tmp_path / "study.imh"))
    coding = coding_in(study)
    coding.press(KEYS[0], Stamp(0))
    driver = study._connection.connection.driver_connection
    (pages,) = driver.execute("PRAGMA page_count").fetchone()
    driver.execute(f"PRAGMA max_page_count={pages}")
    failed_and_nothing_happened(study, coding, lambda: many_at_once(coding), DiskIsFull)
    driver.execute("PRAGMA max_page_count=100000")
    many_at_once(coding)
    assert len(coding.observation.timeline) == 41
    assert wrong_with(study, 2) == []
    study.close()


@pytest.fixture
def small_disk(tmp_path):
    """A real file system of 512 kB, where this user may mount one."""
    place = tmp_path / "small"
    place.mkdir()
    mount = shutil.which("mount")
    if sys.platform != "linux" or mount is None:
        pytest.skip("no small file system to be had here")
    done = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("only an administrator may mount a small file system")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_that_is_really_full(small_disk):
    study = StudyFile.open(new_study(small_disk / "study.imh"))
    coding = coding_in(study)
    coding.press(KEYS[0], Stamp(0))
    filler = small_disk / "holiday pictures"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))
    assert shutil.disk_usage(small_disk).free == 0
    failed_and_nothing_happened(study, coding, lambda: many_at_once(coding), DiskIsFull)
    failed_and_nothing_happened(study, coding, lambda: many_at_once(coding), DiskIsFull)
    filler.unlink()
    many_at_once(coding)
    coding.undo()
    assert len(coding.observation.timeline) == 1
    assert wrong_with(study, 3) == []
    study.close()
    study = StudyFile.open(small_disk / "study.imh")
    assert wrong_with_undo(study) == []
    study.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "error"),
    [(apsw.SQLITE_FULL, DiskIsFull), (apsw.SQLITE_IOERR, StudyTrouble)],
    ids=["full", "input/output error"],
)
def test_a_disk_that_fails_at_any_point_of_an_edit(tmp_path, fault, error):
    """Each write, sync and truncation of one edit in turn is the one that fails."""
    folder = tmp_path / "disk"
    folder.mkdir()
    path = new_study(folder / "study.imh")
    disk = Disk(folder)
    study = StudyFile.open(path, connect=disk.connect)
    coding, rng = coding_in(study), random.Random(1)
    for _ in range(15):
        as_one_gesture_after_another(coding, rng)
    points, in_doubt = 0, []
    for gesture in (
        lambda: many_at_once(coding, 1000),
        lambda: coding.comment(next(iter(coding.observation.timeline)).id, f"new {ODD_TEXT[-1]}"),
        coding.undo,
        coding.redo,
    ):
        for point in range(200):
            at, struck = iter(range(10_000)), []

            def strike(what: str, file: str, at=at, point=point, struck=struck) -> None:
                if next(at) == point:
                    disk.fault = lambda what, file: None
                    struck.append(what)
                    raise apsw.exception_for(fault)

            before = state_of(coding)
            disk.fault = strike
            try:
                gesture()
            except error:
                disk.fault = lambda what, file: None
                assert state_of(coding) == before
                assert coding.observation is before[0]
                assert BLANK.with_events(study.events_of("obs")) == coding.observation
                points += 1
            else:
                in_doubt += struck  # done in the end, although the last sync failed
                disk.acknowledge()
                break
        disk.fault = lambda what, file: None
        assert point > 3
    assert points > 40
    assert in_doubt == ["sync"] * 4
    lines = len(study.log_of("obs").causes())
    assert wrong_with(study, lines) == []
    after = tmp_path / "after a power cut"
    after.mkdir()
    for name, content in disk.after_a_cut(len(disk.trace), "lost", rng).items():
        (after / name).write_bytes(content)
    survived = StudyFile.open(after / "study.imh")
    assert wrong_with(survived, lines) == []
    survived.close()
    study.close()
    study = StudyFile.open(path)
    assert wrong_with(study, lines) == []
    assert wrong_with_undo(study) == []
    study.close()
