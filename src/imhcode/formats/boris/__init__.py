"""BORIS projects: one file with behaviours, subjects and all observations.

Read in every version and packed or not; written as version 7, which every BORIS since reads.
Nothing in a project is ever run, although it can carry code.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from imhcode.formats import FORMATS
from imhcode.formats.boris.losses import losses_of
from imhcode.formats.boris.reading import read_boris
from imhcode.formats.boris.writing import project_text
from imhcode.formats.incoming import Reading
from imhcode.formats.loss import Loss
from imhcode.formats.record import Part, Record
from imhcode.formats.uncollected import uncollected

PROJECT = "project.boris"
_MARKS = re.compile(rb'"(behaviors_conf|subjects_conf|project_format_version|time_format)"')


@dataclass(frozen=True)
class BorisFormat:
    """Projects of BORIS."""

    name: str = "boris"
    label: str = "BORIS project"
    suffixes: tuple[str, ...] = (".boris", ".boris.gz")
    writes: bool = True

    def losses(self, records: Sequence[Record]) -> list[Loss]:
        """Links, ratings, microseconds and more."""
        return losses_of(records)

    def write(self, study_id: str, records: Sequence[Record], folder: Path) -> list[Part]:
        """Write one project of all observations."""
        text, many = project_text(study_id, records)
        (folder / PROJECT).write_text(text, encoding="ascii", newline="\n")
        return [Part(PROJECT, many)]

    @uncollected()
    def read(self, path: Path) -> Reading:
        """Read a project, packed with gzip or not."""
        return read_boris(path)

    def recognises(self, head: bytes) -> bool:
        """Whether it begins like a project, which has its own words at the top."""
        return head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") and bool(_MARKS.search(head))


FORMATS.add(BorisFormat())
