"""Agreement from a study file, against bare SQLite; exact kappa against sampling; alignment."""

import multiprocessing
import random
import sqlite3
import sys
import tempfile
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from imhcode.analysis.agreement_rows import PairOfCoders, rows_of
from imhcode.analysis.alignment import Sequence, partners
from imhcode.analysis.coded_lane import in_order
from imhcode.analysis.compared_pair import ComparedPair
from imhcode.analysis.pair_parameters import Parameters
from imhcode.analysis.pair_tables import tables_of_pairs
from imhcode.analysis.spans import Union
from imhcode.domain.study import Coder, Recording, Session
from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme
from imhcode.services.agreement import agreement
from imhcode.services.studies import StudyService

HOUR_US = 3_600_000_000
STATES = ("attuned", "side_by_side", "out_of_step", "rupture", "repairing")
POINTS = {
    "infant_bid": ("look", "smile", "vocal", "reach"),
    "caregiver_invite": ("face_voice", "game", "touch"),
    "rupture_repair": ("rupture", "repair_attempt", "repaired"),
}
EVENT = (
    "INSERT INTO events (observation, id, track, code, onset_us, offset_us, recording, modifiers, "
    "links, pass_id, comment, instance, transcript, onset_reviewed, offset_reviewed, flagged) "
    "VALUES (?, ?, ?, ?, ?, ?, '', ?, '', '', '', '', '', 0, 0, 0)"
)


def big_study(path: Path, n_sessions: int, n_events: int) -> Path:
    """Two coders of each session, the second a little off; written by SQL without a log."""
    scheme = load_scheme(find_scheme("abr"))
    with StudyService.create(path, [scheme]) as study:
        for name in ("anna", "ben"):
            study.file.add(Coder(id=name))
        for k in range(n_sessions):
            name = f"S{k:04}"
            study.file.add(Session(id=name))
            study.file.add(Recording(id=name, session_id=name, path="x.mp4", end_us=HOUR_US))
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA synchronous=OFF")
        for k in range(n_sessions):
            rows = list(_session(k, n_events))
            for side, coder in enumerate(("anna", "ben")):
                number = 2 * k + side + 1
                file.execute(
                    "INSERT INTO observations (number, id, session_id, coder_id, role, status, "
                    "scheme_hash) VALUES (?, ?, ?, ?, 'primary', 'submitted', ?)",
                    (number, f"o{number}", f"S{k:04}", coder, scheme.content_hash),
                )
                file.executemany(EVENT, ((number, *row) for row in rows[side]))
        file.commit()
    return path


def _session(seed: int, n_events: int) -> Iterator[list[tuple[Any, ...]]]:
    """Both coders' rows: states one after the other, and points on three tracks."""
    chance = random.Random(seed)
    n_states = n_events // 3
    edges = sorted(chance.randrange(HOUR_US // 40_000) * 40_000 for _ in range(n_states))
    codes = [chance.choice(STATES) for _ in edges]
    points = [
        (track, chance.choice(POINTS[track]), chance.randrange(HOUR_US // 40_000) * 40_000)
        for track in (chance.choice(list(POINTS)) for _ in range(n_events - n_states))
    ]
    for side in range(2):
        off = [edge + (side and chance.randrange(-5, 6) * 40_000) for edge in edges]
        off = sorted(max(0, edge) for edge in off)
        rows: list[tuple[Any, ...]] = []
        for code, onset, offset in zip(codes, off, [*off[1:], HOUR_US], strict=True):
            if offset > onset:
                said = chance.choice(STATES) if side and chance.random() < 0.1 else code
                rows.append((_name(chance), "dyad_state", said, onset, offset, ""))
        for track, code, onset in points:
            if side and chance.random() < 0.1:
                continue
            at = max(0, onset + (side and chance.randrange(-5, 6) * 40_000))
            said = chance.choice(POINTS[track]) if side and chance.random() < 0.1 else code
            clear = '[["clarity",["clear"]]]' if track == "infant_bid" else ""
            rows.append((_name(chance), track, said, at, at, clear))
        yield sorted(rows)


def _name(chance: random.Random) -> str:
    return f"{chance.getrandbits(128):032x}"


def run(smoke: bool) -> dict[str, object]:
    figures: dict[str, object] = {}
    for n_sessions in [3] if smoke else [100, 1_000]:
        with tempfile.TemporaryDirectory() as folder:
            path = big_study(Path(folder) / "study.imh", n_sessions, 300 if smoke else 3_000)
            name = f"{n_sessions:,} sessions"
            bare, n_rows = _seconds(partial(_bare, path))
            ours, rows = _seconds(partial(_agreement, path))
            figures |= {
                f"{name}: events": n_rows,
                f"{name}: bare fetchall of the same columns, s": bare,
                f"{name}: from the file to {rows:,} rows with 2,000 draws, s": ours,
                f"{name}: agreement / bare fetchall": ours / bare,
            }
            with multiprocessing.get_context("spawn").Pool(1, _path, (sys.path,)) as child:
                grown = child.apply(_resident_growth, (path,))
            figures[f"{name}: resident memory grown by, MiB"] = grown / 2**20
    return figures | _one_pair() | _alignment(300 if smoke else 3_000)


def _bare(path: Path) -> int:
    """Everything the tables need, observation by observation, as SQLite hands it over."""
    total = 0
    with closing(sqlite3.connect(path)) as file:
        for (number,) in file.execute("SELECT number FROM observations").fetchall():
            total += len(
                file.execute(
                    "SELECT track, code, onset_us, offset_us, instance, modifiers, links "
                    "FROM events WHERE observation = ?",
                    (number,),
                ).fetchall()
            )
    return total


def _agreement(path: Path) -> int:
    with StudyService.open(path, writing=False) as study:
        return sum(len(one.rows) for one in agreement(study).comparisons)


def _one_pair() -> dict[str, float]:
    """Two coders of an hour, 2,000 states each: exact, and sampled at 30 Hz as others do it."""
    random_ = np.random.default_rng(1)
    edges = np.unique(random_.integers(0, HOUR_US, 2_000))
    lanes = []
    for side in range(2):
        off = np.sort(edges + side * random_.integers(-200_000, 200_000, len(edges)))
        lanes.append((off, np.append(off[1:], HOUR_US), np.arange(len(off)) % len(STATES)))
    scheme = load_scheme(find_scheme("abr"))
    track = scheme.tracks[0]

    def exact() -> object:
        a, b = ({track.id: in_order(*one)} for one in lanes)
        scored = Union.of(np.array([0]), np.array([HOUR_US]))
        pair = ComparedPair(
            session_id="S",
            coder_a="a",
            coder_b="b",
            window_us=(0, HOUR_US),
            scored=scored,
            a=a,
            b=b,
        )
        parameters = Parameters(tolerance_us=1_000_000)
        tables = tables_of_pairs([pair], scheme, track, parameters)
        return list(rows_of([PairOfCoders("S", "", "a", "b")], tables, parameters))

    def sampled() -> object:
        """One look every 33.3 ms at whose state holds, then a table: nothing else of the above."""
        table: Counter[tuple[int, int]] = Counter()
        columns = [tuple(column.tolist() for column in lane) for lane in lanes]
        for k in range(HOUR_US * 30 // 1_000_000):
            at = k * 1_000_000 // 30
            said = []
            for onsets, offsets, codes in columns:
                held = bisect_right(onsets, at) - 1
                said.append(codes[held] if held >= 0 and at < offsets[held] else -1)
            table[said[0], said[1]] += 1
        return table

    ours, _ = _seconds(exact)
    ours = min(ours, _seconds(exact)[0])
    theirs, _ = _seconds(sampled)
    return {
        "2 x 2,000 states, every index of the track, s": ours,
        "2 x 2,000 states, one table sampled at 30 Hz in Python, s": theirs,
        "sampled / exact": theirs / ours,
    }


def _alignment(n: int) -> dict[str, float]:
    random_ = np.random.default_rng(2)
    onsets = np.sort(random_.integers(0, HOUR_US, n))
    codes = random_.integers(0, 6, n)
    off = onsets + random_.integers(-200_000, 200_000, n)
    order = np.argsort(off)
    a, b = Sequence(onsets, codes), Sequence(off[order], codes[order])
    whole, _ = _seconds(lambda: partners(a, b, None))
    within, _ = _seconds(lambda: partners(a, b, 1_000_000))
    return {
        f"alignment {n:,} x {n:,}, all can be partners, s": whole,
        f"alignment {n:,} x {n:,}, within 1 s, s": within,
    }


def _seconds(action: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = action()
    return time.perf_counter() - start, result


def _path(path: list[str]) -> None:
    sys.path[:] = path


def _resident_growth(path: Path) -> int:
    """By how many bytes an agreement makes a fresh process grow at most (Linux)."""
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew: it outlives an exec
    before = _peak()
    _agreement(path)
    return _peak() - before


def _peak() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) * 1024


if __name__ == "__main__":
    for name, figure in run("--smoke" in sys.argv).items():
        print(f"{name}: {figure:,.3f}" if isinstance(figure, float) else f"{name}: {figure}")
