"""Praat: TextGrids with tiers of intervals and points."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from imhcode.formats import FORMATS
from imhcode.formats.incoming import Reading
from imhcode.formats.loss import Loss
from imhcode.formats.not_held import Thing, not_held
from imhcode.formats.part_names import part_names
from imhcode.formats.record import Part, Record
from imhcode.formats.textgrid.reading import read_textgrid
from imhcode.formats.textgrid.writing import write_textgrid

KEPT: tuple[Thing, ...] = ("codes", "modifiers", "comments", "transcripts", "microseconds")
HOW: dict[Thing, str] = {
    "offsets": "times are those of the session clock, on which a recording may begin later",
}


@dataclass(frozen=True)
class TextGridFormat:
    """One file for each observation."""

    name: str = "textgrid"
    label: str = "Praat TextGrid"
    suffixes: tuple[str, ...] = (".textgrid",)
    writes: bool = True

    def losses(self, records: Sequence[Record]) -> list[Loss]:
        """What Praat has no place for."""
        return not_held(records, KEPT, HOW)

    def write(self, study_id: str, records: Sequence[Record], folder: Path) -> list[Part]:
        """Write a TextGrid for each record, in the long form."""
        del study_id
        names = part_names(records, ".TextGrid")
        return [
            Part(name, write_textgrid(record, folder / name))
            for name, record in zip(names, records, strict=True)
        ]

    def read(self, path: Path) -> Reading:
        """Read a TextGrid of either form."""
        return read_textgrid(path)

    def recognises(self, head: bytes) -> bool:
        """Whether a file begins as TextGrids do, in any encoding."""
        plain = head.replace(b"\0", b"")
        return b"ooTextFile" in plain and b'"TextGrid"' in plain


FORMATS.add(TextGridFormat())
