"""Formats: how events leave a study and come into one.

One module or package per format, named like it; it adds itself to :data:`FORMATS`.  A format gets
plain values and knows no store, no media and no window.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from imhcode.formats.incoming import Reading
from imhcode.formats.loss import Loss
from imhcode.formats.record import Part, Record
from imhcode.registry import Registry


class Format(Protocol):
    """One format."""

    @property
    def name(self) -> str:
        """As the command line and files say it, and the name of the module."""

    @property
    def label(self) -> str:
        """In words, for menus."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Endings of files that it reads, lower case, with the dot; none if it only writes."""

    @property
    def writes(self) -> bool:
        """Whether it can be exported to."""

    def losses(self, records: Sequence[Record]) -> list[Loss]:
        """What of these records the format cannot hold, and what becomes of it."""

    def write(self, study_id: str, records: Sequence[Record], folder: Path) -> list[Part]:
        """Write records as files of ``folder``, which exists and is empty."""

    def read(self, path: Path) -> Reading:
        """Read what can be read of a file; never called if it has no ``suffixes``.

        Raises
        ------
        Refused
            Nothing of it can be: it is no file of this format.
        """


class Recognising(Format, Protocol):
    """A format that knows its own files by how they begin, where others share its endings."""

    def recognises(self, head: bytes) -> bool:
        """Whether a file that begins so is one of this format.

        Parameters
        ----------
        head : bytes
            The first 4096 bytes, or fewer if the file is shorter.
        """


@runtime_checkable
class ReadingColumns(Protocol):
    """A format whose columns are guessed, and can be named by somebody who knows."""

    def read_with(self, path: Path, columns: str) -> Reading:
        """Read a file with these columns: ``onset=Start,code=Behaviour,unit=s``.

        Raises
        ------
        Refused
            There is no such column, or nothing can be read.
        """


@runtime_checkable
class WritingOneFile(Protocol):
    """A format that writes one file of an ending that it does not read."""

    @property
    def ending(self) -> str:
        """Ending of the file that it writes, with the dot."""


FORMATS: Registry[Format] = Registry("imhcode.formats")
