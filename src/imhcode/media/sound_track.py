"""Which sound is heard with a recording: its own, or another camera's."""

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from imhcode.media.packet_index import PacketIndex


@dataclass(frozen=True)
class SoundTrack:
    """The first sound track of a file, and where it lies under the pictures.

    Attributes
    ----------
    path : Path
        The file, checked.
    zero_s : Fraction
        What is heard with the first picture: a time on the file's own clock, seconds.
    n_channels : int
        How many channels it has.
    """

    path: Path
    zero_s: Fraction
    n_channels: int

    def under(self, shift_us: int) -> "SoundTrack":
        """Return it as it is heard with another camera's pictures.

        ``shift_us`` is that camera's offset on the session clock minus that of this file, µs.
        """
        return replace(self, zero_s=self.zero_s + Fraction(shift_us, 1_000_000))


def first_picture_s(index: "PacketIndex") -> Fraction:
    """Return when the first picture is shown on the container's clock, seconds.

    Where presentation times are missing, pictures take the places of the decoding times in
    order, and the first one the first of those.
    """
    missing = np.iinfo(np.int64).min
    ticks = index.first_pts
    if ticks == missing:
        ticks = int(index.dts[index.ordinals].min())
    return Fraction(0) if ticks == missing else ticks * index.time_base
