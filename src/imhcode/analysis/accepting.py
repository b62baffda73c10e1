"""What a gold standard accepts beside its own codes, taken into a trainee's record.

Once what is accepted has become what the gold standard says, every index, table and list of
errors comes out with it, and none has to know of it.
"""

from collections.abc import Mapping
from dataclasses import replace

from imhcode.analysis.disagreements import Partners, is_swept
from imhcode.domain.event import Event
from imhcode.domain.observation import Observation

Accepted = Mapping[str, tuple[str, ...]]  #: other codes by the id of a gold event; "": none needed


def accepting(
    gold: Observation, trainee: Observation, accepted: Accepted, partners: Partners
) -> tuple[Observation, Observation, dict[str, str]]:
    """Both observations as they are scored.

    An accepted code of the trainee becomes that of the gold standard.  Where codes exclude each
    other, that is the trainee's event if more than half of it lies within the gold one, else the
    part that does.  A gold event that may be left out, and was, is taken out.

    Returns
    -------
    gold, trainee : Observation
    origins : dict of str to str
        From the ids of parts of events to the event of the trainee they are parts of.
    """
    partner = {a.id: b for a, b in partners if a is not None}
    there = {event.id: event for event in trainee.timeline}
    origins: dict[str, str] = {}
    left_out: set[str] = set()
    for event in gold.timeline.in_order():
        codes = accepted.get(event.id, ())
        track = gold.scheme.track(event.track)
        if not codes or track is None:
            continue
        other = partner.get(event.id)
        if is_swept(track):
            met = _relabelled(event, codes, there, origins)
        else:
            met = other is not None
            if other is not None and other.code in codes:
                there[other.id] = replace(there[other.id], code=event.code)
        if not met and "" in codes:
            left_out.add(event.id)
    kept = [event for event in gold.timeline if event.id not in left_out]
    return gold.with_events(kept), trainee.with_events(there.values()), origins


def _relabelled(
    event: Event, codes: tuple[str, ...], there: dict[str, Event], origins: dict[str, str]
) -> bool:
    """Give a gold event's code to what is accepted; say whether the trainee has anything there."""
    met = False
    for other in [one for one in there.values() if one.track == event.track]:
        start = max(event.onset_us, other.onset_us)
        end = min(event.until_us, other.until_us)
        if other.instance != event.instance or start >= end:
            continue
        met = True
        if other.code not in codes or other.code == event.code:
            continue
        if other.offset_us is not None and 2 * (end - start) > other.offset_us - other.onset_us:
            there[other.id] = replace(other, code=event.code)
            continue
        del there[other.id]
        for part in _parts(other, start, end, event.code):
            origins[part.id] = origins.get(other.id, other.id)
            there[part.id] = part
    return met


def _parts(event: Event, start_us: int, end_us: int, code: str) -> list[Event]:
    """An event cut at both ends of a stretch in which it gets another code."""
    parts = [replace(event, id=f"{event.id}~within", code=code, onset_us=start_us)]
    if end_us < event.until_us:
        parts = [replace(parts[0], offset_us=end_us, offset_frame=None)]
        parts.append(replace(event, id=f"{event.id}~after", onset_us=end_us, onset_frame=None))
    if event.onset_us < start_us:
        parts[0] = replace(parts[0], onset_frame=None)
        before = replace(event, id=f"{event.id}~before", offset_us=start_us, offset_frame=None)
        parts.append(before)
    return parts
