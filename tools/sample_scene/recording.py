"""Pictures and sound into a file."""

import struct
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from sample_scene.canvas import Picture
from sample_scene.shots import Shot
from sample_scene.sound import SOUND_RATE

_CHUNK = 1024  # samples of one AAC frame
_CONTAINERS = (b"moov", b"trak", b"mdia")


def record(
    path: Path, shot: Shot, pictures: Iterable[tuple[int, Picture]], heard: NDArray[np.float64]
) -> int:
    """Write one recording as H.264 and AAC in MP4.

    Parameters
    ----------
    pictures : iterable of (int, uint8 of shape (height, width, 3))
        Upright, blue first, each with its time in the shot's ticks.
    heard : float64, shape (n,)
        The whole scene's sound at ``SOUND_RATE``; the shot's part of it is taken.

    Returns
    -------
    int
        The number of pictures written.
    """
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        video = container.add_stream("libx264", rate=shot.rate, options=shot.options)
        sides = shot.view.width, shot.view.height
        video.width, video.height = sides if shot.turned == 0 else sides[::-1]
        video.pix_fmt = "yuv420p"
        video.codec_context.time_base = shot.tick
        video.thread_count = 2  # fixed, so that every machine makes the same pictures
        audio = container.add_stream("aac", rate=SOUND_RATE, layout="mono")
        audio.bit_rate = 56_000
        chunks = _chunks(shot, heard)
        count = 0
        for ticks, picture in pictures:
            stored = np.ascontiguousarray(np.rot90(picture, shot.turned // 90))
            frame = av.VideoFrame.from_ndarray(stored, format="bgr24")
            frame.pts, frame.time_base = ticks, shot.tick
            container.mux(video.encode(frame))
            count += 1
            for sound in chunks:
                container.mux(audio.encode(sound))
                if Fraction(sound.pts, SOUND_RATE) > ticks * shot.tick:
                    break
        for sound in chunks:
            container.mux(audio.encode(sound))
        container.mux(video.encode())
        container.mux(audio.encode())
    if shot.turned:
        _say_turned(path, shot.view.width)
    return count


def _chunks(shot: Shot, heard: NDArray[np.float64]) -> Iterator[av.AudioFrame]:
    first = round(shot.scene_start_s * SOUND_RATE)
    for at in range(0, round(shot.lasting_s * SOUND_RATE), _CHUNK):
        part = heard[first + at : first + at + _CHUNK].astype(np.float32)
        sound = av.AudioFrame.from_ndarray(part[None, :], format="fltp", layout="mono")
        sound.sample_rate = SOUND_RATE
        sound.pts, sound.time_base = at, Fraction(1, SOUND_RATE)
        yield sound


def _say_turned(path: Path, upright_width: int) -> None:
    """Write into the file that its pictures have to be turned 90 degrees clockwise.

    PyAV reads a display matrix but does not write one; MP4 keeps it in the track's header.
    """
    content = bytearray(path.read_bytes())
    one, w = 1 << 16, 1 << 30
    matrix = struct.pack(">9i", 0, one, 0, -one, 0, 0, upright_width * one, 0, w)
    for track in _boxes(content, b"trak", 0, len(content)):
        if any(content[s + 8 : s + 12] == b"vide" for s, _ in _boxes(content, b"hdlr", *track)):
            ((start, _),) = _boxes(content, b"tkhd", *track)
            at = start + (40 if content[start] == 0 else 52)
            content[at : at + len(matrix)] = matrix
    path.write_bytes(bytes(content))


def _boxes(content: bytearray, kind: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Find boxes of one kind; gives where the inside of each begins and ends."""
    while start + 8 <= end:
        size = int.from_bytes(content[start : start + 4], "big")
        name = bytes(content[start + 4 : start + 8])
        if size < 8:
            return
        if name == kind:
            yield start + 8, start + size
        elif name in _CONTAINERS:
            yield from _boxes(content, kind, start + 8, start + size)
        start += size
