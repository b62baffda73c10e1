"""What is shown to a parent now: one moment of a few, played, paused, or nothing at all.

Both screens follow this: the parent's paints it, the clinician's says it in words and notes it.
Whatever goes wrong is told to the clinician only; the parent then sees a calm card.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Qt, Signal

from imhcode.domain.event import Stamp
from imhcode.domain.moment import FamilyMoment
from imhcode.domain.study import Recording
from imhcode.media.picture import Picture
from imhcode.ui.coding.playback import Playback

if TYPE_CHECKING:
    from collections.abc import Callable

    from imhcode.media.audio import SoundSink

State = Literal["blank", "card", "playing", "paused", "still"]
SPEEDS = (1.0, 0.5, 0.25)  #: what *slower* goes through


@dataclass(frozen=True, slots=True)
class Shown:
    """A moment with the recording it is seen in.

    Attributes
    ----------
    path : Path or None
        ``None`` where the file is not there any more: then there is only the card.
    """

    moment: FamilyMoment
    recording: Recording | None
    path: Path | None


class Showing(QObject):
    """The moments chosen for a parent, and the one that is on their screen.

    Signals
    -------
    state_changed(str)
        ``blank`` (nothing), ``card`` (the title), ``playing``, ``paused``, or ``still`` (the
        picture alone).
    moment_changed()
        Another moment, or another speed.
    picture_due(Picture)
        To be painted now; never while it is blank, or a card is shown.
    did(str)
        For the log: ``played``, ``played_again``, ``paused``, ``went_on``, ``ended``.
    trouble(str)
        For the clinician alone: why there is no picture, or no sound.

    Parameters
    ----------
    sink : callable or None
        Makes the sound device; see :class:`Playback`.
    """

    state_changed = Signal(str)
    moment_changed = Signal()
    picture_due = Signal(object)
    did = Signal(str)
    trouble = Signal(str)

    def __init__(
        self, parent: QObject | None = None, *, sink: "Callable[[], SoundSink] | None" = None
    ) -> None:
        super().__init__(parent)
        self.playback = Playback(self, sink=sink)
        self.state: State = "card"
        self.speed = SPEEDS[0]
        self.shown: tuple[Shown, ...] = ()
        self._at = 0
        self._is_open = False  # whether the recording of this moment can be played
        self._play_when_ready = False
        self._before: State = "card"  # what was shown before it went blank
        self._picture: Picture | None = None
        self._index_folder: Path | None = None
        self.playback.picture_due.connect(self._take_picture)
        self.playback.playing_changed.connect(self._follow)
        # Queued: what has just been opened goes to its first frame once everybody has heard of it.
        self.playback.ready.connect(self._begin, Qt.ConnectionType.QueuedConnection)
        self.playback.trouble.connect(self._tell)
        self.playback.sound_trouble.connect(self.trouble)

    # -- what there is -----------------------------------------------------------------------

    @property
    def now(self) -> Shown | None:
        """The moment that is shown; ``None`` if there are none."""
        return self.shown[self._at] if self.shown else None

    @property
    def place(self) -> int:
        """Which of the moments it is, counted from 0."""
        return self._at

    @property
    def stamp(self) -> Stamp | None:
        """The picture on the parent's screen; ``None`` if there is none."""
        if self._picture is None or self.state in ("blank", "card"):
            return None
        return self.playback.stamp_of(self._picture)

    def open(self, shown: Sequence[Shown], index_folder: Path | None = None) -> None:
        """Show these, beginning with the card of the first."""
        self.shown, self._index_folder = tuple(shown), index_folder
        self.go_to(0)

    def replace(self, shown: Sequence[Shown]) -> None:
        """Other moments were chosen; the one on the screen stays if it is still among them."""
        if tuple(shown) == self.shown:
            return
        now = self.now
        ids = [one.moment.id for one in shown]
        self.shown = tuple(shown)
        if now is None or now.moment.id not in ids:
            self._at = min(self._at, max(len(ids) - 1, 0))
            self.go_to(self._at)
            return
        self._at = ids.index(now.moment.id)
        self.moment_changed.emit()

    def close(self) -> None:
        """Let go of the recordings."""
        self._end()
        self.playback.close()
        self.shown, self._at, self._is_open = (), 0, False
        self._picture = None
        self._set("card")
        self.moment_changed.emit()

    def go_to(self, place: int) -> None:
        """Show the card of one of the moments; it is played when somebody asks."""
        self._end()
        self.playback.pause()
        self._at = min(max(place, 0), max(len(self.shown) - 1, 0))
        self._picture = None
        self._set("card")
        self.moment_changed.emit()
        self._open_recording(play=False)

    def next(self) -> None:
        """Go to the card of the next moment."""
        if self._at + 1 < len(self.shown):
            self.go_to(self._at + 1)

    def previous(self) -> None:
        """Go to the card of the moment before."""
        if self._at > 0:
            self.go_to(self._at - 1)

    # -- playing -----------------------------------------------------------------------------

    def toggle(self) -> None:
        """Play, or pause."""
        if self.state == "playing":
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        """Play from the beginning, or go on where it was paused."""
        now = self.now
        if now is None or self.state in ("blank", "playing"):
            return
        if not self._is_open:
            self._open_recording(play=True)
            return
        from_us, until_us = self._stretch(now.moment)
        at_us = self.playback.now_us()
        last_us = self.playback.beside(until_us, -1)
        goes_on = self.state != "card" and from_us <= at_us < last_us
        self.playback.set_speed(self.speed)
        self.playback.play_stretch(at_us if goes_on else from_us, until_us)
        self._set("playing")
        self.did.emit("went_on" if goes_on else "played")

    def again(self) -> None:
        """Play the moment once more from its beginning."""
        now = self.now
        if now is None or self.state == "blank" or not self._is_open:
            return
        if self.state == "card":
            self.play()
            return
        self._end()
        self.playback.set_speed(self.speed)
        self.playback.play_stretch(*self._stretch(now.moment))
        self._set("playing")
        self.did.emit("played_again")

    def pause(self) -> None:
        """Stand on the picture on the screen."""
        if self.state == "playing":
            self._set("paused")
            self.playback.pause()
            self.did.emit("paused")

    def still(self) -> None:
        """Stand, with nothing but the picture; once more: with title and controls again."""
        if self.state == "still":
            self._set("paused")
            return
        self.pause()
        if self.state == "paused":
            self._set("still")

    def slower(self) -> None:
        """Half as fast, a quarter, and back to natural speed."""
        self.speed = SPEEDS[(SPEEDS.index(self.speed) + 1) % len(SPEEDS)]
        self.playback.set_speed(self.speed)
        self.moment_changed.emit()

    # -- nothing at all ----------------------------------------------------------------------

    def blank(self) -> None:
        """Show nothing and let nothing be heard, at once."""
        if self.state == "blank":
            return
        self._before = "card" if self.state == "card" else "paused"
        self._play_when_ready = False
        self._set("blank")  # the screen first: what follows may take a moment
        self.playback.pause()
        self._end()

    def show_again(self) -> None:
        """Show what was there before it went blank; it does not play by itself."""
        if self.state == "blank":
            self._set(self._before)
            if self._before == "paused" and self._picture is not None:
                self.picture_due.emit(self._picture)

    # -- inside ------------------------------------------------------------------------------

    def _set(self, state: State) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)

    def _end(self) -> None:
        """A moment that was begun is over, as far as the log goes."""
        self.did.emit("ended")

    def _stretch(self, moment: FamilyMoment) -> tuple[int, int]:
        first_us, last_us = self.playback.extent_us()
        until_us = last_us if moment.offset_us is None else moment.offset_us
        return max(moment.onset_us, first_us), min(until_us, last_us)

    def _open_recording(self, *, play: bool) -> None:
        now = self.now
        self._play_when_ready = play
        if now is None or now.recording is None or now.path is None:
            self._is_open = False
            if now is not None:
                self.trouble.emit(self.tr("The recording of this moment is not here."))
            return
        if self._is_open and self.playback.recording == now.recording:
            return
        self._is_open = False
        self.playback.open(now.recording, now.path, now.moment.onset_us, self._index_folder)

    def _begin(self) -> None:
        self._is_open = self.playback.frame_times is not None
        if self._play_when_ready and self.state == "card":
            self._play_when_ready = False
            self.play()

    def _take_picture(self, picture: Picture) -> None:
        if self.state in ("blank", "card"):
            return  # one that was on its way
        self._picture = picture
        self.picture_due.emit(picture)

    def _follow(self, playing: bool) -> None:
        if not playing and self.state == "playing":  # its end
            self._set("paused")
            self._end()

    def _tell(self, words: str) -> None:
        self._is_open = False
        self.playback.pause()
        if self.state != "blank":
            self._end()
            self._picture = None
            self._set("card")
        self._before = "card"
        self.trouble.emit(words)
