"""The bytes of a file that somebody hands in, up to a stated size."""

from pathlib import Path

from imhcode.formats.errors import FileUnreadable, TooLarge

LARGEST_BYTES = 1_000_000_000  #: a million annotations take a third of it


def file_bytes(path: Path, largest: int = LARGEST_BYTES) -> bytes:
    """All bytes of a regular file.

    Raises
    ------
    FileUnreadable
        It is no file, or the disk does not hand it out.
    TooLarge
        It has more than ``largest`` bytes.
    """
    if path.exists() and not path.is_file():
        raise FileUnreadable(path=path, why="it is not a file")  # reading a pipe may never end
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= largest else b""
    except OSError as failure:
        raise FileUnreadable(path=path, why=failure.strerror or failure) from failure
    if max(size, len(raw)) > largest:
        raise TooLarge(path=path, largest=f"{largest // 1_000_000} MB")
    return raw
