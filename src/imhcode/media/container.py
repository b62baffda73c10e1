"""Open a media file the safe way and find its pictures."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from imhcode.media.errors import (
    DamagedRecording,
    NoDecodableFrame,
    NoPictures,
    NotARecording,
    UnreadableRecording,
)

# Formats that are text, a list of other files, or a single still image: FFmpeg "plays" them all.
_NO_RECORDINGS = frozenset({"tty", "concat", "hls", "dash", "sdp", "rtsp", "image2", "imf", "srt"})
_TEXT_CODECS = frozenset({"ansi", "xbin", "idf", "bintext"})
# Size (4 bytes) then this type open every MP4, MOV and M4V; without its index none can be read.
_MP4_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"})


def open_container(path: Path) -> InputContainer:
    """Open a checked, absolute path; local files are the only protocol allowed.

    Raises
    ------
    NotARecording
        No video or sound format is recognised.
    DamagedRecording
        The format is recognised, its table of contents is not there.
    UnreadableRecording
        The disk refuses.
    """
    try:
        # Cameras write titles in any encoding; none of them may keep a recording shut.
        container = av.open(
            str(path), options={"protocol_whitelist": "file"}, metadata_errors="replace"
        )
    except av.error.FFmpegError as error:
        raise _explained(path, error) from error
    names = set(container.format.name.split(","))
    codecs = {stream.codec_context.name for stream in container.streams.video if decodable(stream)}
    if names & _NO_RECORDINGS or codecs & _TEXT_CODECS or any(n.endswith("_pipe") for n in names):
        container.close()
        raise NotARecording(path=path)
    return container


def picture_stream(container: InputContainer, path: Path, *, threads: bool = True) -> VideoStream:
    """Return the stream that carries the pictures (`NoPictures` if there is none).

    Cover art of a sound file does not count.  Without ``threads`` decoding is a third slower, but
    a damaged packet is reported at once and takes no whole frame with it.
    """
    streams = [
        stream
        for stream in container.streams.video
        if not stream.disposition & (Disposition.attached_pic | Disposition.timed_thumbnails)
    ]
    if not streams:
        if container.streams.audio or container.streams.video:
            raise NoPictures(path=path)
        raise NotARecording(path=path)
    streams = [stream for stream in streams if decodable(stream)]
    if not streams:
        raise NoDecodableFrame(path=path)
    default = [stream for stream in streams if stream.disposition & Disposition.default]
    stream = (default or streams)[0]
    stream.thread_type = "AUTO" if threads else "NONE"
    if not threads:
        stream.thread_count = 1
    return stream


def decodable(stream: VideoStream | AudioStream) -> bool:
    """Whether there is a decoder for it; PyAV gives no codec context where there is none."""
    return bool(stream.codec_context)


@contextmanager
def opened_pictures(path: Path) -> Iterator[tuple[InputContainer, VideoStream]]:
    """Open a checked path for one careful pass from its beginning and close it afterwards."""
    with open_container(path) as container:
        yield container, picture_stream(container, path, threads=False)


def time_base_of(stream: VideoStream) -> Fraction:
    """Return the seconds of one tick of a stream."""
    if not stream.time_base:
        msg = "a video stream without a time base"
        raise ValueError(msg)
    return stream.time_base


def _explained(
    path: Path, error: av.error.FFmpegError
) -> NotARecording | DamagedRecording | UnreadableRecording:
    try:
        with path.open("rb") as file:
            head = file.read(8)
    except OSError as unreadable:
        return UnreadableRecording(path=path, reason=unreadable.strerror or unreadable)
    if error.errno == errno.EIO:
        return UnreadableRecording(path=path, reason=error.strerror)
    matroska = head.startswith(b"\x1a\x45\xdf\xa3")
    avi = head.startswith(b"RIFF")
    if head[4:8] in _MP4_BOXES or matroska or avi:
        return DamagedRecording(path=path)
    return NotARecording(path=path)
