"""The sound of a recording from beginning to end, on the recording's own clock.

Time 0 is the first shown picture, as everywhere.  A microphone seldom starts with the camera, so
sound from before is left out, and where there is none yet, or none for a while, silence stands.
"""

import os
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.stream import VideoStream
from numpy.typing import NDArray

from imhcode.media.container import decodable, open_container, picture_stream
from imhcode.media.errors import NoDecodableSound, NoPictures, NoSound
from imhcode.media.recording_path import checked_recording_path
from imhcode.media.superseded import Superseded

Samples = NDArray[np.int16]
_MOST_OFF_S = 0.010  # less is rounding in the container, more is a real gap
_LONGEST_GAP_S = 4 * 3600  # a longer one is a damaged time, not silence
_BLOCK = 65_536  # samples, at least, that are handed on together: about a second
# There the presentation times are guessed, and the packet index does not use them either.
_GUESSED = frozenset({"h264", "hevc", "vc1"})


class WholeSound:
    """One pass through the first sound stream of a recording.

    Parameters
    ----------
    path : path
        A local recording; it is checked before any library sees it.
    wanted : callable
        Asked about once a second of sound; when it says no, `Superseded` is raised.
    on_progress : callable
        Gets the share that is done, from 0 to 1.

    Attributes
    ----------
    rate_hz : int
        Samples a second; known once the first block is there.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        wanted: Callable[[], bool] = lambda: True,
        on_progress: Callable[[float], None] = lambda _: None,
    ) -> None:
        self.path = checked_recording_path(path)
        self.rate_hz = 0
        self._wanted = wanted
        self._on_progress = on_progress

    def blocks(self) -> Iterator[Samples]:
        """Yield all sound from time 0 on, without a gap.

        Yields
        ------
        ndarray of int16, shape (channels, samples)
            A second or so each.

        Raises
        ------
        NoSound, NoDecodableSound
            There is no sound stream, or nothing in it can be decoded.
        Superseded
            Nobody wants it any more.
        """
        with open_container(self.path) as container:
            start_s = first_picture_of(self.path)
            stream = _sound_stream(container, self.path)
            length_s = Fraction(container.duration or 0, 1_000_000)
            done = 0
            for at, samples in self._runs(container, stream, start_s):
                if not self._wanted():
                    raise Superseded
                yield from self._silence(at - done, samples)
                block = samples[:, max(done - at, 0) :]
                done = max(done, at) + block.shape[1]
                if block.shape[1]:
                    yield block
                if length_s:
                    self._on_progress(min(float(done / (self.rate_hz * length_s)), 1.0))
        if not self.rate_hz:
            raise NoDecodableSound(path=self.path)
        self._on_progress(1.0)

    def _silence(self, count: int, like: Samples) -> Iterator[Samples]:
        for first in range(0, count, _BLOCK):
            yield np.zeros((len(like), min(_BLOCK, count - first)), dtype=np.int16)

    def _runs(
        self, container: InputContainer, stream: AudioStream, start_s: Fraction
    ) -> Iterator[tuple[int, Samples]]:
        """Join frames that follow one another; yield the place of the first sample, and all.

        The place is counted in samples from time 0 and never lies before it.
        """
        counted = _Counter(stream, start_s)
        begin = end = 0
        run: list[NDArray[Any]] = []
        packed = 0  # channels that are interleaved; 0 where each has its own row
        for frame in _frames(container, stream):
            if not self.rate_hz:
                self.rate_hz = frame.sample_rate
            at = end
            if frame.pts is not None:
                said = counted.sample_at(frame.pts, self.rate_hz)
                off_s = (said - end) / self.rate_hz
                if abs(off_s) > _MOST_OFF_S and off_s < _LONGEST_GAP_S:
                    at = said
            channels = 0 if frame.format.is_planar else frame.layout.nb_channels
            rows = np.asarray(frame.to_ndarray())
            joins = at == end and (not run or _alike(run[0], rows)) and channels == packed
            if run and not (joins and end - begin < _BLOCK):
                yield from _placed(begin, run, packed)
                run = []
            if not run:
                begin, packed = at, channels
            run.append(rows)
            end = at + frame.samples
        if run:
            yield from _placed(begin, run, packed)


class _Counter:
    """From ticks of a stream to samples since time 0, in whole numbers: exact, and quick."""

    def __init__(self, stream: AudioStream, start_s: Fraction) -> None:
        self._tick_s = stream.time_base or Fraction(1, stream.rate)
        self._start_s = start_s

    def sample_at(self, ticks: int, rate_hz: int) -> int:
        """The nearest sample; negative before time 0."""
        tick, start = self._tick_s, self._start_s
        above = ticks * tick.numerator * start.denominator - start.numerator * tick.denominator
        below = tick.denominator * start.denominator
        return (2 * above * rate_hz + below) // (2 * below)


def first_picture_of(path: Path) -> Fraction:
    """Where the first shown picture stands on the container's clock, in seconds.

    Reads the packets of the first group of pictures only; the same rule as
    `imhcode.media.packet_index`, which reads them all.  0 where there are no pictures.
    """
    with open_container(path) as container:
        try:
            stream = picture_stream(container, path, threads=False)
        except NoPictures:
            return Fraction(0)
        guessed = container.format.name == "avi" and stream.codec_context.name in _GUESSED
        first_key: int | None = None
        shown: list[int] = []
        for packet in _packets(container, stream):
            time = packet.dts if guessed or packet.pts is None else packet.pts
            if packet.is_keyframe and shown:
                break  # what precedes the second group on screen does not precede the first
            if time is None or not (packet.is_keyframe or first_key is not None):
                continue
            first_key = time if first_key is None else first_key
            if time >= first_key and not packet.is_discard:
                shown.append(time)
        if not shown or not stream.time_base:
            return Fraction(0)
        return min(shown) * stream.time_base


def _sound_stream(container: InputContainer, path: Path) -> AudioStream:
    if not container.streams.audio:
        raise NoSound(path=path)
    streams = [stream for stream in container.streams.audio if decodable(stream)]
    if not streams:
        raise NoDecodableSound(path=path)
    return streams[0]


def _packets(
    container: InputContainer, stream: AudioStream | VideoStream
) -> Iterator["av.Packet[Any]"]:
    """Demux until the end or the first place where the file cannot be read any further."""
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
        except (StopIteration, IndexError, av.error.FFmpegError):
            return
        if packet.size:
            yield packet


def _frames(container: InputContainer, stream: AudioStream) -> Iterator[av.AudioFrame]:
    """Decode all sound; packets that cannot be decoded are passed over and leave a gap."""
    for packet in chain(_packets(container, stream), [None]):
        try:
            decoded = stream.codec_context.decode(packet)
        except av.error.FFmpegError:
            continue
        for frame in decoded:
            if frame.samples:
                yield frame


def _alike(one: NDArray[Any], other: NDArray[Any]) -> bool:
    return one.dtype == other.dtype and len(one) == len(other)


def _placed(begin: int, run: list[NDArray[Any]], packed: int) -> Iterator[tuple[int, Samples]]:
    """Samples of a run with what lies before time 0 left out; nothing if all of it does."""
    joined = np.concatenate(run, axis=1)
    if packed:
        joined = joined.reshape(-1, packed).T
    samples = as_int16(joined)[:, max(-begin, 0) :]
    if samples.shape[1]:
        yield max(begin, 0), samples


def as_int16(samples: NDArray[Any]) -> Samples:
    """Whatever a decoder gives, as 16 bits; too loud floats are cut off at full scale."""
    if samples.dtype == np.int16:
        return np.asarray(samples, dtype=np.int16)
    if samples.dtype == np.uint8:
        return ((samples.astype(np.int16) - 128) * 256).astype(np.int16)
    if samples.dtype.kind == "i":
        shift = 8 * samples.dtype.itemsize - 16
        return np.asarray(np.right_shift(samples, shift), dtype=np.int16)
    whole = np.nan_to_num(samples.astype(np.float32), posinf=1, neginf=-1) * 32_767
    return np.asarray(np.clip(np.rint(whole), -32_768, 32_767), dtype=np.int16)
