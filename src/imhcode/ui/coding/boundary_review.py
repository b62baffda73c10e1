"""The review run: from boundary to boundary, each played, put right and accepted with a key."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from imhcode.domain.boundaries import Boundary
from imhcode.ui.coding.editing_model import EditingModel
from imhcode.ui.coding.playback import Playback
from imhcode.ui.coding.timeline_view import TimelineView

LEAD_US = TAIL_US = 700_000  #: played before a boundary and after it


class BoundaryReview(QObject):
    """Knows which boundary is looked at.

    Signals
    -------
    reached(str)
        The run has come to a boundary of the event with this id.
    finished()
        Every boundary of the pass is reviewed.
    """

    reached = Signal(str)
    finished = Signal()

    def __init__(
        self,
        timeline: TimelineView,
        playback: Playback,
        go: Callable[[int], None],
        here: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._timeline = timeline
        self._playback = playback
        self._go = go
        self._here = here
        self._model: EditingModel | None = None
        self._at: Boundary | None = None
        self._plays = False
        playback.playing_changed.connect(self._stand_on_it)

    @property
    def boundary(self) -> Boundary | None:
        """The boundary that is looked at."""
        return self._at

    def open(self, model: EditingModel | None) -> None:
        """Review this observation from now on."""
        self._model = model
        self.end()

    def end(self) -> bool:
        """Leave the run; ``False`` if none is on."""
        was_on, self._at, self._plays = self._at is not None, None, False
        self._timeline.set_note("")
        return was_on

    def look_up(self, boundary: Boundary | None) -> None:
        """The boundary lies elsewhere by now, or is no more."""
        if self._at is not None:
            self._at = boundary
            self.count()

    def next(self) -> None:
        """Go to the next boundary that is not reviewed, and play around it."""
        if self._model is None:
            return
        from_us = self._here() if self._at is None else self._at.time_us + 1
        found = self._model.next_unreviewed(from_us)
        if found is None:
            self.end()
            self.finished.emit()
            return
        self._at = found
        self.reached.emit(found.event_id)
        self.count()
        self._timeline.scroll_to(found.time_us)
        self.play()

    def play(self) -> None:
        """Play around the boundary, and stand on it."""
        if self._at is None:
            return
        self._go(self._at.time_us)
        if self._playback.frame_times is not None:
            self._plays = True
            self._playback.play_stretch(self._at.time_us - LEAD_US, self._at.time_us + TAIL_US)

    def accept(self) -> None:
        """The boundary is right where it is: on to the next."""
        if self._model is None:
            return
        if self._at is None:
            self.next()
            return
        self._model.review(self._at)
        self.next()

    def count(self) -> None:
        """Say quietly how many are left."""
        if self._model is not None and self._at is not None:
            left = self._model.unreviewed_count()
            words = self.tr("Boundaries to review: {n}").format(n=left)
            self._timeline.set_note(words)

    def _stand_on_it(self, playing: bool) -> None:
        """After the stretch: back to the frame of the boundary, where it can be put right."""
        if not playing and self._plays:
            self._plays = False
            if self._at is not None:
                self._go(self._at.time_us)
