"""Boundaries that a coder has not looked at again since they were pressed."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from imhcode.domain.event import Event
from imhcode.domain.gestures import Edge
from imhcode.domain.lane import Lane
from imhcode.domain.observation import Observation


@dataclass(frozen=True, slots=True)
class Boundary:
    """An edge of an event; where two states of an exclusive track meet, both edges are one.

    Attributes
    ----------
    time_us : int
        Where it is now.
    """

    event_id: str
    edge: Edge
    time_us: int

    def now_in(self, observation: Observation) -> "Boundary | None":
        """The same edge where it lies by now; ``None`` if it is no longer there."""
        event = observation.timeline.get(self.event_id)
        if event is None or (self.edge == "offset" and event.is_running):
            return None
        return Boundary(self.event_id, self.edge, edge_us(event, self.edge))


def edge_us(event: Event, edge: Edge) -> int:
    """Where an edge of an event lies."""
    return event.onset_us if edge == "onset" else event.until_us


def unreviewed_count(observation: Observation, track_ids: Iterable[str]) -> int:
    """How many boundaries of these tracks are not reviewed."""
    return sum(_count(observation, track_id) for track_id in track_ids)


def next_unreviewed(
    observation: Observation, track_ids: Iterable[str], from_us: int
) -> Boundary | None:
    """The first boundary at or after an instant that is not reviewed; else the first of all."""
    lanes = [observation.timeline.lane(track_id) for track_id in track_ids]
    later = [found for lane in lanes for found in _first_from(lane, from_us)]
    if not later:
        later = [(some[0]) for lane in lanes for some in lane.unreviewed()]
    if not later:
        return None
    # of two edges at one instant, the onset stands for both
    time_us, _, event_id, edge = min(later, key=lambda one: (one[0], one[3] == "offset", one[2]))
    return Boundary(event_id, "onset" if edge == "onset" else "offset", time_us)


def _first_from(lane: Lane, from_us: int) -> Iterator[tuple[int, str, str, str]]:
    for some in lane.unreviewed():
        at = bisect_left(some, (from_us,))
        if at < len(some):
            until = bisect_right(some, some[at][0], lo=at, key=lambda one: one[0])
            yield from some[at:until]


def _count(observation: Observation, track_id: str) -> int:
    track, lane = observation.scheme.track(track_id), observation.timeline.lane(track_id)
    if track is None or not track.exclusive:
        return sum(map(len, lane.unreviewed()))
    count, seen = 0, set[tuple[int, str]]()
    for some in lane.unreviewed():
        here = {one[:2] for one in some}
        count += len(here - seen)
        seen = here  # only the last of one chunk and the first of the next can be the same
    return count
