"""Which part of an event the pointer has hold of: an edge, or the whole of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, Qt

from imhcode.domain.event import Event
from imhcode.domain.tracks import Shape
from imhcode.ui.coding.timeline_rows import Row

Part = Literal["onset", "offset", "body"]
EDGE_PX = 5  #: so near to an edge the pointer has hold of it


@dataclass(frozen=True, slots=True)
class Grip:
    """An event under the pointer and the part of it that would be moved."""

    event: Event
    part: Part

    @property
    def cursor(self) -> Qt.CursorShape:
        """What the pointer looks like over it."""
        if self.part == "body":
            return Qt.CursorShape.PointingHandCursor
        return Qt.CursorShape.SizeHorCursor


def part_at(row: Row, event: Event, boxes: Sequence[QRectF], x: float) -> Part:
    """The part of an event at ``x``, given where it was painted.

    The middle of what is too narrow for two edges is its body, so that it can be moved at all.
    """
    if event.is_instant or not boxes:
        return "body"
    if row.shape is Shape.TICKS:  # the tick, its letter, and last the bar of its length
        bar = boxes[-1]
        return "offset" if abs(x - bar.right()) <= EDGE_PX and x > bar.left() + 2 else "body"
    box = boxes[0]
    reach = min(EDGE_PX, box.width() / 4)
    if x <= box.left() + reach:
        return "onset"
    if x >= box.right() - reach and not event.is_running:
        return "offset"
    return "body"
