"""What the sync panel asks for is done by the service, and shown on the wall."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from imhcode.domain.errors import ImhcodeError, Trouble
from imhcode.domain.study import Recording
from imhcode.domain.timecode import from_clock
from imhcode.media.picture import Picture
from imhcode.media.superseded import Superseded
from imhcode.ui.coding.camera_followers import Cameras
from imhcode.ui.coding.camera_frame import offset_in_words
from imhcode.ui.coding.cameras import CameraWall
from imhcode.ui.coding.playback import Playback
from imhcode.ui.coding.sync_panel import ProposalWords, SyncPanel
from imhcode.ui.messages import said

if TYPE_CHECKING:  # services load the database library: not before a study is open
    from imhcode.media.sync_proposal import SyncProposal
    from imhcode.services.syncing import SyncingService


@dataclass(frozen=True, slots=True)
class _Moment:
    """A frame of one camera, on that recording's own clock."""

    recording: Recording
    picture: Picture


class CameraSyncing(QObject):
    """Joins the panel, the offsets of the session and the cameras that show them.

    Signals
    -------
    recording_moved(Recording)
        An offset has changed and is on the disk.
    lead_wanted(str)
        This camera is to lead, so that its moment can be marked.
    said(str, str)
        A sentence for the message strip, and its tone.
    """

    recording_moved = Signal(object)
    lead_wanted = Signal(str)
    said = Signal(str, str)
    _proposed = Signal(object, object)

    def __init__(
        self,
        panel: SyncPanel,
        cameras: Cameras,
        wall: CameraWall,
        playback: Playback,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._panel, self._cameras, self._wall, self._playback = panel, cameras, wall, playback
        self._service: SyncingService | None = None
        self._path_of: Callable[[Recording], Path] = lambda one: Path(one.path)
        self._chosen_id = ""
        self._marked: _Moment | None = None
        self._proposal: SyncProposal | None = None
        self._against = ""
        self._listening: threading.Event | None = None  # set: its answer is not wanted any more
        self._proposed.connect(self._take_proposal)
        panel.camera_chosen.connect(self.choose)
        panel.offset_typed.connect(self._type)
        panel.nudge_asked.connect(self._nudge)
        panel.mark_asked.connect(self.mark)
        panel.unmark_asked.connect(self._unmark)
        panel.proposal_asked.connect(self.propose)
        panel.proposal_taken.connect(self._accept)
        panel.proposal_left.connect(self._leave)
        panel.preview_asked.connect(self._preview)
        panel.undo_asked.connect(lambda: self._attempt(lambda service: service.undo()))
        panel.redo_asked.connect(lambda: self._attempt(lambda service: service.redo()))
        panel.close_asked.connect(self.put_away)
        playback.ready.connect(self._lead_changed)

    def open(
        self, service: "SyncingService", path_of: Callable[[Recording], Path], lead_id: str = ""
    ) -> None:
        """Lay out the cameras of a session: the first that does not lead is meant.

        ``path_of`` says where their files are; without ``lead_id`` the first recording leads.
        """
        self.close()
        self._service, self._path_of = service, path_of
        service.subscribe(self._moved)
        ids = [one.id for one in service.recordings]
        led = lead_id or self._lead_id() or next(iter(ids), "")
        self._chosen_id = next((one for one in ids if one != led), led)
        self._show()

    def close(self) -> None:
        """Let go of the session."""
        self._stop_listening()
        self._service = self._marked = self._proposal = None
        self._panel.show_marked("", None)
        self._panel.show_proposal(None)

    def put_away(self) -> None:
        """Hide the panel; what was only looked at goes back to what is saved."""
        self._stop_listening()
        self._leave()
        self._unmark()
        self._panel.hide()

    def choose(self, recording_id: str) -> None:
        """Mean another camera's offset."""
        self._leave()
        self._chosen_id = recording_id
        self._show()

    # -- the same moment in two pictures -----------------------------------------------------

    def mark(self) -> None:
        """Mark the moment on the leading camera's picture: the first stays, the second moves."""
        painted, recording = self._wall.painted, self._playback.recording
        if painted is None or recording is None or self._service is None:
            return
        self._playback.pause()
        painted = self._wall.painted or painted
        if self._marked is None:
            self._marked = _Moment(recording, painted)
            words = self.tr("{camera}, frame {frame}")
            shown = words.format(camera=_name(recording), frame=painted.frame)
            self._panel.show_marked(shown, _still(painted))
            next_id = self._chosen_id if self._chosen_id != recording.id else self._other(recording)
            self._show()
            if next_id:
                self.lead_wanted.emit(next_id)
            return
        first = self._marked
        changed = self._attempt(
            lambda service: service.mark_same_moment(
                first.recording.id, first.picture.time_us, recording.id, painted.time_us
            )
        )
        if changed:
            self._chosen_id = recording.id
            self._unmark()

    def _unmark(self) -> None:
        self._marked = None
        self._panel.show_marked("", None)
        self._show()

    def _other(self, recording: Recording) -> str:
        recordings = self._service.recordings if self._service else ()
        return next((one.id for one in recordings if one.id != recording.id), "")

    # -- a proposal from the sound -----------------------------------------------------------

    def propose(self) -> None:
        """Compare the chosen camera's sound with the leading one's, in the background."""
        service = self._service
        if service is None or not self._chosen_id:
            return
        self._stop_listening()
        second = service.recording(self._chosen_id)
        led = self._lead_id()
        self._against = led if led and led != second.id else self._other(second)
        if not self._against:
            return
        paths = [self._path_of(service.recording(self._against)), self._path_of(second)]
        stop = self._listening = threading.Event()
        self._panel.show_listening()

        def work() -> None:
            from imhcode.media.sync_proposal import propose_sync  # noqa: PLC0415

            try:
                found: object = propose_sync(*paths, wanted=lambda: not stop.is_set())
            except Superseded:
                return
            except ImhcodeError as error:
                found = error
            self._proposed.emit(stop, found)

        threading.Thread(target=work, name="compare sound", daemon=True).start()

    def _take_proposal(self, stop: threading.Event, found: object) -> None:
        if stop is not self._listening or self._service is None:
            return
        self._listening = None
        if isinstance(found, ImhcodeError):
            self._panel.show_answer(said(found))
            return
        if found is None:
            self._panel.show_answer(
                self.tr("There is no sound in common: mark the same moment instead.")
            )
            return
        self._proposal = found  # type: ignore[assignment]
        self._panel.show_proposal(self._in_words(found))  # type: ignore[arg-type]

    def _in_words(self, proposal: "SyncProposal") -> ProposalWords:
        words = [
            self.tr("{camera} starts at {offset}.").format(
                camera=_name(self._recording()), offset=offset_in_words(self._offset_us(proposal))
            ),
            self.tr("Confidence {confidence:.2f}: {sure}.").format(
                confidence=proposal.confidence,
                sure=self.tr("one place fits") if proposal.is_sure else self.tr("look closely"),
            ),
        ]
        frame_us = 40_000
        if proposal.drift_us is not None and abs(proposal.drift_us) > frame_us:
            words.append(
                self.tr("The two clocks drift apart by {ms} ms: sync near what you code.").format(
                    ms=round(abs(proposal.drift_us) / 1_000)
                )
            )
        return ProposalWords(" ".join(words), self._chosen_id != self._lead_id())

    def _offset_us(self, proposal: "SyncProposal") -> int:
        against = self._service.recording(self._against).offset_us if self._service else 0
        return against + proposal.lag_us

    def _preview(self, on: bool) -> None:
        if self._service is None or self._proposal is None:
            return
        recording = self._recording()
        if on and recording.id != self._lead_id():  # on the leading camera events are coded
            recording = replace(recording, offset_us=self._offset_us(self._proposal))
        self._cameras.set_recording(recording)

    def _accept(self) -> None:
        proposal = self._proposal
        if proposal is not None:
            offset_us = self._offset_us(proposal)
            self._leave()
            self._attempt(lambda service: service.set_offset(self._chosen_id, offset_us))

    def _leave(self) -> None:
        if self._service is not None and self._proposal is not None:
            self._cameras.set_recording(self._recording())
        self._proposal = None
        self._panel.show_proposal(None)

    def _stop_listening(self) -> None:
        if self._listening is not None:
            self._listening.set()
            self._listening = None

    # -- offsets -----------------------------------------------------------------------------

    def _type(self, text: str) -> None:
        typed = text.replace("\N{MINUS SIGN}", "-").removeprefix("+")
        self._attempt(lambda service: service.set_offset(self._chosen_id, from_clock(typed)))
        self._show()

    def _nudge(self, n_frames: int) -> None:
        self._leave()
        self._attempt(lambda service: service.nudge_frames(self._chosen_id, n_frames))

    def _attempt(self, act: "Callable[[SyncingService], Recording]") -> bool:
        """Ask the service; say what the rules or the disk have against it."""
        if self._service is None:
            return False
        try:
            act(self._service)
        except ImhcodeError as error:
            self.said.emit(said(error), "trouble" if isinstance(error, Trouble) else "refused")
            return False
        return True

    def _moved(self, recording: Recording) -> None:
        self._cameras.set_recording(recording)
        self._show()
        self.recording_moved.emit(recording)

    def _lead_changed(self) -> None:
        self._panel.preview.setChecked(False)
        self._panel.preview.setEnabled(self._chosen_id != self._lead_id())
        self._show()

    # -- what is shown -----------------------------------------------------------------------

    def _recording(self) -> Recording:
        if self._service is None:
            msg = "no session is open"
            raise ValueError(msg)
        return self._service.recording(self._chosen_id)

    def _lead_id(self) -> str:
        return "" if self._playback.recording is None else self._playback.recording.id

    def _show(self) -> None:
        service = self._service
        if service is None:
            return
        self._panel.show_cameras(service.recordings, self._chosen_id)
        self._panel.show_history(
            can_undo=service.history.can_undo, can_redo=service.history.can_redo
        )
        led = self._playback.recording
        if led is None:
            self._panel.show_mark_words("", can_mark=False)
        elif self._marked is None:
            words = self.tr("Same moment: mark it in {camera}")
            self._panel.show_mark_words(words.format(camera=_name(led)), can_mark=True)
        elif self._marked.recording.id == led.id:
            self._panel.show_mark_words(self.tr("Let the other camera lead"), can_mark=False)
        else:
            words = self.tr("Mark the same moment in {camera}")
            self._panel.show_mark_words(words.format(camera=_name(led)), can_mark=True)


def _name(recording: Recording) -> str:
    return Path(recording.path).stem


def _still(picture: Picture) -> QPixmap:
    image = QImage(
        picture.pixels.tobytes(),
        picture.width,
        picture.height,
        picture.width * 3,
        QImage.Format.Format_RGB888,
    )
    return QPixmap.fromImage(image)
