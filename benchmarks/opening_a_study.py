"""Opening a study and loading an observation, against SQLite handing over the same bare rows."""

import gc
import multiprocessing
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from imhcode.domain.observation import Observation
from imhcode.store.study_file import StudyFile

COLUMNS = (
    "id, track, code, onset_us, offset_us, onset_frame, offset_frame, recording, modifiers, links, "
    "pass_id, comment"
)


def big_study(path: Path, n_events: int) -> Path:
    """A small study with so many events in its observation, written by SQL without a log."""
    from child_coder import new_study

    new_study(path)
    kinds = (("dyad_state", "attuned", ""), ("infant_bid", "look", '[["clarity",["clear"]]]'))

    def rows() -> Iterator[tuple[Any, ...]]:
        for n in range(n_events):
            track, code, modifiers = kinds[n % 2]
            onset = n * 400_000
            offset = onset + 800_000 if track == "dyad_state" else onset
            name = f"{n * 0x9E3779B97F4A7C15 % 2**128:032x}"  # in no order, as fresh ids are
            yield (name, track, code, onset, offset, n * 10, modifiers)

    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA synchronous=OFF")
        file.executemany(
            "INSERT INTO events (observation, id, track, code, onset_us, offset_us, onset_frame, "
            "recording, modifiers, links, pass_id, comment, instance, transcript, "
            "onset_reviewed, offset_reviewed, flagged) "
            "VALUES (1, ?, ?, ?, ?, ?, ?, 'cam', ?, '', 'states', '', '', '', 0, 0, 0)",
            rows(),
        )
        file.commit()
    return path


def run(smoke: bool) -> dict[str, object]:
    figures: dict[str, object] = {}
    for n_events in [2_000] if smoke else [100_000, 1_000_000]:
        with tempfile.TemporaryDirectory() as folder:
            path = big_study(Path(folder) / "study.imh", n_events)
            name = f"{n_events:,} events"
            figures |= {f"{name}: {what}": figure for what, figure in _measured(path).items()}
            with _child() as child:
                grown = child.apply(_resident_growth, (path,))
            figures[f"{name}: resident memory an event, bytes"] = grown // n_events
    return figures


def _measured(path: Path) -> dict[str, float]:
    """The best of three for each, in turn: a busy machine is busy for all."""
    actions = {
        "bare fetchall, s": lambda: _bare(path),
        "opening the study, s": lambda: StudyFile.open(path, writing=False).close(),
        "opening and loading, s": lambda: _load(path),
    }
    rounds = [{what: _seconds(action) for what, action in actions.items()} for _ in range(3)]
    best = {what: min(one[what] for one in rounds) for what in actions}
    ratio = best["opening and loading, s"] / best["bare fetchall, s"]
    return best | {"opening and loading / bare fetchall": ratio}


def _bare(path: Path) -> list[Any]:
    with closing(sqlite3.connect(path)) as file:
        return file.execute(f"SELECT {COLUMNS} FROM events WHERE observation = 1").fetchall()


def _load(path: Path) -> Observation:
    from child_coder import BLANK

    study = StudyFile.open(path, writing=False)
    observation = BLANK.with_events(study.events_of("obs"))
    study.close()
    return observation


def _seconds(action: Callable[[], object]) -> float:
    gc.collect()
    began = time.perf_counter()
    kept = action()
    took = time.perf_counter() - began
    del kept
    return took


def _resident_growth(path: Path) -> int:
    """How much a process grows that holds the observation, in bytes."""
    before = _resident()
    observation = _load(path)
    gc.collect()
    grown = _resident() - before
    del observation
    return grown


def _resident() -> int:
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * resource.getpagesize()
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


@contextmanager
def _child() -> Iterator[Any]:
    """One fresh process, so that nothing measured before is counted."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        pool.apply(_warm_up)
        yield pool


def _warm_up() -> None:
    """Import everything and lay out a template, before anything is measured."""
    with tempfile.TemporaryDirectory() as folder:
        _load(big_study(Path(folder) / "study.imh", 10))
