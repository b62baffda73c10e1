"""Which recording is this: digests of a film, or of a folder of still images.

A film is known by its bytes (`imhcode.media.fingerprint`).  A folder is known by its stills: their
names in order, and their bytes.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from imhcode.media.errors import RecordingNotRead, UnreadableRecording
from imhcode.media.fingerprint import quick_fingerprint
from imhcode.media.recording_path import checked_recording_path
from imhcode.media.stills import stills_in
from imhcode.media.superseded import Superseded

_CHUNK_BYTES = 1 << 20


def content_hash(
    path: Path,
    *,
    on_progress: Callable[[float], None] = lambda _: None,
    wanted: Callable[[], bool] = lambda: True,
) -> str:
    """The SHA-256 of all bytes of a recording, as 64 hexadecimal digits.

    Of a film it is what `sha256sum` says of the file.  Reads everything: minutes for an hour of
    video on a slow disk.

    Parameters
    ----------
    on_progress : callable
        Gets the share done, from 0 to 1; in this thread.
    wanted : callable
        Asked before each MiB; when it says no, `Superseded` is raised.

    Raises
    ------
    Refused, Trouble
        One of the classes in `imhcode.media.errors`.
    """
    is_folder = path.is_dir()
    files = stills_in(path) if is_folder else (checked_recording_path(path),)
    digest = hashlib.sha256()
    done = 0
    try:
        total = sum(file.stat().st_size for file in files)
        for file in files:
            if is_folder:
                digest.update(f"{file.name}\0{file.stat().st_size}\0".encode())
            with file.open("rb") as opened:
                while chunk := opened.read(_CHUNK_BYTES):
                    if not wanted():
                        raise Superseded
                    digest.update(chunk)
                    done += len(chunk)
                    if done > total:  # it is still being copied: reading might never end
                        raise RecordingNotRead(path=path, reason="it grew while it was read")
                    on_progress(done / total)
    except OSError as error:
        raise UnreadableRecording(path=path, reason=error.strerror or error) from error
    return digest.hexdigest()


def quick_content_hash(path: Path) -> str:
    """What notices a swapped recording in milliseconds, and does not prove that it is the same.

    Of a film: its size and its ends.  Of a folder: how many stills, their names and sizes, and
    the ends of the first and the last.

    Raises
    ------
    Refused, Trouble
        One of the classes in `imhcode.media.errors`.
    """
    if not path.is_dir():
        return quick_fingerprint(path)
    stills = stills_in(path)
    try:
        listed = [f"{one.name}\0{one.stat().st_size}" for one in stills]
    except OSError as error:
        raise UnreadableRecording(path=path, reason=error.strerror or error) from error
    ends = [quick_fingerprint(stills[0]), quick_fingerprint(stills[-1])]
    digest = hashlib.sha256("\n".join(listed + ends).encode()).hexdigest()
    return f"{len(stills)}-{digest}"
