"""One recording, opened: its frame times and the exact picture of any frame."""

import os
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream
from numpy.typing import NDArray

from imhcode.media.container import decodable, open_container, opened_pictures, picture_stream
from imhcode.media.errors import NoDecodableFrame
from imhcode.media.frame_cache import FrameCache
from imhcode.media.frame_reader import FrameReader
from imhcode.media.frame_times import FrameTimes
from imhcode.media.framing import Framing
from imhcode.media.packet_index import PacketIndex, frames_decoded, read_packet_index
from imhcode.media.picture import Picture
from imhcode.media.probe import AudioFacts, Probe
from imhcode.media.recording_path import checked_recording_path

CACHE_BYTES = 256 << 20
_STEPPING_BACK = 32  # frames: a request so little before the last one is a step, not a jump
_BT709 = 1
_UNSPECIFIED = 2  # AVColorSpace
_HD_LINES = 720  # from here on an unmarked picture is taken for BT.709, below for BT.601


def open_source(path: str | os.PathLike[str], *, cache_bytes: int = CACHE_BYTES) -> "Source":
    """Open a recording: check the path, read every packet once, decode the first picture.

    Raises
    ------
    Refused, Trouble
        One of the classes in `imhcode.media.errors`.
    """
    checked = checked_recording_path(path)
    with open_container(checked) as container:
        stream = picture_stream(container, checked)
        index = read_packet_index(container, stream, checked)
        audio = [
            AudioFacts(rate_hz=track.rate, channels=track.channels)
            for track in container.streams.audio
            if decodable(track)
        ]
    framing = _read_framing(checked)
    width, height = framing.upright_size
    times = index.times
    probe = Probe(
        frames=len(times),
        first_us=0,
        last_us=times.last_us,
        variable_frame_rate=times.variable_frame_rate,
        rotation_deg=framing.rotation_deg,
        width=width,
        height=height,
        audio=audio[0] if audio else None,
        end_us=times.end_us,
    )
    return Source(checked, index, framing, probe, cache_bytes=cache_bytes)


class Source:
    """Exact pictures of one recording.  Made by `open_source`; belongs to one thread at a time.

    Attributes
    ----------
    path : Path
        The file, absolute.
    index : PacketIndex
        Where its frames lie.
    probe : Probe
        What it is.
    """

    def __init__(
        self,
        path: Path,
        index: PacketIndex,
        framing: Framing,
        probe: Probe,
        *,
        cache_bytes: int = CACHE_BYTES,
    ) -> None:
        self.path = path
        self.index = index
        self.probe = probe
        self._framing = framing
        self._reader = FrameReader(path, index)
        self._cache = FrameCache(cache_bytes)
        self._cached_size: tuple[int, int] | None = None
        self._last_asked = 0
        self._to_size = VideoReformatter()
        self._to_rgb = VideoReformatter()

    @property
    def frame_times(self) -> FrameTimes:
        """When each frame is shown."""
        return self.index.times

    def picture(
        self,
        frame: int,
        size: tuple[int, int] | None = None,
        *,
        wanted: Callable[[], bool] = lambda: True,
    ) -> Picture:
        """Return exactly the picture of a frame, upright and with square pixels.

        A step forward decodes on from where the decoder stands; a step backward comes from the
        frames kept.  A jump costs decoding from the keyframe before the frame.

        Parameters
        ----------
        frame : int
            Counted from 0 in display order.
        size : (int, int) or None
            Width and height in pixels that the picture must fit into; ``None`` for full size.
        wanted : callable
            Asked now and then; when it says no, `Superseded` is raised and the work so far kept.

        Raises
        ------
        FrameOutOfRange, DamagedFrame
        """
        self.frame_times.check(frame)
        decode_size = self._framing.size_to_decode(size)
        if decode_size != self._cached_size:
            self._cache.clear()
            self._cached_size = decode_size
        held = self._cache.get(frame)
        if held is None:
            held = self._decode(frame, decode_size, wanted)
        self._last_asked = frame
        return self._finished(frame, held, decode_size)

    def close(self) -> None:
        """Let go of the file and of all frames kept."""
        self._cache.clear()
        self._reader.close()

    def _decode(
        self, frame: int, decode_size: tuple[int, int], wanted: Callable[[], bool]
    ) -> av.VideoFrame:
        stepping_back = 0 < self._last_asked - frame <= _STEPPING_BACK
        self._last_asked = frame  # also when superseded: the next step counts from here

        def keep(number: int, decoded: av.VideoFrame) -> None:
            if number > frame - self._cache.capacity and (stepping_back or number > frame - 17):
                self._cache.put(number, self._fitted(decoded, decode_size))

        decoded = self._reader.read(frame, every_frame=stepping_back, on_frame=keep, wanted=wanted)
        return self._cache.get(frame) or self._fitted(decoded, decode_size)

    def _fitted(self, decoded: av.VideoFrame, size: tuple[int, int]) -> av.VideoFrame:
        """Return the frame scaled down in its own planes: small to keep, quick to convert."""
        if size[0] >= decoded.width or size[1] >= decoded.height:
            return decoded
        return self._to_size.reformat(decoded, *size, threads=1)

    def _finished(self, frame: int, held: av.VideoFrame, size: tuple[int, int]) -> Picture:
        unmarked_hd = held.colorspace == _UNSPECIFIED and self._framing.coded_height >= _HD_LINES
        rgb = self._to_rgb.reformat(
            held, *size, format="rgb24", src_colorspace=_BT709 if unmarked_hd else None, threads=1
        )
        pixels = _turned(np.asarray(rgb.to_ndarray(), dtype=np.uint8), self._framing.rotation_deg)
        return Picture(
            frame=frame,
            time_us=self.frame_times.time_of(frame),
            width=pixels.shape[1],
            height=pixels.shape[0],
            pixels=pixels,
        )


def _turned(pixels: NDArray[np.uint8], clockwise_deg: int) -> NDArray[np.uint8]:
    return np.ascontiguousarray(np.rot90(pixels, -clockwise_deg // 90)) if clockwise_deg else pixels


def _read_framing(path: Path) -> Framing:
    """Read from the first picture that can be decoded how all of them are to be shown."""
    with opened_pictures(path) as (container, stream):
        for decoded, _ in frames_decoded(container, stream):
            return Framing(
                coded_width=decoded.width,
                coded_height=decoded.height,
                pixel_aspect=_pixel_aspect(stream),
                # FFmpeg counts counter-clockwise; a camera turns by quarters.
                rotation_deg=-round(decoded.rotation / 90) * 90 % 360,
            )
    raise NoDecodableFrame(path=path)


def _pixel_aspect(stream: VideoStream) -> Fraction:
    aspect = stream.sample_aspect_ratio
    return Fraction(aspect) if aspect and aspect > 0 else Fraction(1)
