"""Measures as files: the family of tables, a codebook, and what all of it was made from."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from imhcode import __version__
from imhcode.analysis.measures import MEASURES
from imhcode.formats.tables import (
    bins,
    codebook,
    contingency,
    measures,
    measures_wide,
    sessions,
    survival,
    transitions,
)
from imhcode.formats.tables.table_file import TableFile
from imhcode.services.dyad_measures import DyadMeasures
from imhcode.services.measures import LabScheme, Measuring
from imhcode.services.whole_folder import Exported, whole_folder

MANIFEST = "measures_manifest.json"


def write_measures(
    measuring: Measuring, to: Path, *, on_progress: Callable[[float], None] = lambda _: None
) -> list[Exported]:
    """Write all tables, the codebook and a manifest; one session is held at a time.

    The same study and parameters give the same bytes.

    Raises
    ------
    FileInTheWay
        There is a file where the folder should be.
    NotWritten
        The disk would not; files that were there before are as they were.
    """
    with whole_folder(to, "csv") as folder:
        for one in _written(measuring, folder.half, on_progress):
            folder.finish(one.path.name, one.rows)
        manifest = _manifest(measuring, folder.files)
        folder.write_text(MANIFEST, json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")
    return folder.files


def _written(
    measuring: Measuring, half: Path, on_progress: Callable[[float], None]
) -> list[TableFile]:
    labs = _in_order(measuring)
    blanks = [lab.session({}, (0, 0)) for lab in labs]
    wide_columns = measures_wide.columns_of(
        (measure_id, statistic)
        for blank in blanks
        for measure_id, declared in blank.measures.items()
        if declared["kind"] != "trend"
        for statistic in MEASURES[declared["kind"]].statistics(declared, blank)
        if statistic != "probabilities"  # one for each pair: those are in transitions.csv
    )
    tracks = list(dict.fromkeys(name for blank in blanks for name in blank.tracks))
    dyads = DyadMeasures()
    with ExitStack() as stack:

        def table(name: str, columns: object) -> TableFile:
            return stack.enter_context(TableFile(half / name, tuple(columns)))  # type: ignore[arg-type]

        long = table(measures.NAME, measures.COLUMNS)
        wide = table(measures_wide.NAME, wide_columns)
        waits = table(survival.NAME, survival.COLUMNS)
        pairs = table(transitions.NAME, transitions.COLUMNS)
        squares = table(contingency.NAME, contingency.COLUMNS)
        seconds = table(bins.NAME, bins.columns_of(tracks))
        visits = table(sessions.NAME, sessions.COLUMNS)
        book = table(codebook.NAME, codebook.COLUMNS)
        for one in measuring.sittings(on_progress=on_progress):
            long.add(measures.rows(one.about, one.measured))
            wide.add(measures_wide.rows(one.about, one.measured, wide_columns))
            waits.add(survival.rows(one.about, one.measured))
            pairs.add(transitions.rows(one.about, one.measured))
            squares.add(contingency.rows(one.about, one.measured))
            seconds.add(bins.rows(one.about, one.coded, tracks))
            visits.add([sessions.row(one.about, one.visit, one.coded)])
            if measuring.is_whole:
                dyads.see(one)
        for about, found in dyads.measured():
            long.add(measures.rows(about, found))
        book.add(codebook.columns())
        for lab, blank in zip(labs, blanks, strict=True):
            book.add(codebook.rows(lab.scheme, blank))
        return [long, wide, waits, pairs, squares, seconds, visits, book]


def measure_records(measuring: Measuring) -> Iterator[dict[str, object]]:
    """Yield the rows of ``measures.csv`` as records, those over several sessions last."""
    dyads = DyadMeasures()
    for one in measuring.sittings():
        if measuring.is_whole:
            dyads.see(one)
        for row in measures.rows(one.about, one.measured):
            yield dict(zip(measures.COLUMNS, row, strict=True))
    for about, found in dyads.measured():
        for row in measures.rows(about, found):
            yield dict(zip(measures.COLUMNS, row, strict=True))


def _in_order(measuring: Measuring) -> list[LabScheme]:
    schemes = measuring.schemes.values()
    return sorted(schemes, key=lambda one: (one.scheme.id, one.scheme.version))


def _manifest(measuring: Measuring, files: list[Exported]) -> dict[str, object]:
    filters = {"session": measuring.session_id, "episode": measuring.episode}
    return {
        "program": f"imhcode {__version__}",
        "study_id": measuring.study.study_id,
        "filters": {name: value for name, value in filters.items() if value},
        "schemes": [
            {
                "id": lab.scheme.id,
                "version": lab.scheme.version,
                "hash": lab.scheme.content_hash,
                "parameters": dict(lab.values),
                "params_hash": lab.digest,
            }
            for lab in _in_order(measuring)
        ],
        "observations": sum(len(one.observations) for one in measuring.entries),
        "files": [{"path": one.path.name, "rows": one.rows, "sha256": one.sha256} for one in files],
    }
