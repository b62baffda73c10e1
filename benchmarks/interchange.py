"""Files of other programs: reading them against Python's plain parse of the same bytes.

Each format writes one observation and reads it back.  Its baseline takes the same file apart and
does nothing with it: ``json.loads``, ``ElementTree``, ``split``.  Tables are also written against
``pandas.to_csv`` of the same frame.
"""

import gc
import gzip
import json
import tempfile
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from imhcode.domain.event import Event
from imhcode.domain.observation import Observation
from imhcode.domain.study import Dyad, Session
from imhcode.formats import FORMATS, Format
from imhcode.formats.record import Record

Plain = Callable[[Path], object]


def plain_lines(path: Path) -> object:
    """Cells of every line."""
    return [line.split(",") for line in path.read_text(encoding="utf-8").split("\n")]


def plain_words(path: Path) -> object:
    """Words of every line, for what is not a table."""
    return [line.split() for line in path.read_text(encoding="utf-8").split("\n")]


def plain_items(path: Path) -> object:
    """Items of a sequence, each taken apart at its comma."""
    return [item.split(",") for item in path.read_text(encoding="utf-8").split()]


def plain_json(path: Path) -> object:
    """Values of a JSON document, packed or not."""
    raw = path.read_bytes()
    return json.loads(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)


def plain_xml(path: Path) -> object:
    """The tree of an XML document."""
    import xml.etree.ElementTree as ET

    return ET.parse(path)


def plain_archive(path: Path) -> object:
    """The cells of every line of every entry of an archive."""
    with zipfile.ZipFile(path) as archive:
        texts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    return [[line.split(",") for line in text.split("\n")] for text in texts]


#: what reads the bytes of a format without understanding them
BASELINES: dict[str, Plain] = {
    ".csv": plain_lines,
    ".tsv": plain_lines,
    ".sds": plain_items,
    ".json": plain_json,
    ".boris": plain_json,
    ".eaf": plain_xml,
    ".opf": plain_archive,
    ".xlsx": plain_archive,
}


def run(smoke: bool) -> dict[str, object]:
    figures: dict[str, object] = {}
    n_events = 500 if smoke else 100_000
    record = record_of(n_events)
    with tempfile.TemporaryDirectory() as folder:
        for one in FORMATS:
            if one.writes:
                figures |= _one(one, record, Path(folder) / one.name, smoke=smoke)
        if not smoke:
            figures |= _linear(Path(folder) / "linear")
            figures |= _against_pandas(record, Path(folder) / "pandas")
        for name in ("csv", "boris"):
            figures |= _imported(FORMATS[name], record, Path(folder) / f"import-{name}")
    return figures


def record_of(n_events: int) -> Record:
    """One observation of so many events: states and moments, some with a modifier."""
    from answering_scheme import ANSWERING

    def event(n: int) -> Event:
        onset_us = n * 40_000
        chosen = (("clarity", ("clear",)),) if n % 3 == 0 else ()
        if n % 4 == 0:
            codes = ("together", "apart")
            code = codes[n // 4 % 2]
            until_us = onset_us + 160_000
            return Event(
                id=f"e{n}", track="state", code=code, onset_us=onset_us, offset_us=until_us
            )
        code = ("look", "smile")[n % 2]
        return Event(
            id=f"e{n}",
            track="bid",
            code=code,
            onset_us=onset_us,
            offset_us=onset_us,
            modifiers=chosen,
        )

    blank = Observation(id="o", session_id="S01", coder_id="anna", scheme=ANSWERING)
    return Record(
        observation=blank.with_events([event(n) for n in range(n_events)]),
        session=Session(id="S01", dyad_id="D01"),
        dyad=Dyad(id="D01"),
    )


def _one(one: Format, record: Record, folder: Path, *, smoke: bool) -> dict[str, object]:
    """How long a format takes to write and to read, and what the plain parse takes."""
    folder.mkdir(parents=True)
    written_s, parts = _timed(lambda: one.write("study", [record], folder))
    name = f"{one.name}, {len(record.observation.timeline):,} events"
    figures: dict[str, object] = {f"{name}: written, s": written_s}
    path = folder / parts[0].name
    if not one.suffixes or not path.name.lower().endswith(one.suffixes):
        return figures
    plain = BASELINES.get(path.suffix.lower(), plain_words)
    plain_s, _ = _timed(lambda: plain(path), repeats=1 if smoke else 3)
    read_s, reading = _timed(lambda: one.read(path), repeats=1 if smoke else 3)
    figures |= {
        f"{name}: events read": len(reading.events),
        f"{name}: read, s": read_s,
        f"{name}: read / plain parse": read_s / plain_s,
    }
    if not smoke:
        figures[f"{name}: peak memory / file size"] = _peak(lambda: one.read(path)) / size_of(path)
    return figures


def _imported(one: Format, record: Record, folder: Path) -> dict[str, object]:
    """Processor time of a whole import, told and done, against reading the file alone."""
    from imhcode.services.import_plan import Choices, read_file
    from imhcode.services.importing import Importing
    from imhcode.services.studies import StudyService

    folder.mkdir(parents=True)
    path = folder / one.write("study", [record], folder)[0].name
    choices = Choices(coder="anna")
    with StudyService.create(folder / "study.imh", [record.observation.scheme]) as study:
        began_s = time.process_time()
        read = read_file(path)
        read_s = time.process_time() - began_s
        told = Importing(study, read, choices).rehearsed()
        told_s = time.process_time() - began_s
        done = Importing(study, read, choices).carried_out()
        done_s = time.process_time() - began_s - (told_s - read_s)
    name = f"{one.name}, {len(record.observation.timeline):,} events: whole import"
    return {
        f"{name}, told, s": told_s,
        f"{name}, done, s": done_s,
        f"{name}, done / read": done_s / read_s,
        f"{name}, events": (told.imported, done.imported),
    }


def _linear(folder: Path) -> dict[str, object]:
    """Time for each event of ``events.csv`` at growing sizes."""
    figures: dict[str, object] = {}
    csv = FORMATS["csv"]
    for n_events in (1_000, 10_000, 100_000, 1_000_000):
        place = folder / str(n_events)
        place.mkdir(parents=True)
        csv.write("study", [record_of(n_events)], place)
        read_s, _ = _timed(lambda at=place: csv.read(at / "events.csv"))  # type: ignore[misc]
        figures[f"csv, {n_events:,} events: read, µs an event"] = read_s * 1e6 / n_events
    return figures


def _against_pandas(record: Record, folder: Path) -> dict[str, object]:
    """Writing ``events.csv`` against pandas writing the same frame."""
    import pandas as pd

    from imhcode.formats.csv.writing import write_events

    folder.mkdir(parents=True)
    ours_s, _ = _timed(lambda: write_events("study", [record], folder / "events.csv"), repeats=3)
    frame = pd.read_csv(folder / "events.csv", low_memory=False)
    theirs_s, _ = _timed(lambda: frame.to_csv(folder / "pandas.csv", index=False), repeats=3)
    return {
        "events.csv: written, s": ours_s,
        "events.csv: written / pandas.to_csv": ours_s / theirs_s,
    }


def _timed(work: Callable[[], Sequence], repeats: int = 1) -> tuple[float, Sequence]:
    best, result = float("inf"), None
    for _ in range(repeats):
        gc.collect()
        began = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - began)
    return best, result


def _peak(work: Callable[[], object]) -> int:
    tracemalloc.start()
    work()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def size_of(path: Path) -> int:
    """Bytes of a file; of an archive or a packed file what is in it."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return sum(one.file_size for one in archive.infolist())
    return path.stat().st_size
