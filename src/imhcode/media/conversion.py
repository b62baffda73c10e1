"""Make a copy of a recording that every jump is quick in: the same pictures at the same times.

The copy is H.264 in MP4, every fourth frame a keyframe, nothing reordered, quality close to
lossless, its clock in whole microseconds (docs/decisions/0028).  The original is only read.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.container import OutputContainer
from av.video.frame import PictureType
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream

from imhcode.media.container import opened_pictures, time_base_of
from imhcode.media.conversion_sound import SoundKept, SoundTrack, sound_tracks
from imhcode.media.errors import (
    ConversionStopped,
    CopyDiffers,
    CopyIsNoMp4,
    CopyIsThere,
    CopyNotWritten,
    NoRoomForCopy,
)
from imhcode.media.exact_mp4 import (
    LONGEST_FRAME_US,
    MICROSECOND,
    lack_of_room,
    new_mp4,
    written_times,
)
from imhcode.media.fingerprint import quick_fingerprint
from imhcode.media.packet_index import MISSING, PacketIndex, frames_decoded, read_packet_index
from imhcode.media.recording_path import checked_recording_path

GROUP = 4  # frames from one keyframe to the next: what a jump decodes at most
_QUALITY = {
    "crf": "12",
    "preset": "veryfast",
    "tune": "fastdecode",
    "g": str(GROUP),
    "bf": "0",
}
_SHARE_OF_RAW = 1 / 5  # a copy of a noisy picture takes about that of its uncompressed bytes
_LOOK_EVERY = 64  # frames between two looks at the free room
_BT709 = 1
_INTERLACED = 1 << 18 | 1 << 29  # AV_CODEC_FLAG_INTERLACED_DCT and _ME
_NATIVE = frozenset(
    {"yuv420p", "yuvj420p", "yuv422p", "yuvj422p", "yuv444p", "yuvj444p", "gray"}
    | {"yuv420p10le", "yuv422p10le", "yuv444p10le"}
)


@dataclass(frozen=True)
class Conversion:
    """What became of a recording.

    Attributes
    ----------
    path : Path
        The copy.
    frames : int
        Its number of frames.
    left_out : tuple of int
        Frames of the original that are damaged and therefore not in the copy; all others have
        kept their times, those behind have lower numbers.
    sound : tuple of SoundKept
        What became of each sound track.
    """

    path: Path
    frames: int
    left_out: tuple[int, ...]
    sound: tuple[SoundKept, ...]


def convert(
    path: str | os.PathLike[str],
    to: str | os.PathLike[str],
    *,
    on_progress: Callable[[float], None] = lambda _: None,
    wanted: Callable[[], bool] = lambda: True,
) -> Conversion:
    """Write a copy of ``path`` to the new file ``to`` and check that its times are the same.

    Takes up to half as long as playing the recording at 720p, longer above.  Whatever goes wrong,
    no half copy is left.

    Parameters
    ----------
    path, to : path
        The recording, and a file ending with ``.mp4`` that is not there yet.
    on_progress : callable
        Gets the share done, from 0 to 1.
    wanted : callable
        Asked before each picture; when it says no, `ConversionStopped` is raised.

    Raises
    ------
    CopyIsNoMp4, CopyIsThere, ConversionStopped
        Refused; nothing was written or nothing is left of it.
    NoRoomForCopy, CopyNotWritten, CopyDiffers
        Trouble on the way; nothing is left of the copy.
    Refused, Trouble
        What is wrong with the recording itself.
    """
    original, target = checked_recording_path(path), Path(to).absolute()
    if target.suffix.lower() != ".mp4":
        raise CopyIsNoMp4(path=target)
    if target.exists():
        raise CopyIsThere(path=target)
    before = quick_fingerprint(original)
    with opened_pictures(original) as (container, stream):
        index = read_packet_index(container, stream, original)
        time_base = time_base_of(stream)
    if np.diff(index.times.times_us).max(initial=0) > LONGEST_FRAME_US:
        raise CopyNotWritten(path=target, reason="two frames lie more than 35 minutes apart")
    part = target.with_name(target.name + ".part")
    try:
        work = _Copying(original, index, _first_picture_s(index, time_base), part)
        kept, sound = work.run(on_progress, wanted)
        _check(part, original, index, kept)
        if quick_fingerprint(original) != before:
            raise CopyDiffers(path=original, what="the original has changed meanwhile")
        part.rename(target)
    except (OSError, av.error.FFmpegError) as error:
        raise CopyNotWritten(path=target, reason=error.strerror or error) from error
    finally:
        part.unlink(missing_ok=True)
    on_progress(1.0)
    return Conversion(
        path=target,
        frames=int(kept.sum()),
        left_out=tuple(np.flatnonzero(~kept).tolist()),
        sound=sound,
    )


class _Copying:
    """One run through the original."""

    def __init__(self, original: Path, index: PacketIndex, starts_s: Fraction, part: Path) -> None:
        self._original = original
        self._index = index
        self._starts_s = starts_s
        self._part = part
        times = index.times
        edges = np.append(times.times_us, times.end_us)
        self._duration_us = dict(zip(edges[:-1].tolist(), np.diff(edges).tolist(), strict=True))
        self._kept = np.zeros(len(times), dtype=bool)

    def run(
        self, on_progress: Callable[[float], None], wanted: Callable[[], bool]
    ) -> tuple[np.ndarray, tuple[SoundKept, ...]]:
        """Write all of it; return which frames came out whole, and what became of the sound."""
        times = self._index.times
        with ExitStack() as stack:
            frames = self._frames(stack, wanted)
            number, first = next(frames, (0, None))
            if first is None:
                raise CopyDiffers(path=self._original, what="no picture of it can be decoded")
            frames = chain([(number, first)], frames)
            _check_room(self._part.parent, self._needed_bytes(first))
            target = stack.enter_context(new_mp4(self._part))
            shape = _Shape(first, self._original)
            pictures = shape.added_to(target, times.nominal_rate_hz)
            sounds = sound_tracks(self._original, target, self._starts_s, stack)
            for number, decoded in frames:
                if number % _LOOK_EVERY == 0:
                    _check_room(self._part.parent, 0)
                frame = shape.fitted(decoded)
                frame.pts, frame.time_base = times.time_of(number), MICROSECOND
                frame.pict_type = PictureType.NONE  # the encoder decides, not the original
                self._mux(target, pictures, frame, sounds)
                self._kept[number] = True
                on_progress(0.99 * times.time_of(number) / times.end_us)
            self._mux(target, pictures, None, sounds)
            for sound in sounds:
                sound.write_until(times.end_us)
        return self._kept, tuple(sound.kept for sound in sounds)

    def _frames(
        self, stack: ExitStack, wanted: Callable[[], bool]
    ) -> Iterator[tuple[int, av.VideoFrame]]:
        """The frames that are shown and whole, with their numbers, in the order of display."""
        container, stream = stack.enter_context(opened_pictures(self._original))
        last = -1
        for decoded, ordinal in frames_decoded(container, stream):
            if not wanted():
                raise ConversionStopped(path=self._original)
            number = int(self._index.frames[ordinal]) if ordinal < len(self._index) else -1
            if number > last and not decoded.is_corrupt:
                last = number
                yield number, decoded

    def _mux(
        self,
        target: OutputContainer,
        pictures: VideoStream,
        frame: av.VideoFrame | None,
        sounds: list[SoundTrack],
    ) -> None:
        for packet in pictures.encode(frame):
            time_us = packet.pts or 0
            for sound in sounds:
                sound.write_until(time_us)
            packet.duration = self._duration_us[time_us]
            target.mux(packet)

    def _needed_bytes(self, decoded: av.VideoFrame) -> int:
        raw = sum(plane.buffer_size for plane in decoded.planes) * len(self._index.times)
        return int(max(raw * _SHARE_OF_RAW, self._original.stat().st_size))


class _Shape:
    """Size, kind of pixels, colour and way up of the copy: those of the original's first frame."""

    def __init__(self, first: av.VideoFrame, original: Path) -> None:
        self._first = first
        self._format = _pixel_format(first)
        with opened_pictures(original) as (_, stream):
            self._aspect = stream.sample_aspect_ratio
        self._reformatter = VideoReformatter()
        self._was_rgb = first.format.is_rgb

    def added_to(self, target: OutputContainer, rate_hz: float) -> VideoStream:
        """The stream of the copy."""
        first = self._first
        rate = Fraction(max(1.0, min(rate_hz, 1_000.0))).limit_denominator(1001)
        stream = target.add_stream("libx264", rate=rate)
        assert isinstance(stream, VideoStream)  # noqa: S101  (what PyAV's types cannot say)
        context = stream.codec_context
        stream.width, stream.height, stream.pix_fmt = first.width, first.height, self._format
        stream.time_base = context.time_base = MICROSECOND
        context.options = dict(_QUALITY)
        if self._aspect and self._aspect > 0:
            context.sample_aspect_ratio = self._aspect
        context.color_range = first.color_range
        context.colorspace = _BT709 if self._was_rgb else first.colorspace
        context.color_primaries = first.color_primaries
        context.color_trc = first.color_trc
        if first.interlaced_frame and first.height % 4 == 0:
            context.flags |= _INTERLACED
        matrix: Any = first.side_data.get("DISPLAYMATRIX")
        if matrix is not None:
            stream.set_display_matrix(np.frombuffer(bytes(matrix), dtype=np.int32).tolist())
        return stream

    def fitted(self, decoded: av.VideoFrame) -> av.VideoFrame:
        """The frame as the encoder takes it; unchanged where it can be."""
        same_size = (decoded.width, decoded.height) == (self._first.width, self._first.height)
        if same_size and decoded.format.name == self._format:
            return decoded
        return self._reformatter.reformat(
            decoded,
            self._first.width,
            self._first.height,
            format=self._format,
            dst_colorspace=_BT709 if self._was_rgb else None,
        )


def _pixel_format(frame: av.VideoFrame) -> str:
    """The kind of pixels that x264 knows and that loses least."""
    kind = frame.format
    is_odd_wide, is_odd_high = frame.width % 2 == 1, frame.height % 2 == 1
    if kind.name in _NATIVE and not (is_odd_wide or is_odd_high):
        return kind.name
    deep = "10le" if max(component.bits for component in kind.components) > 8 else ""
    if kind.name.startswith("gray") and not deep:
        return "gray"
    full_width = kind.is_rgb or is_odd_wide or kind.chroma_width(8) == 8
    full_height = kind.is_rgb or is_odd_high or kind.chroma_height(8) == 8
    chroma = "444" if full_width else "422" if full_height else "420"
    full_range = "j" if kind.name.startswith("yuvj") and not deep else ""
    return f"yuv{full_range}{chroma}p{deep}"


def _first_picture_s(index: PacketIndex, time_base: Fraction) -> Fraction:
    """When the first picture is shown on the clock that picture and sound share, seconds."""
    if index.first_pts != MISSING:
        return index.first_pts * time_base
    ticks = index.dts[index.ordinals]
    ticks = ticks[ticks != MISSING]
    return int(ticks.min()) * time_base if len(ticks) else Fraction(0)


def _check_room(folder: Path, needed_bytes: int) -> None:
    lack = lack_of_room(folder, needed_bytes)
    if lack is not None:
        raise NoRoomForCopy(**lack)


def _check(part: Path, original: Path, index: PacketIndex, kept: np.ndarray) -> None:
    """Read the copy as if it were a stranger's and compare the time of every frame."""
    copied = written_times(part)
    expected = index.times.times_us[kept]
    # A copy begins at 0 as every recording does, also where the original's first frames are lost.
    if not np.array_equal(copied.times_us, expected - expected[0]):
        raise CopyDiffers(path=original, what="its frames came out at other times")
    if kept[-1] and copied.end_us != index.times.end_us - int(expected[0]):
        raise CopyDiffers(path=original, what="it ended at another time")
