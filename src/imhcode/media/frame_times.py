"""When each frame of a recording is shown: the truth every other clock follows."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from imhcode.media.errors import FrameOutOfRange, TimeOutOfRange

# Matroska and FLV write whole milliseconds, so a constant rate wanders by up to one tick to
# either side of its grid; a wider spread means that the rate really varies.
_ROUNDING_SPREAD_US = 2_002


def ticks_to_us(ticks: NDArray[np.int64], time_base: Fraction) -> NDArray[np.int64]:
    """Convert container ticks to whole microseconds, halves upwards, in integers only.

    ``time_base`` is seconds a tick.  With ``p/q`` microseconds a tick in lowest terms the result
    is ``floor(ticks * p / q + 1/2)``; the whole part is split off first, so that no product
    leaves 64 bits at any time base in use.  A 1/30000 or 1/90000 time base is thus rounded by
    at most 0.5 µs, never by the drift of a float.

    Parameters
    ----------
    ticks : ndarray of int64, any shape
        Ticks counted from the first shown frame.
    time_base : Fraction
        Seconds a tick.

    Returns
    -------
    ndarray of int64, same shape
        Microseconds.
    """
    us_a_tick = time_base * 1_000_000
    p, q = us_a_tick.numerator, us_a_tick.denominator
    whole, rest = np.divmod(ticks.astype(np.int64), q)
    return np.asarray(whole * p + (2 * rest * p + q) // (2 * q), dtype=np.int64)


@dataclass(frozen=True, eq=False)
class FrameTimes:
    """The onset of every shown frame, on the recording's own clock.

    Attributes
    ----------
    times_us : ndarray of int64, shape (frames,)
        Onset of each frame in display order; the first is 0, none is before its predecessor.
    end_us : int
        End of the last frame: the recording covers ``[0, end_us)``.
    """

    times_us: NDArray[np.int64]
    end_us: int

    def __post_init__(self) -> None:
        if len(self.times_us) == 0 or self.times_us[0] != 0:
            msg = "frame times begin with a first frame at 0"
            raise ValueError(msg)
        if (np.diff(self.times_us) < 0).any() or self.end_us <= self.times_us[-1]:
            msg = "frame times must rise and end after the last frame"
            raise ValueError(msg)
        self.times_us.flags.writeable = False

    def __len__(self) -> int:
        return len(self.times_us)

    @property
    def last_frame(self) -> int:
        """Number of the last frame."""
        return len(self.times_us) - 1

    @property
    def last_us(self) -> int:
        """Onset of the last frame, µs."""
        return int(self.times_us[-1])

    @property
    def nominal_rate_hz(self) -> float:
        """Frames a second: the inverse of the median frame, which a pause does not bend."""
        if len(self) == 1:
            return 1_000_000 / self.end_us
        if self.variable_frame_rate:
            return 1_000_000 / max(1.0, float(np.median(np.diff(self.times_us))))
        return 1_000_000 * self.last_frame / self.last_us

    @property
    def variable_frame_rate(self) -> bool:
        """Whether frames leave the even grid by more than the rounding of a container."""
        if len(self) < 3:
            return False
        even = np.linspace(0.0, float(self.last_us), len(self))
        off = self.times_us - even
        return bool(off.max() - off.min() > _ROUNDING_SPREAD_US)

    def frame_at(self, time_us: int) -> int:
        """Return the frame on screen at ``time_us``: the last one whose onset is not later.

        Raises
        ------
        TimeOutOfRange
            ``time_us`` is outside ``[0, end_us)``.
        """
        if not 0 <= time_us < self.end_us:
            raise TimeOutOfRange(
                time_us=time_us,
                end_us=self.end_us,
                time_s=f"{time_us / 1_000_000:.6f}",
                end_s=f"{self.end_us / 1_000_000:.6f}",
            )
        return self.nearest_frame_at(time_us)

    def nearest_frame_at(self, time_us: int) -> int:
        """Like `frame_at`, but times outside give the first or the last frame: for a player."""
        found = int(np.searchsorted(self.times_us, time_us, side="right")) - 1
        return max(0, found)

    def time_of(self, frame: int) -> int:
        """Return the onset of a frame, µs.

        Raises
        ------
        FrameOutOfRange
            ``frame`` is outside 0 to `last_frame`.
        """
        self.check(frame)
        return int(self.times_us[frame])

    def check(self, frame: int) -> None:
        """Refuse a frame number that this recording has not got (`FrameOutOfRange`)."""
        if not 0 <= frame < len(self):
            raise FrameOutOfRange(frame=frame, last=self.last_frame)

    def clamped(self, frame: int) -> int:
        """Return ``frame``, or the first or last frame where it lies outside."""
        return min(max(0, frame), self.last_frame)
