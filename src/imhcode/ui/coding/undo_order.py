"""Which is taken back first where an observation and its session's episodes both change."""

from collections.abc import Callable
from typing import Literal

from imhcode.domain.edit import Cause, Edit
from imhcode.domain.observation import Observation
from imhcode.services.coding import CodingService
from imhcode.ui.coding.episode_model import EpisodeModel
from imhcode.ui.coding.observation_view_model import ObservationViewModel

Whose = Literal["observation", "episodes"]


class UndoOrder:
    """Undo takes back what was done last, whichever of the two it was.

    What was done before the window opened is told apart by the times in the two logs.
    """

    def __init__(
        self, model: ObservationViewModel, coding: CodingService, episodes: EpisodeModel
    ) -> None:
        self._model, self._coding, self._episodes = model, coding, episodes
        self._done: list[Whose] = []
        self._undone: list[Whose] = []
        self._busy = self._happened = False
        model.observation_changed.connect(self._note_edit)
        episodes.changed.connect(lambda: self._note("episodes"))

    def undo(self) -> None:
        """Take back one gesture."""
        whose = self._done[-1] if self._done else self._later()
        if self._quietly(whose, self._model.undo, self._undo_episodes):
            self._done = self._done[:-1]
            self._undone.append(whose)

    def redo(self) -> None:
        """Bring back what was taken back last."""
        only_episodes = self._episodes.can_redo and not self._model.can_redo
        usual: Whose = "episodes" if only_episodes else "observation"
        whose = self._undone[-1] if self._undone else usual
        if self._quietly(whose, self._model.redo, self._redo_episodes):
            self._undone = self._undone[:-1]
            self._done.append(whose)

    def _later(self) -> Whose:
        """Which of the two was changed later, by their logs."""
        moment = self._episodes.latest_moment
        if not moment:
            return "observation"
        if not self._model.can_undo:
            return "episodes"
        line = self._coding.history.latest_done()
        (entry,) = self._coding.lines(line, line)
        return "episodes" if moment > entry.at_utc else "observation"

    def _undo_episodes(self) -> None:
        self._episodes.attempt(lambda service: service.undo())

    def _redo_episodes(self) -> None:
        self._episodes.attempt(lambda service: service.redo())

    def _note_edit(self, observation: Observation, edit: Edit, cause: Cause) -> None:
        del observation, edit
        if cause != "do" and not self._busy:  # somebody went back in the history
            self._done, self._undone = [], []
        else:
            self._note("observation")

    def _note(self, whose: Whose) -> None:
        self._happened = True
        if not self._busy:
            self._done.append(whose)
            self._undone = []

    def _quietly(
        self, whose: Whose, model: Callable[[], object], episodes: Callable[[], object]
    ) -> bool:
        """Do something that is no gesture of its own; whether it happened."""
        self._busy, self._happened = True, False
        try:
            (episodes if whose == "episodes" else model)()
        finally:
            self._busy = False
        return self._happened
