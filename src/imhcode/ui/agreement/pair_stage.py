"""The video and both coders' lanes: where a disagreement is looked at, again and again."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from imhcode.domain.event import Stamp
from imhcode.domain.study import Recording
from imhcode.media.picture import Picture
from imhcode.ui import theme
from imhcode.ui.agreement.both_coders import BothCodersView, CodersRecord
from imhcode.ui.coding.picture_view import PictureView
from imhcode.ui.coding.playback import Playback
from imhcode.ui.widgets.choices import combo

if TYPE_CHECKING:
    from imhcode.services.studies import StudyService

LEAD_US = 1_000_000  #: played before a disagreement
SHORTEST_US = 1_000_000  #: of one, so that there is something to see
LONGEST_US = 20_000_000  #: of a long one, so that its beginning comes round again


class PairStage(QWidget):
    """One session at a time; the sound and picture of one of its cameras.

    Signals
    -------
    trouble(str)
        The recording cannot be shown; the sentence.
    """

    trouble = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.playback = Playback(self)
        self.picture = PictureView()
        self.timeline = BothCodersView()
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setMargin(theme.UNIT_PX)
        self.cameras = combo(self.tr("Camera"))
        self.cameras.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the walk keeps the keys
        self._study: StudyService | None = None
        self._session = ""
        self._wanted: tuple[int, int] | None = None
        self._stretch: tuple[int, int] | None = None
        upper = QWidget()
        above = QVBoxLayout(upper)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(0)
        above.addWidget(self.picture, 1)
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, theme.UNIT_PX, 0)
        below.addWidget(self.words, 1)
        below.addWidget(self.cameras, 0, Qt.AlignmentFlag.AlignTop)
        above.addLayout(below)
        self.cameras.hide()
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(upper)
        split.addWidget(self.timeline)
        split.setStretchFactor(0, 1)
        split.setChildrenCollapsible(False)
        split.setSizes([420, 190])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split)
        self.picture.size_wanted.connect(self.playback.set_size)
        self.playback.picture_due.connect(self._show_picture)
        # Queued: what has just been opened goes to its first frame once everybody has heard of it.
        self.playback.ready.connect(self._play_wanted, Qt.ConnectionType.QueuedConnection)
        self.playback.trouble.connect(self._tell)
        self.timeline.seek_requested.connect(self.seek)
        self.cameras.activated.connect(lambda _: self._watch())

    @property
    def stretch_us(self) -> tuple[int, int] | None:
        """What is looped, without its lead-in."""
        return self._stretch

    def open_session(self, study: "StudyService", session_id: str) -> None:
        """Show a session, unless it is shown already."""
        if session_id == self._session:
            return
        self._session = session_id
        self.playback.close()
        self._wanted = self._stretch = None
        self.timeline.set_range(*_extent_us(study, session_id))
        self.timeline.zoom_to_fit()
        self._study = study
        there = _there(study, session_id)
        self.cameras.clear()
        for one in there:
            self.cameras.addItem(study.path_of(one).stem, one)
        self.cameras.setVisible(len(there) > 1)
        if not there:
            self.picture.show_words(self.tr("The recording of this session is not here."))
            return
        self._watch()

    def next_camera(self) -> None:
        """Show the same with the next camera of the session."""
        if self.cameras.count() > 1:
            self.cameras.setCurrentIndex((self.cameras.currentIndex() + 1) % self.cameras.count())
            self._watch()

    def _watch(self) -> None:
        """Open the camera that is chosen; what was looped is looped again."""
        recording = self.cameras.currentData()
        if self._study is None or recording is None:
            return
        from imhcode.services.sound_pictures import folder_for  # noqa: PLC0415

        study = self._study
        self.playback.close()
        self.picture.show_words(self.tr("Reading the frame times…"))
        self.playback.open(recording, study.path_of(recording), index_folder=folder_for(study.path))

    def show_records(self, records: Sequence[CodersRecord], track_ids: Sequence[str]) -> None:
        """Show these coders' lanes of some tracks one above the other."""
        self.timeline.show_records(records, track_ids)

    def say(self, words: str) -> None:
        """Say below the picture what is looked at."""
        self.words.setText(words)

    def loop(self, stretch_us: tuple[int, int]) -> None:
        """Play a stretch again and again, a little earlier each time, and show where it lies."""
        from_us, until_us = stretch_us
        self._stretch = stretch_us
        self.timeline.look_round(from_us, until_us)
        self._wanted = from_us, from_us + min(max(until_us - from_us, SHORTEST_US), LONGEST_US)
        if self.playback.frame_times is not None:
            self._play_wanted()
        else:
            self.timeline.set_playhead(from_us)

    def show_whole(self) -> None:
        """Stand still and show the whole session: what is looked at has no place in it."""
        self._wanted = self._stretch = None
        self.playback.pause()
        self.timeline.set_attention(None)
        self.timeline.zoom_to_fit()

    def loop_again(self) -> None:
        """Loop what was looped, from its beginning."""
        if self._stretch is not None:
            self.loop(self._stretch)

    def toggle(self) -> None:
        """Stand still, or go on: round and round, if something is looked at."""
        if self.playback.is_playing:
            self.playback.pause()
        elif self._stretch is not None:
            self.loop_again()
        else:
            self.playback.toggle()

    def step(self, frames: int) -> None:
        """Go some frames on or back, and stand there."""
        self.playback.step(frames)

    def seek(self, time_us: int) -> None:
        """Go to an instant and stand there."""
        self.playback.pause()
        self.playback.seek(time_us)
        if self.playback.frame_times is None:
            self.timeline.set_playhead(time_us)

    def stamp(self) -> Stamp | None:
        """The instant of the frame that is really on screen."""
        painted = self.picture.painted
        return None if painted is None else self.playback.stamp_of(painted)

    def close_session(self) -> None:
        """Let go of the recording."""
        self._session = ""
        self._study = None
        self._wanted = self._stretch = None
        self.playback.close()
        self.cameras.clear()
        self.cameras.hide()
        self.picture.show_words("")

    def _play_wanted(self) -> None:
        if self._wanted is not None:
            self.playback.play_stretch(*self._wanted, loop=True, lead_in_us=LEAD_US)

    def _show_picture(self, picture: Picture) -> None:
        self.picture.show_picture(picture)
        self.timeline.set_playhead(self.playback.stamp_of(picture).time_us)

    def _tell(self, words: str) -> None:
        self.picture.show_words(words)
        self.trouble.emit(words)


def _there(study: "StudyService", session_id: str) -> list[Recording]:
    """The recordings of a session whose files are where they should be."""
    recordings = study.session(session_id).recordings
    return [one for one in recordings if study.state_of(one) == "there"]


def _extent_us(study: "StudyService", session_id: str) -> tuple[int, int]:
    from_us, until_us = study.extent_us(session_id)
    return from_us, max(until_us, from_us + 1_000_000)
