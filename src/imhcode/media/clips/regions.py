"""A region of a camera's picture that a clip hides: boxes on some frames, a way between them."""

import math
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

from imhcode.media.clips.errors import RegionWrong

Shape = Literal["rectangle", "ellipse"]
Hiding = Literal["black", "pixelate", "blur"]
SHAPES: tuple[Shape, ...] = get_args(Shape)
HIDINGS: tuple[Hiding, ...] = get_args(Hiding)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the upright picture at full size; it may reach beyond its edges."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class KeyBox:
    """Where a region lies on one frame.

    Attributes
    ----------
    frame : int
        Of the recording, counted from 0.
    box : Box
        What is hidden: the rectangle, or the ellipse that touches its sides.
    """

    frame: int
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """What is hidden in one camera's picture.

    Between two key boxes the region moves evenly, frame by frame.  Before the first and after the
    last it stays where that one is, so that forgetting a key box never uncovers anybody.

    Attributes
    ----------
    key_boxes : tuple of KeyBox
        At least one, in the order of their frames, one a frame.
    first_frame, last_frame : int or None
        Where it begins and ends to hide, both included; ``None``: with the recording.
    person : str
        Whom it hides, by the id the study knows; empty if nobody in particular.

    Raises
    ------
    RegionWrong
        It could not hide what it says.
    """

    key_boxes: tuple[KeyBox, ...]
    shape: Shape = "rectangle"
    hiding: Hiding = "black"
    first_frame: int | None = None
    last_frame: int | None = None
    person: str = ""

    def __post_init__(self) -> None:
        if self.shape not in SHAPES:
            raise RegionWrong(why=f"its shape is “{self.shape}”, not one of {', '.join(SHAPES)}")
        if self.hiding not in HIDINGS:
            raise RegionWrong(why=f"it hides by “{self.hiding}”, not one of {', '.join(HIDINGS)}")
        if not self.key_boxes:
            raise RegionWrong(why="it has no box")
        frames = [one.frame for one in self.key_boxes]
        if frames[0] < 0 or any(later <= earlier for earlier, later in pairwise(frames)):
            raise RegionWrong(why="the frames of its boxes do not rise from 0 on")
        for one in self.key_boxes:
            box = one.box
            numbers = (box.x, box.y, box.width, box.height)
            if not all(map(math.isfinite, numbers)) or box.width <= 0 or box.height <= 0:
                raise RegionWrong(why=f"its box on frame {one.frame} has no size")
        first, last = self.first_frame, self.last_frame
        if first is not None and last is not None and last < first:
            raise RegionWrong(why=f"it ends on frame {last}, before it begins on frame {first}")

    def box_on(self, frame: int) -> Box | None:
        """The box on a frame of the recording; ``None`` where the region does not hide."""
        if self.first_frame is not None and frame < self.first_frame:
            return None
        if self.last_frame is not None and frame > self.last_frame:
            return None
        later = bisect_right(self.key_boxes, frame, key=lambda one: one.frame)
        if later in (0, len(self.key_boxes)):
            return self.key_boxes[max(0, later - 1)].box
        before, after = self.key_boxes[later - 1], self.key_boxes[later]
        way = (frame - before.frame) / (after.frame - before.frame)
        return _between(before.box, after.box, way)


def _between(one: Box, other: Box, way: float) -> Box:
    return Box(
        x=one.x + way * (other.x - one.x),
        y=one.y + way * (other.y - one.y),
        width=one.width + way * (other.width - one.width),
        height=one.height + way * (other.height - one.height),
    )
