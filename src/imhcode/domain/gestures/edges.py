"""One edge of an event goes elsewhere."""

from imhcode.domain.edit import Edit, Gesture, Step
from imhcode.domain.event import Event, Stamp
from imhcode.domain.gestures.finding import event_of, track_of
from imhcode.domain.gestures.neighbours import (
    Edge,
    Neighbours,
    Snap,
    after_it,
    before_it,
    refuse_no_length,
)
from imhcode.domain.observation import Observation


def setting_onset(
    observation: Observation,
    event_id: str,
    at: Stamp,
    *,
    way: Neighbours = "refuse",
    snap: Snap = Stamp,
) -> Edit:
    """Let an event begin at ``at``; an instant moves whole.

    Parameters
    ----------
    way : str
        What becomes of a neighbour in the way on an exclusive track.  On an exhaustive one its
        edge moves along whatever is chosen.
    snap : callable
        Says on which frame an event that is pushed on comes to lie.
    """
    event = event_of(observation, event_id)
    return _onset(observation, event, at, way, snap, "set-onset")


def setting_offset(
    observation: Observation,
    event_id: str,
    at: Stamp,
    *,
    way: Neighbours = "refuse",
    snap: Snap = Stamp,
) -> Edit:
    """Let an event end at ``at``; parameters as for :func:`setting_onset`."""
    event = event_of(observation, event_id)
    return _offset(observation, event, at, way, snap, "set-offset")


def nudging(
    observation: Observation,
    event_id: str,
    edge: Edge,
    at: Stamp,
    *,
    way: Neighbours = "refuse",
    snap: Snap = Stamp,
) -> Edit:
    """Let an edge go to ``at``, the frame beside the one it is on."""
    event = event_of(observation, event_id)
    move = _onset if edge == "onset" else _offset
    return move(observation, event, at, way, snap, "nudge")


def _onset(
    observation: Observation, event: Event, at: Stamp, way: Neighbours, snap: Snap, name: Gesture
) -> Edit:
    track = track_of(observation, event)
    if not event.is_instant:
        refuse_no_length(track, event, at.time_us, event.until_us)
    moved = event.beginning(at)
    if moved == event:
        return Edit(name, ())
    lane = observation.timeline.lane(event.track)
    return Edit(name, (*before_it(lane, track, event, at, way, snap), Step(event, moved)))


def _offset(
    observation: Observation, event: Event, at: Stamp, way: Neighbours, snap: Snap, name: Gesture
) -> Edit:
    track = track_of(observation, event)
    # the offset of a point may come to lie on its onset again
    least_us = at.time_us + 1 if track.takes_duration else at.time_us
    refuse_no_length(track, event, event.onset_us, least_us)
    moved = event.ending(at)
    if moved == event:
        return Edit(name, ())
    lane = observation.timeline.lane(event.track)
    return Edit(name, (Step(event, moved), *after_it(lane, track, event, at, way, snap)))
