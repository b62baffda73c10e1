"""Waveforms and spectrograms kept on disk, so that they are worked out once.

A file may be deleted at any time; one that is damaged or of another version is as good as none.
"""

import hashlib
import os
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from imhcode.media.spectrogram import BANDS, Spectrogram
from imhcode.media.waveform import Waveform

VERSION = 1  #: raised when the same sound would give other numbers
_DAMAGED = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)


def waveform_path(folder: Path, content_hash: str, *, mixed: bool = True) -> Path:
    """Where the waveform of a recording with that content is kept."""
    return _path(folder, content_hash, "waveform" if mixed else "channels")


def spectrogram_path(folder: Path, content_hash: str) -> Path:
    """Where the spectrogram of a recording with that content is kept."""
    return _path(folder, content_hash, "spectrogram")


def keep_waveform(path: Path, waveform: Waveform) -> bool:
    """Write the finest level, 15 MB for an hour; whether the disk let us."""
    arrays = {
        "lows": waveform.lows.base,
        "highs": waveform.highs.base,
        "loudness": waveform.loudness.base,
    }
    return _keep(path, arrays)


def kept_waveform(path: Path) -> Waveform | None:
    """Read what `keep_waveform` wrote; ``None`` if there is nothing that can be used."""
    arrays = _kept(path, {"lows": np.int16, "highs": np.int16, "loudness": np.uint16})
    if arrays is None:
        return None
    lows, highs, loudness = arrays["lows"], arrays["highs"], arrays["loudness"]
    if lows.shape != highs.shape or len(loudness) != 1 or not len(lows):
        return None
    return Waveform.of(lows, highs, loudness)


def keep_spectrogram(path: Path, spectrogram: Spectrogram) -> bool:
    """Write the finest level, 23 MB for an hour; whether the disk let us."""
    return _keep(path, {"bands": spectrogram.bands.base})


def kept_spectrogram(path: Path) -> Spectrogram | None:
    """Read what `keep_spectrogram` wrote; ``None`` if there is nothing that can be used."""
    arrays = _kept(path, {"bands": np.uint8})
    if arrays is None or len(arrays["bands"]) != BANDS:
        return None
    return Spectrogram.of(arrays["bands"])


def _path(folder: Path, content_hash: str, what: str) -> Path:
    # Hashed again: the text may come from a study file somebody else has written.
    name = hashlib.sha256(content_hash.encode()).hexdigest()[:32]
    return folder / f"{name}.{what}-{VERSION}.npz"


def _keep(path: Path, arrays: Mapping[str, NDArray[Any]]) -> bool:
    """Write beside and then rename, so that nobody ever reads half a file."""
    beside = path.with_name(f"{path.name}.{uuid4().hex}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
        os.replace(beside, path)  # noqa: PTH105  (Path.replace says nothing of an existing file)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        return False
    return True


def _kept(path: Path, types: Mapping[str, type]) -> dict[str, NDArray[Any]] | None:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as table:
            arrays = {name: table[name] for name in types}
    except _DAMAGED:
        return None
    sound = all(array.dtype == types[name] and array.ndim == 2 for name, array in arrays.items())
    return arrays if sound else None
