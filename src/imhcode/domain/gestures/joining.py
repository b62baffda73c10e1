"""Several events become one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from imhcode.domain.edit import Edit, Step
from imhcode.domain.event import Event
from imhcode.domain.gestures.errors import NothingToJoin, SomethingBetween
from imhcode.domain.gestures.finding import events_of, track_of
from imhcode.domain.lane import sort_key
from imhcode.domain.observation import Observation
from imhcode.domain.timecode import as_clock


def joining(observation: Observation, event_ids: Iterable[str]) -> Edit:
    """Make one event of several with the same code; a single one is joined to the next.

    The first stays, and reaches to the end of the last; links to the others lead to it.

    Raises
    ------
    NothingToJoin
        Their codes or tracks differ, or there is no next one.
    SomethingBetween
        On an exclusive track, another code lies between them.
    """
    events = sorted(events_of(observation, event_ids), key=sort_key)
    if len(events) == 1:
        following = _following(observation, events[0])
        events += [following] if following else []
    if len(events) < 2 or len({(one.track, one.code, one.instance) for one in events}) > 1:
        at = as_clock(events[0].onset_us) if events else as_clock(0)
        raise NothingToJoin(at=at)
    first, rest = events[0], events[1:]
    last = max(events, key=lambda one: one.until_us)
    _refuse_between(observation, events, last)
    joined = _joined(first, rest, last)
    steps = [Step(one, None) for one in rest]
    steps += _redirected(observation, {one.id for one in rest}, first.id)
    return Edit("join", (*steps, Step(first, joined)))


def _following(observation: Observation, event: Event) -> Event | None:
    lane = observation.timeline.lane(event.track)
    following = lane.neighbour_after(event)
    if not track_of(observation, event).exclusive:
        while following is not None and following.code != event.code:
            following = lane.neighbour_after(following)
    return following


def _refuse_between(observation: Observation, events: Sequence[Event], last: Event) -> None:
    if not track_of(observation, last).exclusive:
        return
    ids = {one.id for one in events}
    until_us = last.onset_us  # up to there nothing else may lie; the last one holds from there on
    for one in observation.timeline.lane(last.track).between(events[0].onset_us, until_us):
        if one.id not in ids and one.instance == last.instance:
            raise SomethingBetween(code=one.code, at=as_clock(one.onset_us))


def _joined(first: Event, rest: Sequence[Event], last: Event) -> Event:
    modifiers = dict(first.modifiers)
    links = list(first.links)
    for one in rest:
        for name, values in one.modifiers:
            modifiers.setdefault(name, values)
        links += [link for link in one.links if link not in links]
    gone = {one.id for one in rest}
    return replace(
        first,
        offset_us=last.offset_us,
        offset_frame=last.offset_frame if last.recording == first.recording else None,
        offset_reviewed=last.offset_reviewed,
        modifiers=tuple(sorted(modifiers.items())),
        links=tuple(link for link in links if link.target not in gone | {first.id}),
        comment="\n".join(one.comment for one in (first, *rest) if one.comment),
        transcript=" ".join(one.transcript for one in (first, *rest) if one.transcript),
        flagged=any(one.flagged for one in (first, *rest)),
    )


def _redirected(observation: Observation, gone: set[str], to_id: str) -> list[Step]:
    """Let what answered an event that goes answer the one that stays."""
    answering = (one for event_id in gone for one in observation.timeline.answering(event_id))
    steps = []
    for event in {one.id: one for one in answering}.values():
        if event.id not in gone and event.id != to_id:
            led = (replace(one, target=to_id) if one.target in gone else one for one in event.links)
            steps.append(Step(event, replace(event, links=tuple(dict.fromkeys(led)))))
    return steps
