"""What a coder does to events that are there: each gesture is worked out as one edit."""

from collections.abc import Iterable
from dataclasses import replace

from imhcode.domain.edit import Edit, Step
from imhcode.domain.errors import Refused
from imhcode.domain.event import Event, Stamp, Values
from imhcode.domain.observation import NoSuchCode, Observation
from imhcode.domain.text import clean_text


class NoSuchEvent(Refused):
    """An event that is not, or no longer, there."""

    sentence = "There is no event “{event}” in this observation."


class NoSuchChoice(Refused):
    """A modifier value the scheme does not offer."""

    sentence = "“{value}” is not a choice of {modifier} on “{code}”."


def _event(observation: Observation, event_id: str) -> Event:
    event = observation.timeline.get(event_id)
    if event is None:
        raise NoSuchEvent(event=event_id)
    return event


def adding(events: Iterable[Event]) -> Edit:
    """All of these events, or none."""
    return Edit("import", tuple(Step(None, event) for event in events))


def deleting(observation: Observation, event_ids: Iterable[str]) -> Edit:
    """Take events away."""
    gone = [_event(observation, one) for one in dict.fromkeys(event_ids)]
    return Edit("delete", tuple(Step(event, None) for event in gone))


def setting_onset(observation: Observation, event_id: str, at: Stamp) -> Edit:
    """Let an event begin at ``at``; on an exhaustive track the neighbour before moves along."""
    event = _event(observation, event_id)
    moved = event.beginning(at)
    steps = [Step(event, moved)] if moved != event else []
    neighbour = observation.timeline.lane(event.track).before(event)
    if steps and neighbour and _abut(observation, neighbour, event):
        steps.insert(0, Step(neighbour, neighbour.ending(at)))
    return Edit("set-onset", tuple(steps))


def setting_offset(observation: Observation, event_id: str, at: Stamp) -> Edit:
    """Let an event end at ``at``; on an exhaustive track the neighbour after moves along."""
    event = _event(observation, event_id)
    moved = event.ending(at)
    steps = [Step(event, moved)] if moved != event else []
    neighbour = observation.timeline.lane(event.track).after(event)
    if steps and neighbour and _abut(observation, event, neighbour):
        steps.append(Step(neighbour, neighbour.beginning(at)))
    return Edit("set-offset", tuple(steps))


def _abut(observation: Observation, first: Event, second: Event) -> bool:
    """Whether two states share an edge on a track that must have no gap."""
    track = observation.scheme.track(first.track)
    seamless = track is not None and track.exclusive and track.exhaustive
    return seamless and first.offset_us == second.onset_us


def recoding(observation: Observation, event_id: str, code_id: str) -> Edit:
    """Give an event another code of its track; modifiers the new code does not take go."""
    event = _event(observation, event_id)
    track = observation.scheme.track(event.track)
    code = track.code(code_id) if track else None
    if track is None or code is None:
        raise NoSuchCode(scheme=observation.scheme.id, code=code_id, track=event.track)
    taken = {modifier.id for modifier in observation.scheme.modifiers_for(track, code)}
    kept = tuple(pair for pair in event.modifiers if pair[0] in taken)
    changed = replace(event, code=code_id, modifiers=kept)
    return Edit("recode", (Step(event, changed),) if changed != event else ())


def modifying(observation: Observation, event_id: str, modifier_id: str, values: Values) -> Edit:
    """Choose values for one modifier; none takes it off."""
    event = _event(observation, event_id)
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
    changed = event.having(modifier_id, values)
    return Edit("modifier", (Step(event, changed),) if changed != event else ())


def commenting(observation: Observation, event_id: str, comment: str) -> Edit:
    """Write a comment on an event; nothing takes it off."""
    event = _event(observation, event_id)
    changed = replace(event, comment=clean_text(comment))
    return Edit("comment", (Step(event, changed),) if changed != event else ())


def closing_all(observation: Observation, at: Stamp) -> Edit:
    """End every state that runs; one that would have no length goes."""
    steps = [
        Step(event, event.ending(at) if at.time_us > event.onset_us else None)
        for event in observation.timeline.running()
        if at.time_us >= event.onset_us
    ]
    return Edit("close", tuple(steps))
