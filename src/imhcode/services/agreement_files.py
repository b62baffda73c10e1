"""An agreement as files: three tables, the methods in words, and what all of it was made from."""

import json
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
from imhcode.services.studies import StudyService
from imhcode.services.whole_folder import Exported, whole_folder

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
    tables = (
        ("agreement.csv", AGREEMENT, agreement_records(found)),
        ("disagreements.csv", DISAGREEMENTS, disagreement_records(study, found)),
        ("confusion.csv", CONFUSION, confusion_records(found)),
    )
    with whole_folder(to, "csv") as folder:
        for name, columns, records in tables:
            folder.finish(name, write_rows(columns, records, folder.half / name))
        about = provenance(found)
        folder.write_text(METHODS, methods(about) + "\n")
        manifest = {
            "program": f"imhcode {__version__}",
            **about,
            "files": [
                {"path": one.path.name, "rows": one.rows, "sha256": one.sha256}
                for one in folder.files
            ],
        }
        folder.write_text(MANIFEST, json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")
    return folder.files
