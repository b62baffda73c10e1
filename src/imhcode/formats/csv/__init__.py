"""The CSV family: one row per event in ``events.csv``, for R, SPSS, spreadsheets and ourselves.

``links.csv`` has a row per link, which ``events.csv`` says too, and ``ratings.csv`` one per rating.

What we write we read, to the microsecond; tables made by hand need four columns only.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from imhcode.formats import FORMATS
from imhcode.formats.csv.reading import read_events
from imhcode.formats.csv.writing import write_events
from imhcode.formats.csv.writing_links import write_links
from imhcode.formats.csv.writing_ratings import write_ratings
from imhcode.formats.incoming import Reading
from imhcode.formats.loss import Loss
from imhcode.formats.record import Part, Record

_HEADERS = ({b"track_id", b"code"}, {b"scale_id", b"value"}, {b"from_event_id", b"to_event_id"})
EVENTS, LINKS, RATINGS = "events.csv", "links.csv", "ratings.csv"


@dataclass(frozen=True)
class CsvFormat:
    """Tables as text."""

    name: str = "csv"
    label: str = "Tables as text (CSV)"
    suffixes: tuple[str, ...] = (".csv", ".tsv", ".txt")
    writes: bool = True

    def recognises(self, head: bytes) -> bool:
        """Whether the first line names columns of ours."""
        first = head.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0]
        names = {one.strip(b' "\r') for one in re.split(rb"[,;\t]", first)}
        return any(names >= some for some in _HEADERS)

    def losses(self, records: Sequence[Record]) -> list[Loss]:  # noqa: ARG002  (as all formats)
        """Nothing: these tables are the canonical text of a study."""
        return []

    def write(self, study_id: str, records: Sequence[Record], folder: Path) -> list[Part]:
        """Write ``events.csv``, ``links.csv`` and ``ratings.csv``."""
        return [
            Part(EVENTS, write_events(study_id, records, folder / EVENTS)),
            Part(LINKS, write_links(study_id, records, folder / LINKS)),
            Part(RATINGS, write_ratings(study_id, records, folder / RATINGS)),
        ]

    def read(self, path: Path) -> Reading:
        """Read a table of events or ratings, ours or made by hand."""
        return read_events(path)


FORMATS.add(CsvFormat())
