"""One recording, opened: its frame times and the exact picture of any frame."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np

from imhcode.domain.errors import Trouble
from imhcode.media.cache_budget import PROGRAM_BUDGET, CacheBudget
from imhcode.media.display import Display
from imhcode.media.frame_cache import FrameCache
from imhcode.media.frame_times import FrameTimes
from imhcode.media.index_child import index_in_child
from imhcode.media.index_file import IndexFile
from imhcode.media.indexed import IndexedRecording, index_recording
from imhcode.media.packet_index import PacketIndex, Progress
from imhcode.media.picture import Picture
from imhcode.media.prefetch import Stretch, Surroundings, keyframes_near, next_stretch
from imhcode.media.probe import Probe
from imhcode.media.readers import Readers
from imhcode.media.recording_path import checked_recording_path
from imhcode.media.sound_track import SoundTrack, first_picture_s
from imhcode.media.superseded import Superseded

_KEYFRAME_PART = 8  # one part of the room so small keeps keyframes, for scrubbing
_STEPPING_BACK = 32  # frames: a request so little before the last one is a step, not a jump
_KEPT_BEFORE = 4  # frames on the way to a jump's target: fitting each takes milliseconds
_SOON_DECODED = 12  # packets: to wait for these is better than to see another frame first …
_SOON_S = 0.08  # … where they do not take longer than this


def open_source(
    path: str | os.PathLike[str],
    index_folder: Path | None = None,
    *,
    leads: bool = True,
    cache_bytes: int | None = None,
    size: tuple[int, int] | None = None,
    on_progress: Progress = lambda _: None,
    on_first_picture: Callable[[Picture], None] | None = None,
    wanted: Callable[[], bool] = lambda: True,
) -> "Source":
    """Open a recording: check the path, and read every packet once unless that was done before.

    Parameters
    ----------
    path : path-like
        The recording.
    index_folder : Path or None
        Where indexes are kept between two openings.  With it, a file not yet known is read in a
        process of its own, so that a hostile or damaged one can neither end nor hang this one.
        ``None``: it is read here and now, and nothing is kept.
    leads : bool
        Whether it is the one that is stepped and scrubbed: of the memory that all open recordings
        share it gets more than those that follow.
    cache_bytes : int or None
        Instead: the most its decoded frames may take, whatever else is open.
    size : (int, int) or None
        What the first picture must fit into.
    on_progress : callable
        Gets the share of an unknown file read, from 0 to 1; in this thread.
    on_first_picture : callable or None
        Gets a picture of an unknown file to show meanwhile, not marked exact; in this thread.
    wanted : callable
        Asked now and then while a process reads; when it says no, `Superseded` is raised.

    Raises
    ------
    Refused, Trouble
        One of the classes in `imhcode.media.errors`.
    """
    checked = checked_recording_path(path)
    if index_folder is None:
        found = index_recording(
            checked, size=size, on_progress=on_progress, on_first_picture=on_first_picture
        )
        return Source(checked, found, leads=leads, cache_bytes=cache_bytes)
    kept = IndexFile.of(checked, index_folder)
    found_before = kept.read()
    found = found_before or index_in_child(
        checked,
        kept,
        size=size,
        on_progress=on_progress,
        on_first_picture=on_first_picture,
        wanted=wanted,
    )
    return Source(checked, found, leads=leads, cache_bytes=cache_bytes)


class Source:
    """Exact pictures of one recording.  Made by `open_source`; belongs to one thread at a time.

    Two decoders share the work where memory allows: one goes forward from where the coder is,
    the other fills the cache behind, so that neither loses its place to the other.

    Parameters
    ----------
    path : Path
        The file, absolute.
    found : IndexedRecording
        What reading it has found.
    leads, cache_bytes : bool, int or None
        See `open_source`.

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
        found: IndexedRecording,
        *,
        leads: bool = True,
        cache_bytes: int | None = None,
    ) -> None:
        self.path = path
        self.index: PacketIndex = found.index
        self.probe: Probe = found.probe
        self._framing = found.framing
        self._display = Display(found.framing)
        budget = PROGRAM_BUDGET
        if cache_bytes is not None:
            budget = CacheBudget(cache_bytes, counts_decoders=False)
        share = budget.share(leads=leads)
        self._readers = Readers(path, found.index, found.framing, share)
        self._keyframes: FrameCache[av.VideoFrame] = FrameCache(0)
        self._cache: FrameCache[av.VideoFrame] = FrameCache(0)
        self._limit_caches()
        self._has_fields = False
        self._packet_s = 0.0  # how long decoding one takes, of late
        self._group_of_frame = found.index.start[found.index.ordinals]
        self._given_up: set[int] = set()
        self._size: tuple[int, int] = self._framing.size_to_decode(None)
        self._deinterlaced = True
        self._last_asked = 0
        self._moving_back = False

    @property
    def frame_times(self) -> FrameTimes:
        """When each frame is shown."""
        return self.index.times

    @property
    def sound_track(self) -> SoundTrack | None:
        """Its sound, if it has any."""
        audio = self.probe.audio
        if audio is None:
            return None
        return SoundTrack(self.path, first_picture_s(self.index), audio.channels)

    def check_there(self) -> None:
        """Raise what `checked_recording_path` raises if the file is gone; used by any thread."""
        checked_recording_path(self.path)

    def picture(
        self,
        frame: int,
        size: tuple[int, int] | None = None,
        *,
        deinterlaced: bool = True,
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
        deinterlaced : bool
            Whether an interlaced frame is shown as its first field, without combs.
        wanted : callable
            Asked now and then; when it says no, `Superseded` is raised and the work so far kept.

        Raises
        ------
        FrameOutOfRange, DamagedFrame
        """
        self.frame_times.check(frame)
        self._limit_caches()
        self._show_as(size, deinterlaced)
        stepping_back = 0 < self._last_asked - frame <= _STEPPING_BACK
        if frame != self._last_asked:
            self._moving_back = frame < self._last_asked
        self._last_asked = frame  # also when superseded: the next step counts from here
        self._cache.move_to(frame)
        held = self._cache.get(frame)
        if held is None:
            held = self._decode(frame, stepping_back, wanted)
        return self._finished(frame, held, is_exact=True)

    def coarse_picture(
        self, frame: int, size: tuple[int, int] | None = None, *, deinterlaced: bool = True
    ) -> Picture | None:
        """Return at once some picture near a frame that it would take a while to decode.

        It is the nearest one kept or the keyframe before, and not marked exact; its number and
        time are its own.  ``None`` where the exact picture is as near, or none can be had.
        """
        self.frame_times.check(frame)
        self._show_as(size, deinterlaced)
        if frame in self._cache or self._comes_soon(frame):
            return None
        keyframe = int(self.index.frames[self._group_of_frame[frame]])
        near = self._cache.nearest(frame)
        if near is not None and abs(near - frame) <= abs(keyframe - frame):
            keyframe = near
        held = self._cache.get(keyframe) or self._keyframes.get(keyframe)
        if held is None:
            read = self._read_keyframe(frame)
            if read is None:
                return None
            keyframe, held = read
        return self._finished(keyframe, held, is_exact=False)

    def prefetch(
        self, *, wanted: Callable[[], bool], only_next: bool = False, for_scrubbing: bool = False
    ) -> None:
        """Fill the cache around the frame asked for last, until all is there or ``wanted`` says no.

        With ``only_next``, just what the next steps in the same direction need; with
        ``for_scrubbing``, the keyframes around too.  Raises nothing: a frame that cannot be
        decoded is told to whoever asks for it.
        """
        self._limit_caches()
        self._fill_around(wanted, only_next=only_next)
        if for_scrubbing and not only_next:
            self._keep_keyframes(wanted)

    def _fill_around(self, wanted: Callable[[], bool], *, only_next: bool) -> None:
        begun: set[Stretch] = set()
        while (around := self._surroundings()) and wanted():
            stretch = next_stretch(around, only_next=only_next)
            if stretch is None or stretch in begun:  # again: what it gave did not find room
                return
            begun.add(stretch)
            try:
                self._fill(stretch, around, wanted)
            except Superseded:
                return
            except Trouble:
                self._given_up.add(stretch.last)

    def close(self) -> None:
        """Let go of the file and of all frames kept."""
        self._cache.clear()
        self._keyframes.clear()
        self._readers.close()

    def _limit_caches(self) -> None:
        room = self._readers.room_bytes
        self._keyframes.limit(room // _KEYFRAME_PART)
        self._cache.limit(room - room // _KEYFRAME_PART)

    def _show_as(self, size: tuple[int, int] | None, deinterlaced: bool) -> None:
        decode_size = self._framing.size_to_decode(size)
        if (decode_size, deinterlaced) != (self._size, self._deinterlaced):
            self._cache.clear()
            self._keyframes.clear()
            self._size, self._deinterlaced = decode_size, deinterlaced

    def _comes_soon(self, frame: int) -> bool:
        packets = self._readers.nearest(frame).packets_to(frame)
        return packets <= _SOON_DECODED and packets * self._packet_s <= _SOON_S

    def _read_keyframe(self, frame: int) -> tuple[int, av.VideoFrame] | None:
        """Decode and keep the keyframe that a frame begins with, and return its number too."""
        read = self._readers.behind().read_keyframe(frame)
        if read is None:
            return None
        keyframe, held = read[0], self._fitted(read[1])
        self._keyframes.move_to(self._last_asked)
        self._keyframes.put(keyframe, held, _bytes_of(held))
        return keyframe, held

    def _keep_keyframes(self, wanted: Callable[[], bool]) -> None:
        """Decode the keyframes nearest to the playhead, as many as there is room for.

        Only those of groups so long that a stand-in would be shown.
        """
        room = self._keyframes.capacity - 1
        near = keyframes_near(self._last_asked, self.index, longer_than=_SOON_DECODED)
        self._keyframes.move_to(self._last_asked)
        for keyframe in near[: max(1, room)]:
            if not wanted():
                return
            held = self._cache.get(keyframe)
            if held is not None:
                self._keyframes.put(keyframe, held, _bytes_of(held))
            elif keyframe not in self._keyframes:
                try:
                    self._read_keyframe(keyframe)
                except Trouble:
                    return

    def _decode(self, frame: int, stepping_back: bool, wanted: Callable[[], bool]) -> av.VideoFrame:
        lowest = frame - (self._cache.capacity if stepping_back else _KEPT_BEFORE)

        def keep(number: int, decoded: av.VideoFrame) -> None:
            if number >= lowest and self._cache.capacity:
                fitted = self._fitted(decoded)
                self._cache.put(number, fitted, _bytes_of(fitted))

        reader = self._readers.nearest(frame)
        packets, began_s = reader.packets_to(frame), time.perf_counter()
        decoded = reader.read(
            frame, on_frame=keep, wanted=wanted, whole_from=lowest if stepping_back else None
        )
        if packets > 1:
            self._packet_s = (time.perf_counter() - began_s) / packets
        return self._cache.get(frame) or self._fitted(decoded)

    def _surroundings(self) -> Surroundings:
        return Surroundings(
            playhead=self._last_asked,
            moving_back=self._moving_back,
            last_frame=self.frame_times.last_frame,
            capacity=self._cache.capacity,
            is_held=lambda number: number in self._cache or number in self._given_up,
            group_of=self._group_of,
        )

    def _group_of(self, frame: int) -> tuple[int, int]:
        """Return the first and the last frame decoded from the same keyframe as this one."""
        start = self._group_of_frame[frame]
        first = int(np.searchsorted(self._group_of_frame, start))
        return first, int(np.searchsorted(self._group_of_frame, start, side="right")) - 1

    def _fill(self, stretch: Stretch, around: Surroundings, wanted: Callable[[], bool]) -> None:
        def keep(number: int, decoded: av.VideoFrame) -> None:
            if around.covers(number) and number not in self._cache:
                fitted = self._fitted(decoded)
                self._cache.put(number, fitted, _bytes_of(fitted))

        reader = self._readers.behind() if stretch.is_behind else self._readers.ahead
        reader.read(stretch.last, on_frame=keep, wanted=wanted, whole_from=stretch.first)
        if stretch.last not in self._cache:
            self._given_up.add(stretch.last)

    def _fitted(self, decoded: av.VideoFrame) -> av.VideoFrame:
        self._has_fields = self._display.has_fields(decoded)
        return self._display.fitted(decoded, self._size, deinterlaced=self._deinterlaced)

    def _finished(self, frame: int, held: av.VideoFrame, *, is_exact: bool) -> Picture:
        pixels = self._display.finished(held, self._size)
        return Picture(
            frame=frame,
            time_us=self.frame_times.time_of(frame),
            width=pixels.shape[1],
            height=pixels.shape[0],
            pixels=pixels,
            is_exact=is_exact,
            is_damaged=self._readers.damage.is_in(frame),
            is_deinterlaced=self._deinterlaced and self._has_fields,
        )


def _bytes_of(frame: av.VideoFrame) -> int:
    return sum(plane.buffer_size for plane in frame.planes)
