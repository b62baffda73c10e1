"""Hide regions of a picture so that nothing of what was there can be had back."""

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from imhcode.media.clips.regions import Box, Hiding, Region, Shape

Pixels = NDArray[np.uint8]

# Too few to tell a face.  A filter that spreads light evenly over a fixed number of pixels can be
# undone in part, and hides nothing in a picture large enough; a few means of large fields cannot.
_FIELDS = 6  # along the longer side …
_LEAST_FIELD = 8  # … but none shorter than this, pixels: a small region gets fewer of them


def masked(pixels: Pixels, regions: Iterable[Region], frame: int) -> Pixels:
    """Return the picture of a frame with every region of that frame hidden.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (height, width, 3)
        Upright, full size.  It is not changed.
    regions : iterable of Region
        Those of this camera; later ones hide what earlier ones left.
    frame : int
        Which frame of the recording it is.
    """
    found = pixels
    for region in regions:
        box = region.box_on(frame)
        if box is None:
            continue
        if found is pixels:
            found = pixels.copy()
        _hide(found, box, region.shape, region.hiding)
    return found


def _hide(pixels: Pixels, box: Box, shape: Shape, hiding: Hiding) -> None:
    """Every pixel that the shape touches is hidden: parts of pixels count as whole ones."""
    height, width = pixels.shape[:2]
    left, top = max(0, math.floor(box.x)), max(0, math.floor(box.y))
    right = min(width, math.ceil(box.x + box.width))
    bottom = min(height, math.ceil(box.y + box.height))
    if left >= right or top >= bottom:
        return
    part = pixels[top:bottom, left:right]
    hidden = _hidden(part, hiding)
    if shape == "rectangle":
        part[:] = hidden
        return
    inside = _ellipse(box, np.arange(left, right), np.arange(top, bottom))
    part[inside] = hidden[inside]


def _hidden(part: Pixels, hiding: Hiding) -> Pixels:
    """What stands there instead, made of nothing but the part itself."""
    if hiding == "black":
        return np.zeros_like(part)
    from imhcode.media.opencv import cv2  # noqa: PLC0415  (half a second, only when needed)

    height, width = part.shape[:2]
    longer = max(height, width)
    n_fields = max(1, min(_FIELDS, longer // _LEAST_FIELD))
    fields = (max(1, n_fields * width // longer), max(1, n_fields * height // longer))
    means = cv2.resize(part, fields, interpolation=cv2.INTER_AREA)
    way = cv2.INTER_NEAREST if hiding == "pixelate" else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(means, (width, height), interpolation=way), dtype=np.uint8)


def _ellipse(box: Box, columns: NDArray[np.int_], rows: NDArray[np.int_]) -> NDArray[np.bool_]:
    """Which pixels the ellipse touches, shape (rows, columns)."""
    across = _nearest_to(box.x + box.width / 2, columns) / (box.width / 2)
    down = _nearest_to(box.y + box.height / 2, rows) / (box.height / 2)
    return np.asarray(across[None, :] ** 2 + down[:, None] ** 2 <= 1)


def _nearest_to(middle: float, pixels: NDArray[np.int_]) -> NDArray[np.float64]:
    """How far from the middle that side of each pixel lies that is nearest to it."""
    return np.asarray(np.maximum(0.0, np.maximum(pixels - middle, middle - (pixels + 1))))
