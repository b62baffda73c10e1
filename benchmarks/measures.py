"""All measures of the flagship scheme over a study, against pandas reading its events table."""

import multiprocessing
import pickle
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from imhcode.analysis.figure import Figure
from imhcode.domain.study import Coder
from imhcode.reports.figures.drawing import drawn
from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme
from imhcode.services.figure_files import study_figures
from imhcode.services.measure_files import write_measures
from imhcode.services.measures import Measuring
from imhcode.services.studies import StudyService
from imhcode.store.wire import plain_links, text_of

S = 1_000_000
HOUR_S = 3_600
MEAN_S = 3.15  #: makes 3,000 events an hour
COLUMNS = (
    "observation, id, track, code, onset_us, offset_us, links, recording, modifiers, pass_id, "
    "comment, instance, transcript, onset_reviewed, offset_reviewed, flagged"
)


def big_study(path: Path, n_sessions: int) -> Path:
    """One hour each, coded at random, written by SQL without a log."""
    from random_coders import random_events

    scheme = load_scheme(find_scheme("abr"))
    with StudyService.create(path, [scheme]) as study:
        study.file.add(Coder(id="c"))
    names = [f"S{n:04d}" for n in range(n_sessions)]
    drawn = [
        list(random_events(scheme, np.random.default_rng(seed), HOUR_S, mean_s=MEAN_S))
        for seed in range(min(n_sessions, 8))
    ]

    def rows() -> Iterator[tuple[Any, ...]]:
        for n in range(n_sessions):
            for one in drawn[n % len(drawn)]:
                links = text_of(plain_links(one)) if one.links else ""
                yield (n + 1, one.id, one.track, one.code, one.onset_us, one.offset_us, links)

    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA synchronous=OFF")
        file.executemany("INSERT INTO dyads VALUES (?, '', '', '')", [(one,) for one in names])
        file.executemany(
            "INSERT INTO sessions (id, dyad_id, visit, date, child_age_months) "
            "VALUES (?, ?, '', '', 9)",
            [(one, one) for one in names],
        )
        file.executemany(
            "INSERT INTO recordings (id, session_id, path, offset_us, frames, end_us, fps, "
            "variable_frame_rate, sha256, quick_hash, interval_us, deinterlaced) "
            f"VALUES (?, ?, 'a.mp4', 0, 90000, {HOUR_S * S}, '25', 0, '', '', 0, 1)",
            [(one, one) for one in names],
        )
        file.executemany(
            "INSERT INTO observations (id, session_id, coder_id, role, status, scheme_hash) "
            "VALUES (?, ?, 'c', 'primary', 'draft', ?)",
            [(one, one, scheme.content_hash) for one in names],
        )
        more = ", '', '', '', '', '', '', 0, 0, 0"
        file.executemany(
            f"INSERT INTO events ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?{more})", rows()
        )
        file.commit()
    return path


def run(smoke: bool) -> dict[str, object]:
    """Two sizes: the ratio, and whether four times as much takes four times as long."""
    figures: dict[str, object] = {}
    each, grown = [], []
    for n_sessions in [4, 8] if smoke else [250, 1_000]:
        with tempfile.TemporaryDirectory() as folder:
            path = big_study(Path(folder) / "study.imh", n_sessions)
            with closing(sqlite3.connect(path)) as file:
                n_events = file.execute("SELECT count(*) FROM events").fetchone()[0]
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                grown.append(pool.apply(_peak_growth_mb, (path,)))
            measures_s = _seconds(lambda: _measure(path))  # noqa: B023  (called at once)
            pandas_s = _seconds(lambda: _read_by_pandas(path))  # noqa: B023
            if len(each) == 0:
                figures |= _more(path, measures_s)
        name = f"{n_sessions:,} sessions"
        figures |= {
            f"{name}: events": n_events,
            f"{name}: pandas reads the events table, s": pandas_s,
            f"{name}: all measures, s": measures_s,
            f"{name}: measures / pandas": measures_s / pandas_s,
            f"{name}: peak memory of measuring, MB": grown[-1],
        }
        each.append(measures_s / n_sessions)
    figures["time a session, larger study / smaller"] = each[1] / each[0]
    figures["peak memory, larger study / smaller"] = grown[1] / grown[0]
    return figures


def _more(path: Path, measures_s: float) -> dict[str, object]:
    """What is made of measures, as multiples of measuring; and why that is done in one process."""
    with StudyService.open(path, writing=False) as study, tempfile.TemporaryDirectory() as folder:
        measuring = Measuring(study)
        places = measuring.places[:8]
        readings = [measuring.read(*one) for one in places]
        read_s = _seconds(lambda: [measuring.read(*one) for one in places])
        compute_s = _seconds(lambda: [measuring.measure(one) for one in readings])
        hand_over_s = _seconds(lambda: [pickle.loads(pickle.dumps(one)) for one in readings])
        some: list[tuple[str, Figure]] = []
        describe_s = _seconds(lambda: some.extend(study_figures(measuring)))
        draw_s = _seconds(lambda: [drawn(one, "svg") for _, one in some])
        tables_s = _seconds(lambda: write_measures(measuring, Path(folder)))
    return {
        "all figures described / all measures": describe_s / measures_s,
        "a figure drawn as SVG, s": draw_s / len(some),
        "all tables as CSV / all measures": tables_s / measures_s,
        "share of computing in measuring": compute_s / (read_s + compute_s),
        "handing a session to another process / computing it": hand_over_s / compute_s,
    }


def _measure(path: Path) -> int:
    with StudyService.open(path, writing=False) as study:
        return sum(len(one.measured) for one in Measuring(study).sittings())


def _read_by_pandas(path: Path) -> int:
    with closing(sqlite3.connect(path)) as file:
        return len(pd.read_sql("SELECT * FROM events", file))


def _seconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def _peak_growth_mb(path: Path) -> float:
    """In a fresh process: what measuring needs beyond the opened study."""
    with StudyService.open(path, writing=False) as study:
        sittings = Measuring(study).sittings()
        next(sittings)
        before = _peak_mb()
        for _ in sittings:
            pass
        return max(_peak_mb() - before, 1.0)


def _peak_mb() -> float:
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
