"""Lay the cameras of a session on one clock: offsets, each change a saved edit.

Session time = recording time + offset.  Changing an offset moves a recording under the events;
events keep their session times (docs/decisions/0026).
"""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from imhcode.domain.edit import Cause
from imhcode.domain.errors import Refused
from imhcode.domain.study import Recording
from imhcode.domain.timecode import as_decimal
from imhcode.services.history import History
from imhcode.store.errors import NoSuchEntry
from imhcode.store.study_file import StudyFile
from imhcode.store.study_log import StudyEdit

US_PER_S = 1_000_000
FARTHEST_US = 48 * 3_600 * US_PER_S  #: a recording this far from the session is a slip of the hand

Listener = Callable[[Recording], None]


class OffsetOutOfRange(Refused):
    """Fields: ``offset_s``, ``recording``."""

    sentence = "An offset of {offset_s} s would lay {recording} more than two days away."
    next_step = "Type the seconds by which this camera started later, such as 1.48."


class SameCamera(Refused):
    """Fields: ``recording``."""

    sentence = "Both moments are marked in {recording}."
    next_step = "Mark the second one in another camera."


class SyncingService:
    """The offsets of one session's recordings, with undo that outlives the program.

    Parameters
    ----------
    file : StudyFile
        Open for writing.
    session_id : str
        The session whose recordings are laid out.  Undo takes back only edits of these.
    coder_id : str
        Who does it, for the log.
    """

    def __init__(self, file: StudyFile, session_id: str, coder_id: str) -> None:
        self._log = file.log_of_study()
        self._coder_id = coder_id
        self._recordings = {
            one.id: one for one in file.all(Recording) if one.session_id == session_id
        }
        self._listeners: list[Listener] = []
        self.history: History[StudyEdit] = History()
        for entry in self._log.entries():
            if entry.edit.kind == "recording" and entry.edit.entry_id in self._recordings:
                self.history.remember(entry.cause, entry.edit)

    @property
    def recordings(self) -> tuple[Recording, ...]:
        """The session's recordings with their present offsets."""
        return tuple(self._recordings.values())

    def recording(self, recording_id: str) -> Recording:
        """One of the recordings as it stands (`NoSuchEntry` if it is none of this session)."""
        if recording_id not in self._recordings:
            known = ", ".join(self._recordings) or "none yet"
            raise NoSuchEntry(what="recording", name=recording_id, known=known)
        return self._recordings[recording_id]

    def subscribe(self, listener: Listener) -> None:
        """Call ``listener`` with the recording after every change, in the calling thread."""
        self._listeners.append(listener)

    def set_offset(self, recording_id: str, offset_us: int) -> Recording:
        """Let a recording begin at ``offset_us`` of the session; the same offset leaves no trace.

        Raises
        ------
        OffsetOutOfRange
            More than two days to either side.
        StudyTrouble
            The disk would not; nothing has changed.
        """
        recording = self.recording(recording_id)
        if abs(offset_us) > FARTHEST_US:
            offset_s = as_decimal(offset_us, US_PER_S)
            raise OffsetOutOfRange(offset_s=offset_s, recording=recording_id)
        if offset_us == recording.offset_us:
            return recording
        before, after = {"offset_us": recording.offset_us}, {"offset_us": offset_us}
        return self._commit("do", StudyEdit("recording", recording_id, before, after))

    def nudge_frames(self, recording_id: str, n_frames: int) -> Recording:
        """Move a recording by so many of its own frames, later if positive."""
        recording = self.recording(recording_id)
        return self.set_offset(recording_id, recording.offset_us + frames_us(recording, n_frames))

    def mark_same_moment(
        self, recording_a: str, time_a_us: int, recording_b: str, time_b_us: int
    ) -> Recording:
        """Move ``recording_b`` so that both show one moment at one session time.

        Parameters
        ----------
        recording_a, recording_b : str
            The first stays where it is.
        time_a_us, time_b_us : int
            Onset of the frame that shows the moment, each on its recording's own clock, µs.

        Raises
        ------
        SameCamera
            It is one and the same recording.
        """
        if recording_a == recording_b:
            raise SameCamera(recording=recording_a)
        at_us = self.recording(recording_a).offset_us + time_a_us
        return self.set_offset(recording_b, at_us - time_b_us)

    def undo(self) -> Recording:
        """Take back the latest change of an offset that stands (`NothingToUndo`)."""
        return self._commit("undo", self.history.latest_done().inverse)

    def redo(self) -> Recording:
        """Bring back the latest change taken back (`NothingToRedo`)."""
        return self._commit("redo", self.history.latest_undone())

    def _commit(self, cause: Cause, edit: StudyEdit) -> Recording:
        changed = replace(self.recording(edit.entry_id), **edit.after)
        self._log.append(cause, edit, self._coder_id)
        self._recordings[changed.id] = changed
        self.history.remember(cause, edit)
        for listener in self._listeners:
            listener(changed)
        return changed


def frames_us(recording: Recording, n_frames: int) -> int:
    """How long so many frames of a recording last, µs; of the mean length where it varies."""
    if not recording.frames:
        return 0
    return round(Fraction(n_frames * recording.end_us, recording.frames))
