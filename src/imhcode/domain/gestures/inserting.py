"""A stretch gets a code, whatever was there before."""

from collections.abc import Callable

from imhcode.domain.edit import Edit, Step
from imhcode.domain.event import Event, Stamp
from imhcode.domain.gestures.finding import code_on
from imhcode.domain.gestures.splitting import rest_of
from imhcode.domain.observation import Observation


def inserting(observation: Observation, new: Event, *, new_id: Callable[[], str]) -> Edit:
    """Put ``new`` in its place; on an exclusive track it takes the room it needs.

    What reaches into the stretch is cut back, what reaches beyond it on both sides is split, and
    what lies inside goes.  A stretch over which the code holds already stays as it is.

    Parameters
    ----------
    new : Event
        With an offset: it does not run.
    new_id : callable
        Makes the id of the part behind the stretch.
    """
    track, _ = code_on(observation, new.track, new.code)
    onset = Stamp(new.onset_us, new.recording, new.onset_frame)
    offset = Stamp(new.until_us, new.recording, new.offset_frame)
    steps: list[Step] = []
    there = observation.timeline.lane(new.track).between(new.onset_us, new.until_us)
    for event in there if track.exclusive and not new.is_running else ():
        if event.is_instant or event.instance != new.instance:
            continue  # an instant has no room to give; the rule of the track decides
        begins, ends = event.onset_us < new.onset_us, event.until_us > new.until_us
        holds = event.onset_us <= new.onset_us and event.until_us >= new.until_us
        if holds and event.code == new.code:
            return Edit("insert", ())
        if begins:
            steps.append(Step(event, event.ending(onset)))
            if ends:
                steps.append(Step(None, rest_of(event, offset, new_id())))
        else:
            steps.append(Step(event, event.beginning(offset) if ends else None))
    return Edit("insert", (*steps, Step(None, new)))
