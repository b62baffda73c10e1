"""Which frame of which camera is shown when: a plan, held against the times of its recordings."""

import math
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from imhcode.domain.timecode import US_PER_S, as_decimal
from imhcode.media.clips.errors import StretchOutside
from imhcode.media.clips.plan import ClipCamera, ClipPlan, Shot, TitleCard
from imhcode.media.frame_times import FrameTimes
from imhcode.media.presence import ROUNDING_US, Presence

_CARD_FRAME_US = 40_000  # a title card stands still, but programs that cut films like a rate


@dataclass(frozen=True, slots=True)
class ClipFrame:
    """One picture of a clip.

    Attributes
    ----------
    part : int
        Which part of the plan it belongs to.
    time_us, duration_us : int
        When it is shown on the clip's own clock, and for how long.
    frames : tuple of (int or None)
        The frame of each camera, ``None`` where a camera has no picture; empty for a title card.
    """

    part: int
    time_us: int
    duration_us: int
    frames: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class ShotSpan:
    """What a shot shows of its leading camera.

    Attributes
    ----------
    first_frame, last_frame : int
        Both are shown.
    from_us, until_us : int
        From the onset of the first to the end of the last, on the session clock.
    """

    first_frame: int
    last_frame: int
    from_us: int
    until_us: int


class Schedule:
    """All pictures of a clip in their order.

    Parameters
    ----------
    plan : ClipPlan
        What is wanted.
    times_of : callable
        Gives the frame times of a camera.

    Attributes
    ----------
    plan : ClipPlan
        What is wanted.
    end_us : int
        How long the clip is.

    Raises
    ------
    StretchOutside
        A leading camera has no pictures for all of its shot.
    """

    def __init__(self, plan: ClipPlan, times_of: Callable[[ClipCamera], FrameTimes]) -> None:
        self.plan = plan
        self._parts: list[_ShotFrames | _CardFrames] = []
        self._first_of_part: list[int] = []
        n_frames = self.end_us = 0
        for part in plan.parts:
            self._first_of_part.append(n_frames)
            frames: _ShotFrames | _CardFrames
            if isinstance(part, TitleCard):
                frames = _CardFrames(part, self.end_us)
            else:
                frames = _ShotFrames(part, self.end_us, [times_of(one) for one in part.cameras])
            self._parts.append(frames)
            n_frames += len(frames)
            self.end_us = frames.end_us
        self._n_frames = n_frames

    def __len__(self) -> int:
        return self._n_frames

    def frame(self, number: int) -> ClipFrame:
        """One picture, counted from 0."""
        if not 0 <= number < self._n_frames:
            raise IndexError(number)
        part = bisect_right(self._first_of_part, number) - 1
        return self._parts[part].frame(part, number - self._first_of_part[part])

    def is_first_of_part(self, number: int) -> bool:
        """Whether a part begins with that picture."""
        return number in self._first_of_part

    def starts_us(self, part: int) -> int:
        """When a part begins on the clip's clock."""
        return self._parts[part].starts_us

    def span(self, part: int) -> ShotSpan:
        """What a part that is a shot shows of its leading camera."""
        frames = self._parts[part]
        if isinstance(frames, _CardFrames):
            msg = "a title card shows no camera"
            raise TypeError(msg)
        return frames.span

    def longest_frame_us(self) -> int:
        """How long the longest of all pictures is shown."""
        return max(part.longest_frame_us for part in self._parts)


class _CardFrames:
    def __init__(self, card: TitleCard, starts_us: int) -> None:
        self.starts_us = starts_us
        self.end_us = starts_us + card.duration_us
        self.longest_frame_us = min(_CARD_FRAME_US, card.duration_us)

    def __len__(self) -> int:
        return math.ceil((self.end_us - self.starts_us) / _CARD_FRAME_US)

    def frame(self, part: int, number: int) -> ClipFrame:
        time_us = self.starts_us + number * _CARD_FRAME_US
        return ClipFrame(part, time_us, min(_CARD_FRAME_US, self.end_us - time_us))


class _ShotFrames:
    def __init__(self, shot: Shot, starts_us: int, times: list[FrameTimes]) -> None:
        self.starts_us = starts_us
        self._times = times[0]
        self._offset_us = shot.cameras[0].offset_us
        self._others = [
            (camera.offset_us, Presence(its_times))
            for camera, its_times in zip(shot.cameras[1:], times[1:], strict=True)
        ]
        self._first, self._last = _frames_within(shot, self._times)
        shown = slice(self._first, self._last + 1)
        end_us = self._end_us(self._last)
        self.longest_frame_us = int(np.diff(self._times.times_us[shown], append=end_us).max())
        self.span = ShotSpan(
            self._first,
            self._last,
            self._offset_us + self._times.time_of(self._first),
            self._offset_us + end_us,
        )
        self.end_us = starts_us + self.span.until_us - self.span.from_us

    def __len__(self) -> int:
        return self._last + 1 - self._first

    def frame(self, part: int, number: int) -> ClipFrame:
        leading = self._first + number
        session_us = self._offset_us + self._times.time_of(leading)
        others = (presence.frame_at(session_us - offset) for offset, presence in self._others)
        return ClipFrame(
            part,
            self.starts_us + session_us - self.span.from_us,
            self._end_us(leading) + self._offset_us - session_us,
            (leading, *others),
        )

    def _end_us(self, frame: int) -> int:
        times = self._times
        return times.end_us if frame == times.last_frame else times.time_of(frame + 1)


def _frames_within(shot: Shot, times: FrameTimes) -> tuple[int, int]:
    """First and last frame of a stretch; edges of frames and of the stretch may differ a little."""
    camera = shot.cameras[0]
    from_us = shot.from_us - camera.offset_us + ROUNDING_US
    until_us = shot.until_us - camera.offset_us - ROUNDING_US
    if from_us < 0 or until_us > times.end_us:
        raise StretchOutside(
            path=camera.path,
            from_s=as_decimal(shot.from_us, US_PER_S),
            until_s=as_decimal(shot.until_us, US_PER_S),
            first_s=as_decimal(camera.offset_us, US_PER_S),
            end_s=as_decimal(camera.offset_us + times.end_us, US_PER_S),
        )
    first = times.nearest_frame_at(from_us)
    return first, max(first, times.nearest_frame_at(until_us - 1))
