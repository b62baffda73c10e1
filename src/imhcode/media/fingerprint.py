"""Which file is this: a whole-file digest, and a quick one that notices a swapped file."""

import hashlib
import os
from pathlib import Path

from imhcode.media.errors import UnreadableRecording
from imhcode.media.recording_path import checked_recording_path

_CHUNK_BYTES = 1 << 20


def fingerprint(path: str | os.PathLike[str]) -> str:
    """Return the SHA-256 of all bytes of a recording, as 64 hexadecimal digits.

    Reads the whole file: minutes for an hour of video on a slow disk.
    """
    checked = checked_recording_path(path)
    digest = hashlib.sha256()
    try:
        with checked.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                digest.update(chunk)
    except OSError as error:
        raise _unreadable(checked, error) from error
    return digest.hexdigest()


def quick_fingerprint(path: str | os.PathLike[str]) -> str:
    """Return size and a SHA-256 of the first and last MiB, as ``"<bytes>-<64 digits>"``.

    Takes milliseconds, so it is compared each time a study opens its recordings.  Two files that
    differ only in their middle share it: it notices a swapped file, it does not prove identity.
    """
    checked = checked_recording_path(path)
    try:
        with checked.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            digest = hashlib.sha256(file.read(_CHUNK_BYTES))
            file.seek(max(0, size - _CHUNK_BYTES))
            digest.update(file.read(_CHUNK_BYTES))
    except OSError as error:
        raise _unreadable(checked, error) from error
    return f"{size}-{digest.hexdigest()}"


def _unreadable(path: Path, error: OSError) -> UnreadableRecording:
    return UnreadableRecording(path=path, reason=error.strerror or error)
