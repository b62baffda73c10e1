"""How long the waveform and the spectrogram of an hour take, against plain decoding.

    python benchmarks/waveform.py [--smoke]

Sound as a camera writes it: AAC, 48 kHz, stereo, beside small pictures in MP4.  The baseline
decodes the same sound in the same run and throws it away.  A short recording stands for the hour:
all of it is linear in length.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from imhcode.media import sound_pyramid_files as files
from imhcode.media.spectrogram import BANDS, HOP_US, Spectrogram, read_spectrogram
from imhcode.media.waveform import Waveform, read_waveform

RATE = 48_000
HOUR_S = 3600


def film(path: Path, seconds: int) -> Path:
    """Noise that comes and goes, and a few pictures."""
    chance = np.random.default_rng(1)
    with av.open(str(path), "w") as container:
        video = container.add_stream("mpeg4", rate=5)
        video.width, video.height, video.pix_fmt = 64, 64, "yuv420p"
        sound = container.add_stream("aac", rate=RATE, layout="stereo")
        for second in range(seconds):
            for number in range(5):
                picture = np.full((64, 64, 3), number * 40, np.uint8)
                frame = av.VideoFrame.from_ndarray(picture, "rgb24")
                frame.pts, frame.time_base = second * 5 + number, Fraction(1, 5)
                container.mux(video.encode(frame))
            noise = chance.normal(0, 0.02 + 0.1 * (second % 3), (2, RATE)).astype(np.float32)
            heard = av.AudioFrame.from_ndarray(noise.clip(-1, 1), "fltp", "stereo")
            heard.sample_rate, heard.time_base = RATE, Fraction(1, RATE)
            heard.pts = second * RATE
            container.mux(sound.encode(heard))
        container.mux(video.encode(None))
        container.mux(sound.encode(None))
    return path


def decode(path: Path) -> None:
    """The baseline."""
    with av.open(str(path)) as container:
        for _ in container.decode(container.streams.audio[0]):
            pass


def best_of(times: int, work: Callable[[], object]) -> float:
    """Seconds of this process that the quickest of some runs took."""
    taken = []
    for _ in range(times):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken)


def run(smoke: bool) -> dict[str, float | str]:
    """Measure and print; a shorter recording for a smoke test."""
    seconds, times = (20, 1) if smoke else (300, 3)
    hours = seconds / HOUR_S
    bins = HOUR_S * 1000
    with tempfile.TemporaryDirectory() as folder:
        path = film(Path(folder) / "film.mp4", seconds)
        decode(path)
        plain = best_of(times, lambda: decode(path))
        wave = best_of(times, lambda: read_waveform(path))
        spectrum = best_of(times, lambda: read_spectrogram(path))
        hour = Waveform.of(
            np.zeros((1, bins), np.int16),
            np.zeros((1, bins), np.int16),
            np.zeros((1, bins // 16), np.uint16),
        )
        pitches = Spectrogram.of(np.zeros((BANDS, HOUR_S * 1_000_000 // HOP_US), np.uint8))
        place = files.waveform_path(Path(folder), "hour")
        files.keep_waveform(place, hour)
        kept = best_of(times, lambda: files.kept_waveform(place))
        bytes_on_disk = place.stat().st_size
    figures: dict[str, float | str] = {
        "plain decoding: s per hour": round(plain / hours, 2),
        "waveform: s per hour": round(wave / hours, 2),
        "waveform: times plain decoding": round(wave / plain, 2),
        "spectrogram: s per hour": round(spectrum / hours, 2),
        "spectrogram: times plain decoding": round(spectrum / plain, 2),
        "waveform of an hour from disk: ms": round(kept * 1000, 1),
        "waveform of an hour: MB in memory": round(hour.nbytes / 1e6, 1),
        "waveform of an hour: MB on disk": round(bytes_on_disk / 1e6, 1),
        "spectrogram of an hour: MB in memory": round(pitches.nbytes / 1e6, 1),
    }
    for name, figure in figures.items():
        print(f"{name:40} {figure}")
    return figures


if __name__ == "__main__":
    run("--smoke" in sys.argv)
