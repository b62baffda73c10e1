"""Events are copied to another track, as another code."""

from collections.abc import Callable, Iterable

from imhcode.domain.edit import Edit, Step
from imhcode.domain.event import Event, Values
from imhcode.domain.gestures.finding import code_on, event_of
from imhcode.domain.gestures.inserting import inserting
from imhcode.domain.observation import Observation
from imhcode.domain.tracks import KINDS, Shape


def copying(
    observation: Observation,
    event_ids: Iterable[str],
    track_id: str,
    code_id: str,
    *,
    new_id: Callable[[], str],
) -> Edit:
    """Put the times of events on a track as events with one of its codes.

    Modifiers come along where the new code takes them; comments and links do not.  On an
    exclusive track the copies take the room they need, as :func:`inserting` does.
    """
    track, code = code_on(observation, track_id, code_id)
    offered = observation.scheme.modifiers_for(track, code)
    short = KINDS[track.kind].shape is Shape.TICKS and not track.takes_duration
    steps: list[Step] = []
    for event_id in dict.fromkeys(event_ids):
        event = event_of(observation, event_id)
        chosen: dict[str, Values] = {one.id: (one.default,) for one in offered if one.default}
        taken = {one.id for one in offered}
        chosen |= {name: values for name, values in event.modifiers if name in taken}
        copy = Event(
            id=new_id(),
            track=track_id,
            code=code_id,
            onset_us=event.onset_us,
            offset_us=event.onset_us if short else event.offset_us,
            onset_frame=event.onset_frame,
            offset_frame=None if short else event.offset_frame,
            recording=event.recording,
            modifiers=tuple(sorted(chosen.items())),
            pass_id=event.pass_id,
            instance=event.instance,
        )
        edit = inserting(observation, copy, new_id=new_id)
        observation = observation.after(edit)  # the next copy may meet this one
        steps += edit.steps
    return Edit("copy", tuple(steps))
