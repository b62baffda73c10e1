"""The event a gesture is about, and its track."""

from collections.abc import Iterable

from imhcode.domain.event import Event
from imhcode.domain.gestures.errors import NoSuchEvent
from imhcode.domain.observation import NoSuchCode, Observation
from imhcode.domain.scheme import Code, Track

_FEW = 32  #: events that are looked up one by one


def event_of(observation: Observation, event_id: str) -> Event:
    """The event with that id.

    Raises
    ------
    NoSuchEvent
        It is not, or no longer, there.
    """
    event = observation.timeline.get(event_id)
    if event is None:
        raise NoSuchEvent(event=event_id)
    return event


def events_of(observation: Observation, event_ids: Iterable[str]) -> list[Event]:
    """The events with these ids, each once; quick for very many.

    Raises
    ------
    NoSuchEvent
        One of them is not, or no longer, there.
    """
    ids = list(dict.fromkeys(event_ids))
    if len(ids) <= _FEW:
        return [event_of(observation, one) for one in ids]
    there = {event.id: event for event in observation.timeline}
    missing = next((one for one in ids if one not in there), None)
    if missing is not None:
        raise NoSuchEvent(event=missing)
    return [there[one] for one in ids]


def track_of(observation: Observation, event: Event) -> Track:
    """The track an event is on.

    Raises
    ------
    NoSuchCode
        The scheme does not have it.
    """
    track = observation.scheme.track(event.track)
    if track is None:
        raise NoSuchCode(scheme=observation.scheme.id, code=event.code, track=event.track)
    return track


def code_on(observation: Observation, track_id: str, code_id: str) -> tuple[Track, Code]:
    """A track and one of its codes.

    Raises
    ------
    NoSuchCode
        The scheme does not have them.
    """
    track = observation.scheme.track(track_id)
    code = track.code(code_id) if track else None
    if track is None or code is None:
        raise NoSuchCode(scheme=observation.scheme.id, code=code_id, track=track_id)
    return track, code
