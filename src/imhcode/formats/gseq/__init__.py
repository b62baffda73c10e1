"""GSEQ: sequential data (SDIS), all five types read, timed sequences written."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from imhcode.formats import FORMATS
from imhcode.formats.gseq.heading import TYPES
from imhcode.formats.gseq.names import fit
from imhcode.formats.gseq.reading import read_sds
from imhcode.formats.gseq.writing import FACTORS, code_names, earlier_us, tracks_of, write_sds
from imhcode.formats.incoming import Reading
from imhcode.formats.loss import Loss
from imhcode.formats.not_held import Thing, not_held
from imhcode.formats.record import Part, Record
from imhcode.formats.session_facts import facts_said

FILE = "observations.sds"
KEPT: tuple[Thing, ...] = ("codes", "coder")
HOW: dict[Thing, str] = {
    "instances": "each person has a stream of their own, but it does not say of whom it is",
    "offsets": "times are those of the session clock, on which a recording may begin later",
    "coded-range": "the coded range is written as start and stop; an import keeps them as a note",
}


@dataclass(frozen=True)
class GseqFormat:
    """All observations in one file."""

    name: str = "gseq"
    label: str = "GSEQ sequential data (SDIS)"
    suffixes: tuple[str, ...] = (".sds",)
    writes: bool = True

    def losses(self, records: Sequence[Record]) -> list[Loss]:
        """What GSEQ has no place for, and the words that it would not take."""
        found = not_held(records, KEPT, HOW)
        words = {*((code, name) for (_, code), name in code_names(records).items())}
        words |= {(track, fit(track)) for track in tracks_of(records)}
        said = [facts_said(one, 0) for one in records]
        words |= {(one[name], fit(one[name])) for one in said for name in FACTORS if one[name]}
        changed = sum(word != name for word, name in words)
        if changed:
            how = (
                "words get letters of English, digits and “_” only, and the track before them "
                "or a number after them where two would be one"
            )
            found.append(Loss("names", changed, how))
        before = sum(bool(earlier_us(one)) for one in records)
        if before:
            how = "nothing can lie before nought: all times of these observations become later"
            found.append(Loss("clock", before, how))
        return found

    def write(self, study_id: str, records: Sequence[Record], folder: Path) -> list[Part]:
        """Write one unit for each record."""
        del study_id
        return [Part(FILE, write_sds(records, folder / FILE))]

    def read(self, path: Path) -> Reading:
        """Read sequential data of any type."""
        return read_sds(path)

    def recognises(self, head: bytes) -> bool:
        """Whether a file begins with a type of sequential data."""
        words = head.lstrip(b"\xef\xbb\xbf \t\r\n").split(None, 1)
        first = words[0].split(b"=")[0].lower() if words else b""
        return first in {one.encode() for one in TYPES} and b";" in head


FORMATS.add(GseqFormat())
