"""An event gets another code of its track."""

from collections.abc import Iterable
from dataclasses import replace

from imhcode.domain.edit import Edit, Step
from imhcode.domain.gestures.finding import code_on, events_of
from imhcode.domain.observation import Observation


def recoding(observation: Observation, event_id: str, code_id: str) -> Edit:
    """Give an event another code of its track; modifiers the new code does not take go."""
    return recoding_all(observation, (event_id,), code_id)


def recoding_all(observation: Observation, event_ids: Iterable[str], code_id: str) -> Edit:
    """Give several events the same other code; all of their tracks must have it.

    Raises
    ------
    NoSuchCode
        A track of one of them does not have the code.
    """
    steps = []
    for event in events_of(observation, event_ids):
        track, code = code_on(observation, event.track, code_id)
        taken = {modifier.id for modifier in observation.scheme.modifiers_for(track, code)}
        kept = tuple(pair for pair in event.modifiers if pair[0] in taken)
        changed = replace(event, code=code_id, modifiers=kept)
        if changed != event:
            steps.append(Step(event, changed))
    return Edit("recode", tuple(steps))
