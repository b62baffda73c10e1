"""What is played: from where to where, how fast, and which frames of it."""

import math
from dataclasses import dataclass, replace

from imhcode.media.frame_times import FrameTimes
from imhcode.media.picture import Picture

SLOWEST, FASTEST = 0.1, 4.0  #: forward or, without sound, backward
_MOST_SHOWN_HZ = 60  # a screen shows no more: at high speed some frames are left out by plan


@dataclass(frozen=True)
class PlayPlan:
    """The stretch ``[begin_us, until_us)`` of a recording at a speed.

    Attributes
    ----------
    times : FrameTimes
        Those of the recording.
    until_us : int
        Where playing ends, µs.
    begin_us : int
        Where it begins again when it `loops`, µs.
    loops : bool
        Whether it is played again and again.
    speed : float
        Recording time a unit of real time; below 0 is backward.
    """

    times: FrameTimes
    until_us: int
    begin_us: int = 0
    loops: bool = False
    speed: float = 1.0

    @property
    def is_forward(self) -> bool:
        """Whether time runs its natural way."""
        return self.speed > 0

    @property
    def is_stretch(self) -> bool:
        """Whether playing ends before the recording does."""
        return self.until_us < self.times.end_us

    @property
    def stride(self) -> int:
        """Every how many frames one is shown."""
        frames_a_second = self.times.nominal_rate_hz * abs(self.speed)
        return max(1, math.ceil(frames_a_second / _MOST_SHOWN_HZ - 0.05))

    def at_speed(self, speed: float) -> "PlayPlan":
        """The same at another speed, 0.1 to 4 either way; backward it ends at the beginning.

        Raises
        ------
        ValueError
            The speed is 0.
        """
        if speed == 0:
            msg = "a speed is not 0: pause"
            raise ValueError(msg)
        size = min(max(abs(speed), SLOWEST), FASTEST)
        if speed > 0:
            return replace(self, speed=size)
        return replace(self.whole(), speed=-size)

    def whole(self) -> "PlayPlan":
        """The whole recording at the same speed."""
        return PlayPlan(self.times, self.times.end_us, speed=self.speed)

    def stretch(self, from_us: int, until_us: int, *, loop: bool) -> "PlayPlan":
        """A stretch, forward; it begins with the frame on screen at ``from_us``."""
        begin_us = self.times.time_of(self.times.nearest_frame_at(max(0, from_us)))
        until_us = min(max(until_us, begin_us + 1), self.times.end_us)
        return PlayPlan(self.times, until_us, begin_us, loop, abs(self.speed))

    def goes_on_from(self, frame: int) -> bool:
        """Whether there is anything to play from a frame."""
        return frame < self.times.last_frame if self.is_forward else frame > 0

    def has_ended(self, *, is_up: bool, is_dry: bool, at_begin: bool) -> bool:
        """Whether playing is over.

        Parameters
        ----------
        is_up : bool
            The clock has reached the end.
        is_dry : bool
            No picture waits or is being decoded.
        at_begin : bool
            The first frame of the recording was asked for last.
        """
        if not self.is_forward:
            return is_dry and at_begin
        # The recording's last frame is shown even where the decoder is late.
        return is_up and (is_dry or self.is_stretch)

    def is_due(self, picture: Picture, now_us: int) -> bool:
        """Whether a picture's turn has come; backward it comes on at its end."""
        if self.is_forward:
            return picture.time_us <= now_us and picture.time_us < self.until_us
        is_last = picture.frame == self.times.last_frame
        return is_last or now_us < self.times.time_of(picture.frame + 1)
