"""Datavyu files (``.opf``): columns of cells with the films they are of.

Read from version 2 to 5, written as version 5; one file for each observation.
"""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from imhcode.domain.timecode import US_PER_MS
from imhcode.formats import FORMATS
from imhcode.formats.datavyu.db_text import written
from imhcode.formats.datavyu.project_entry import Film, project_text, settings_text
from imhcode.formats.datavyu.reading import DB, PROJECT, read_opf
from imhcode.formats.datavyu.telling import as_ms, columns_of, losses_of, zero_ms
from imhcode.formats.incoming import Reading
from imhcode.formats.loss import Loss
from imhcode.formats.part_names import part_names
from imhcode.formats.record import Part, Record
from imhcode.formats.uncollected import uncollected

_NO_DAY = (1980, 1, 1, 0, 0, 0)  #: the same study gives the same bytes


@dataclass(frozen=True)
class DatavyuFormat:
    """Files of Datavyu."""

    name: str = "datavyu"
    label: str = "Datavyu (OPF)"
    suffixes: tuple[str, ...] = (".opf",)
    writes: bool = True

    def losses(self, records: Sequence[Record]) -> list[Loss]:
        """Links, ratings, microseconds and more."""
        return losses_of(records, films=True)

    def write(self, study_id: str, records: Sequence[Record], folder: Path) -> list[Part]:  # noqa: ARG002
        """Write a file for each observation."""
        parts = []
        for name, record in zip(part_names(records, ".opf"), records, strict=True):
            columns = columns_of(record)
            _write(folder / name, record, written(columns))
            parts.append(Part(name, sum(len(one.cells) for one in columns[1:])))
        return parts

    @uncollected()
    def read(self, path: Path) -> Reading:
        """Read a file of any version."""
        return read_opf(path)


def _write(path: Path, record: Record, db: str) -> None:
    zero_us = zero_ms(record) * US_PER_MS
    films = [
        Film(
            path=one.path.replace("\\", "/"),
            offset_ms=as_ms(one.offset_us - zero_us),
            fps=one.fps or record.fps.get(one.id, ""),
        )
        for one in record.recordings
    ]
    entries = {PROJECT: project_text(path.stem, films), DB: db}
    entries |= {str(n): settings_text(film) for n, film in enumerate(films, start=1)}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries.items():
            entry = zipfile.ZipInfo(name, _NO_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            archive.writestr(entry, text.encode("utf-8"))


FORMATS.add(DatavyuFormat())
