"""One event becomes two."""

from dataclasses import replace

from imhcode.domain.edit import Edit, Step
from imhcode.domain.event import Event, Stamp
from imhcode.domain.gestures.errors import CannotSplit
from imhcode.domain.gestures.finding import event_of
from imhcode.domain.observation import Observation
from imhcode.domain.timecode import as_clock


def splitting(observation: Observation, event_id: str, at: Stamp, *, new_id: str) -> Edit:
    """Cut an event in two at ``at``.

    The first part stays the event it was: what answers it still does, and comment and words stay
    with it.  The second is a new event with the same code and modifiers.

    Raises
    ------
    CannotSplit
        The instant does not lie inside the event.
    """
    event = event_of(observation, event_id)
    if not event.onset_us < at.time_us < event.until_us:
        raise CannotSplit(code=event.code, at=as_clock(at.time_us))
    first = replace(event.ending(at), offset_reviewed=False)
    return Edit("split", (Step(event, first), Step(None, rest_of(event, at, new_id))))


def rest_of(event: Event, at: Stamp, new_id: str) -> Event:
    """The part of an event from ``at`` on, as an event of its own."""
    rest = replace(event.beginning(at), id=new_id, links=(), comment="", transcript="")
    return replace(rest, onset_reviewed=False)
