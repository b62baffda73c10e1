"""Where Qt meets the episodes of a session: requests go in, signals come out."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from imhcode.domain.episode import Episode
from imhcode.domain.episodes import EpisodeChange, episode_at
from imhcode.domain.errors import Refused, Trouble
from imhcode.domain.scheme import Episodes
from imhcode.ui.messages import said

if TYPE_CHECKING:  # the service loads the database library
    from imhcode.services.episodes import EpisodeService


class EpisodeModel(QObject):
    """The episodes as widgets see them.

    Signals
    -------
    changed()
        An episode has changed, and that is on the disk.
    selected(str)
        The episode with this id is selected; empty for none.
    refused(str), trouble(str)
        Nothing has changed, and this is why.
    """

    changed = Signal()
    selected = Signal(str)
    refused = Signal(str)
    trouble = Signal(str)

    def __init__(self, service: "EpisodeService", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._service = service
        self.selected_id = ""
        service.subscribe(lambda _: self._follow())

    @property
    def episodes(self) -> tuple[Episode, ...]:
        """All of the session, in order."""
        return self._service.episodes

    @property
    def rules(self) -> Episodes:
        """What the scheme says of episodes."""
        return self._service.rules

    @property
    def latest_moment(self) -> str:
        """When the change was made that undo takes back, UTC; empty if there is none."""
        moments = self._service.moments
        return moments.latest_done() if moments.can_undo else ""

    @property
    def can_redo(self) -> bool:
        """Whether a change was taken back and can return."""
        return self._service.history.can_redo

    def at(self, time_us: int) -> Episode | None:
        """The episode that an instant belongs to."""
        return episode_at(self.episodes, time_us)

    def get(self, episode_id: str) -> Episode | None:
        """The episode with that id."""
        return next((one for one in self.episodes if one.id == episode_id), None)

    def beside(self, time_us: int, by: int) -> Episode | None:
        """The next episode that begins after an instant, or the last before it."""
        later = [one for one in self.episodes if (one.onset_us - time_us) * by > 0]
        return min(later, key=lambda one: abs(one.onset_us - time_us), default=None)

    def select(self, episode_id: str) -> None:
        """Select one episode, or none."""
        if episode_id != self.selected_id:
            self.selected_id = episode_id
            self.selected.emit(episode_id)

    def attempt(self, act: Callable[["EpisodeService"], EpisodeChange]) -> EpisodeChange | None:
        """Do something; what the rules or the world have against it is said."""
        try:
            return act(self._service)
        except Refused as refusal:
            self.refused.emit(said(refusal))
        except Trouble as trouble:
            self.trouble.emit(said(trouble))
        return None

    def _follow(self) -> None:
        if self.get(self.selected_id) is None:
            self.select("")
        self.changed.emit()
