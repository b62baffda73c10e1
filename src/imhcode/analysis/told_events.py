"""One event of a trainee against a gold standard, while everything after it is still to come.

What was missed cannot be known before the end, nor when a state ends before it has: only where an
event begins and what it is called is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from imhcode.analysis.disagreement import Disagreement, Kind
from imhcode.analysis.disagreements import is_swept
from imhcode.domain.event import Event
from imhcode.domain.observation import Observation

US = 1_000_000


@dataclass(frozen=True, slots=True)
class EventTold:
    """What is told of one event.

    Attributes
    ----------
    difference : Disagreement or None
        ``added``, ``confused``, ``early`` or ``late``; ``None``: it is as in the gold standard.
    gold : Event or None
        The event of the gold standard it was held against.
    """

    event: Event
    difference: Disagreement | None
    gold: Event | None


def told_of(
    event: Event,
    gold: Observation,
    tolerance_us: int,
    accepted: Mapping[str, tuple[str, ...]],
) -> EventTold | None:
    """Hold one event against a gold standard; ``None`` where that says nothing of it.

    Nothing is said of what cannot be seen: neither of the trainee's code for that, nor where the
    gold standard says so.

    Parameters
    ----------
    tolerance_us : int
        Onsets of partners lie at most so far apart.
    accepted : Mapping of str to tuple of str
        By the id of an event of the gold standard: what else counts as right there.
    """
    track = gold.scheme.track(event.track)
    if track is None or _is_unseen(event, gold):
        return None
    lane = [one for one in gold.timeline.lane(track.id) if one.instance == event.instance]
    near = [one for one in lane if abs(one.onset_us - event.onset_us) <= tolerance_us]
    near.sort(key=lambda one: abs(one.onset_us - event.onset_us))
    alike = [one for one in near if event.code in (one.code, *accepted.get(one.id, ()))]
    if alike:
        return _moved(event, alike[0])
    if is_swept(track):
        holding = gold.timeline.lane(track.id).covering(event.onset_us)
        near = [one for one in holding if one.instance == event.instance]
        if near and event.code in (near[0].code, *accepted.get(near[0].id, ())):
            return _moved(event, near[0])
    if not near:
        return EventTold(event, _difference(event, None, "added"), None)
    return EventTold(event, _difference(event, near[0], "confused"), near[0])


def _is_unseen(event: Event, gold: Observation) -> bool:
    for track in gold.scheme.tracks:
        blind = {code.id for code in track.codes if code.uncodable or code.excludes_time}
        if track.id == event.track and event.code in blind:
            return True
        holding = gold.timeline.lane(track.id).covering(event.onset_us) if blind else ()
        if any(one.code in blind for one in holding):
            return True
    return False


def _moved(event: Event, one: Event) -> EventTold:
    by_us = event.onset_us - one.onset_us
    if not by_us:
        return EventTold(event, None, one)
    return EventTold(event, _difference(event, one, "late" if by_us > 0 else "early"), one)


def _difference(event: Event, one: Event | None, kind: Kind) -> Disagreement:
    by_us = event.onset_us - one.onset_us if one and kind in ("early", "late") else 0
    frames = None
    known = one is not None and one.recording == event.recording and by_us
    if one is not None and known and None not in (one.onset_frame, event.onset_frame):
        frames = (event.onset_frame or 0) - (one.onset_frame or 0)
    return Disagreement(
        track_id=event.track,
        instance=event.instance,
        kind=kind,
        from_us=min(event.onset_us, one.onset_us) if one else event.onset_us,
        until_us=max(event.onset_us, one.onset_us) if one else event.onset_us,
        code_a=one.code if one else "",
        code_b=event.code,
        event_a=one.id if one else "",
        event_b=event.id,
        edge="onset" if by_us else "",
        by_us=by_us,
        by_frames=frames,
        weight=abs(by_us) / US or 1.0,
    )
