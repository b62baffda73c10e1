"""Where a study's recordings lie: as written in the study, and as found on this machine."""

import os
from pathlib import Path


def written(video: Path, study: Path) -> str:
    """How the study writes down a recording's place.

    Relative to the study file, with forward slashes, so that a folder can be moved or carried to
    another system whole; absolute only where there is no way between the two (other drives).
    """
    video, folder = video.absolute(), study.absolute().parent
    try:
        relative = os.path.relpath(video, folder)
    except ValueError:  # another drive on Windows
        return video.as_posix()
    return Path(relative).as_posix()


def found(text: str, study: Path) -> Path:
    """Where that place is on this machine; nothing is said about whether a file is there."""
    path = Path(text)
    if path.is_absolute():
        return path
    return Path(os.path.normpath(study.absolute().parent / path))
