"""A program that is killed at any moment loses nothing it had acknowledged."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from child_coder import new_study, wrong_with, wrong_with_undo
from imhcode.store.study_file import StudyFile

TESTS = Path(__file__).parents[1]


def killed_after(path: Path, lines: int, seed: int) -> int:
    """Let a child code until it has acknowledged so many edits, kill it; the last number it gave."""
    paths = os.pathsep.join([str(TESTS.parent / "src"), str(TESTS)])
    child = subprocess.Popen(
        [sys.executable, str(TESTS / "child_coder.py"), str(path), str(seed)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths},
    )
    with child:
        assert child.stdout.readline() == b"ready\n"
        said = [child.stdout.readline() for _ in range(lines)]
        child.kill()  # it is somewhere in the middle of what comes after
        said += child.stdout.readlines()
    return int(said[-1])


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_when_the_program_is_killed_again_and_again(tmp_path):
    path = new_study(tmp_path / "study.imh")
    rng = random.Random(11)
    before = 0
    for seed in range(8):
        acknowledged = killed_after(path, rng.randrange(1, 60), seed)
        assert acknowledged > before
        study = StudyFile.open(path)
        assert wrong_with(study, acknowledged) == []
        before = len(study.log_of("obs").causes())
        study.close()
    study = StudyFile.open(path)
    assert wrong_with_undo(study) == []
    study.close()
