"""Measures as files: the family of tables, a codebook, and what all of it was made from."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from imhcode import __version__
from imhcode.analysis.measures import MEASURES
from imhcode.formats.tables import (
    bins,
    codebook,
    contingency,
    lags,
    measures,
    measures_wide,
    sessions,
    survival,
    transitions,
)
from imhcode.formats.tables.column import Sort, columns_of
from imhcode.formats.tables.csv_files import CsvFiles
from imhcode.formats.tables.parquet_files import ParquetFiles
from imhcode.formats.tables.r_script import R_SCRIPT, r_script
from imhcode.formats.tables.spss_script import SPSS_SCRIPT, spss_script
from imhcode.formats.tables.table_file import Table
from imhcode.formats.tables.value_labels import labels_of
from imhcode.formats.tables.workbook import Workbook
from imhcode.services.dyad_measures import DyadMeasures
from imhcode.services.measures import LabScheme, Measuring
from imhcode.services.pooled_contingency import DRAWS, SEED, PooledContingency
from imhcode.services.whole_folder import Exported, whole_folder

Form = Literal["csv", "xlsx", "parquet"]
FORMS: tuple[Form, ...] = ("csv", "xlsx", "parquet")
MANIFEST, WORKBOOK = "measures_manifest.json", "measures.xlsx"


def write_measures(
    measuring: Measuring,
    to: Path,
    *,
    form: Form = "csv",
    on_progress: Callable[[float], None] = lambda _: None,
) -> list[Exported]:
    """Write all tables, the codebook and a manifest; one session is held at a time.

    The same study and parameters give the same bytes.

    Parameters
    ----------
    form : str
        ``csv``, with scripts for R and SPSS; ``xlsx``, one workbook; ``parquet``.

    Raises
    ------
    FileInTheWay
        There is a file where the folder should be.
    NotWritten
        The disk would not; files that were there before are as they were.
    TooManyRows, ParquetMissing
        The form cannot take it, or is not installed.
    """
    with whole_folder(to, form) as folder:
        with _form(form, folder.half) as tables:
            _write(measuring, tables, on_progress)
        if isinstance(tables, Workbook):
            folder.finish(tables.path.name, sum(one.rows for one in tables.tables))
        else:
            for one in tables.tables:
                folder.finish(one.path.name, one.rows)
        if isinstance(tables, CsvFiles):
            about = [(one.path.name, one.columns) for one in tables.tables]
            labels = labels_of([lab.scheme for lab in in_order(measuring)])
            folder.write_text(R_SCRIPT, r_script(about, labels))
            folder.write_text(SPSS_SCRIPT, spss_script(about, labels))
        manifest = _manifest(measuring, folder.files)
        folder.write_text(MANIFEST, json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")
    return folder.files


def _form(form: Form, half: Path) -> CsvFiles | ParquetFiles | Workbook:
    if form == "xlsx":
        return Workbook(half / WORKBOOK)
    return CsvFiles(half) if form == "csv" else ParquetFiles(half)


def _write(
    measuring: Measuring,
    tables: CsvFiles | ParquetFiles | Workbook,
    on_progress: Callable[[float], None],
) -> None:
    labs = in_order(measuring)
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
    dyads, pooled = DyadMeasures(), PooledContingency()

    def table(name: str, columns: Sequence[str], others: Sort = "text") -> Table:
        return tables.table(name.removesuffix(".csv"), columns_of(columns, others=others))

    book = table(codebook.NAME, codebook.COLUMNS)
    long = table(measures.NAME, measures.COLUMNS)
    wide = table(measures_wide.NAME, wide_columns, "number")
    waits = table(survival.NAME, survival.COLUMNS)
    pairs = table(transitions.NAME, transitions.COLUMNS)
    squares = table(contingency.NAME, contingency.COLUMNS)
    profiles = table(lags.NAME, lags.COLUMNS)
    seconds = table(bins.NAME, bins.columns_of(tracks))
    visits = table(sessions.NAME, sessions.COLUMNS)
    book.add(codebook.columns())
    for lab, blank in zip(labs, blanks, strict=True):
        book.add(codebook.rows(lab.scheme, blank))
    for one in measuring.sittings(on_progress=on_progress):
        long.add(measures.rows(one.about, one.measured))
        wide.add(measures_wide.rows(one.about, one.measured, wide_columns))
        waits.add(survival.rows(one.about, one.measured))
        pairs.add(transitions.rows(one.about, one.measured))
        squares.add(contingency.rows(one.about, one.measured))
        profiles.add(lags.rows(one.about, one.measured))
        seconds.add(bins.rows(one.about, one.coded, tracks))
        visits.add([sessions.row(one.about, one.visit, one.coded)])
        if measuring.is_whole:
            dyads.see(one)
            pooled.see(one)
    for about, found in dyads.measured():
        long.add(measures.rows(about, found))
    squares.add(contingency.pooled_row(about, found) for about, found in pooled.rows())


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


def in_order(measuring: Measuring) -> list[LabScheme]:
    """The schemes that are computed with, by id and version."""
    schemes = measuring.schemes.values()
    return sorted(schemes, key=lambda one: (one.scheme.id, one.scheme.version))


def _manifest(measuring: Measuring, files: list[Exported]) -> dict[str, object]:
    filters = {
        "session": measuring.session_id,
        "episode": measuring.episode,
        **measuring.chosen.in_words(),
    }
    return {
        "program": f"imhcode {__version__}",
        "study_id": measuring.study_id,
        "session_shuffles": {"draws": DRAWS, "seed": SEED},
        "filters": {name: value for name, value in filters.items() if value},
        "schemes": [
            {
                "id": lab.scheme.id,
                "version": lab.scheme.version,
                "hash": lab.scheme.content_hash,
                "parameters": dict(lab.values),
                "params_hash": lab.digest,
            }
            for lab in in_order(measuring)
        ],
        "observations": sum(len(one.observations) for one in measuring.entries),
        "files": [{"path": one.path.name, "rows": one.rows, "sha256": one.sha256} for one in files],
    }
