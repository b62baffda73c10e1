"""The CSV family: one row per event in ``events.csv``, for R, SPSS, spreadsheets and ourselves.

What we write we read, to the microsecond; tables made by hand need four columns only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from imhcode.formats import FORMATS
from imhcode.formats.csv.reading import read_events
from imhcode.formats.csv.writing import write_events
from imhcode.formats.incoming import Reading
from imhcode.formats.record import Part, Record

EVENTS = "events.csv"


@dataclass(frozen=True)
class CsvFormat:
    """Tables as text."""

    name: str = "csv"
    label: str = "Tables as text (CSV)"
    suffixes: tuple[str, ...] = (".csv", ".tsv", ".txt")

    def write(self, study_id: str, records: Sequence[Record], folder: Path) -> list[Part]:
        """Write ``events.csv``."""
        return [Part(EVENTS, write_events(study_id, records, folder / EVENTS))]

    def read(self, path: Path) -> Reading:
        """Read a table of events, ours or made by hand."""
        return read_events(path)


FORMATS.add(CsvFormat())
