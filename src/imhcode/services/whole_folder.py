"""Files that take their places in a folder together, once all of them are whole."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from imhcode.domain.errors import Refused, Trouble


class FileInTheWay(Refused):
    """A file where the folder of an export should be."""

    sentence = "{path} is a file; an export as {format} is a folder of files."
    next_step = "Choose a folder, or a name that is free."


class NotWritten(Trouble):
    """The disk would not take it."""

    sentence = "The export could not be written to {path}: {why}."
    next_step = "What was there before is untouched. Make room or choose another folder."


@dataclass(frozen=True, slots=True)
class Exported:
    """One file of an export.

    Attributes
    ----------
    rows : int
        Rows below the header; 0 for a file that is no table.
    """

    path: Path
    rows: int
    sha256: str


class WholeFolder:
    """A folder being written: what is finished here goes to its place when all of it is.

    Attributes
    ----------
    half : Path
        Where files are written meanwhile.
    files : list of Exported
        Those that are finished, in order.
    """

    def __init__(self, half: Path, to: Path) -> None:
        self.half, self._to = half, to
        self.files: list[Exported] = []

    def finish(self, name: str, rows: int = 0) -> None:
        """Get a file that was written in :attr:`half` onto the disk, and note what it is."""
        digest = hashlib.sha256()
        with (self.half / name).open("rb+") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
            os.fsync(file.fileno())
        self.files.append(Exported(self._to / name, rows, digest.hexdigest()))

    def write_text(self, name: str, text: str) -> None:
        """Write a text and finish it."""
        (self.half / name).write_text(text, encoding="utf-8", newline="\n")
        self.finish(name)


@contextmanager
def whole_folder(to: Path, format_name: str) -> Iterator[WholeFolder]:
    """Write files into ``to``: all of them, or none; a folder made for nothing goes again.

    Raises
    ------
    FileInTheWay
        There is a file where the folder should be.
    NotWritten
        The disk would not; files that were there before are as they were.
    """
    for place in (to, *to.parents):
        if place.exists() and not place.is_dir():
            raise FileInTheWay(path=place, format=format_name)
    made = [place for place in (to, *to.parents) if not place.exists()]
    try:
        to.mkdir(parents=True, exist_ok=True)
        half = Path(tempfile.mkdtemp(prefix=".half-", dir=to))
        try:
            folder = WholeFolder(half, to)
            yield folder
            for one in folder.files:
                os.replace(half / one.path.name, one.path)  # noqa: PTH105
        finally:
            shutil.rmtree(half, ignore_errors=True)
        _sync(to)
    except OSError as failure:
        raise NotWritten(path=to, why=failure.strerror or failure) from failure
    finally:
        with suppress(OSError):  # one that has something in it stays, and those above it
            for place in made:
                place.rmdir()


def _sync(folder: Path) -> None:
    """Get the new names onto the disk, where the system lets a folder be opened for that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
