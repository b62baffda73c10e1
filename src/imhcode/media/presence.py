"""Which frame of a camera belongs to an instant of the session, and when it shows none."""

from imhcode.media.frame_times import FrameTimes

HOLE_US = 1_000_000  #: a frame that would stand longer than this is followed by a hole
ROUNDING_US = 5  #: times that differ by less are one instant, see `Presence`
_FRAMES_IN_A_HOLE = 4  # or, of a very slow camera, longer than so many frames


class Presence:
    """Which frame a recording shows at a time, and when it shows none.

    Before its first frame, after its last, and where it stopped for a while there is no picture:
    the last one before a hole is shown for as long as a frame lasts.

    Onsets and offsets are whole microseconds.  Where two cameras lie whole frames apart, a frame
    is due at the very instant another begins, give or take that rounding and what a few nudges
    add to it; it must not flicker between two frames for a microsecond.

    Parameters
    ----------
    times : FrameTimes
        Of the recording.
    """

    def __init__(self, times: FrameTimes) -> None:
        self.times = times
        self._frame_us = round(1_000_000 / times.nominal_rate_hz)
        self._hole_us = max(HOLE_US, _FRAMES_IN_A_HOLE * self._frame_us)

    def frame_at(self, time_us: int) -> int | None:
        """The frame on screen at a time of the recording; ``None`` where there is none."""
        if not -ROUNDING_US <= time_us < self.times.end_us:
            return None
        frame = self.times.nearest_frame_at(time_us + ROUNDING_US)
        since_us = time_us - self.times.time_of(frame)
        if since_us >= self._frame_us and self._until_next_us(frame) > self._hole_us:
            return None
        return frame

    def _until_next_us(self, frame: int) -> int:
        if frame == self.times.last_frame:
            return self.times.end_us - self.times.time_of(frame)
        return self.times.time_of(frame + 1) - self.times.time_of(frame)
