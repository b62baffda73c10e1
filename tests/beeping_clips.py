"""Recordings whose pictures carry their number and whose sound beeps at known moments."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from clips import FPS25, HEIGHT, WIDTH, numbered_pixels

BEEP_S = 0.08
BEEP_HZ = 1_000


def make_beeping_clip(
    path: Path,
    beeps_s: Sequence[float],
    *,
    n_frames: int,
    time_base: Fraction = FPS25,
    codec: str = "aac",
    rate_hz: int = 48_000,
    layout: str = "stereo",
    sound_from_s: float = 0.0,
    sound_until_s: float | None = None,
    gap_s: tuple[float, float] = (0.0, 0.0),
    shift_s: float = 0.0,
    only_channel: int | None = None,
) -> Path:
    """Write a clip; all times are those of the pictures, the first of which is shown at 0.

    Beeps between ``gap_s`` and outside ``sound_from_s`` to ``sound_until_s`` are not in the file,
    nor is any packet of sound there.
    """
    length_s = float(n_frames * time_base)
    until_s = length_s if sound_until_s is None else sound_until_s
    with av.open(str(path), "w") as container:
        pictures = container.add_stream("libx264", rate=1 / time_base)
        pictures.width, pictures.height, pictures.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        pictures.time_base = pictures.codec_context.time_base = time_base
        pictures.codec_context.options = {"preset": "ultrafast", "g": "25"}
        sound = container.add_stream(codec, rate=rate_hz, layout=layout)

        def mux(packets: list[av.Packet]) -> None:
            for packet in packets:
                shift = round(shift_s / packet.time_base)
                packet.pts += shift
                packet.dts += shift
                container.mux(packet)

        samples = _beeps(beeps_s, max(until_s, length_s), rate_hz, sound, only_channel)
        for start in range(int(sound_from_s * rate_hz), int(until_s * rate_hz), 1024):
            if gap_s[0] <= start / rate_hz < gap_s[1]:
                continue
            block = np.ascontiguousarray(samples[:, start : start + 1024])
            if block.shape[1] == 0:
                break
            mux(sound.encode(_frame(block, start, sound)))
        mux(sound.encode(None))
        for number in range(n_frames):
            frame = av.VideoFrame.from_ndarray(numbered_pixels(number), "rgb24")
            frame = frame.reformat(format="yuv420p")
            frame.pts, frame.time_base = number, time_base
            mux(pictures.encode(frame))
        mux(pictures.encode(None))
    return path


def _beeps(
    beeps_s: Sequence[float],
    length_s: float,
    rate_hz: int,
    sound: av.AudioStream,
    only_channel: int | None,
) -> np.ndarray:
    samples = np.zeros((sound.codec_context.channels, round(length_s * rate_hz)), np.float32)
    beep = 0.5 * np.sin(2 * np.pi * BEEP_HZ * np.arange(round(BEEP_S * rate_hz)) / rate_hz)
    channels = slice(None) if only_channel is None else only_channel
    for at_s in beeps_s:
        start = round(at_s * rate_hz)
        part = samples[channels, start : start + len(beep)]
        part += beep[: part.shape[-1]].astype(np.float32)
    return samples


def _frame(block: np.ndarray, start: int, sound: av.AudioStream) -> av.AudioFrame:
    planar = sound.format.name == "fltp"
    if not planar:  # 16 bits, channels side by side
        block = (block.T.reshape(1, -1) * 32767).astype(np.int16)
    frame = av.AudioFrame.from_ndarray(block, "fltp" if planar else "s16", sound.layout.name)
    frame.sample_rate, frame.pts = sound.rate, start
    frame.time_base = Fraction(1, sound.rate)
    return frame


def onsets(heard: np.ndarray, level: float = 0.25) -> list[int]:
    """Return the frames at which beeps begin in stereo sound of shape (frames, 2)."""
    loud = np.flatnonzero(np.abs(heard).max(axis=1) > level * 0.5)
    if not len(loud):
        return []
    return [int(loud[0]), *(int(n) for n in loud[1:][np.diff(loud) > 480 * 4])]
