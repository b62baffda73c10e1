"""Tables for the R package datavyur: one for each column of each observation."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from imhcode.formats import FORMATS
from imhcode.formats.csv.cells import as_line
from imhcode.formats.datavyu.telling import columns_of, losses_of
from imhcode.formats.guarded_words import guarded_word
from imhcode.formats.incoming import Reading
from imhcode.formats.loss import Loss
from imhcode.formats.part_names import part_names
from imhcode.formats.record import Part, Record

_FIXED = ("file", "column", "onset", "offset", "ordinal")


@dataclass(frozen=True)
class DatavyurFormat:
    """Tables as the package reads them."""

    name: str = "datavyur"
    label: str = "Tables for datavyur (R)"
    suffixes: tuple[str, ...] = ()
    writes: bool = True
    ending: str = ".csv"

    def losses(self, records: Sequence[Record]) -> list[Loss]:
        """As a Datavyu file, and the recordings."""
        return losses_of(records, films=False)

    def write(self, study_id: str, records: Sequence[Record], folder: Path) -> list[Part]:  # noqa: ARG002
        """Write ``column__file.csv`` for each column that has cells; its cells in order."""
        parts = []
        for name, record in zip(part_names(records, ""), records, strict=True):
            for column in columns_of(record):
                if not column.cells:
                    continue
                part = f"{column.name}__{name}.csv"
                with (folder / part).open("w", encoding="utf-8", newline="") as file:
                    file.write(as_line([*_FIXED, *column.arguments]))
                    for n, (onset_ms, offset_ms, values, _) in enumerate(column.cells, start=1):
                        fixed = (name, column.name, str(onset_ms), str(offset_ms), str(n))
                        file.write(as_line([*fixed, *map(guarded_word, values)]))
                parts.append(Part(part, len(column.cells)))
        return parts

    def read(self, path: Path) -> Reading:
        """Never called: it has no ``suffixes``."""
        raise NotImplementedError(path)


FORMATS.add(DatavyurFormat())
