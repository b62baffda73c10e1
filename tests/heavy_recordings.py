"""Recordings as heavy as those of real cameras, for measuring: numbered, textured, moving."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from clips import numbered_pixels

RATE = 30
SIZES = {"720p": (1280, 720), "1080p": (1920, 1080), "4K": (3840, 2160)}
_MBIT = {"720p": 5, "1080p": 10, "4K": 30}


def make_heavy(path: Path, name: str, n_frames: int, group: int = 250) -> Path:
    """Write H.264 with B-frames and one keyframe in ``group`` frames; the numbers are readable."""
    width, height = SIZES[name]
    chance = np.random.default_rng(11)
    coarse = chance.integers(-24, 25, (height // 4 + 64, width // 4 + 64)).astype(np.int16)
    texture = np.kron(coarse, np.ones((4, 4), np.int16))
    grain = chance.integers(-4, 5, (height + 64, width + 64)).astype(np.int16)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.bit_rate = _MBIT[name] * 1_000_000
        stream.codec_context.options = {
            "preset": "superfast",
            "bf": "2",
            "x264-params": f"keyint={group}:min-keyint={group}:scenecut=0",
        }
        for number in range(n_frames):
            x, y = number * 3 % 97, number % 41
            gx, gy = chance.integers(0, 64, 2)
            luma = numbered_pixels(number, width, height)[:, :, 0].astype(np.int16)
            luma = luma + texture[y : y + height, x : x + width]
            luma += grain[gy : gy + height, gx : gx + width]
            frame = av.VideoFrame(width, height, "yuv420p")
            lines = np.asarray(memoryview(frame.planes[0]), np.uint8).reshape(height, -1)
            lines[:, :width] = np.clip(luma, 0, 255)
            for plane in frame.planes[1:]:
                np.asarray(memoryview(plane), np.uint8)[:] = 128
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def seconds_a_frame(path: Path) -> float:
    """Decode from beginning to end as fast as it goes; return the seconds a frame took."""
    import time

    with av.open(str(path)) as container:
        container.streams.video[0].thread_type = "AUTO"
        began = time.perf_counter()
        n_frames = sum(1 for _ in container.decode(video=0))
    return (time.perf_counter() - began) / n_frames
