"""Events come, go, and end."""

from collections.abc import Iterable

from imhcode.domain.edit import Edit, Step
from imhcode.domain.event import Event, Stamp
from imhcode.domain.gestures.finding import events_of
from imhcode.domain.observation import Observation


def adding(events: Iterable[Event]) -> Edit:
    """All of these events, or none."""
    return Edit("import", tuple(Step(None, event) for event in events))


def deleting(observation: Observation, event_ids: Iterable[str]) -> Edit:
    """Take events away."""
    gone = events_of(observation, event_ids)
    return Edit("delete", tuple(Step(event, None) for event in gone))


def closing_all(observation: Observation, at: Stamp) -> Edit:
    """End every state that runs; one that would have no length goes."""
    steps = [
        Step(event, event.ending(at) if at.time_us > event.onset_us else None)
        for event in observation.timeline.running()
        if at.time_us >= event.onset_us
    ]
    return Edit("close", tuple(steps))
