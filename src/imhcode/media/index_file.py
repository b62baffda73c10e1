"""An index kept between two openings, found by what the recording holds, believed only if it fits.

The name is made from the recording's quick fingerprint, so that moving or renaming a recording
loses nothing and the folder tells nobody what was recorded.  Inside are plain arrays, never
pickled objects.  What is damaged, of another version or does not match the file is passed over:
the index is then made anew.
"""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from imhcode.media.fingerprint import quick_fingerprint
from imhcode.media.frame_times import FrameTimes
from imhcode.media.framing import Framing
from imhcode.media.indexed import IndexedRecording
from imhcode.media.packet_index import MISSING, PacketIndex
from imhcode.media.probe import AudioFacts

VERSION = 1  # of the arrays below and of how the index is made: old ones are passed over
_COLUMNS = ("pts", "dts", "position", "size", "start")  # one entry a packet
_SAMPLES = 32  # packets looked up in the recording
_SAMPLE_BYTES = 64
_MOST_BYTES = 1 << 30


@dataclass(frozen=True)
class IndexFile:
    """Where the index of one recording is kept, whether it is there or not.

    Attributes
    ----------
    recording : Path
        The checked recording.
    path : Path
        The index.
    fingerprint : str
        What the recording holds, by its quick fingerprint.
    """

    recording: Path
    path: Path
    fingerprint: str

    @classmethod
    def of(cls, recording: Path, folder: Path) -> "IndexFile":
        """Return the place inside ``folder`` for a checked recording.

        Raises
        ------
        UnreadableRecording
        """
        fingerprint = quick_fingerprint(recording)
        name = hashlib.sha256(fingerprint.encode()).hexdigest()[:32]
        return cls(recording, folder / f"{name}.npz", fingerprint)

    def read(self) -> IndexedRecording | None:
        """Return what is kept, if it is whole, of this version, and true of the recording."""
        try:
            if self.path.stat().st_size > _MOST_BYTES:
                return None
            # Opened here: NumPy leaves a file open that turns out to be damaged.
            with self.path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                return _unpacked(arrays, self)
        except Exception:  # noqa: BLE001  (damage shows itself in every way there is)
            return None

    def write(self, found: IndexedRecording) -> None:
        """Keep it; the file is there whole or not at all.

        Raises
        ------
        OSError
            It cannot be written; the program works without.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        half = self.path.with_name(f"{self.path.stem}.{os.getpid()}.half")
        try:
            with half.open("wb") as file:
                np.savez_compressed(file, allow_pickle=False, **_packed(found, self))
            half.replace(self.path)
        finally:
            half.unlink(missing_ok=True)


def _packed(found: IndexedRecording, kept: IndexFile) -> dict[str, NDArray[Any]]:
    index = found.index
    framing = asdict(found.framing)
    framing["pixel_aspect"] = str(found.framing.pixel_aspect)
    facts = {
        "version": VERSION,
        "fingerprint": kept.fingerprint,
        "samples": _samples(kept.recording, index.position, index.size),
        "time_base": str(index.time_base),
        "first_pts": index.first_pts,
        "packets_missing": index.packets_missing,
        "end_us": index.times.end_us,
        "framing": framing,
        "audio": asdict(found.audio) if found.audio else None,
    }
    arrays = {name: getattr(index, name) for name in (*_COLUMNS, "ordinals")}
    arrays["times_us"] = index.times.times_us
    arrays["facts"] = np.frombuffer(json.dumps(facts).encode(), dtype=np.uint8)
    return arrays


def _unpacked(arrays: Any, kept: IndexFile) -> IndexedRecording | None:
    facts = json.loads(arrays["facts"].tobytes())
    if facts["version"] != VERSION or facts["fingerprint"] != kept.fingerprint:
        return None
    columns = {name: _whole_numbers(arrays[name]) for name in _COLUMNS}
    ordinals, times_us = _whole_numbers(arrays["ordinals"]), _whole_numbers(arrays["times_us"])
    n_packets = len(columns["pts"])
    if (
        any(len(column) != n_packets for column in columns.values())
        or len(ordinals) != len(times_us)
        or len(np.unique(ordinals)) != len(ordinals)
        or ordinals.min() < 0
        or (columns["start"][ordinals] < 0).any()
        or (columns["start"] >= n_packets).any()
        or facts["samples"] != _samples(kept.recording, columns["position"], columns["size"])
    ):
        return None
    frames = np.full(n_packets, -1, dtype=np.int64)
    frames[ordinals] = np.arange(len(ordinals))
    index = PacketIndex(
        **columns,
        ordinals=ordinals,
        frames=frames,
        times=FrameTimes(times_us, int(facts["end_us"])),
        time_base=Fraction(facts["time_base"]),
        first_pts=int(facts["first_pts"]),
        packets_missing=int(facts["packets_missing"]),
    )
    framing = facts["framing"]
    framing["pixel_aspect"] = Fraction(framing["pixel_aspect"])
    audio = AudioFacts(**facts["audio"]) if facts["audio"] else None
    return IndexedRecording(index, Framing(**framing), audio)


def _whole_numbers(array: NDArray[Any]) -> NDArray[np.int64]:
    if array.ndim != 1 or array.dtype != np.int64:
        raise ValueError
    return array


def _samples(recording: Path, position: NDArray[np.int64], size: NDArray[np.int64]) -> str:
    """Return a digest of the number of packets and of the first bytes of some of them."""
    digest = hashlib.sha256(f"{len(position)} {int(size.sum())}".encode())
    chosen = np.linspace(0, len(position) - 1, min(_SAMPLES, len(position))).astype(int)
    with recording.open("rb") as file:
        for place in sorted({int(position[ordinal]) for ordinal in chosen} - {MISSING}):
            file.seek(place)
            digest.update(file.read(_SAMPLE_BYTES))
    return digest.hexdigest()
