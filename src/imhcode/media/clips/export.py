"""Write a clip: all of it, checked, or nothing.  Recordings are only read."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

from imhcode.media.clips.clip_sound import ClipSound
from imhcode.media.clips.encoder import ClipEncoder
from imhcode.media.clips.errors import (
    ClipDiffers,
    ClipIsNoMp4,
    ClipIsThere,
    ClipNotWritten,
    ClipStopped,
    NoRoomForClip,
)
from imhcode.media.clips.half_file import half_file
from imhcode.media.clips.masking import Pixels
from imhcode.media.clips.pictures import ClipPictures
from imhcode.media.clips.plan import ClipPlan, Shot
from imhcode.media.clips.schedule import ShotSpan
from imhcode.media.errors import DamagedFrame
from imhcode.media.exact_mp4 import LONGEST_FRAME_US, lack_of_room, written_times
from imhcode.media.fingerprint import fingerprint, quick_fingerprint
from imhcode.media.superseded import Superseded

NOT_DEIDENTIFIED = (
    "Hidden faces do not make a video anonymous: voices, bodies, clothes, rooms and what is said "
    "still tell who it is. Treat this clip as you treat the recording."
)
_SHARE_OF_RAW = 1 / 8  # of its bare bytes takes a clip of a dim room; most take a twentieth of it
_RAW_BYTES_A_PIXEL = 3 / 2
_SOUND_BYTES_A_SECOND = 25_000
_LOOK_EVERY = 64  # pictures between two looks at the free room
_WRITING_SHARE = 0.97  # of the progress; the rest is reading the file again


@dataclass(frozen=True, slots=True)
class ClipMade:
    """What was written.

    Attributes
    ----------
    path : Path
        The clip.
    frames : int
        Its number of pictures.
    duration_us : int
        How long it is.
    size : (int, int)
        Width and height, pixels.
    has_sound : bool
        Whether there is a sound track in it.
    spans : tuple of ShotSpan
        For each shot of the plan its first and last frame, and where they lie.
    left_out : tuple of (Path, int)
        Damaged frames of recordings that are not in it; all others are there at their times.
    sha256 : str
        Of the file.
    warnings : tuple of str
        What whoever hands it on has to know.
    """

    path: Path
    frames: int
    duration_us: int
    size: tuple[int, int]
    has_sound: bool
    spans: tuple[ShotSpan, ...]
    left_out: tuple[tuple[Path, int], ...]
    sha256: str
    warnings: tuple[str, ...]


def export_clip(
    plan: ClipPlan,
    to: str | os.PathLike[str],
    *,
    index_folder: Path | None = None,
    on_progress: Callable[[float], None] = lambda _: None,
    wanted: Callable[[], bool] = lambda: True,
) -> ClipMade:
    """Write a clip to the new file ``to`` and check that every picture stands at its time.

    Parameters
    ----------
    plan : ClipPlan
        What it shows.
    to : path-like
        A file ending with ``.mp4`` that is not there yet.
    index_folder : Path or None
        See `imhcode.media.source.open_source`.
    on_progress : callable
        Gets the share done, from 0 to 1; in this thread.
    wanted : callable
        Asked again and again; when it says no, `ClipStopped` is raised.

    Raises
    ------
    ClipIsNoMp4, ClipIsThere, StretchOutside, ClipStopped
        Refused; nothing was written or nothing is left of it.
    NoRoomForClip, ClipNotWritten, ClipDiffers, DamagedFrame
        Trouble; nothing is left of the clip.
    Refused, Trouble
        What is wrong with a recording.
    """
    target = Path(to).absolute()
    if target.suffix.lower() != ".mp4":
        raise ClipIsNoMp4(path=target)
    if target.exists():
        raise ClipIsThere(path=target)
    before = _fingerprints(plan)
    try:
        with ExitStack() as stack:
            pictures = stack.enter_context(ClipPictures(plan, index_folder, wanted=wanted))
            sound = stack.enter_context(closing(ClipSound(pictures)))
            schedule = pictures.schedule
            if schedule.longest_frame_us() > LONGEST_FRAME_US:
                why = "two frames lie more than 35 minutes apart"
                raise ClipNotWritten(path=target, reason=why)
            _check_room(target.parent, _needed_bytes(pictures))
            half = stack.enter_context(half_file(target))
            work = _Writing(pictures, sound, target, half)
            n_frames = work.run(on_progress, wanted)
            if _fingerprints(plan) != before:
                raise ClipDiffers(path=target, what="a recording has changed meanwhile")
            sha256 = fingerprint(half)
    except Superseded:
        raise ClipStopped(path=target) from None
    except FileExistsError:
        raise ClipIsThere(path=target) from None
    except (OSError, av.error.FFmpegError) as error:
        raise ClipNotWritten(path=target, reason=error.strerror or error) from error
    on_progress(1.0)
    return ClipMade(
        path=target,
        frames=n_frames,
        duration_us=schedule.end_us,
        size=pictures.size,
        has_sound=sound.n_samples > 0,
        spans=tuple(
            schedule.span(part) for part, one in enumerate(plan.parts) if isinstance(one, Shot)
        ),
        left_out=tuple(pictures.damaged),
        sha256=sha256,
        warnings=(NOT_DEIDENTIFIED,) if plan.has_masks else (),
    )


class _Writing:
    """One run through the clip."""

    def __init__(self, pictures: ClipPictures, sound: ClipSound, target: Path, half: Path) -> None:
        self._pictures, self._sound = pictures, sound
        self._target, self._half = target, half
        self._times_us: list[int] = []

    def run(self, on_progress: Callable[[float], None], wanted: Callable[[], bool]) -> int:
        """Write all of it and check it; return the number of pictures."""
        schedule = self._pictures.schedule
        rate_hz = len(schedule) * 1_000_000 / schedule.end_us
        with ClipEncoder(self._half, self._pictures.size, rate_hz, self._sound) as encoder:
            for pixels, time_us, duration_us in self._shown(wanted):
                if len(self._times_us) % _LOOK_EVERY == 0:
                    _check_room(self._half.parent, 0)
                encoder.write(pixels, time_us, duration_us)
                self._times_us.append(time_us)
                on_progress(_WRITING_SHARE * time_us / schedule.end_us)
        written = written_times(self._half)
        expected = np.array(self._times_us, dtype=np.int64)
        if not np.array_equal(written.times_us, expected) or written.end_us != schedule.end_us:
            raise ClipDiffers(path=self._target, what="its pictures came out at other times")
        return len(expected)

    def _shown(self, wanted: Callable[[], bool]) -> Iterator[tuple[Pixels, int, int]]:
        """Every picture with its time and how long it stands: until the next that is whole."""
        schedule = self._pictures.schedule
        waiting: tuple[Pixels, int] | None = None
        for number in range(len(schedule)):
            if not wanted():
                raise Superseded
            try:
                pixels = self._pictures.picture(number, wanted)
            except DamagedFrame:
                if schedule.is_first_of_part(number):
                    raise  # the picture before it belongs to another shot
                continue
            time_us = schedule.frame(number).time_us
            if waiting is not None:
                yield *waiting, time_us - waiting[1]
            waiting = (pixels, time_us)
        if waiting is not None:
            yield *waiting, schedule.end_us - waiting[1]


def _needed_bytes(pictures: ClipPictures) -> int:
    width, height = pictures.size
    raw = width * height * _RAW_BYTES_A_PIXEL * len(pictures)
    seconds = pictures.schedule.end_us / 1_000_000
    return int(raw * _SHARE_OF_RAW + seconds * _SOUND_BYTES_A_SECOND)


def _check_room(folder: Path, needed_bytes: int) -> None:
    lack = lack_of_room(folder, needed_bytes)
    if lack is not None:
        raise NoRoomForClip(**lack)


def _fingerprints(plan: ClipPlan) -> dict[Path, str]:
    """What tells whether a film has been changed; stills are not looked at."""
    cameras = [one for shot in plan.shots for one in (*shot.cameras, shot.sound_from)]
    films = {one.path for one in cameras if one is not None and not one.interval_us}
    return {path: quick_fingerprint(path) for path in films}
