"""A file that gets its name when it is whole; until then another one says that it is not."""

import errno
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

ENDING = ".unfinished"  #: of a clip that is being written, or that was broken off
_OURS = re.compile(rf".+\.mp4\.[0-9a-f]{{8}}\{ENDING}", re.IGNORECASE)  # and nobody else's file


@contextmanager
def half_file(target: Path) -> Iterator[Path]:
    """Give a place to write to; afterwards it is synced to the disk and renamed ``target``.

    When the block ends by an error nothing is left.  A process that is killed leaves a file that
    nobody takes for whole; the next one that writes into the same folder removes it.

    Parameters
    ----------
    target : Path
        Not there yet.

    Raises
    ------
    FileExistsError
        The name has been taken meanwhile.
    OSError
        The disk refuses.
    """
    remove_left_over(target.parent)
    half = target.with_name(f"{target.name}.{uuid4().hex[:8]}{ENDING}")
    with half.open("xb") as held:
        _locked(held.fileno())
        try:
            yield half
            os.fsync(held.fileno())
            if sys.platform == "win32":
                held.close()  # no file is renamed there while it is open
            _name(half, target)
        except BaseException:
            held.close()
            half.unlink(missing_ok=True)
            raise
    _synced(target.parent)


def _name(half: Path, target: Path) -> None:
    """Give the file its name, which must be free."""
    try:
        os.link(half, target)  # a second name; unlike renaming, it takes the place of nothing
    except FileExistsError:
        raise
    except OSError:  # memory sticks know no second names
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), target) from None
        half.rename(target)
    else:
        half.unlink()


def remove_left_over(folder: Path) -> None:
    """Remove what killed processes have left; what others are writing now stays."""
    for half in folder.glob(f"*{ENDING}"):
        if _OURS.fullmatch(half.name) is None:
            continue
        with suppress(OSError):
            with half.open("r+b") as held:
                is_free = _locked(held.fileno())
            if is_free:
                half.unlink()


def _locked(handle: int) -> bool:
    """Lock a file until it is closed; whether nobody else has."""
    if sys.platform == "win32":
        return True  # an open file cannot be removed there, so no lock is needed
    import fcntl  # noqa: PLC0415  (not there on Windows)

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _synced(folder: Path) -> None:
    """Get the new name onto the disk, where the system lets a folder be opened for that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
