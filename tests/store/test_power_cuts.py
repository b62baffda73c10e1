"""What is left when the power fails, at any moment, whatever the disk did with what was not synced."""

import random
import shutil
from pathlib import Path

import pytest

from child_coder import (
    as_one_gesture_after_another,
    coding_in,
    lay_out,
    new_study,
    wrong_with,
    wrong_with_undo,
)
from imhcode.domain.errors import ImhcodeError
from imhcode.store.errors import NotAStudy
from imhcode.store.study_file import StudyFile
from power_cut import FATES, Disk

pytestmark = pytest.mark.slow


def coded_on_a_disk(folder: Path, *, instead=None, gestures=40, seed=1) -> Disk:
    """What happened on the disk while somebody coded, from opening the study to closing it."""
    folder.mkdir(exist_ok=True)
    path = new_study(folder / "study.imh")
    disk = Disk(folder, instead)
    study = StudyFile.open(path, connect=disk.connect)
    coding, rng = coding_in(study), random.Random(seed)
    for _ in range(gestures):
        before = coding.observation
        as_one_gesture_after_another(coding, rng)
        if coding.observation is not before:
            disk.acknowledge()
    study.close()
    return disk


def found_after(disk: Disk, moment: int, fate: str, folder: Path, rng: random.Random) -> Path:
    """The folder as the machine finds it when it starts again; the study's path."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in disk.after_a_cut(moment, fate, rng).items():
        (folder / name).write_bytes(content)
    return folder / "study.imh"


def wrong_after(disk: Disk, moment: int, fate: str, folder: Path, rng: random.Random) -> list[str]:
    path = found_after(disk, moment, fate, folder, rng)
    try:
        study = StudyFile.open(path)
    except ImhcodeError as said:
        return [f"does not open: {said}"]
    try:
        return wrong_with(study, disk.acknowledged_by(moment))
    except ImhcodeError as said:
        return [f"cannot be read: {said}"]
    finally:
        study.close()


def moments(disk: Disk, rng: random.Random, how_many: int) -> list[int]:
    return sorted(rng.sample(range(len(disk.trace) + 1), how_many))


def test_nothing_acknowledged_is_lost_when_the_power_fails(tmp_path):
    disk, rng = coded_on_a_disk(tmp_path / "a"), random.Random(2)
    assert disk.acknowledged_by(len(disk.trace)) > 20
    wrong = {
        (moment, fate): found
        for moment in [*moments(disk, rng, 14), len(disk.trace)]
        for fate in FATES
        if (found := wrong_after(disk, moment, fate, tmp_path / "after", rng))
    }
    assert wrong == {}


def test_the_moment_after_an_acknowledgement_is_safe(tmp_path):
    disk, rng = coded_on_a_disk(tmp_path / "a", gestures=25, seed=9), random.Random(3)
    for moment, change in enumerate(disk.trace, start=1):
        if change.what == "acknowledged":
            assert wrong_after(disk, moment, "lost", tmp_path / "after", rng) == []


def test_undo_and_coding_go_on_after_the_power_came_back(tmp_path):
    disk, rng = coded_on_a_disk(tmp_path / "a", seed=4), random.Random(4)
    for fate in FATES:
        path = found_after(disk, len(disk.trace) * 2 // 3, fate, tmp_path / "after", rng)
        study = StudyFile.open(path)
        assert wrong_with_undo(study) == []
        coding = coding_in(study)
        for _ in range(20):
            as_one_gesture_after_another(coding, rng)
        assert wrong_with(study, len(study.log_of("obs").causes())) == []
        study.close()


@pytest.mark.parametrize(
    "instead",
    [
        {"PRAGMA synchronous=FULL": "PRAGMA synchronous=OFF"},
        {"PRAGMA locking_mode=EXCLUSIVE": "PRAGMA locking_mode=NORMAL"},
    ],
    ids=["without syncing", "without the exclusive lock"],
)
def test_this_disk_does_lose_what_is_not_made_safe(tmp_path, instead):
    """The tests above can fail: take one safeguard away and acknowledged edits are lost."""
    disk, rng = coded_on_a_disk(tmp_path / "a", instead=instead), random.Random(5)
    wrong = [
        found
        for moment in moments(disk, rng, 20)
        for found in wrong_after(disk, moment, "lost", tmp_path / "after", rng)
    ]
    assert any("lost" in found for found in wrong)


def test_a_power_cut_tears_what_is_not_synced(tmp_path):
    """Nor is ``mixed`` a kind fate: without syncs, half-written sectors make rubbish of the file."""
    off = {"PRAGMA synchronous=FULL": "PRAGMA synchronous=OFF"}
    disk, rng = coded_on_a_disk(tmp_path / "a", instead=off), random.Random(6)
    wrong = [
        found
        for moment in moments(disk, rng, 12)
        for found in wrong_after(disk, moment, "mixed", tmp_path / "after", rng)
    ]
    assert any("does not open" in found or "torn" in found for found in wrong)


def test_a_study_cut_off_while_it_is_made_is_whole_or_is_none(tmp_path):
    (tmp_path / "a").mkdir()
    disk = Disk(tmp_path / "a")
    study = StudyFile.create(tmp_path / "a" / "study.imh", connect=disk.connect)
    made = len(disk.trace)
    study.close()
    rng = random.Random(7)
    opened = 0
    for moment in range(made + 1):
        for fate in FATES:
            path = found_after(disk, moment, fate, tmp_path / "after", rng)
            if not path.exists():
                continue
            try:
                study = StudyFile.open(path)
            except NotAStudy:
                assert moment < made
                continue
            assert study.note("study_id")
            assert study.integrity() == "ok"
            study.close()
            opened += 1
            assert opened or moment < made
    assert opened >= len(FATES)


def test_entries_of_a_study_are_safe_once_they_were_added(tmp_path):
    (tmp_path / "a").mkdir()
    disk = Disk(tmp_path / "a")
    study = lay_out(tmp_path / "a" / "study.imh", connect=disk.connect)
    done = len(disk.trace)
    study.close()
    for fate in FATES:
        path = found_after(disk, done, fate, tmp_path / "after", random.Random(8))
        study = StudyFile.open(path)
        assert [entry.id for entry in study.observations()] == ["obs"]
        study.close()
