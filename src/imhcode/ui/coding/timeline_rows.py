"""Where the lanes lie, from top to bottom, in logical pixels."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontMetricsF

from imhcode.domain.scheme import Track
from imhcode.domain.tracks import KINDS, Shape
from imhcode.ui.theme import small

PAD_PX = 3  #: free above and below the events of a lane
GAP_PX = 1  #: between two lanes
MOST_LEVELS = 6  #: codes beyond that share a level


@dataclass(frozen=True, slots=True)
class Row:
    """The lane of one track.

    Attributes
    ----------
    top, height : int
        From the top of the first lane.
    levels : int
        How many strips the lane is divided into: one, or where states may overlap, one a code.
    head : int
        Height and least width of the letter of a point.
    """

    track: Track
    shape: Shape
    top: int
    height: int
    levels: int
    head: int

    @property
    def bottom(self) -> int:
        """First pixel below the lane."""
        return self.top + self.height

    def level_of(self, code_place: int) -> int:
        """The strip on which a code is drawn."""
        return code_place % self.levels

    def strip(self, level: int) -> tuple[int, int]:
        """Top and height of one strip within the lane."""
        room = self.height - 2 * PAD_PX
        top = PAD_PX + level * room // self.levels
        return top, PAD_PX + (level + 1) * room // self.levels - top


def usual_height(font: QFont) -> int:
    """Height of a lane with one strip: two lines of words."""
    letter = round(QFontMetricsF(small(font)).height())
    line = round(QFontMetricsF(font).height())
    return max(28, line + letter + 2)


def rows_of(tracks: Sequence[Track], font: QFont) -> tuple[Row, ...]:
    """Lay out one lane below another; their height follows the size of the words."""
    letter = round(QFontMetricsF(small(font)).height())
    usual = usual_height(font)
    rows: list[Row] = []
    top = 0
    for track in tracks:
        shape = KINDS[track.kind].shape
        spread = shape is Shape.BLOCKS and not track.exclusive
        levels = min(max(len(track.codes), 1), MOST_LEVELS) if spread else 1
        height = usual if levels <= 2 else max(usual, levels * letter + 2 * PAD_PX)
        head = min(letter - 1, (usual - 2 * PAD_PX) // 2)
        rows.append(Row(track, shape, top, height, levels, head))
        top += height + GAP_PX
    return tuple(rows)


def row_at(rows: Iterable[Row], y: float) -> Row | None:
    """The lane at a height, counted from the top of the first."""
    return next((row for row in rows if row.top <= y < row.bottom), None)
