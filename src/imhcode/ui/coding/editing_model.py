"""Direct edits of the open observation, as the window asks for them."""

from collections.abc import Callable, Iterable
from typing import Protocol

from imhcode.domain.boundaries import Boundary, next_unreviewed, unreviewed_count
from imhcode.domain.edit import Edit
from imhcode.domain.event import Event, Stamp
from imhcode.domain.gestures import Edge, Neighbours
from imhcode.domain.keys import CodeKey
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Track
from imhcode.services.editing import Editing
from imhcode.ui.coding.timeline_grip import Part


class Asking(Protocol):
    """What direct editing needs of the view model."""

    pass_id: str
    chosen_ids: tuple[str, ...]

    @property
    def observation(self) -> Observation:
        """The observation as it stands."""

    def tracks(self) -> tuple[Track, ...]:
        """The tracks coded now."""

    def instance_for(self, track: Track) -> str:
        """Whom an event on that track is about."""

    def attempt(self, action: Callable[[], Edit]) -> Edit | None:
        """Do it, or say why not."""


class EditingModel:
    """What can be asked of the selected events; refusals are said, not raised.

    Parameters
    ----------
    model : Asking
        The view model of the observation.
    editing : Editing
        Does it.
    stamp : callable
        The frame on screen.
    stamp_at : callable
        The frame nearest to a session time.
    """

    def __init__(
        self,
        model: Asking,
        editing: Editing,
        stamp: Callable[[], Stamp],
        stamp_at: Callable[[int], Stamp],
    ) -> None:
        self._model = model
        self._editing = editing
        self._stamp = stamp
        self.stamp_at = stamp_at

    # -- dragging ----------------------------------------------------------------------------

    def planned(self, event_id: str, part: Part, to_us: int, way: Neighbours) -> Edit:
        """What moving a part of an event would do.

        Raises
        ------
        Refused
            It cannot lie there.
        """
        if part == "body":
            return self._editing.moved(event_id, to_us, way)
        return self._editing.edge_moved(event_id, part, to_us, way)

    def do(self, edit: Edit) -> None:
        """Do what was planned."""
        self._model.attempt(lambda: self._editing.do(edit))

    @property
    def neighbours(self) -> Neighbours:
        """What becomes of a neighbour in the way."""
        return self._editing.neighbours

    def choose_neighbours(self, way: Neighbours) -> None:
        """Trim or push neighbours from now on."""
        self._editing.neighbours = way

    # -- the selected events -----------------------------------------------------------------

    def set_edge(self, event_id: str, edge: Edge, at_us: int | None = None) -> None:
        """Let an event begin or end at the frame on screen, or at a time."""
        at = self._stamp() if at_us is None else self.stamp_at(at_us)
        if event_id:
            self._model.attempt(lambda: self._editing.set_edge(event_id, edge, at))

    def nudge(self, event_id: str, edge: Edge, to_us: int, *, shared: bool = False) -> bool:
        """Let an edge go to the frame beside it; whether it went."""
        edit = self._model.attempt(
            lambda: self._editing.nudge(event_id, edge, to_us, shared=shared)
        )
        return bool(edit)

    def split(self) -> None:
        """Cut the selected event in two at the frame on screen; without one, what holds there."""
        at = self._stamp()
        here = [self._chosen(one) for one in self._model.chosen_ids]
        holding = [one for one in here if one is not None and _is_inside(one, at.time_us)]
        holding = holding or [
            event
            for track in self._model.tracks()
            for event in self._model.observation.timeline.lane(track.id).covering(at.time_us)
        ]
        event_id = holding[0].id if holding else next(iter(self._model.chosen_ids), "")
        if event_id:
            self._model.attempt(lambda: self._editing.split(event_id, at))

    def join(self) -> None:
        """Make one event of the selected ones, or of one and the next."""
        ids = self._model.chosen_ids
        if ids:
            self._model.attempt(lambda: self._editing.join(ids))

    def recode(self, meant: CodeKey) -> None:
        """Give all selected events a code of their track."""
        ids = self._model.chosen_ids
        self._model.attempt(lambda: self._editing.recode(ids, meant.code.id))

    def copy(self, meant: CodeKey) -> None:
        """Copy all selected events to the track of a code."""
        ids = self._model.chosen_ids
        self._model.attempt(lambda: self._editing.copy(ids, meant.track.id, meant.code.id))

    def insert(self, meant: CodeKey, stretch: tuple[int, int]) -> Edit | None:
        """Give a stretch a code, whatever was there before; ``None`` if that is refused."""
        onset, offset = (self.stamp_at(time_us) for time_us in stretch)
        pass_id, who = self._model.pass_id, self._model.instance_for(meant.track)
        return self._model.attempt(
            lambda: self._editing.insert(meant, onset, offset, pass_id, instance=who)
        )

    def flag(self) -> None:
        """Say that the selected events are in doubt, or no longer."""
        ids = self._model.chosen_ids
        if ids:
            self._model.attempt(lambda: self._editing.flag(ids))

    # -- boundaries --------------------------------------------------------------------------

    def unreviewed_count(self) -> int:
        """How many boundaries of the pass are not reviewed."""
        ids = [track.id for track in self._model.tracks()]
        return unreviewed_count(self._model.observation, ids)

    def next_unreviewed(self, from_us: int) -> Boundary | None:
        """The next boundary of the pass that is not reviewed."""
        ids = [track.id for track in self._model.tracks()]
        return next_unreviewed(self._model.observation, ids, from_us)

    def review(self, boundary: Boundary) -> None:
        """Say that a boundary has been looked at again."""
        edge = boundary.edge
        self._model.attempt(lambda: self._editing.review(boundary.event_id, edge))

    # -- finding -----------------------------------------------------------------------------

    def within(self, stretch: tuple[int, int]) -> tuple[str, ...]:
        """The events of the pass that touch a stretch."""
        tracks = {track.id for track in self._model.tracks()}
        found: Iterable[Event] = self._model.observation.timeline.between(*stretch)
        return tuple(event.id for event in found if event.track in tracks)

    def _chosen(self, event_id: str) -> Event | None:
        return self._model.observation.timeline.get(event_id)


def _is_inside(event: Event, time_us: int) -> bool:
    return event.onset_us < time_us < event.until_us
