"""One picture of a recording, with the truth about which one it is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Picture:
    """An upright picture with square pixels, ready to paint.

    Attributes
    ----------
    frame : int
        Its number, counted from 0 in display order.
    time_us : int
        Its onset on the recording's own clock, µs.
    width, height : int
        Size in pixels, after rotation and scaling.
    pixels : ndarray of uint8, shape (height, width, 3)
        Red, green, blue; rows are contiguous; not to be written to.
    is_exact : bool
        Whether it is the frame that was asked for.  Otherwise it stands in for that one until it
        is decoded; `frame` and `time_us` are still the truth about what is seen.
    is_damaged : bool
        Whether the decoder found it damaged, or one that it is built on.
    is_deinterlaced : bool
        Whether it was made of one field of an interlaced frame.
    """

    frame: int
    time_us: int
    width: int
    height: int
    pixels: NDArray[np.uint8]
    is_exact: bool = True
    is_damaged: bool = False
    is_deinterlaced: bool = False

    def __post_init__(self) -> None:
        self.pixels.flags.writeable = False
