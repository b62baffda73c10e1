"""Decode exactly the frame that was asked for, whatever the container says about seeking.

The reader seeks to the start keyframe of the frame, drops packets until that keyframe has really
come, and recognises the frame by the packet it was decoded from.  When seeking lands late it
tries another way, and in the end reads from the beginning of the file: slow, still exact.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import av
from av.video.stream import VideoStream

from imhcode.media.container import open_container, picture_stream
from imhcode.media.damage import Damage
from imhcode.media.errors import DamagedFrame, RecordingChanged
from imhcode.media.packet_index import MISSING, PacketIndex, mark, marked, readable_packets
from imhcode.media.recording_path import checked_recording_path
from imhcode.media.superseded import Superseded

# Their own time seek lands anywhere; bytes are reliable because packets know their position.
_SEEK_BY_BYTE = frozenset({"mpegts", "mpeg", "mpegvideo"})
_EARLIER_STARTS = 2  # how many keyframes before the right one are tried for a stubborn frame
_LOOK_AHEAD = 64  # packets after a seek in which the start keyframe must come
_DECODE_ALL_BEFORE = 6  # frames before the target that are decoded whole, for stepping back
_OUT_OF_ORDER = 16  # frames by which a decoder may hand out a later one first
# dav1d heeds only what it was told when it was opened; packed MPEG-4 loses its place.
_NEVER_SKIPS = frozenset({"libdav1d", "mpeg4"})
_NEAR = 8  # packets ahead that are cheaper to decode than to seek to


class FrameReader:
    """The decoder of one recording and where it stands.  Belongs to one thread at a time.

    Parameters
    ----------
    path : Path
        The checked file.
    index : PacketIndex
        Its packets.
    most_threads : int
        How many threads the decoder may have; 0 for as many as FFmpeg likes.
    damage : Damage or None
        Is told of everything the decoder reports as damaged.
    """

    def __init__(
        self,
        path: Path,
        index: PacketIndex,
        *,
        most_threads: int = 0,
        damage: Damage | None = None,
    ) -> None:
        self._path = path
        self._index = index
        self._damage = damage or Damage(index)
        self._most_threads = most_threads
        self._by_key: dict[tuple[int, int, int], int] = {}
        self._by_place: dict[tuple[int, int], int] = {}
        self._threads = True
        self._is_open = False
        self._file: tuple[int, int] | None = None
        self._open()

    def _open(self) -> None:
        self._container = open_container(checked_recording_path(self._path))
        file = self._path.stat()
        opened = (file.st_size, file.st_mtime_ns)
        if self._file not in (None, opened):  # the index is of another file
            self._container.close()
            raise RecordingChanged(path=self._path)
        self._file = opened
        self._stream = picture_stream(self._container, self._path, threads=self._threads)
        if self._threads and self._most_threads:
            self._stream.codec_context.thread_count = self._most_threads
        self._is_open = True
        self._by_byte = self._container.format.name in _SEEK_BY_BYTE
        self._skipping = False
        self._begin_pass(0)

    def _begin_pass(self, next_ordinal: int) -> None:
        self._packets: Iterator[av.Packet[VideoStream]] = readable_packets(
            self._container, self._stream
        )
        self._next_ordinal = next_ordinal
        self._pass_start = next_ordinal
        self._last_frame = -1
        self._ready: list[av.VideoFrame] = []
        self._fed: set[int] = set()  # ordinals of packets whose frames have not come yet
        self._drained = False

    @property
    def frame_bytes(self) -> int:
        """How much one decoded frame of full size takes."""
        context = self._stream.codec_context
        bits = context.format.padded_bits_per_pixel if context.format else 12
        return context.width * context.height * bits // 8

    def close(self) -> None:
        """Let go of the file."""
        self._ready = []
        self._is_open = False
        self._container.close()

    def _reopen(self) -> None:
        self.close()
        self._open()

    def read(
        self,
        frame: int,
        *,
        on_frame: Callable[[int, av.VideoFrame], None],
        wanted: Callable[[], bool],
        whole_from: int | None = None,
    ) -> av.VideoFrame:
        """Decode frame number ``frame``.

        Parameters
        ----------
        frame : int
            A frame of the recording.
        on_frame : callable
            Gets every frame that comes out, with its number.
        wanted : callable
            Asked between packets; when it says no, decoding stops.
        whole_from : int or None
            From this frame on all are decoded on the way, to be kept.  Before it, those that no
            other frame needs are left out.  ``None``: a few frames before ``frame``.

        Raises
        ------
        DamagedFrame
            It does not come out of the decoder, from however far back one begins.
        Superseded
            ``wanted`` said no.
        Refused, Trouble
            The file was lost before and cannot be opened now.
        """
        if not self._is_open:
            self._open()
        whole_from = frame - _DECODE_ALL_BEFORE if whole_from is None else whole_from
        if self.is_on_the_way(frame):
            found = self._decode_to(frame, whole_from, on_frame, wanted)
            if found is not None:
                return found
        for start, threads in self._attempts(frame):
            if threads != self._threads:
                self._threads = threads
                self._reopen()
            self._seek(start)
            found = self._decode_to(frame, whole_from, on_frame, wanted)
            if found is not None:
                return found
        # Not damaged, perhaps, but on a disk that went away for a while: begin anew next time.
        self.close()
        raise DamagedFrame(path=self._path, frame=frame)

    def read_keyframe(self, frame: int) -> tuple[int, av.VideoFrame] | None:
        """Decode nothing but the keyframe that ``frame`` begins with, and return its number too.

        ``None`` where the keyframe is damaged or never shown.  The reader has to seek afterwards.
        """
        if not self._is_open:
            self._open()
        start = int(self._index.start[self._index.ordinals[frame]])
        self._seek(start)
        self._feed(0, whole_from=0)
        self._drain()
        found = next((one for one in self._ready if self._number_of(one) >= 0), None)
        self._ready = []
        return None if found is None else (self._number_of(found), found)

    def packets_to(self, frame: int) -> int:
        """How many packets have to be decoded before that frame comes."""
        ordinal = int(self._index.ordinals[frame])
        if self.is_on_the_way(frame):
            return max(0, ordinal - self._next_ordinal) + len(self._ready)
        return ordinal - int(self._index.start[ordinal])

    def is_on_the_way(self, frame: int) -> bool:
        """Whether decoding on from here gives that frame."""
        at_end = self._drained and not self._ready
        if not self._is_open or at_end or frame <= self._last_frame:
            return False
        start = int(self._index.start[self._index.ordinals[frame]])
        return start <= self._next_ordinal + _NEAR

    def _attempts(self, frame: int) -> Iterator[tuple[int, bool]]:
        """Where to begin decoding, and whether with threads, in the order to be tried.

        Threads lose whole frames beside a damaged one, so a damaged file goes on without them.
        """
        index = self._index
        start = int(index.start[index.ordinals[frame]])
        if self._threads:
            yield start, True
        for _ in range(1 + _EARLIER_STARTS):
            yield start, False
            before = index.start[:start]
            if not (before >= 0).any():
                return
            start = int(before.max())

    def _decode_to(
        self,
        target: int,
        whole_from: int,
        on_frame: Callable[[int, av.VideoFrame], None],
        wanted: Callable[[], bool],
    ) -> av.VideoFrame | None:
        """Decode on until the target comes; None when it was passed or the file ends."""
        while True:
            while self._ready:
                decoded = self._ready.pop(0)
                frame = self._number_of(decoded)
                if frame < 0:
                    continue
                self._last_frame = max(self._last_frame, frame)
                on_frame(frame, decoded)
                if frame == target:
                    return decoded
                if frame > target + _OUT_OF_ORDER:
                    return None
            if self._drained:
                return None
            if not wanted():
                raise Superseded
            self._feed(target, whole_from=whole_from)

    def _number_of(self, decoded: av.VideoFrame) -> int:
        """Return the frame this is; -1 for one that is not shown or not whole.

        After a seek a decoder may hand out leading pictures whose references it never saw; they
        look like frames and are not.
        """
        ordinal = marked(decoded)
        if ordinal is None or ordinal >= len(self._index):
            return -1
        whole = self._index.start[ordinal] >= self._pass_start
        return int(self._index.frames[ordinal]) if whole else -1

    def _feed(self, target: int, *, whole_from: int) -> None:
        """Give the decoder one packet and collect what comes out."""
        context = self._stream.codec_context
        packet = next(self._packets, None)
        if packet is None:
            self._drain()
            return
        ordinal = self._ordinal_of(packet)
        if ordinal is None:
            return
        self._next_ordinal = ordinal + 1
        mark(packet, ordinal)
        frame = int(self._index.frames[ordinal])
        self._skip_unneeded(0 <= frame < min(whole_from, target))
        try:
            decoded = context.decode(packet)
        except av.error.FFmpegError:
            # A damaged packet: its frame is missed by whoever asks for it.  With threads it is
            # told when the packets after it are already in.
            late = context.thread_count if self._threads else 0
            self._damage.note(max(self._pass_start, ordinal - late))
            return
        if frame >= 0 and not self._skipping and self._index.start[ordinal] >= self._pass_start:
            self._fed.add(ordinal)
        self._take(decoded)

    def _take(self, decoded: list[av.VideoFrame]) -> None:
        """Keep what came out, and note which frames are damaged or have been left out."""
        self._ready += decoded
        for one in decoded:
            frame, ordinal = self._number_of(one), marked(one)
            if frame < 0 or ordinal is None:
                continue
            if ordinal in self._fed:
                self._fed.discard(ordinal)
                self._damage.forget(ordinal)
            if one.is_corrupt:
                self._damage.note(ordinal)
            # Frames come in the order of display, or nearly so: one that comes late is forgiven.
            for missing in [each for each in self._fed if self._index.frames[each] < frame]:
                self._damage.note(missing)

    def _drain(self) -> None:
        """Collect what the decoder still holds; it takes no packet before the next seek."""
        self._drained = True
        try:
            self._take(self._stream.codec_context.decode(None))
        except av.error.FFmpegError:
            return

    def _skip_unneeded(self, skip: bool) -> None:
        if skip != self._skipping and self._stream.codec_context.codec.name not in _NEVER_SKIPS:
            self._stream.codec_context.skip_frame = "NONREF" if skip else "DEFAULT"
            self._skipping = skip

    def _ordinal_of(self, packet: "av.Packet[VideoStream]") -> int | None:
        """Return which packet of the index this is; None if it cannot be told."""
        if not self._by_key:
            self._learn_keys()
        place = (MISSING if packet.pos is None else packet.pos, packet.size)
        pts = MISSING if packet.pts is None else packet.pts
        expected = self._next_ordinal
        index = self._index
        if (
            0 <= expected < len(index)
            and (index.position[expected], index.size[expected]) == place
            and index.pts[expected] == pts
        ):
            return expected
        found = self._by_key.get((*place, pts))
        return self._by_place.get(place) if found is None else found

    def _learn_keys(self) -> None:
        """Learn every packet by position, size and time, and by place where that is unique."""
        index = self._index
        places = list(zip(index.position.tolist(), index.size.tolist(), strict=True))
        shared: set[tuple[int, int]] = set()
        for ordinal, (place, pts) in enumerate(zip(places, index.pts.tolist(), strict=True)):
            if place in self._by_place or place[0] == MISSING:
                shared.add(place)
            self._by_place[place] = ordinal
            self._by_key[(*place, pts)] = ordinal
        for place in shared:
            del self._by_place[place]

    def _seek(self, start: int) -> None:
        """Put the reader so that the next packet it decodes is the keyframe ``start``."""
        for attempt in self._ways_to(start):
            try:
                attempt()
            except av.error.FFmpegError:
                continue
            if self._advance_to(start):
                return
        self._reopen()  # from the beginning every packet comes in the order of the index
        for packet in self._packets:
            if self._next_ordinal == start:
                self._pass_start = start
                self._push_back(packet)
                return
            self._next_ordinal += 1

    def _ways_to(self, start: int) -> Iterator[Callable[[], None]]:
        index, container, stream = self._index, self._container, self._stream
        position, pts = int(index.position[start]), int(index.pts[start])
        if self._by_byte and position != MISSING:
            yield lambda: container.seek(position, stream=stream, unsupported_byte_offset=True)
        dts = int(index.dts[start])
        for ticks in dict.fromkeys((pts, dts)):
            if ticks != MISSING:
                yield lambda ticks=ticks: container.seek(ticks, stream=stream)  # type: ignore[misc]
        earlier = index.start[max(0, start - 1)]
        if 0 <= earlier < start and index.dts[earlier] != MISSING:
            before = int(index.dts[earlier])
            yield lambda: container.seek(before, stream=stream)

    def _advance_to(self, start: int) -> bool:
        """Drop packets until the keyframe ``start``; False when the seek landed behind it."""
        self._begin_pass(-1)
        unknown = 0
        for packet in self._packets:
            ordinal = self._ordinal_of(packet)
            if ordinal == start:
                self._next_ordinal = self._pass_start = start
                self._push_back(packet)
                return True
            if ordinal is None:
                unknown += 1
                if unknown > _LOOK_AHEAD:
                    return False
            elif ordinal > start:
                return False
            else:
                self._next_ordinal = ordinal + 1
        return False

    def _push_back(self, packet: "av.Packet[VideoStream]") -> None:
        rest = self._packets

        def again() -> Iterator["av.Packet[VideoStream]"]:
            yield packet
            yield from rest

        self._packets = again()
