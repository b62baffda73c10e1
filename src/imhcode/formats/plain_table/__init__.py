"""Any table of events as text: what its columns are is guessed, said, and can be corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from imhcode.formats import FORMATS
from imhcode.formats.incoming import Reading
from imhcode.formats.loss import Loss
from imhcode.formats.plain_table.reading import read_table
from imhcode.formats.record import Part, Record


@dataclass(frozen=True)
class PlainTableFormat:
    """A table that somebody made by hand or another program wrote: read only."""

    name: str = "plain-table"
    label: str = "Any table of events"
    suffixes: tuple[str, ...] = (".csv", ".tsv", ".txt", ".tab")
    writes: bool = False

    def losses(self, records: Sequence[Record]) -> list[Loss]:  # noqa: ARG002  (as all formats)
        """Never asked: it is not written."""
        return []

    def write(self, study_id: str, records: Sequence[Record], folder: Path) -> list[Part]:
        """Never called: ``writes`` is false."""
        raise NotImplementedError(study_id, len(records), folder)

    def read(self, path: Path) -> Reading:
        """Read with the columns that they look like."""
        return read_table(path)

    def read_with(self, path: Path, columns: str) -> Reading:
        """Read with the columns that somebody names."""
        return read_table(path, columns)


FORMATS.add(PlainTableFormat())
