"""Any stretch of the sound of a recording, by its place on the recording's own clock."""

from collections import deque
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from numpy.typing import NDArray

from imhcode.media.audio import RATE_HZ
from imhcode.media.container import decodable, open_container
from imhcode.media.recording_path import checked_recording_path
from imhcode.media.sound_errors import UnreadableSound

_PREROLL_S = 0.2  # decoded before what is asked for: the first frames after a seek may be faulty
_EARLIER_S = (0.0, 2.0, 10.0)  # a seek that landed too late is tried again this much earlier
_KEPT_BEHIND = 2 * RATE_HZ  # samples kept for short ways back
_CHEAP_AHEAD = 4 * RATE_HZ  # samples ahead that are quicker to decode than to seek to
# Times in containers are rounded to a millisecond at worst; more than this is a real gap.
_GAP = RATE_HZ // 250

Samples = NDArray[np.float32]


class SoundReader:
    """The first sound track of a recording, decoded where it is asked for.

    Sample 0 is heard when the first picture is shown, whatever the two streams' own beginnings
    are.  Where the track has no sound (before it begins, in a gap, after its end, in a damaged
    packet) there is silence.  Belongs to one thread.

    Parameters
    ----------
    path : Path
        The recording.
    first_picture_s : Fraction
        When its first picture is shown, on the container's clock, seconds.

    Attributes
    ----------
    channel_names : tuple of str
        The channels as FFmpeg names them, such as ``("FL", "FR")``.

    Raises
    ------
    Refused, Trouble
        The file cannot be opened, or (`UnreadableSound`) it has no sound that can be decoded.
    """

    def __init__(self, path: Path, first_picture_s: Fraction) -> None:
        self._path = checked_recording_path(path)
        self._zero_s = first_picture_s
        self._held: deque[tuple[int, Samples]] = deque()
        self._reached = 0
        self._open()
        layout = self._stream.codec_context.layout
        self.channel_names = tuple(channel.name for channel in layout.channels)
        self._layout = layout.name
        self._begins_at = 0
        self._decode_on()
        if not self._held:
            self.close()
            raise UnreadableSound(path=path, reason="not one sample can be decoded")
        self._begins_at = self._held[0][0]

    def samples(self, first: int, n_samples: int) -> Samples:
        """Return samples ``first`` to ``first + n_samples``, silence where there are none.

        Returns
        -------
        ndarray of float32, shape (n_samples, channels)
            At `RATE_HZ`, full scale at ±1.

        Raises
        ------
        UnreadableSound
            The disk refuses.
        """
        end = first + n_samples
        if end > self._begins_at:
            held_from = self._held[0][0] if self._held else self._reached
            if first < held_from > self._begins_at or first > self._reached + _CHEAP_AHEAD:
                self._seek(first)
            while self._reached < end and not self._ended:
                self._decode_on()
        found = np.zeros((n_samples, len(self.channel_names)), np.float32)
        for start, block in self._held:
            low, high = max(first, start), min(end, start + len(block))
            if low < high:
                found[low - first : high - first] = block[low - start : high - start]
        while self._held and self._held[0][0] + len(self._held[0][1]) < first - _KEPT_BEHIND:
            self._held.popleft()
        return found

    def close(self) -> None:
        """Let go of the file."""
        self._held.clear()
        self._container.close()

    def _open(self) -> None:
        self._container = open_container(self._path)
        streams = [one for one in self._container.streams.audio if decodable(one)]
        if not streams:
            self._container.close()
            raise UnreadableSound(path=self._path, reason="there is no sound in it")
        self._stream: AudioStream = streams[0]
        self._restart()

    def _restart(self) -> None:
        self._held.clear()
        self._ended = False
        self._resampler: AudioResampler | None = None
        self._resampled: tuple[str, str, int] | None = None
        self._frames = self._decoded()

    def _seek(self, first: int) -> None:
        """Put the reader so that what it decodes next begins before sample ``first``."""
        for earlier_s in _EARLIER_S:
            at_s = first / RATE_HZ - _PREROLL_S - earlier_s + float(self._zero_s)
            if at_s * RATE_HZ <= self._begins_at + float(self._zero_s) * RATE_HZ:
                break  # the beginning of the track is where reading begins anyway
            try:
                self._container.seek(int(at_s * av.time_base))
            except av.error.FFmpegError:
                break
            self._restart()
            self._reached = first
            self._decode_on()
            if self._held and self._held[0][0] <= first:
                return
        self._container.close()
        self._open()
        self._reached = self._begins_at

    def _decode_on(self) -> None:
        """Decode one frame more."""
        frame = next(self._frames, None)
        if frame is None:
            self._ended = True
            return
        resampled = self._fitted(frame)
        start = self._reached
        if frame.pts is not None and frame.time_base is not None:
            place = round((frame.pts * frame.time_base - self._zero_s) * RATE_HZ)
            if not self._held or abs(place - start) > _GAP:
                start = place
        self._reached = start + len(resampled)
        if len(resampled):
            self._held.append((start, resampled))

    def _fitted(self, frame: AudioFrame) -> Samples:
        """Bring a frame to float32 at `RATE_HZ` with the channels the track began with."""
        kind = (frame.format.name, frame.layout.name, frame.sample_rate)
        if self._resampler is None or kind != self._resampled:
            self._resampler = AudioResampler("fltp", self._layout, RATE_HZ)
            self._resampled = kind
        parts = [one.to_ndarray().T for one in self._resampler.resample(frame)]
        if not parts:
            return np.zeros((0, len(self.channel_names)), np.float32)
        return np.concatenate(parts).astype(np.float32, copy=False)

    def _decoded(self) -> Iterator[AudioFrame]:
        """Demux and decode on; damaged packets are passed over."""
        packets = self._container.demux(self._stream)
        while True:
            try:
                packet = next(packets)
            except (StopIteration, IndexError, av.error.EOFError):
                return
            except av.error.FFmpegError as error:
                raise UnreadableSound(path=self._path, reason=error.strerror) from error
            try:
                yield from packet.decode()
            except av.error.FFmpegError:
                continue
