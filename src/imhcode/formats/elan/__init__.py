"""ELAN: tiers of annotations, of the Max Planck Institute in Nijmegen.

``.eaf`` of formats 2.3 to 3.0 and templates (``.etf``) are read, 3.0 is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from imhcode.formats import FORMATS
from imhcode.formats.elan.reading import read_elan
from imhcode.formats.elan.writing import write_elan
from imhcode.formats.incoming import Reading
from imhcode.formats.loss import Loss
from imhcode.formats.not_held import Thing, not_held
from imhcode.formats.part_names import part_names
from imhcode.formats.record import Part, Record

KEPT: tuple[Thing, ...] = (
    *("codes", "modifiers", "links", "comments", "transcripts", "instances", "ids"),
    *("coder", "offsets"),
)


@dataclass(frozen=True)
class ElanFormat:
    """One document for each observation."""

    name: str = "elan"
    label: str = "ELAN (.eaf)"
    suffixes: tuple[str, ...] = (".eaf", ".etf")
    writes: bool = True

    def losses(self, records: Sequence[Record]) -> list[Loss]:
        """What ELAN has no place for, and what is drawn otherwise."""
        return not_held(records, KEPT)

    def write(self, study_id: str, records: Sequence[Record], folder: Path) -> list[Part]:
        """Write a document for each record."""
        del study_id
        names = part_names(records, ".eaf")
        return [
            Part(name, write_elan(record, folder / name))
            for name, record in zip(names, records, strict=True)
        ]

    def read(self, path: Path) -> Reading:
        """Read a document or a template."""
        return read_elan(path)

    def recognises(self, head: bytes) -> bool:
        """Whether a file begins as these documents do."""
        return b"<ANNOTATION_DOCUMENT" in head


FORMATS.add(ElanFormat())
