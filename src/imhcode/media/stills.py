"""A folder of still images, such as a time-lapse, as a recording with an even rate."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from imhcode.media.errors import MissingRecording, NoStills, UnreadableRecording, UnreadableStill
from imhcode.media.frame_times import FrameTimes
from imhcode.media.picture import Picture
from imhcode.media.probe import Probe

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp"})
_LARGEST_BYTES = 512 << 20  # no still of a camera is larger; a file of zeros may be


class StillsSource:
    """Exact pictures of one folder of stills.  Made by `open_stills`; what `Source` is for a film.

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
    """

    def __init__(self, path: Path, stills: tuple[Path, ...], interval_us: int) -> None:
        self.path = path
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
        wanted: Callable[[], bool] = lambda: True,
    ) -> Picture:
        """Return exactly the picture of a frame, upright.

        Parameters
        ----------
        frame : int
            Counted from 0 in the order of the names.
        size : (int, int) or None
            Width and height in pixels that the picture must fit into; it is never enlarged.
        wanted : callable
            For the same call as that of a film; one still is not interrupted.

        Raises
        ------
        FrameOutOfRange, UnreadableStill, UnreadableRecording
        """
        del wanted
        self.frame_times.check(frame)
        box = size or (self.probe.width, self.probe.height)
        shrink = min(self.probe.width // max(1, box[0]), self.probe.height // max(1, box[1]))
        pixels = _read(self.stills[frame], shrink)
        if size is not None:
            pixels = _fitted(pixels, size)
        return Picture(
            frame=frame,
            time_us=self.frame_times.time_of(frame),
            width=pixels.shape[1],
            height=pixels.shape[0],
            pixels=pixels,
        )

    def close(self) -> None:
        """Nothing is held open between two pictures."""


def open_stills(folder: str | os.PathLike[str], *, interval_us: int) -> StillsSource:
    """Open a folder of stills as a recording that shows each for ``interval_us``.

    Sorted as people count: ``IMG_9`` before ``IMG_10``.  Hidden files, other files and folders
    inside are passed over.

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
    path = Path(folder).absolute()
    if not path.is_dir():
        raise MissingRecording(path=path)
    try:
        found = [one for one in path.iterdir() if _is_still(one)]
    except OSError as error:
        raise UnreadableRecording(path=path, reason=error.strerror or error) from error
    if not found:
        raise NoStills(path=path)
    return StillsSource(path, tuple(sorted(found, key=_as_people_count)), interval_us)


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
