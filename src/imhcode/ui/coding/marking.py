"""Mark first, say what it is later: moments and stretches that wait for a code.

They are kept in the window and not in the log, since they say nothing yet.
"""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from imhcode.domain.event import Stamp
from imhcode.domain.keys import CodeKey
from imhcode.domain.tracks import KINDS, Shape
from imhcode.ui.coding.observation_view_model import ObservationViewModel
from imhcode.ui.coding.timeline_view import TimelineView


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened; ``offset`` is ``None`` where no end was marked."""

    onset: Stamp
    offset: Stamp | None = None


class Marking(QObject):
    """Keeps the marks and hands them to code keys, the earliest first.

    Attributes
    ----------
    marks : list of Mark
        Those that wait, by onset.
    """

    def __init__(self, timeline: TimelineView, parent: QObject) -> None:
        super().__init__(parent)
        self._timeline = timeline
        self._model: ObservationViewModel | None = None
        self._begun: Stamp | None = None
        self.marks: list[Mark] = []

    def open(self, model: ObservationViewModel | None) -> None:
        """Mark in this observation from now on."""
        self._model = model
        self.marks, self._begun = [], None
        self._show()

    def mark_moment(self, at: Stamp) -> None:
        """Something happened here."""
        if self._model is not None:
            self._add(Mark(at))

    def mark_boundary(self, at: Stamp) -> None:
        """Something begins here, and what was begun before ends here."""
        if self._model is None:
            return
        begun, self._begun = self._begun, at
        if begun is not None and begun.time_us != at.time_us:
            first, last = sorted((begun, at), key=lambda one: one.time_us)
            self._add(Mark(first, last))
        else:
            self._show()

    def take(self, character: str) -> bool:
        """Let a code key say what the first mark is; ``False`` if none waits."""
        if self._model is None or not (self.marks or self._begun):
            return False
        meant = self._model.keys().get(character.lower())
        if meant is None:
            return False
        self._label(self._model, meant)
        return True

    def forget(self) -> bool:
        """Forget all marks (Esc); ``False`` if there were none."""
        were_some = bool(self.marks or self._begun)
        self.marks, self._begun = [], None
        if were_some:
            self._show()
        return were_some

    def _label(self, model: ObservationViewModel, meant: CodeKey) -> None:
        mark = self.marks[0] if self.marks else Mark(self._begun or Stamp(0))
        takes_length = KINDS[meant.track.kind].shape is Shape.BLOCKS and meant.track.bins is None
        if mark.offset is not None and takes_length:
            edit = model.editing.insert(meant, (mark.onset.time_us, mark.offset.time_us))
        else:
            edit = model.code_then(meant, mark.onset)
        if edit is None:
            return  # refused: the mark waits for another code
        if self.marks:
            self.marks = self.marks[1:]
        else:
            self._begun = None
        self._show()

    def _add(self, mark: Mark) -> None:
        self.marks = sorted((*self.marks, mark), key=lambda one: one.onset.time_us)
        self._show()

    def _show(self) -> None:
        waiting = [
            (one.onset.time_us, one.onset.time_us if one.offset is None else one.offset.time_us)
            for one in self.marks
        ]
        if self._begun is not None:
            waiting.append((self._begun.time_us, self._begun.time_us))
        self._timeline.set_pending(waiting)
        n = len(self.marks) + (self._begun is not None and not self.marks)
        words = self.tr("{n} marked: the next code's key says what the first is · Esc forgets")
        self._timeline.set_note(words.format(n=n) if n else "")
