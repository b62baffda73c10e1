"""A boundary has been looked at again."""

from dataclasses import replace

from imhcode.domain.edit import Edit, Step
from imhcode.domain.event import Event
from imhcode.domain.gestures.finding import event_of, track_of
from imhcode.domain.gestures.neighbours import Edge
from imhcode.domain.observation import Observation


def reviewing(
    observation: Observation, event_id: str, edge: Edge, *, reviewed: bool = True
) -> Edit:
    """Say that an edge has been looked at again, or has to be.

    Where two states of an exclusive track meet there is one boundary, and both edges are marked.
    """
    event = event_of(observation, event_id)
    steps = [_marked(event, edge, reviewed)]
    twin = twin_of(observation, event, edge)
    if twin is not None:
        steps.append(_marked(twin, "offset" if edge == "onset" else "onset", reviewed))
    return Edit("review", tuple(one for one in steps if one.before != one.after))


def twin_of(observation: Observation, event: Event, edge: Edge) -> Event | None:
    """The neighbour on an exclusive track that meets ``event`` at this edge."""
    if not track_of(observation, event).exclusive:
        return None
    lane = observation.timeline.lane(event.track)
    if edge == "onset":
        before = lane.neighbour_before(event)
        return before if before is not None and before.until_us == event.onset_us else None
    after = lane.neighbour_after(event)
    return after if after is not None and after.onset_us == event.until_us else None


def _marked(event: Event, edge: Edge, reviewed: bool) -> Step:
    if edge == "onset":
        return Step(event, replace(event, onset_reviewed=reviewed))
    return Step(event, replace(event, offset_reviewed=reviewed))
