"""From the picture as stored to the picture as seen: turned, mirrored, square pixels, fitted."""

from dataclasses import dataclass
from fractions import Fraction

UNSPECIFIED_TRANSFER = 2


@dataclass(frozen=True)
class Framing:
    """How a recording's stored pictures become upright ones.

    Attributes
    ----------
    coded_width, coded_height : int
        Size as stored, pixels.
    pixel_aspect : Fraction
        Width of a stored pixel over its height; 1 for nearly all cameras, not for DV and DVD.
    rotation_deg : int
        Clockwise turn that makes it upright: 0, 90, 180 or 270.
    is_mirrored : bool
        Whether left and right are exchanged after the turn, as some front cameras ask for.
    bottom_field_first : bool
        Of an interlaced picture: whether its lower lines (1, 3, 5 …) were taken first.
    transfer : int
        How light was turned into numbers (FFmpeg's AVColorTransferCharacteristic); 16 and 18 are
        the two kinds of high dynamic range.
    """

    coded_width: int
    coded_height: int
    pixel_aspect: Fraction
    rotation_deg: int
    is_mirrored: bool = False
    bottom_field_first: bool = False
    transfer: int = UNSPECIFIED_TRANSFER

    @property
    def turned_sideways(self) -> bool:
        """Whether rotation exchanges width and height."""
        return self.rotation_deg in (90, 270)

    @property
    def square_size(self) -> tuple[int, int]:
        """Width and height with square pixels, before rotation."""
        return max(1, round(self.coded_width * self.pixel_aspect)), self.coded_height

    @property
    def upright_size(self) -> tuple[int, int]:
        """Width and height as seen, full size."""
        width, height = self.square_size
        return (height, width) if self.turned_sideways else (width, height)

    def size_to_decode(self, box: tuple[int, int] | None) -> tuple[int, int]:
        """Return width and height, before rotation, of the largest picture that fits ``box``.

        The proportions are kept and nothing is ever enlarged: a widget enlarges for free.
        ``None`` is full size.
        """
        width, height = self.square_size
        if box is None:
            return width, height
        box_width, box_height = (box[1], box[0]) if self.turned_sideways else box
        scale = min(Fraction(max(1, box_width), width), Fraction(max(1, box_height), height))
        if scale >= 1:
            return width, height
        return max(1, int(width * scale)), max(1, int(height * scale))
