"""Where the pictures of several cameras lie: side by side, one large, picture in picture."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from PySide6.QtCore import QRect, QSize

Layout = Literal["side-by-side", "one-large", "inset"]
LAYOUTS: tuple[Layout, ...] = ("side-by-side", "one-large", "inset")

GAP_PX = 2
_SMALL_SHARE = 0.28  # of the room, for the cameras beside or inside the large one
_INSET_MARGIN_PX = 12


def places(
    layout: Layout, n_cameras: int, lead: int, room: QSize, caption_px: int, aspect: float
) -> list[QRect]:
    """The rectangle of each camera, caption included.

    Parameters
    ----------
    n_cameras, lead : int
        How many, and which of them, from 0, leads: the large one.
    caption_px : int
        Height of the line of words under each picture.
    aspect : float
        Width of a picture over its height.

    Returns
    -------
    list of QRect, length n_cameras
        Inside ``room``; only an inset lies over another picture.
    """
    whole = QRect(0, 0, room.width(), room.height())
    if n_cameras == 1:
        return [whole]
    if layout == "side-by-side":
        return _grid(n_cameras, whole, caption_px, aspect)
    others = [one for one in range(n_cameras) if one != lead]
    if layout == "one-large":
        strip = min(round(room.width() * _SMALL_SHARE), room.width() // 2)
        large = QRect(0, 0, room.width() - strip - GAP_PX, room.height())
        small = QRect(large.right() + 1 + GAP_PX, 0, strip, room.height())
        return _in_order(lead, large, others, _stack(len(others), small))
    return _in_order(lead, whole, others, _insets(len(others), whole, caption_px, aspect))


def _in_order(
    lead: int, large: QRect, others: Sequence[int], small: Sequence[QRect]
) -> list[QRect]:
    found = {lead: large, **dict(zip(others, small, strict=True))}
    return [found[one] for one in sorted(found)]


def _grid(n_cameras: int, room: QRect, caption_px: int, aspect: float) -> list[QRect]:
    """As many columns as make the pictures largest."""

    def picture_width(columns: int) -> float:
        rows = math.ceil(n_cameras / columns)
        return min(room.width() / columns, (room.height() / rows - caption_px) * aspect)

    columns = max(range(1, n_cameras + 1), key=picture_width)
    rows = math.ceil(n_cameras / columns)
    across, down = _parts(room.width(), columns), _parts(room.height(), rows)
    return [
        QRect(across[at % columns][0], down[at // columns][0], *_size(across, down, at, columns))
        for at in range(n_cameras)
    ]


def _size(
    across: list[tuple[int, int]], down: list[tuple[int, int]], at: int, columns: int
) -> tuple[int, int]:
    return across[at % columns][1], down[at // columns][1]


def _parts(length: int, n_parts: int) -> list[tuple[int, int]]:
    """Start and length of equal parts with a gap between them."""
    edges = [round(at * (length + GAP_PX) / n_parts) for at in range(n_parts + 1)]
    return [(a, max(1, b - a - GAP_PX)) for a, b in pairwise(edges)]


def _stack(n_cameras: int, room: QRect) -> list[QRect]:
    return [
        QRect(room.x(), room.y() + start, room.width(), length)
        for start, length in _parts(room.height(), n_cameras)
    ]


def _insets(n_cameras: int, room: QRect, caption_px: int, aspect: float) -> list[QRect]:
    """A row along the lower edge, from the right, above the caption of the large picture."""
    margin = _INSET_MARGIN_PX
    width = min(round(room.width() * _SMALL_SHARE), (room.width() - margin) // n_cameras - margin)
    height = round(width / aspect) + caption_px
    top = room.height() - caption_px - margin - height
    return [
        QRect(room.width() - (at + 1) * (width + margin), max(0, top), width, height)
        for at in range(n_cameras)
    ]
