"""Propose how a drawn box goes on: follow what is in it from frame to frame.

A proposal only.  Points of the picture inside the box are followed there and back again (Lucas and
Kanade's optical flow); those that do not come back to where they were are no longer believed.  The
box moves and grows as the others do (the medians of how far they went and drew apart).  Where too
few are left, the proposal ends: a person who turns away, or is hidden, is lost, and is not guessed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from imhcode.media.clips.regions import Box, KeyBox
from imhcode.media.picture_source import PictureSource

Points = NDArray[np.float32]  # shape (points, 2): x, y

_MOST_POINTS, _LEAST_POINTS = 80, 6
_COMES_BACK_PX = 1.5  # a point followed there and back may miss its place by so much
_SIDE = 640  # pictures are followed at this size: quick enough, and fine enough for a face
_LEAST_SIDE_PX = 4
_JUMP = 0.6  # of the box's own size in one frame: a cut or another person, not a movement


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where a box seems to go.

    Attributes
    ----------
    key_boxes : tuple of KeyBox
        One for each frame, in rising order, the drawn one among them.
    is_lost : bool
        Whether it ended before the frame that was asked for.
    """

    key_boxes: tuple[KeyBox, ...]
    is_lost: bool


def propose_boxes(
    source: PictureSource,
    drawn: KeyBox,
    until_frame: int,
    *,
    on_progress: Callable[[float], None] = lambda _: None,
    wanted: Callable[[], bool] = lambda: True,
) -> Proposal:
    """Follow a drawn box forward, or back, until a frame or until it is lost.

    Parameters
    ----------
    source : PictureSource
        The recording.
    drawn : KeyBox
        Where somebody has drawn it; in pixels of the upright picture at full size.
    until_frame : int
        The last frame wanted, behind or before the drawn one.
    on_progress : callable
        Gets the share done, from 0 to 1.
    wanted : callable
        Asked before each frame; when it says no, what was found so far is returned as lost.

    Raises
    ------
    FrameOutOfRange, DamagedFrame
        A frame cannot be had.
    """
    source.frame_times.check(until_frame)
    step = 1 if until_frame >= drawn.frame else -1
    scale = min(1.0, _SIDE / max(source.probe.width, source.probe.height))
    found = [drawn]
    before = _grey(source, drawn.frame, scale)
    is_lost = False
    for frame in range(drawn.frame + step, until_frame + step, step):
        if not wanted():
            is_lost = True
            break
        after = _grey(source, frame, scale)
        moved = _followed(before, after, _scaled(found[-1].box, scale))
        if moved is None:
            is_lost = True
            break
        found.append(KeyBox(frame, _scaled(moved, 1 / scale)))
        before = after
        on_progress((frame - drawn.frame) / (until_frame - drawn.frame))
    return Proposal(tuple(found[::step]), is_lost)


def thinned(boxes: tuple[KeyBox, ...], within_px: float = 2.0) -> tuple[KeyBox, ...]:
    """Leave out boxes that lie, within so many pixels, where the way between others leads anyway.

    So few are left that a person can mend them by hand.
    """
    if len(boxes) < 3:
        return boxes
    first, last = boxes[0], boxes[-1]
    sides = np.array([_sides(one.box) for one in boxes])
    frames = np.array([one.frame for one in boxes])
    way = ((frames - first.frame) / (last.frame - first.frame))[:, None]
    apart = np.abs(sides - (sides[0] + way * (sides[-1] - sides[0]))).max(axis=1)
    worst = int(np.argmax(apart))
    if apart[worst] <= within_px:
        return first, last
    return thinned(boxes[: worst + 1], within_px)[:-1] + thinned(boxes[worst:], within_px)


def _followed(before: NDArray[np.uint8], after: NDArray[np.uint8], box: Box) -> Box | None:
    """Where a box of one picture lies in the next; ``None`` if it is lost."""
    points = _points_in(before, box)
    if points is None:
        return None
    there = _flow(before, after, points)
    back = _flow(after, before, there)
    holds = np.linalg.norm(back - points, axis=1) <= _COMES_BACK_PX
    if holds.sum() < max(_LEAST_POINTS, len(points) // 4):
        return None
    old, new = points[holds], there[holds]
    shift = np.median(new - old, axis=0)
    larger = float(np.clip(_spread(new) / max(_spread(old), 1e-6), 0.9, 1.1))
    if abs(shift[0]) > _JUMP * box.width or abs(shift[1]) > _JUMP * box.height:
        return None
    middle_x = box.x + box.width / 2 + float(shift[0])
    middle_y = box.y + box.height / 2 + float(shift[1])
    width, height = box.width * larger, box.height * larger
    is_outside = not (0 <= middle_x < after.shape[1] and 0 <= middle_y < after.shape[0])
    if is_outside or min(width, height) < _LEAST_SIDE_PX:
        return None
    return Box(middle_x - width / 2, middle_y - height / 2, width, height)


def _points_in(grey: NDArray[np.uint8], box: Box) -> Points | None:
    """Corners inside a box, which can be told from what is around them; ``None`` for too few."""
    from imhcode.media.opencv import cv2  # noqa: PLC0415  (half a second, only when needed)

    height, width = grey.shape
    left, top = max(0, int(box.x)), max(0, int(box.y))
    right, bottom = min(width, int(box.x + box.width) + 1), min(height, int(box.y + box.height) + 1)
    if right - left < _LEAST_SIDE_PX or bottom - top < _LEAST_SIDE_PX:
        return None
    inside = np.zeros(grey.shape, np.uint8)
    inside[top:bottom, left:right] = 255
    corners: Any = cv2.goodFeaturesToTrack(grey, _MOST_POINTS, 0.01, 3, mask=inside)
    points = np.asarray([] if corners is None else corners, np.float32).reshape(-1, 2)
    return points if len(points) >= _LEAST_POINTS else None


def _flow(before: NDArray[np.uint8], after: NDArray[np.uint8], points: Points) -> Points:
    from imhcode.media.opencv import cv2  # noqa: PLC0415

    found, status, _ = cv2.calcOpticalFlowPyrLK(
        before, after, points.reshape(-1, 1, 2), np.empty((0,), np.float32), winSize=(15, 15)
    )
    moved = np.asarray(found, np.float32).reshape(-1, 2)
    moved[np.asarray(status).reshape(-1) == 0] = np.inf
    return moved


def _spread(points: Points) -> float:
    return float(np.median(np.linalg.norm(points - np.median(points, axis=0), axis=1)))


def _grey(source: PictureSource, frame: int, scale: float) -> NDArray[np.uint8]:
    from imhcode.media.opencv import cv2  # noqa: PLC0415

    size = (round(source.probe.width * scale), round(source.probe.height * scale))
    grey = cv2.cvtColor(source.picture(frame, size).pixels, cv2.COLOR_RGB2GRAY)
    if grey.shape != size[::-1]:  # fitted sizes are cut to whole pixels
        grey = cv2.resize(grey, size)
    return np.asarray(grey, np.uint8)


def _scaled(box: Box, scale: float) -> Box:
    return Box(*(side * scale for side in _sides(box)))


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.x, box.y, box.width, box.height
