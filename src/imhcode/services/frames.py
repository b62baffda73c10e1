"""Which frame was on screen at a time of the session, for events that come without frames."""

from dataclasses import replace

from imhcode.domain.errors import ImhcodeError
from imhcode.domain.event import Event
from imhcode.domain.study import Recording
from imhcode.media.frame_times import FrameTimes
from imhcode.media.source import open_source
from imhcode.services.studies import StudyService


class FrameFinder:
    """Frames of a study's recordings; each file is read once, and only if an event needs it.

    Attributes
    ----------
    unreadable : dict
        Why a recording that is there could not be read, by its id.
    """

    def __init__(self, study: StudyService) -> None:
        self._study = study
        self._recordings: dict[str, tuple[Recording, ...]] = {}
        self._times: dict[str, FrameTimes | None] = {}
        self.unreadable: dict[str, str] = {}
        for entry in study.sessions():
            self._recordings[entry.session.id] = entry.recordings

    def stamped(self, event: Event, session_id: str) -> Event:
        """The event with frames, if it has none and a recording of the session covers its onset.

        An event that names its recording gets frames of that one; any other gets those of the
        first that covers it.
        """
        if event.onset_frame is not None:
            return event
        for recording in self._recordings.get(session_id, ()):
            at_us = event.onset_us - recording.offset_us
            if event.recording not in ("", recording.id) or not 0 <= at_us < recording.end_us:
                continue
            times = self._times_of(recording)
            if times is None:
                continue
            return replace(
                event,
                recording=recording.id,
                onset_frame=times.nearest_frame_at(at_us),
                offset_frame=_offset_frame(event, recording, times),
            )
        return event

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
    if event.offset_frame is not None or event.offset_us is None or event.is_instant:
        return event.offset_frame
    at_us = event.offset_us - recording.offset_us
    return times.nearest_frame_at(at_us) if 0 <= at_us <= times.end_us else None
