"""A whole event goes elsewhere on its track."""

from imhcode.domain.edit import Edit, Step
from imhcode.domain.event import Stamp
from imhcode.domain.gestures.finding import event_of, track_of
from imhcode.domain.gestures.neighbours import (
    Neighbours,
    Snap,
    after_it,
    before_it,
    refuse_no_length,
    shifted,
)
from imhcode.domain.observation import Observation


def moving(
    observation: Observation,
    event_id: str,
    at: Stamp,
    *,
    way: Neighbours = "refuse",
    snap: Snap = Stamp,
) -> Edit:
    """Let an event begin at ``at`` and last as long as before.

    On an exhaustive track the neighbours fill what it leaves and give way where it goes.

    Parameters
    ----------
    way : str
        What becomes of a neighbour in the way on an exclusive track.
    snap : callable
        Says on which frame the offset, and what is pushed on, comes to lie.
    """
    event = event_of(observation, event_id)
    if at.time_us == event.onset_us:
        return Edit("move", ())
    track, lane = track_of(observation, event), observation.timeline.lane(event.track)
    steps = before_it(lane, track, event, at, way, snap)
    if event.duration_us:
        offset = snap(at.time_us + event.duration_us)
        refuse_no_length(track, event, at.time_us, offset.time_us)
        steps.append(Step(event, shifted(event, at, offset)))
        steps += after_it(lane, track, event, offset, way, snap)
    else:
        steps.append(Step(event, event.beginning(at)))
    return Edit("move", tuple(steps))
