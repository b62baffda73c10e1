"""Which frame was on screen at a time of the session, for events that come from files.

Events without frames get them; frames that a file brings are held against the real ones; and, only
if somebody asks for it, times are moved onto the onset of the frame that was on screen.
"""

from dataclasses import dataclass, replace

from imhcode.domain.errors import ImhcodeError
from imhcode.domain.event import Event
from imhcode.domain.study import Recording
from imhcode.media.frame_times import FrameTimes
from imhcode.media.source import open_source
from imhcode.services.import_ground import ImportGround


@dataclass(slots=True)
class Shift:
    """How far times were moved onto frames.

    Attributes
    ----------
    times : int
        How many onsets and offsets lay within a recording.
    """

    times: int = 0
    sum_us: int = 0
    max_us: int = 0

    @property
    def mean_us(self) -> float:
        """The mean over all of them, those that did not move too."""
        return self.sum_us / self.times if self.times else 0.0

    def take(self, moved_us: int) -> None:
        """Count one time that was moved by so much."""
        self.times += 1
        self.sum_us += moved_us
        self.max_us = max(self.max_us, moved_us)


@dataclass(slots=True)
class FrameDoubt:
    """Frames of a file that are not those of the recording at these times.

    Attributes
    ----------
    by_frames : int
        The furthest that one of them is off.
    """

    events: int = 0
    by_frames: int = 0


class FrameFinder:
    """Frames of a study's recordings; each file is read once, and only if an event needs it.

    Parameters
    ----------
    snap : bool
        Whether times are moved onto frames.

    Attributes
    ----------
    unreadable : dict
        Why a recording that is there could not be read, by its id.
    shift : Shift
        How far times were moved.
    doubts : dict
        By recording: frames that a file brought and that are others in the recording.
    """

    def __init__(self, study: ImportGround, *, snap: bool = False) -> None:
        self._study = study
        self._snap = snap
        self._recordings: dict[str, tuple[Recording, ...]] = {}
        self._times: dict[str, FrameTimes | None] = {}
        self.unreadable: dict[str, str] = {}
        self.shift = Shift()
        self.doubts: dict[str, FrameDoubt] = {}
        for entry in study.sessions():
            self._recordings[entry.session.id] = entry.recordings

    def stamped(self, event: Event, session_id: str) -> Event:
        """The event with the frames of the recording that covers its onset, if one does.

        An event that names its recording gets frames of that one; any other gets those of the
        first that covers it.
        """
        for recording in self._recordings.get(session_id, ()):
            at_us = event.onset_us - recording.offset_us
            if event.recording not in ("", recording.id) or not 0 <= at_us < recording.end_us:
                continue
            times = self._times_of(recording)
            if times is None:
                continue
            if self._snap:
                event = self._snapped(event, recording, times)
                at_us = event.onset_us - recording.offset_us
            return self._with_frames(event, recording, times, times.nearest_frame_at(at_us))
        return event

    def end_us(self, session_id: str) -> int | None:
        """Where the last recording of a session ends; ``None`` without any."""
        ends = [one.offset_us + one.end_us for one in self._recordings.get(session_id, ())]
        return max(ends, default=None)

    def _with_frames(
        self, event: Event, recording: Recording, times: FrameTimes, onset_frame: int
    ) -> Event:
        off_by = abs(
            (event.onset_frame if event.onset_frame is not None else onset_frame) - onset_frame
        )
        offset_frame = _offset_frame(event, recording, times)
        if event.offset_frame is not None and offset_frame is not None:
            off_by = max(off_by, abs(event.offset_frame - offset_frame))
        if off_by:
            doubt = self.doubts.setdefault(recording.id, FrameDoubt())
            doubt.events += 1
            doubt.by_frames = max(doubt.by_frames, off_by)
        return replace(
            event, recording=recording.id, onset_frame=onset_frame, offset_frame=offset_frame
        )

    def _snapped(self, event: Event, recording: Recording, times: FrameTimes) -> Event:
        """Onset and offset on the frames that were on screen, unless nothing would be left."""
        onset_us = self._on_frame(event.onset_us, recording, times)
        if event.offset_us is None:
            moved = replace(event, onset_us=onset_us)
        elif event.is_instant:
            moved = replace(event, onset_us=onset_us, offset_us=onset_us)
        else:
            offset_us = self._on_frame(event.offset_us, recording, times)
            if offset_us <= onset_us:
                return event
            moved = replace(event, onset_us=onset_us, offset_us=offset_us)
        self.shift.take(abs(moved.onset_us - event.onset_us))
        if moved.offset_us is not None and event.offset_us is not None and not event.is_instant:
            self.shift.take(abs(moved.offset_us - event.offset_us))
        return moved

    def _on_frame(self, time_us: int, recording: Recording, times: FrameTimes) -> int:
        """The onset of the nearest frame; the end of the recording counts as one."""
        at_us = time_us - recording.offset_us
        if not 0 <= at_us <= times.end_us:
            return time_us
        frame = times.nearest_frame_at(at_us)
        before_us = times.time_of(frame)
        after_us = times.end_us if frame == times.last_frame else times.time_of(frame + 1)
        near_us = before_us if at_us - before_us <= after_us - at_us else after_us
        return near_us + recording.offset_us

    def _times_of(self, recording: Recording) -> FrameTimes | None:
        if recording.id not in self._times:
            self._times[recording.id] = None
            if self._study.state_of(recording) == "there":
                try:
                    source = open_source(self._study.path_of(recording))
                    self._times[recording.id] = source.frame_times
                    source.close()
                except ImhcodeError as failure:
                    self.unreadable[recording.id] = failure.text()
        return self._times[recording.id]


def _offset_frame(event: Event, recording: Recording, times: FrameTimes) -> int | None:
    """The frame on screen at the offset; at the very end of the recording its last one."""
    if event.offset_us is None or event.is_instant:
        return event.offset_frame
    at_us = event.offset_us - recording.offset_us
    return times.nearest_frame_at(at_us) if 0 <= at_us <= times.end_us else event.offset_frame
