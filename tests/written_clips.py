"""What a clip shows, read by a plain decoder that knows nothing of how it was made."""

import hashlib
import importlib.util
from pathlib import Path

import av
import numpy as np

from clips import read_number

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "sample_videos"


def _frame_mark():
    path = ROOT / "tools" / "sample_scene" / "frame_mark.py"
    spec = importlib.util.spec_from_file_location("frame_mark", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


read_mark = _frame_mark().read_frame_number


def pictures_of(path: Path) -> list[tuple[int, np.ndarray]]:
    """Time in microseconds and pixels of every picture, in the order of the decoder."""
    with av.open(str(path)) as container:
        return [
            (round(frame.pts * frame.time_base * 1_000_000), frame.to_ndarray(format="rgb24"))
            for frame in container.decode(video=0)
        ]


def numbers_of(path: Path) -> list[int | None]:
    """The numbers in the pixels of generated clips (tests/clips.py)."""
    return [read_number(pixels) for _, pixels in pictures_of(path)]


def sound_of(path: Path) -> np.ndarray:
    """All samples, shape (samples, channels), the first heard with the first picture."""
    with av.open(str(path)) as container:
        frames = list(container.decode(audio=0))
    assert frames[0].pts == 0
    return np.concatenate([one.to_ndarray().T for one in frames])


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
