"""A picture that plays one stretch of one session again and again, on a clock of its own."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from imhcode.domain.study import Recording
from imhcode.media.picture import Picture
from imhcode.ui import theme
from imhcode.ui.coding.picture_view import PictureView
from imhcode.ui.coding.playback import Playback
from imhcode.ui.family.words import clock_words
from imhcode.ui.widgets.line_label import LineLabel
from imhcode.ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from imhcode.domain.moment import Moment
    from imhcode.services.studies import StudyService

SHORTEST_US = 1_000_000  #: of a moment, so that there is something to see


class LoopPlayer(QWidget):
    """Shows what it is told to; nothing until then.

    Signals
    -------
    changed()
        It plays, or stands, or is heard, or shows something else.
    """

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setAccessibleName(name)
        self.moment: Moment | None = None
        self.playback = Playback(self)
        self.picture = PictureView()
        self.words = WrappedLabel()
        self.clock = LineLabel(dim=True)
        unit = theme.UNIT_PX
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.words.setContentsMargins(unit * 2, unit, unit * 2, 0)
        self.clock.setContentsMargins(unit * 2, 0, unit * 2, unit)
        column.addWidget(self.picture, 1)
        column.addWidget(self.words)
        below = QVBoxLayout()
        below.setContentsMargins(unit * 2, 0, unit * 2, unit)
        below.addWidget(self.clock)
        column.addLayout(below)
        self.picture.size_wanted.connect(self.playback.set_size)
        self.playback.picture_due.connect(self._show_picture)
        # Queued: what has just been opened goes to its first frame once everybody has heard of it.
        self.playback.ready.connect(self.play, Qt.ConnectionType.QueuedConnection)
        self.playback.trouble.connect(self.picture.show_words)
        self.playback.playing_changed.connect(lambda _: self._tell())
        self.playback.listening.changed.connect(self._tell)
        self.clear()

    @property
    def stretch_us(self) -> tuple[int, int] | None:
        """What is looped."""
        if self.moment is None:
            return None
        onset_us = self.moment.onset_us
        return onset_us, max(self.moment.offset_us or 0, onset_us + SHORTEST_US)

    def show_moment(self, study: "StudyService", moment: "Moment", words: str) -> None:
        """Play a moment again and again."""
        from imhcode.services.sound_pictures import folder_for  # noqa: PLC0415

        self.playback.close()
        self.moment = moment
        self.words.say(words)
        recording = _recording_of(study, moment)
        if recording is None:
            self.picture.show_words(self.tr("The recording of this session is not here."))
        else:
            self.picture.show_words(self.tr("Reading the frame times…"))
            self.playback.open(
                recording,
                study.path_of(recording),
                moment.onset_us,
                index_folder=folder_for(study.path),
            )
        self._tell()

    def clear(self) -> None:
        """Let go of what was shown."""
        self.playback.close()
        self.moment = None
        self.words.say("")
        self.picture.show_words(self.tr("Choose a moment above and put it here."))
        self._tell()

    def play(self) -> None:
        """Play from the beginning of the moment, round and round."""
        stretch_us = self.stretch_us
        if stretch_us is not None:
            self.playback.play_stretch(*stretch_us, loop=True)

    def pause(self) -> None:
        """Stand still."""
        self.playback.pause()

    def toggle(self) -> None:
        """Play if it stands, stand if it plays."""
        if self.playback.is_playing:
            self.pause()
        else:
            self.play()

    def _show_picture(self, picture: Picture) -> None:
        self.picture.show_soon(picture)
        self._tell(self.playback.stamp_of(picture).time_us)

    def _tell(self, time_us: int | None = None) -> None:
        if self.moment is None:
            self.clock.show_text("")
        else:
            now_us = self.playback.now_us() if time_us is None else time_us
            how = self.tr("plays") if self.playback.is_playing else self.tr("stands still")
            heard = self.tr("silent") if self.playback.listening.muted else self.tr("heard")
            self.clock.show_text(f"{clock_words(now_us)} · {how} · {heard}")
        if time_us is None:
            self.changed.emit()


def _recording_of(study: "StudyService", moment: "Moment") -> Recording | None:
    """The recording a moment was marked on, else the first of its session that is here."""
    there = [
        one for one in study.session(moment.session_id).recordings if study.state_of(one) == "there"
    ]
    marked = [one for one in there if one.id == moment.event.recording]
    return next(iter((*marked, *there)), None)
