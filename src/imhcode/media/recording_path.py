"""Only regular files of this computer are opened: no address, device, pipe or folder.

Every media library follows an address it is given, and reading a pipe or ``/dev/zero`` never
ends; so the path is looked at before any of them sees it.
"""

import os
import re
import stat
from pathlib import Path

from imhcode.media.errors import (
    EmptyRecording,
    MissingRecording,
    RecordingIsAddress,
    RecordingIsDevice,
    RecordingIsFolder,
    UnreadableRecording,
)

# Two letters at least, because C: is a drive; one slash is enough, because Path swallows one.
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:[/\\]")
_FILE_SHARE = ("\\\\", "//") if os.name == "nt" else ("\\\\",)


def checked_recording_path(path: str | os.PathLike[str]) -> Path:
    """Return the absolute path of an existing, non-empty, regular file.

    An absolute path can never be read as a protocol by the libraries below.  Symbolic links are
    followed; what they lead to must be a regular file too.

    Raises
    ------
    RecordingIsAddress, MissingRecording, RecordingIsFolder, RecordingIsDevice
        The path is none of ours to open.
    EmptyRecording, UnreadableRecording
        The file is there but gives nothing.
    """
    text = os.fspath(path)
    if text.startswith(_FILE_SHARE) or _ADDRESS.match(text):
        raise RecordingIsAddress(path=text)
    if not text or "\0" in text:
        raise MissingRecording(path=text.replace("\0", "\N{REPLACEMENT CHARACTER}"))
    found = Path(text)
    try:
        status = found.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise MissingRecording(path=text) from None
    except OSError as error:
        raise UnreadableRecording(path=text, reason=error.strerror or error) from error
    if stat.S_ISDIR(status.st_mode):
        raise RecordingIsFolder(path=text)
    if not stat.S_ISREG(status.st_mode):
        raise RecordingIsDevice(path=text)
    if status.st_size == 0:
        raise EmptyRecording(path=text)
    if not os.access(found, os.R_OK):
        raise UnreadableRecording(path=text, reason="reading is not permitted")
    return found.absolute()
