"""What is said about an event changes; its times stay."""

from collections.abc import Iterable
from dataclasses import replace

from imhcode.domain.edit import Edit, Gesture, Step
from imhcode.domain.event import Event, Values
from imhcode.domain.gestures.errors import NoSuchChoice, TakesNoTranscript
from imhcode.domain.gestures.finding import event_of, events_of, track_of
from imhcode.domain.observation import Observation
from imhcode.domain.text import clean_text


def modifying(observation: Observation, event_id: str, modifier_id: str, values: Values) -> Edit:
    """Choose values for one modifier; none takes it off."""
    event = event_of(observation, event_id)
    track = observation.scheme.track(event.track)
    code = track.code(event.code) if track else None
    offered = observation.scheme.modifiers_for(track, code) if track and code else ()
    modifier = next((one for one in offered if one.id == modifier_id), None)
    if modifier is None:
        raise NoSuchChoice(value=", ".join(values), modifier=modifier_id, code=event.code)
    if modifier.type != "multi" and len(values) > 1:
        raise NoSuchChoice(value=", ".join(values), modifier=modifier.label, code=event.code)
    if modifier.values:
        known = {value.id for value in modifier.values}
        for value in values:
            if value not in known:
                raise NoSuchChoice(value=value, modifier=modifier.label, code=event.code)
    else:
        values = tuple(clean for clean in map(clean_text, values) if clean)
        values = tuple(value[: modifier.max_length] for value in values)
    return _changed("modifier", event, event.having(modifier_id, values))


def commenting(observation: Observation, event_id: str, comment: str) -> Edit:
    """Write a comment on an event; nothing takes it off."""
    event = event_of(observation, event_id)
    return _changed("comment", event, replace(event, comment=clean_text(comment)))


def transcribing(observation: Observation, event_id: str, words: str) -> Edit:
    """Write down the words of an utterance; nothing takes them off.

    Raises
    ------
    TakesNoTranscript
        The track does not take any.
    """
    event = event_of(observation, event_id)
    track = track_of(observation, event)
    if not track.takes_transcript:
        raise TakesNoTranscript(track=track.label)
    return _changed("transcript", event, replace(event, transcript=clean_text(words)))


def flagging(observation: Observation, event_ids: Iterable[str], flagged: bool) -> Edit:
    """Say that events are in doubt, or no longer."""
    events = events_of(observation, event_ids)
    changed = [(one, replace(one, flagged=flagged)) for one in events if one.flagged != flagged]
    return Edit("flag", tuple(Step(*pair) for pair in changed))


def _changed(gesture: Gesture, event: Event, changed: Event) -> Edit:
    return Edit(gesture, (Step(event, changed),) if changed != event else ())
