"""Saving one edit in observations of growing size, against SQLite committing two bare rows."""

import gc
import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from pathlib import Path

from benchmarks.opening_a_study import big_study
from imhcode.domain.event import Stamp
from imhcode.store.study_file import StudyFile

PRAGMAS = ("locking_mode=EXCLUSIVE", "journal_mode=DELETE", "synchronous=FULL", "cache_size=-16384")


def run(smoke: bool) -> dict[str, object]:
    figures: dict[str, object] = {}
    edits = 20 if smoke else 300
    for n_events in [200] if smoke else [200, 2_000, 10_000, 50_000]:
        with tempfile.TemporaryDirectory() as folder:
            path = big_study(Path(folder) / "study.imh", n_events)
            bare, coded = _compared(path, n_events, edits)
        name = f"{n_events:,} events"
        usual, usual_bare = statistics.median(coded), statistics.median(bare)
        figures |= {
            f"{name}: bare commit, ms": 1000 * usual_bare,
            f"{name}: a saved key press, ms": 1000 * usual,
            f"{name}: 95th percentile, ms": 1000 * statistics.quantiles(coded, n=20)[-1],
            f"{name}: a saved key press / bare commit": usual / usual_bare,
        }
    return figures


def _compared(path: Path, n_events: int, edits: int) -> tuple[list[float], list[float]]:
    """Times of both, in turn in small portions: a busy machine is busy for both."""
    from child_coder import KEYS, coding_in

    bare: list[float] = []
    coded: list[float] = []
    twin = path.with_name("twin.imh")
    twin.write_bytes(path.read_bytes())
    study = StudyFile.open(path)
    coding = coding_in(study)
    with closing(sqlite3.connect(twin, isolation_level=None)) as file:
        for pragma in PRAGMAS:
            file.execute(f"PRAGMA {pragma}")
        gc.collect()
        for number in range(edits):
            frame = number * 7919 % (n_events * 10)
            event = (f"bare {number}", "touch", "hold", frame * 40_000, None, frame, "cam")
            began = time.perf_counter()
            file.execute("BEGIN IMMEDIATE")
            file.execute(
                "INSERT INTO edits VALUES (1, ?, 'do', 'press', ?, 'cara', '', '', ?)",
                (number + 1, "x" * 250, "x" * 64),
            )
            file.execute(
                "INSERT INTO events VALUES (1, ?, ?, ?, ?, ?, ?, NULL, ?, '', '', '', '',"
                " '', '', 0, 0, 0)",
                event,
            )
            file.execute("COMMIT")
            bare.append(time.perf_counter() - began)

            key = KEYS[number % len(KEYS)]
            began = time.perf_counter()
            coding.press(key, Stamp(frame * 40_000 + number, "cam", frame))
            coded.append(time.perf_counter() - began)
    study.close()
    return bare, coded
