"""Where every frame lies in a file: read once, without decoding.

Frame counts and frame rates that containers declare are not trusted, and neither is seeking.
What is trusted is the packets as they come out of the file from its beginning: each has an
*ordinal* (its place in that sequence), and a frame is known by the ordinal it was decoded from.

- The *start* of a packet is the keyframe from which decoding must begin.  It is the last keyframe
  before it, or, for pictures that follow a keyframe in the file but precede it on screen (the
  leading pictures of an open group), the keyframe before that one.
- *Shown* are all packets that have a start, minus those an edit list discards, in order of
  presentation time.
- Where presentation times are missing (H.264 in AVI, fields in packets of their own) the order is
  found by decoding the file once from end to end.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.video.stream import VideoStream
from numpy.typing import NDArray

from imhcode.media.container import opened_pictures, time_base_of
from imhcode.media.errors import NoDecodableFrame
from imhcode.media.frame_times import FrameTimes, ticks_to_us
from imhcode.media.h264_keyframes import begins_whole

MISSING = int(np.iinfo(np.int64).min)
_FALLBACK_RATE = Fraction(25)
# These store no presentation times; what stands there for codecs that reorder is guessed.
_FORMATS_WITHOUT_PTS = frozenset({"avi", "h264", "hevc", "m4v", "mpegvideo", "vc1"})
_REORDERED_WITHOUT_PTS = frozenset({"h264", "hevc", "vc1"})
# How DivX and Xvid say that a packet may hold a picture and the one before it.
_PACKED = re.compile(rb"DivX\d+(?:b|Build)\d+p")
_LARGEST_EMPTY_BYTES = 19  # of the packet that stands where the earlier picture was
# AVFieldOrder: 0 is "unknown", which for H.264 copied into MP4 means nothing, and 1 "progressive".
_SURELY_FRAMES = {"h264": (1,), "hevc": (0, 1)}
_FARTHEST_REORDERING = 64  # places by which a frame's packet may stand before or after its turn
_FIELD_SAMPLE = 32  # packets decoded to see whether a packet is a frame or one field
_REPORT_EVERY = 64  # packets

Progress = Callable[[float], None]  # gets the share done, from 0 to 1


@dataclass(frozen=True, eq=False)
class PacketIndex:
    """All packets of the pictures, and which of them are frames.

    Attributes
    ----------
    pts, dts, position, size : ndarray of int64, shape (packets,)
        Presentation and decoding time in ticks, byte position (each `MISSING` where the file has
        none), and bytes.
    start : ndarray of int64, shape (packets,)
        Ordinal of the keyframe to decode from; -1 where there is none.
    ordinals : ndarray of int64, shape (frames,)
        The packet of each frame, in display order.
    frames : ndarray of int64, shape (packets,)
        The frame of each packet; -1 for packets that are never shown.
    times : FrameTimes
        When each frame is shown.
    time_base : Fraction
        Seconds a tick.
    first_pts : int
        Ticks of the first shown frame; `MISSING` where the file has no presentation times.
    packets_missing : int
        Packets that the file's own table lists but that are not there: it was cut off.
    """

    pts: NDArray[np.int64]
    dts: NDArray[np.int64]
    position: NDArray[np.int64]
    size: NDArray[np.int64]
    start: NDArray[np.int64]
    ordinals: NDArray[np.int64]
    frames: NDArray[np.int64]
    times: FrameTimes
    time_base: Fraction
    first_pts: int
    packets_missing: int

    def __len__(self) -> int:
        return len(self.pts)


@dataclass(frozen=True, eq=False)
class _Packets:
    """One pass over the file, column by column; all of shape (packets,)."""

    pts: NDArray[np.int64]
    dts: NDArray[np.int64]
    position: NDArray[np.int64]
    size: NDArray[np.int64]
    duration: NDArray[np.int64]
    keyframe: NDArray[np.bool_]
    hidden: NDArray[np.bool_]


def read_packet_index(
    container: InputContainer,
    stream: VideoStream,
    path: Path,
    on_progress: Progress = lambda _: None,
) -> PacketIndex:
    """Read every packet of ``stream`` once; the container is at its end afterwards.

    Parameters
    ----------
    container, stream, path
        The file, opened at its beginning.
    on_progress : callable
        Gets the share of the file read; where it has to be decoded too, from 0 to 1 once more.

    Raises
    ------
    NoDecodableFrame
        There is no keyframe to begin with.
    """
    packets = _read_packets(container, stream, on_progress)
    if not packets.keyframe.any():
        raise NoDecodableFrame(path=path)
    time_base = time_base_of(stream)
    candidates = np.flatnonzero(~packets.hidden & (np.cumsum(packets.keyframe) > 0))
    guessed = (
        container.format.name in _FORMATS_WITHOUT_PTS
        and stream.codec_context.name in _REORDERED_WITHOUT_PTS
    ) or _is_packed(stream)
    if (
        not guessed
        and _presentation_times_hold(packets, candidates)
        and not _has_fields_as_packets(stream, path)
    ):
        key = packets.pts
        start = _starts(packets.keyframe, key)
        shown = np.flatnonzero(~packets.hidden & (start >= 0))
        ordinals = shown[np.argsort(packets.pts[shown], kind="stable")]
        ticks = packets.pts[ordinals]
        first_pts = int(ticks[0]) if len(ticks) else MISSING
    else:
        ordinals = _order_by_decoding(path, len(packets.pts), on_progress)
        key = np.full(len(packets.pts), -1, dtype=np.int64)
        key[ordinals] = np.arange(len(ordinals))
        # An empty packet may be marked as the keyframe that it follows.
        start = _starts(packets.keyframe & (packets.size > _LARGEST_EMPTY_BYTES), key)
        ticks, time_base = _ticks_without_pts(packets, ordinals, stream, time_base)
        first_pts = MISSING
    if len(ordinals) == 0:
        raise NoDecodableFrame(path=path)
    frames = np.full(len(packets.pts), -1, dtype=np.int64)
    frames[ordinals] = np.arange(len(ordinals))
    times_us = ticks_to_us(ticks - ticks[0], time_base)
    end_us = _end_us(times_us, int(packets.duration[ordinals[-1]]), time_base_of(stream), stream)
    return PacketIndex(
        pts=packets.pts,
        dts=packets.dts,
        position=packets.position,
        size=packets.size,
        start=start,
        ordinals=ordinals,
        frames=frames,
        times=FrameTimes(times_us, end_us),
        time_base=time_base,
        first_pts=first_pts,
        packets_missing=_missing(container, stream, packets),
    )


def ordinals_decoded(container: InputContainer, stream: VideoStream) -> Iterator[int]:
    """Decode from the present position to the end; yield the ordinal of each frame shown.

    Packets that cannot be decoded are passed over.
    """
    for _, ordinal in frames_decoded(container, stream):
        yield ordinal


def frames_decoded(
    container: InputContainer, stream: VideoStream
) -> Iterator[tuple[av.VideoFrame, int]]:
    """Like `ordinals_decoded`, with the frames themselves."""
    context = stream.codec_context
    pts: list[int | None] = []
    for ordinal, packet in enumerate(chain(readable_packets(container, stream), [None])):
        if packet is not None:
            pts.append(packet.pts)
            mark(packet, ordinal)
        try:
            decoded = context.decode(packet)
        except av.error.FFmpegError:
            continue
        for frame in decoded:
            found = marked(frame)
            if found is not None and found < len(pts):
                frame.pts = pts[found]
                yield frame, found


def mark(packet: "av.Packet[VideoStream]", ordinal: int) -> None:
    """Let the ordinal travel through the decoder with the packet: it stands for the time.

    A decoder hands the time of a packet to its frame and does nothing else with it.  PyAV's own
    way, ``opaque``, needs Python's lock in FFmpeg's threads, and the thread that closes a decoder
    waits for those while it holds that lock: now and then the program would stand still for good
    (docs/decisions/0020).
    """
    packet.pts = ordinal


def marked(frame: av.VideoFrame) -> int | None:
    """Return the ordinal of the marked packet that a frame was decoded from."""
    return frame.pts if frame.pts is not None and frame.pts >= 0 else None


def readable_packets(
    container: InputContainer, stream: VideoStream
) -> Iterator["av.Packet[VideoStream]"]:
    """Demux until the end or the first place where the file cannot be read any further.

    Empty packets (a dropped frame in AVI, PyAV's own mark of the end) are left out.
    """
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
        except (StopIteration, av.error.FFmpegError):
            return
        except IndexError:
            # PyAV at the end of a damaged transport stream in which a stream turned up late.
            return
        if packet.size:
            yield packet


def _read_packets(
    container: InputContainer, stream: VideoStream, on_progress: Progress
) -> _Packets:
    is_vp8 = stream.codec_context.name == "vp8"
    is_h264 = stream.codec_context.name == "h264"
    extradata = stream.codec_context.extradata or b""
    is_cut = False
    rows = []
    for packet in readable_packets(container, stream):
        # VP8 alone stores never-shown reference pictures as packets; bit 4 says "shown".
        is_hidden = packet.is_discard or (is_vp8 and not bytes(packet)[0] & 0x10)
        is_keyframe = packet.is_keyframe and (not is_h264 or begins_whole(bytes(packet), extradata))
        row = (packet.pts, packet.dts, packet.pos, packet.size, packet.duration or 0)
        rows.append(
            [MISSING if value is None else value for value in row] + [is_keyframe, is_hidden]
        )
        is_cut = packet.is_corrupt
        if len(rows) % _REPORT_EVERY == 0 and packet.pos and container.size > 0:
            on_progress(min(1.0, packet.pos / container.size))
    if rows and is_cut and _lists_packets(container):
        rows[-1][-1] = True  # the file ends inside this packet: there is no picture in it
    table = np.array(rows, dtype=np.int64).reshape(-1, 7)
    pts, dts, position, size, duration, keyframe, hidden = np.ascontiguousarray(table.T)
    return _Packets(pts, dts, position, size, duration, keyframe.astype(bool), hidden.astype(bool))


def _lists_packets(container: InputContainer) -> bool:
    """Whether the file's own table says how many packets there ought to be."""
    return "mp4" in container.format.name


def _missing(container: InputContainer, stream: VideoStream, packets: _Packets) -> int:
    if not _lists_packets(container) or len(packets.pts) >= len(stream.index_entries):
        return 0
    return len(stream.index_entries) - len(packets.pts) + int(packets.hidden[-1])


def _starts(keyframe: NDArray[np.bool_], key: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return per packet the ordinal of the keyframe to decode from, -1 for none."""
    keyframes = np.flatnonzero(keyframe)
    latest = np.cumsum(keyframe) - 1  # which of them is the last one up to this packet
    leading = (latest >= 0) & (key < key[keyframes[np.maximum(latest, 0)]])
    group = latest - leading
    return np.where(group >= 0, keyframes[np.maximum(group, 0)], -1)


def _presentation_times_hold(packets: _Packets, candidates: NDArray[np.int64]) -> bool:
    pts = packets.pts[candidates]
    return bool((pts != MISSING).all()) and _is_one_clock(pts)


def _is_one_clock(ticks: NDArray[np.int64]) -> bool:
    """Whether no time comes twice and none begins anew, as in files put behind one another.

    ``ticks`` in the order of the file, reordered pictures included.
    """
    order = np.argsort(ticks, kind="stable")
    is_near = np.abs(order - np.arange(len(order))).max(initial=0) <= _FARTHEST_REORDERING
    return bool(is_near) and len(np.unique(ticks)) == len(ticks)


def _is_packed(stream: VideoStream) -> bool:
    """Whether a picture may come in the packet before its own, as DivX and Xvid pack B-frames."""
    context = stream.codec_context
    return context.name == "mpeg4" and _PACKED.search(context.extradata or b"") is not None


def _has_fields_as_packets(stream: VideoStream, path: Path) -> bool:
    """Whether interlaced H.264 stores the two fields of a frame as two packets."""
    context = stream.codec_context
    if context.field_order in _SURELY_FRAMES.get(context.name, (context.field_order,)):
        return False
    with opened_pictures(path) as (container, fresh):
        seen = []
        for ordinal in ordinals_decoded(container, fresh):
            seen.append(ordinal)
            if len(seen) == _FIELD_SAMPLE:
                break
    return len(seen) > 1 and max(seen) - min(seen) + 1 > 1.5 * len(seen)


def _order_by_decoding(path: Path, n_packets: int, on_progress: Progress) -> NDArray[np.int64]:
    """Return the ordinals of all frames in the order in which a decoder shows them.

    As slow as decoding the whole file, so it is kept for files that give no other way.
    """
    with opened_pictures(path) as (container, stream):
        # The order does not depend on what the pixels look like; "strict" makes the decoder wait
        # as long as reordering can take instead of guessing.
        stream.codec_context.options = {
            "skip_loop_filter": "all",
            "skip_idct": "all",
            "strict": "1",
        }
        found = []
        for ordinal in ordinals_decoded(container, stream):
            found.append(ordinal)
            if len(found) % _REPORT_EVERY == 0:
                on_progress(min(1.0, len(found) / n_packets))
        return np.array(found, dtype=np.int64)


def _ticks_without_pts(
    packets: _Packets,
    ordinals: NDArray[np.int64],
    stream: VideoStream,
    time_base: Fraction,
) -> tuple[NDArray[np.int64], Fraction]:
    """Return ticks for frames in display order where presentation times cannot be had.

    Decoding times are the places on an AVI's even grid: the n-th frame shown takes the n-th.
    A bare stream without any times gets its nominal rate.
    """
    for clock in (packets.dts, packets.pts):
        ticks = clock[np.sort(ordinals)]
        if len(ticks) and (ticks != MISSING).all() and _is_one_clock(ticks):
            return np.sort(ticks), time_base
    rate = stream.average_rate or stream.guessed_rate or _FALLBACK_RATE
    return np.arange(len(ordinals), dtype=np.int64), 1 / Fraction(rate)


def _end_us(
    times_us: NDArray[np.int64], duration_ticks: int, time_base: Fraction, stream: VideoStream
) -> int:
    last = int(times_us[-1])
    if duration_ticks > 0:
        duration = np.array([duration_ticks], dtype=np.int64)
        return last + max(1, int(ticks_to_us(duration, time_base)[0]))
    if len(times_us) > 1:
        return last + max(1, int(np.median(np.diff(times_us))))
    rate = stream.average_rate or _FALLBACK_RATE
    return last + max(1, round(1_000_000 / rate))
