"""Whose sound is heard with the leading camera's pictures: its own, or another camera's."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from imhcode.domain.study import Recording
from imhcode.ui.coding.cameras import CameraWall
from imhcode.ui.coding.playback import Playback

if TYPE_CHECKING:
    from imhcode.ui.coding.camera_followers import Cameras


class HeardCamera(QObject):
    """One camera is heard at a time; silencing it on the wall silences it wherever it hangs.

    Parameters
    ----------
    playback : Playback
        Of the leading camera.
    wall : CameraWall
        Where one camera is chosen or silenced.
    cameras : Cameras
        Those that follow.

    Signals
    -------
    said(str, str)
        A sentence and its tone.
    """

    said = Signal(str, str)

    def __init__(
        self, playback: Playback, wall: CameraWall, cameras: "Cameras", parent: QObject
    ) -> None:
        super().__init__(parent)
        self._playback, self._wall, self._cameras = playback, wall, cameras
        self._chosen = ""
        wall.hear_asked.connect(self.hear)
        wall.mute_asked.connect(self._mute)
        playback.ready.connect(self._start_over)

    @property
    def recording_id(self) -> str:
        """The recording that is heard; empty while none is open."""
        led = self._playback.recording
        return self._chosen or ("" if led is None else led.id)

    def hear(self, recording_id: str) -> None:
        """Hear this camera from now on, at the session time of the pictures."""
        led = self._playback.recording
        if led is None:
            return
        listening = self._playback.listening
        if not listening.has_sound:
            words = self.tr("The leading camera has no sound track to play another one in.")
            self.said.emit(words, "refused")
            return
        if recording_id == led.id:
            self._chosen = ""
            listening.hear(None)
        else:
            follower = self._cameras.follower(recording_id)
            track = None if follower is None else follower.sound_track
            if follower is None or track is None:
                self.said.emit(self.tr("This camera has no sound."), "refused")
                return
            self._chosen = recording_id
            listening.hear(track.under(led.offset_us - follower.recording.offset_us))
        self._wall.show_heard(self._chosen)
        listening.set_muted(self._wall.is_muted(self.recording_id))

    def moved(self, recording: Recording) -> None:
        """A camera lies elsewhere on the session clock: what is heard of it moves along."""
        led = self._playback.recording
        if self._chosen and led is not None and recording.id in (self._chosen, led.id):
            self.hear(self._chosen)

    def _start_over(self) -> None:
        """Another camera leads: it is heard, unless it was silenced."""
        self._chosen = ""
        self._wall.show_heard("")
        if self._wall.is_muted(self.recording_id):
            self._playback.listening.set_muted(True)

    def _mute(self, recording_id: str, muted: bool) -> None:
        if recording_id == self.recording_id:
            self._playback.listening.set_muted(muted)
