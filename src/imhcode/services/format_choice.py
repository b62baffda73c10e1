"""Which format a file is of: what the caller says, else its ending, else how it begins."""

from pathlib import Path
from typing import cast

from imhcode.domain.errors import Refused
from imhcode.formats import FORMATS, Format, Recognising
from imhcode.formats.errors import FileUnreadable

HEAD_BYTES = 4096


class UnknownFormat(Refused):
    """A format nobody offers."""

    sentence = "{name} is not a format that imhcode {does}."
    next_step = "It {does} {known}: say which with --format."


def readable() -> list[Format]:
    """The formats that files can be read of, by name."""
    return [one for one in FORMATS if one.suffixes]


def writable() -> list[Format]:
    """The formats that can be exported to, by name."""
    return [one for one in FORMATS if one.writes]


def endings() -> list[str]:
    """Every ending that some format reads, sorted."""
    return sorted({ending for one in readable() for ending in one.suffixes})


def format_to_read(file: Path, name: str = "") -> Format:
    """The format that ``file`` is read with.

    Where several formats share an ending, those that recognise how the file begins go first, then
    those that have no opinion.  A file of an ending that nobody has may still be recognised.

    Raises
    ------
    UnknownFormat
        Nobody reads it; the sentence lists what can be read.
    FileUnreadable
        Its beginning is needed, and the disk does not hand it out.
    """
    offered = readable()
    if name:
        found = next((one for one in offered if one.name == name), None)
        if found is None:
            known = ", ".join(one.name for one in offered)
            raise UnknownFormat(name=f"“{name}”", does="reads", known=known)
        return found
    fitting = [one for one in offered if file.name.lower().endswith(one.suffixes)]
    if len(fitting) == 1 and not _has_opinion(fitting[0]):
        return fitting[0]
    head = _head(file) if file.is_file() else b""
    silent = [one for one in fitting if not _has_opinion(one)]
    by_content = [one for one in fitting or offered if _recognises(one, head)]
    # nobody recognises it: the one that must refuse it in its own words is the first of its ending
    for one in (*by_content, *silent, *fitting):
        return one
    listed = "; ".join(f"{one.name} ({', '.join(one.suffixes)})" for one in offered)
    raise UnknownFormat(name=file, does="reads", known=listed)


def format_to_write(name: str) -> Format:
    """The format called ``name``.

    Raises
    ------
    UnknownFormat
        There is none that writes.
    """
    found = next((one for one in writable() if one.name == name), None)
    if found is None:
        known = ", ".join(one.name for one in writable())
        raise UnknownFormat(name=f"“{name}”", does="writes", known=known)
    return found


def _has_opinion(one: Format) -> bool:
    return hasattr(one, "recognises")


def _recognises(one: Format, head: bytes) -> bool:
    return _has_opinion(one) and cast("Recognising", one).recognises(head)


def _head(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(HEAD_BYTES)
    except OSError as failure:
        raise FileUnreadable(path=file, why=failure.strerror or failure) from failure
