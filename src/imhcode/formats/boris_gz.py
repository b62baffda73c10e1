"""BORIS projects packed with gzip, as BORIS saves large ones; ``boris`` reads both."""

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from imhcode.formats import FORMATS
from imhcode.formats.boris.losses import losses_of
from imhcode.formats.boris.writing import project_text
from imhcode.formats.incoming import Reading
from imhcode.formats.loss import Loss
from imhcode.formats.record import Part, Record

PROJECT = "project.boris.gz"


@dataclass(frozen=True)
class BorisGzFormat:
    """Packed projects of BORIS."""

    name: str = "boris-gz"
    label: str = "BORIS project, packed"
    suffixes: tuple[str, ...] = ()
    writes: bool = True
    ending: str = ".boris.gz"

    def losses(self, records: Sequence[Record]) -> list[Loss]:
        """As a BORIS project."""
        return losses_of(records)

    def write(self, study_id: str, records: Sequence[Record], folder: Path) -> list[Part]:
        """Write one project of all observations."""
        text, many = project_text(study_id, records)
        packed = gzip.compress(text.encode("ascii"), mtime=0)  # the same bytes on every day
        (folder / PROJECT).write_bytes(packed)
        return [Part(PROJECT, many)]

    def read(self, path: Path) -> Reading:
        """Never called: ``boris`` reads it."""
        raise NotImplementedError(path)


FORMATS.add(BorisGzFormat())
