"""Kills and power cuts at random moments: acknowledged edits lost, studies torn; both must be 0."""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from imhcode.domain.errors import ImhcodeError
from imhcode.store.study_file import StudyFile

TESTS = Path(__file__).parents[1] / "tests"


def run(smoke: bool) -> dict[str, object]:
    rng = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        figures = _kills(place, 2 if smoke else 100, rng)
        figures |= _cuts("power cuts", place, 10 if smoke else 100, rng, {})
        off = {"PRAGMA synchronous=FULL": "PRAGMA synchronous=OFF"}
        figures |= _cuts("the same without syncing", place, 10 if smoke else 100, rng, off)
    return figures


def _kills(place: Path, how_many: int, rng: random.Random) -> dict[str, object]:
    from child_coder import new_study, wrong_with, wrong_with_undo

    wrong: Counter[str] = Counter()
    total = 0
    for number in range(how_many):
        path = new_study(place / f"killed {number}.imh")
        acknowledged = _killed_at_random(path, number, rng.random() * 0.4)
        total += acknowledged
        study = StudyFile.open(path)
        wrong.update(_kind(one) for one in wrong_with(study, acknowledged))
        wrong.update(_kind(one) for one in wrong_with_undo(study))
        study.close()
        path.unlink()
    return {
        "kills": how_many,
        "kills: edits acknowledged": total,
        "kills: studies that lost an acknowledged edit": wrong["lost"],
        "kills: studies torn or damaged": wrong.total() - wrong["lost"],
    }


def _killed_at_random(path: Path, seed: int, after_s: float) -> int:
    """Kill a child that codes some time after it began; the last edit it acknowledged."""
    paths = os.pathsep.join([str(TESTS.parent / "src"), str(TESTS)])
    command = [sys.executable, str(TESTS / "child_coder.py"), str(path), str(seed)]
    environment = {**os.environ, "PYTHONPATH": paths}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as child:
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(after_s)
        child.kill()
        said = child.stdout.readlines()
    return int(said[-1]) if said else 0


def _cuts(
    name: str, place: Path, how_many: int, rng: random.Random, instead: dict[str, str]
) -> dict[str, object]:
    from child_coder import as_one_gesture_after_another, coding_in, new_study, wrong_with
    from power_cut import FATES, Disk

    wrong: Counter[str] = Counter()
    total = 0
    for number in range(how_many):
        folder = place / "disk"
        folder.mkdir()
        path = new_study(folder / "study.imh")
        disk = Disk(folder, instead)
        study = StudyFile.open(path, connect=disk.connect)
        coding = coding_in(study)
        for _ in range(20):
            before = coding.observation
            as_one_gesture_after_another(coding, rng)
            if coding.observation is not before:
                disk.acknowledge()
        study.close()
        shutil.rmtree(folder)
        folder.mkdir()
        moment = rng.randrange(len(disk.trace) + 1)
        for file, content in disk.after_a_cut(moment, FATES[number % 3], rng).items():
            (folder / file).write_bytes(content)
        acknowledged = disk.acknowledged_by(moment)
        total += acknowledged
        try:
            study = StudyFile.open(path)
        except ImhcodeError:
            wrong["does not open"] += 1
        else:
            try:
                wrong.update({_kind(one) for one in wrong_with(study, acknowledged)})
            except ImhcodeError:
                wrong["cannot be read"] += 1
            study.close()
        shutil.rmtree(folder)
    return {
        name: how_many,
        f"{name}: edits acknowledged": total,
        f"{name}: studies that lost an acknowledged edit": wrong["lost"],
        f"{name}: studies torn or damaged": wrong.total() - wrong["lost"],
    }


def _kind(sentence: str) -> str:
    return sentence.split(" ", 1)[0]
