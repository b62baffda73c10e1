"""The CSV family: one row per event in ``events.csv``, for R, SPSS, spreadsheets and ourselves.

``links.csv`` has a row per link and ``ratings.csv`` one per rating; they are written only.

What we write we read, to the microsecond; tables made by hand need four columns only.
"""

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

EVENTS, LINKS, RATINGS = "events.csv", "links.csv", "ratings.csv"


@dataclass(frozen=True)
class CsvFormat:
    """Tables as text."""

    name: str = "csv"
    label: str = "Tables as text (CSV)"
    suffixes: tuple[str, ...] = (".csv", ".tsv", ".txt")
    writes: bool = True

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
        """Read a table of events, ours or made by hand."""
        return read_events(path)


FORMATS.add(CsvFormat())
