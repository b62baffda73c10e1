"""One recording, watched on the clinician's screen: picture, sound, and where it is."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from imhcode.domain.event import Stamp
from imhcode.domain.timecode import as_clock
from imhcode.media.picture import Picture
from imhcode.ui import theme
from imhcode.ui.coding.picture_view import PictureView
from imhcode.ui.coding.playback import Playback
from imhcode.ui.parent.chosen import recording_of

if TYPE_CHECKING:
    from imhcode.services.studies import StudyService

LEAD_US = 1_000_000  #: played before a moment


class Tape(QWidget):
    """A picture with its own clock; several of them play side by side without knowing each other.

    Signals
    -------
    said(str)
        The recording cannot be shown or heard; the sentence.
    """

    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.playback = Playback(self)
        self.picture = PictureView()
        self.where = QLabel()
        self.pace = QLabel()
        self._session = ""
        self._wanted: tuple[int, int, bool] | None = None
        row = QHBoxLayout()
        row.setContentsMargins(theme.UNIT_PX, 0, theme.UNIT_PX, 0)
        row.addWidget(self.where, 1)
        row.addWidget(self.pace)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT_PX // 2)
        column.addWidget(self.picture, 1)
        column.addLayout(row)
        self.picture.size_wanted.connect(self.playback.set_size)
        self.playback.picture_due.connect(self._show_picture)
        self.playback.speed_changed.connect(self._show_speed)
        # Queued: what has just been opened goes to its first frame once everybody has heard of it.
        self.playback.ready.connect(self._go_on, Qt.ConnectionType.QueuedConnection)
        self.playback.trouble.connect(self._tell)
        self.playback.sound_trouble.connect(self.said)

    def open_session(
        self, study: "StudyService", session_id: str, at_us: int | None = None
    ) -> bool:
        """Show a session's leading recording, or one that has an instant; whether it is there."""
        from imhcode.services.sound_pictures import folder_for  # noqa: PLC0415

        if at_us is None:
            at_us = study.extent_us(session_id)[0]
        recording = recording_of(study, session_id, at_us)
        shown = self.playback.recording
        if session_id == self._session and shown is not None and shown == recording:
            return True
        self.close_session()
        self._session = session_id
        if recording is None or study.state_of(recording) != "there":
            self.picture.show_words(self.tr("The recording of this session is not here."))
            return False
        self.picture.show_words(self.tr("Reading the frame times…"))
        self.playback.open(recording, study.path_of(recording), at_us, folder_for(study.path))
        return True

    def close_session(self) -> None:
        """Let go of the recording."""
        self._session, self._wanted = "", None
        self.playback.close()
        self.picture.show_words("")
        self.where.clear()

    def stamp(self) -> Stamp:
        """The picture that is really on screen."""
        painted = self.picture.painted
        if painted is None:
            return Stamp(self.playback.now_us())
        return self.playback.stamp_of(painted)

    def play_stretch(self, from_us: int, until_us: int, *, loop: bool = False) -> None:
        """Play a stretch with a little before it; as soon as the recording is open."""
        self._wanted = from_us, until_us, loop
        if self.playback.frame_times is not None:
            self._go_on()

    def shift(self, distance_us: int) -> None:
        """Go some way on or back; playing goes on."""
        self.playback.shift(distance_us)

    def _go_on(self) -> None:
        if self._wanted is not None:
            from_us, until_us, loop = self._wanted
            self._wanted = None
            self.playback.play_stretch(from_us, until_us, loop=loop, lead_in_us=LEAD_US)

    def _show_picture(self, picture: Picture) -> None:
        self.picture.show_picture(picture)
        at = self.playback.stamp_of(picture)
        words = self.tr("{time} · frame {frame}")
        self.where.setText(words.format(time=as_clock(at.time_us), frame=picture.frame))

    def _show_speed(self, speed: float) -> None:
        self.pace.setText("" if speed == 1 else f"{speed:g}×")

    def _tell(self, words: str) -> None:
        self.picture.show_words(words)
        self.said.emit(words)
