"""An agreement as files: three tables, the methods in words, and what all of it was made from."""

import json
import os
import shutil
import tempfile
from pathlib import Path

from imhcode import __version__
from imhcode.formats.csv.writing_agreement import (
    AGREEMENT,
    CONFUSION,
    DISAGREEMENTS,
    write_rows,
)
from imhcode.reports.methods import methods
from imhcode.services.agreement import Agreement
from imhcode.services.agreement_provenance import provenance
from imhcode.services.agreement_records import (
    agreement_records,
    confusion_records,
    disagreement_records,
)
from imhcode.services.exporting import (
    Exported,
    FileInTheWay,
    NotWritten,
    _finished,
    _sync_folder,
)
from imhcode.services.studies import StudyService

MANIFEST = "agreement_manifest.json"
METHODS = "methods.txt"


def write_agreement(study: StudyService, found: Agreement, to: Path) -> list[Exported]:
    """Write the three tables, the methods in words and a manifest.

    The same records and parameters give the same bytes.

    Raises
    ------
    FileInTheWay
        There is a file where the folder should be.
    NotWritten
        The disk would not; files that were there before are as they were.
    """
    for folder in (to, *to.parents):
        if folder.exists() and not folder.is_dir():
            raise FileInTheWay(path=folder, format="csv")
    try:
        to.mkdir(parents=True, exist_ok=True)
        half = Path(tempfile.mkdtemp(prefix=".half-", dir=to))
        try:
            files = _written(study, found, half, to)
            for one in files:
                os.replace(half / one.path.name, one.path)  # noqa: PTH105
        finally:
            shutil.rmtree(half, ignore_errors=True)
        _sync_folder(to)
    except OSError as failure:
        raise NotWritten(path=to, why=failure.strerror or failure) from failure
    return files


def _written(study: StudyService, found: Agreement, half: Path, to: Path) -> list[Exported]:
    tables = (
        ("agreement.csv", AGREEMENT, agreement_records(found)),
        ("disagreements.csv", DISAGREEMENTS, disagreement_records(study, found)),
        ("confusion.csv", CONFUSION, confusion_records(found)),
    )
    files = []
    for name, columns, records in tables:
        rows = write_rows(columns, records, half / name)
        files.append(_finished(half / name, to / name, rows))
    about = provenance(found)
    _write_text(half / METHODS, methods(about) + "\n")
    files.append(_finished(half / METHODS, to / METHODS, 0))
    manifest = {
        "program": f"imhcode {__version__}",
        **about,
        "files": [{"path": one.path.name, "rows": one.rows, "sha256": one.sha256} for one in files],
    }
    _write_text(half / MANIFEST, json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")
    files.append(_finished(half / MANIFEST, to / MANIFEST, 0))
    return files


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
