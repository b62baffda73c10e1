"""Pictures and sound into an MP4 that says nothing but what it shows.

H.264 with 4:2:0 chroma and AAC play everywhere.  No title, date, place, device or program stands in
the file: the writer is told to be "bitexact", and the notes that x264 leaves in the stream about
itself and its settings are taken out.
"""

from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np
from av.audio.stream import AudioStream
from av.bitstream import BitStreamFilterContext
from av.packet import Packet
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream

from imhcode.media.audio import RATE_HZ
from imhcode.media.clips.clip_sound import ClipSound
from imhcode.media.clips.masking import Pixels
from imhcode.media.exact_mp4 import MICROSECOND, new_mp4

QUALITY = {"crf": "18", "preset": "veryfast", "g": "50", "bf": "0"}  #: of x264
_BITEXACT = 1 << 23  # AV_CODEC_FLAG_BITEXACT
_BT709 = 1
_STUDIO_RANGE = 1  # AVColorRange: 16 to 235, what players expect
_WITHOUT_NOTES = "filter_units=remove_types=6"  # "supplemental enhancement information"
_SOUND_BITS_A_SECOND = 160_000
_BLOCK = 1024  # samples in a packet of AAC


class ClipEncoder:
    """One clip being written; used with ``with``, which completes the file.

    Parameters
    ----------
    path : Path
        Written over if it is there.
    size : (int, int)
        Of the pictures, both even.
    rate_hz : float
        About how many there are a second; each has a time of its own.
    sound : ClipSound
        What is heard.
    """

    def __init__(self, path: Path, size: tuple[int, int], rate_hz: float, sound: ClipSound) -> None:
        self._target = new_mp4(path, movflags="+faststart", fflags="+bitexact")
        self._sound = sound
        self._written_samples = 0
        self._durations: dict[int, int] = {}
        self._to_yuv = VideoReformatter()
        try:
            self._pictures = self._picture_stream(size, rate_hz)
            self._voices = self._sound_stream() if sound.n_samples else None
            self._target.start_encoding()
            self._without_notes = BitStreamFilterContext(_WITHOUT_NOTES, self._pictures)
        except BaseException:
            self._target.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        del error, trace
        try:
            if kind is None:
                self._mux_pictures(self._pictures.encode(None))
                self._write_sound(self._sound.n_samples)
                if self._voices is not None:
                    self._target.mux(self._voices.encode(None))
        finally:
            self._target.close()

    def write(self, pixels: Pixels, time_us: int, duration_us: int) -> None:
        """Add the next picture, shown from ``time_us`` on, and the sound until then."""
        frame = self._to_yuv.reformat(
            av.VideoFrame.from_ndarray(pixels, "rgb24"),
            format="yuv420p",
            dst_colorspace=_BT709,
            dst_color_range=_STUDIO_RANGE,
        )
        frame.pts, frame.time_base = time_us, MICROSECOND
        self._durations[time_us] = duration_us
        self._mux_pictures(self._pictures.encode(frame))

    def _picture_stream(self, size: tuple[int, int], rate_hz: float) -> VideoStream:
        rate = Fraction(max(1.0, min(rate_hz, 1_000.0))).limit_denominator(1001)
        stream = self._target.add_stream("libx264", rate=rate)
        assert isinstance(stream, VideoStream)  # noqa: S101  (what PyAV's types cannot say)
        context = stream.codec_context
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.time_base = context.time_base = MICROSECOND
        context.options = dict(QUALITY)
        context.flags |= _BITEXACT
        context.color_range = _STUDIO_RANGE
        context.colorspace = context.color_primaries = context.color_trc = _BT709
        return stream

    def _sound_stream(self) -> AudioStream:
        stream = self._target.add_stream("aac", rate=RATE_HZ, layout="stereo")
        assert isinstance(stream, AudioStream)  # noqa: S101
        stream.codec_context.bit_rate = _SOUND_BITS_A_SECOND
        stream.codec_context.flags |= _BITEXACT
        return stream

    def _mux_pictures(self, packets: "list[Packet[VideoStream]]") -> None:
        for packet in packets:
            time_us = packet.pts or 0
            self._write_sound(min(time_us * RATE_HZ // 1_000_000, self._sound.n_samples))
            packet.duration = self._durations.pop(time_us)
            for bare in self._without_notes.filter(packet):
                bare.stream = self._pictures
                bare.time_base = MICROSECOND
                self._target.mux(bare)

    def _write_sound(self, until_sample: int) -> None:
        """Write whole blocks up to a sample, at the end a shorter one."""
        if self._voices is None:
            return
        while (left := until_sample - self._written_samples) > 0:
            is_end = until_sample == self._sound.n_samples
            if left < _BLOCK and not is_end:
                return
            block = self._sound.samples(self._written_samples, min(left, _BLOCK))
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block.T), "fltp", "stereo")
            frame.sample_rate, frame.pts = RATE_HZ, self._written_samples
            frame.time_base = Fraction(1, RATE_HZ)
            self._target.mux(self._voices.encode(frame))
            self._written_samples += len(block)
