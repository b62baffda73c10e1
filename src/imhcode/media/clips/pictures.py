"""The pictures of a clip as they will be written: the one maker for preview and for export."""

from collections.abc import Callable
from pathlib import Path
from typing import Self

import numpy as np

from imhcode.media.clips.masking import Pixels, masked
from imhcode.media.clips.plan import ClipCamera, ClipPlan, Shot, TitleCard
from imhcode.media.clips.schedule import Schedule
from imhcode.media.clips.title_card import title_card
from imhcode.media.errors import DamagedFrame
from imhcode.media.frame_times import FrameTimes
from imhcode.media.picture_source import PictureSource
from imhcode.media.source import open_source
from imhcode.media.stills import open_stills

_LONGEST_SIDE = 3840  # pixels; above it few machines play H.264


class ClipPictures:
    """Every picture of a clip: hidden what is to be hidden, turned upright, side by side, fitted.

    Belongs to one thread at a time; to be closed, or used with ``with``.

    Parameters
    ----------
    plan : ClipPlan
        What the clip shows.
    index_folder : Path or None
        See `imhcode.media.source.open_source`.
    cache_bytes : int
        How much memory decoded frames of each recording may take; a preview that goes back and
        forth wants some, going through from first to last none.
    wanted : callable
        Asked now and then while recordings are read; when it says no, `Superseded` is raised.

    Attributes
    ----------
    schedule : Schedule
        Which picture is shown when.
    size : (int, int)
        Width and height of all pictures, pixels; both are even.
    damaged : list of (Path, int)
        Frames that `picture` could not decode so far.

    Raises
    ------
    Refused, Trouble
        `StretchOutside`, or what is wrong with a recording.
    """

    def __init__(
        self,
        plan: ClipPlan,
        index_folder: Path | None = None,
        *,
        cache_bytes: int = 0,
        wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        self._sources: dict[tuple[Path, int], PictureSource] = {}
        self._last: dict[int, tuple[object, Pixels]] = {}
        self.damaged: list[tuple[Path, int]] = []
        try:
            for shot in plan.shots:
                for camera in (*shot.cameras, *filter(None, [shot.sound_from])):
                    key = (camera.path, camera.interval_us)
                    if key not in self._sources:
                        self._sources[key] = _opened(camera, index_folder, cache_bytes, wanted)
            self.schedule = Schedule(plan, self._times_of)
        except BaseException:
            self.close()
            raise
        sizes = [self._shot_size(shot) for shot in plan.shots]
        self.size = _canvas(sizes)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self.schedule)

    def source_of(self, camera: ClipCamera) -> PictureSource:
        """The opened recording of a camera of the plan."""
        return self._sources[camera.path, camera.interval_us]

    def picture(self, number: int, wanted: Callable[[], bool] = lambda: True) -> Pixels:
        """Return a picture of the clip, counted from 0, exactly as the encoder gets it.

        Returns
        -------
        ndarray of uint8, shape (height, width, 3)
            Red, green, blue; of `size`; not to be written to.

        Raises
        ------
        DamagedFrame
            The leading camera's frame cannot be decoded.
        Superseded
            ``wanted`` said no.
        """
        frame = self.schedule.frame(number)
        part = self.schedule.plan.parts[frame.part]
        if isinstance(part, TitleCard):
            return self._kept(-1, part, lambda: title_card(part.text, self.size))
        views: list[Pixels | None] = [
            self._view(place, camera, its_frame, wanted)
            for place, (camera, its_frame) in enumerate(
                zip(part.cameras, frame.frames, strict=True)
            )
        ]
        return _fitted(_side_by_side(views, self._view_sizes(part)), self.size)

    def close(self) -> None:
        """Let go of all recordings."""
        for source in self._sources.values():
            source.close()
        self._sources.clear()
        self._last.clear()

    def _view(
        self, place: int, camera: ClipCamera, frame: int | None, wanted: Callable[[], bool]
    ) -> Pixels | None:
        """One camera's picture, full size, with its regions hidden; ``None`` if there is none."""
        if frame is None:
            return None

        def made() -> Pixels:
            source = self.source_of(camera)
            picture = source.picture(frame, deinterlaced=camera.deinterlaced, wanted=wanted)
            return masked(picture.pixels, camera.regions, frame)

        try:
            # The slower of two cameras shows one frame several times, and none is kept elsewhere.
            return self._kept(place, (camera, frame), made)
        except DamagedFrame:
            if (camera.path, frame) not in self.damaged:
                self.damaged.append((camera.path, frame))
            if place == 0:
                raise
            return None

    def _kept(self, place: int, what: object, made: Callable[[], Pixels]) -> Pixels:
        kept = self._last.get(place)
        if kept is None or kept[0] != what:
            kept = self._last[place] = (what, made())
        return kept[1]

    def _times_of(self, camera: ClipCamera) -> FrameTimes:
        return self.source_of(camera).frame_times

    def _view_sizes(self, shot: Shot) -> list[tuple[int, int]]:
        """Width and height of each camera beside the other: as high as the lowest one."""
        probes = [self.source_of(camera).probe for camera in shot.cameras]
        height = min(probe.height for probe in probes)
        return [(max(1, round(one.width * height / one.height)), height) for one in probes]

    def _shot_size(self, shot: Shot) -> tuple[int, int]:
        sizes = self._view_sizes(shot)
        return sum(width for width, _ in sizes), sizes[0][1]


def _opened(
    camera: ClipCamera, index_folder: Path | None, cache_bytes: int, wanted: Callable[[], bool]
) -> PictureSource:
    if camera.interval_us:
        return open_stills(camera.path, interval_us=camera.interval_us, leads=False)
    return open_source(
        camera.path, index_folder, leads=False, cache_bytes=cache_bytes, wanted=wanted
    )


def _canvas(sizes: list[tuple[int, int]]) -> tuple[int, int]:
    """The size of the whole clip: what every shot fits into, in even numbers as encoders need."""
    width, height = (max(side) for side in zip(*sizes, strict=True))
    scale = min(1.0, _LONGEST_SIDE / max(width, height))
    return _even(width * scale), _even(height * scale)


def _even(side: float) -> int:
    return max(2, round(side) + round(side) % 2)


def _side_by_side(views: list[Pixels | None], sizes: list[tuple[int, int]]) -> Pixels:
    if len(views) == 1 and views[0] is not None:
        return views[0]
    return np.concatenate(
        [
            np.zeros((height, width, 3), np.uint8)
            if view is None
            else _resized(view, (width, height))
            for view, (width, height) in zip(views, sizes, strict=True)
        ],
        axis=1,
    )


def _fitted(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    """The picture in the middle of one of that size, as large as it can be."""
    height, width = pixels.shape[:2]
    if (width, height) == size:
        return pixels
    if 0 <= size[0] - width <= 1 and 0 <= size[1] - height <= 1:  # only to be even: an edge twice
        return np.pad(pixels, ((0, size[1] - height), (0, size[0] - width), (0, 0)), mode="edge")
    scale = min(size[0] / width, size[1] / height)
    inner = _resized(pixels, (max(1, round(width * scale)), max(1, round(height * scale))))
    canvas = np.zeros((size[1], size[0], 3), np.uint8)
    top, left = (size[1] - inner.shape[0]) // 2, (size[0] - inner.shape[1]) // 2
    canvas[top : top + inner.shape[0], left : left + inner.shape[1]] = inner
    return canvas


def _resized(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    if (pixels.shape[1], pixels.shape[0]) == size:
        return pixels
    from imhcode.media.opencv import cv2  # noqa: PLC0415  (half a second, only when needed)

    is_smaller = size[0] < pixels.shape[1]
    way = cv2.INTER_AREA if is_smaller else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pixels, size, interpolation=way), dtype=np.uint8)
