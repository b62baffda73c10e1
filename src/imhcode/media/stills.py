"""A folder of still images, such as a time-lapse, as a recording with an even rate."""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from imhcode.domain.errors import Trouble
from imhcode.media.cache_budget import PROGRAM_BUDGET, CacheShare
from imhcode.media.errors import MissingRecording, NoStills, UnreadableRecording, UnreadableStill
from imhcode.media.frame_cache import FrameCache
from imhcode.media.frame_times import FrameTimes
from imhcode.media.picture import Picture
from imhcode.media.probe import Probe
from imhcode.media.sound_track import SoundTrack

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp"})
_NEXT, _ALL = 4, 24  # stills made ready on either side: at once, and while nothing is asked
_LARGEST_BYTES = 512 << 20  # no still of a camera is larger; a file of zeros may be


class StillsSource:
    """Exact pictures of one folder of stills.  Made by `open_stills`; what `Source` is for a film.

    Parameters
    ----------
    path : Path
        The folder, absolute.
    stills : tuple of Path
        One file per frame, in order.
    interval_us : int
        How long each is shown, µs.
    share : CacheShare
        What it may take of the memory that all open recordings share; given back by `close`.

    Attributes
    ----------
    path : Path
        The folder, absolute.
    stills : tuple of Path
        One file per frame, in order.
    frame_times : FrameTimes
        When each frame is shown.
    probe : Probe
        What it is; its size is that of the first still.
    sound_track : None
        Stills have no sound.
    """

    sound_track: SoundTrack | None = None

    def __init__(
        self, path: Path, stills: tuple[Path, ...], interval_us: int, share: CacheShare
    ) -> None:
        self.path = path
        self._share = share
        self._cache: FrameCache[NDArray[np.uint8]] = FrameCache(0)
        self._size: tuple[int, int] | None = None
        self._last_asked = 0
        self._step = 1
        self.stills = stills
        times_us = np.arange(len(stills), dtype=np.int64) * interval_us
        self.frame_times = FrameTimes(times_us, int(times_us[-1]) + interval_us)
        height, width = _read(stills[0], 1).shape[:2]
        self.probe = Probe(
            frames=len(stills),
            first_us=0,
            last_us=self.frame_times.last_us,
            variable_frame_rate=False,
            rotation_deg=0,
            width=width,
            height=height,
            audio=None,
            end_us=self.frame_times.end_us,
        )

    def picture(
        self,
        frame: int,
        size: tuple[int, int] | None = None,
        *,
        deinterlaced: bool = True,
        wanted: Callable[[], bool] = lambda: True,
    ) -> Picture:
        """Return exactly the picture of a frame, upright.

        Parameters
        ----------
        frame : int
            Counted from 0 in the order of the names.
        size : (int, int) or None
            Width and height in pixels that the picture must fit into; it is never enlarged.
        deinterlaced, wanted : bool, callable
            For the same call as that of a film; a still has no fields and is not interrupted.

        Raises
        ------
        FrameOutOfRange, UnreadableStill, UnreadableRecording
        """
        del deinterlaced, wanted
        self.frame_times.check(frame)
        self._show_as(size)
        if frame != self._last_asked:
            self._step = 1 if frame > self._last_asked else -1
        self._last_asked = frame
        self._cache.move_to(frame)
        return self._shown(frame, self._pixels(frame), is_exact=True)

    def coarse_picture(
        self, frame: int, size: tuple[int, int] | None = None, *, deinterlaced: bool = True
    ) -> Picture | None:
        """Return the nearest still that is at hand; ``None`` where that is the one asked for."""
        del deinterlaced
        self.frame_times.check(frame)
        self._show_as(size)
        near = self._cache.nearest(frame)
        held = None if near is None or near == frame else self._cache.get(near)
        return None if near is None or held is None else self._shown(near, held, is_exact=False)

    def prefetch(
        self, *, wanted: Callable[[], bool], only_next: bool = False, for_scrubbing: bool = False
    ) -> None:
        """Read the stills around the one asked for last; see `Source.prefetch`."""
        del for_scrubbing
        here, step = self._last_asked, self._step
        reach = _NEXT if only_next else _ALL
        onward = [here + step * n for n in range(1, reach + 1)]
        back = [] if only_next else [here - step * n for n in range(1, reach + 1)]
        room = self._cache.capacity // 2  # those ahead count as farther than those behind
        for frame in [*onward[:room], *back[:room]]:
            if not wanted():
                return
            if 0 <= frame < len(self.stills) and frame not in self._cache:
                with suppress(Trouble):  # told to whoever asks for it
                    self._pixels(frame)

    def check_there(self) -> None:
        """Raise `MissingRecording` if the folder is gone; used by any thread."""
        if not self.path.is_dir():
            raise MissingRecording(path=self.path)

    def close(self) -> None:
        """Let go of the pictures kept."""
        self._cache.clear()
        self._share.close()

    def _show_as(self, size: tuple[int, int] | None) -> None:
        self._cache.limit(self._share.frame_bytes)
        if size != self._size:
            self._cache.clear()
            self._size = size

    def _pixels(self, frame: int) -> NDArray[np.uint8]:
        held = self._cache.get(frame)
        if held is not None:
            return held
        box = self._size or (self.probe.width, self.probe.height)
        shrink = min(self.probe.width // max(1, box[0]), self.probe.height // max(1, box[1]))
        pixels = _read(self.stills[frame], shrink)
        if self._size is not None:
            pixels = _fitted(pixels, self._size)
        self._cache.put(frame, pixels, pixels.nbytes)
        return pixels

    def _shown(self, frame: int, pixels: NDArray[np.uint8], *, is_exact: bool) -> Picture:
        return Picture(
            frame=frame,
            time_us=self.frame_times.time_of(frame),
            width=pixels.shape[1],
            height=pixels.shape[0],
            pixels=pixels,
            is_exact=is_exact,
        )


def open_stills(
    folder: str | os.PathLike[str], *, interval_us: int, leads: bool = True
) -> StillsSource:
    """Open a folder of stills as a recording that shows each for ``interval_us``.

    Parameters
    ----------
    folder : path-like
        Holds nothing else that is a picture.
    interval_us : int
        How long each is shown, µs.
    leads : bool
        See `imhcode.media.source.open_source`.

    Raises
    ------
    MissingRecording, NoStills
        There is no such folder, or nothing in it.
    UnreadableStill, UnreadableRecording
        The first of them cannot be read.
    """
    if interval_us <= 0:
        msg = f"stills follow one another after some time, not after {interval_us} µs"
        raise ValueError(msg)
    stills = stills_in(folder)
    share = PROGRAM_BUDGET.share(leads=leads)
    try:
        return StillsSource(Path(folder).absolute(), stills, interval_us, share)
    except BaseException:
        share.close()
        raise


def stills_in(folder: str | os.PathLike[str]) -> tuple[Path, ...]:
    """Return the stills of a folder, sorted as people count: ``IMG_9`` before ``IMG_10``.

    Hidden files, other files and folders inside are passed over.

    Raises
    ------
    MissingRecording, NoStills, UnreadableRecording
        There is no such folder, nothing in it, or it cannot be read.
    """
    path = Path(folder).absolute()
    if not path.is_dir():
        raise MissingRecording(path=path)
    try:
        found = [one for one in path.iterdir() if _is_still(one)]
    except OSError as error:
        raise UnreadableRecording(path=path, reason=error.strerror or error) from error
    if not found:
        raise NoStills(path=path)
    return tuple(sorted(found, key=_as_people_count))


def _is_still(path: Path) -> bool:
    # Macs leave "._IMG_1.jpg" beside each picture: no picture.
    is_hidden = path.name.startswith(".")
    return path.suffix.lower() in SUFFIXES and not is_hidden and path.is_file()


def _as_people_count(path: Path) -> tuple[tuple[tuple[int, int | str], ...], str]:
    parts = re.findall(r"[0-9]+|[^0-9]+", path.name.casefold())
    return tuple((0, int(one)) if one.isdecimal() else (1, one) for one in parts), path.name


def _read(path: Path, shrink: int) -> NDArray[np.uint8]:
    """Decode a still, at a half, a quarter or an eighth where ``shrink`` allows: much quicker."""
    from imhcode.media.opencv import cv2  # noqa: PLC0415  (half a second, only when needed)

    reduced = {
        8: cv2.IMREAD_REDUCED_COLOR_8,
        4: cv2.IMREAD_REDUCED_COLOR_4,
        2: cv2.IMREAD_REDUCED_COLOR_2,
    }
    mode = next((flag for times, flag in reduced.items() if shrink >= times), cv2.IMREAD_COLOR)
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise UnreadableStill(path=path)
        # OpenCV opens nothing but ASCII names on some systems, so it only decodes.
        data = np.fromfile(path, dtype=np.uint8)
    except OSError as error:
        raise UnreadableRecording(path=path, reason=error.strerror or error) from error
    try:
        decoded = cv2.imdecode(data, mode) if len(data) else None
    except cv2.error:
        decoded = None
    if decoded is None:
        raise UnreadableStill(path=path)
    return np.asarray(cv2.cvtColor(decoded, cv2.COLOR_BGR2RGB), dtype=np.uint8)


def _fitted(pixels: NDArray[np.uint8], box: tuple[int, int]) -> NDArray[np.uint8]:
    from imhcode.media.opencv import cv2  # noqa: PLC0415

    height, width = pixels.shape[:2]
    scale = min(box[0] / width, box[1] / height)
    if scale >= 1:
        return pixels
    size = (max(1, int(width * scale)), max(1, int(height * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
