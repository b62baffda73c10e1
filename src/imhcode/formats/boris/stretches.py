"""Events as BORIS keeps them: in whole milliseconds, none of a kind inside another.

BORIS pairs starts with stops by their order alone, so two events of one subject, one behaviour
and the same modifiers that overlap can only be written as one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from imhcode.domain.event import Event
from imhcode.domain.timecode import US_PER_MS
from imhcode.formats.record import Record

PLAYERS = 8  #: that BORIS has


@dataclass(slots=True)
class Stretch:
    """What is written of one event, or of several that overlap."""

    subject: str
    behaviour: str
    modifiers: str
    from_ms: int
    until_ms: int
    comment: str
    from_frame: int | None
    until_frame: int | None
    events: int = 1


def zero_us(record: Record) -> int:
    """Session time at which BORIS's clock begins: the onset of the first recording."""
    return record.recordings[0].offset_us if record.recordings else 0


def end_us(record: Record) -> int:
    """Session time at which a state that still runs is closed."""
    observation = record.observation
    if observation.coded_until_us is not None:
        return observation.coded_until_us
    ends = [one.offset_us + one.end_us for one in record.recordings if one.end_us]
    events = [max(one.onset_us, one.offset_us or one.onset_us) for one in observation.timeline]
    return max(ends or events, default=0)


def as_ms(time_us: int) -> int:
    """The nearest whole millisecond; halves go up."""
    return (2 * time_us + US_PER_MS) // (2 * US_PER_MS)


def subject_of(record: Record, event: Event) -> str:
    """``caregiver (mother)`` for one of several persons of a role."""
    track = record.observation.scheme.track(event.track)
    subject = track.subject if track else ""
    return f"{subject} ({event.instance})" if event.instance else subject


def stretches_of(
    record: Record,
    behaviours: Mapping[tuple[str, str], str],
    modifiers: Mapping[str, str],
    lasting: Iterable[str],
) -> list[Stretch]:
    """What is written of an observation, lane by lane, each lane in order.

    Parameters
    ----------
    behaviours : Mapping
        Behaviour by track and code.
    modifiers : Mapping
        The field of modifiers by event id.
    lasting : iterable of str
        Tracks whose events have a start and a stop; on the others events are points.
    """
    zero, end, states = zero_us(record), end_us(record), frozenset(lasting)
    first = record.recordings[0].id if record.recordings else None
    lanes: dict[tuple[str, str, str], list[Stretch]] = defaultdict(list)
    for event in record.observation.timeline.in_order():
        until_us = max(end, event.onset_us) if event.offset_us is None else event.offset_us
        seen = event.recording == first
        one = Stretch(
            subject=subject_of(record, event),
            behaviour=behaviours[event.track, event.code],
            modifiers=modifiers[event.id],
            from_ms=as_ms(event.onset_us - zero),
            until_ms=as_ms(until_us - zero),
            comment="\n".join(filter(None, (event.transcript, event.comment))),
            from_frame=event.onset_frame if seen else None,
            until_frame=event.offset_frame if seen else None,
        )
        lane = lanes[one.subject, one.behaviour, one.modifiers]
        if event.track in states and lane and one.from_ms < lane[-1].until_ms:
            _merge(lane[-1], one)
        else:
            lane.append(one)
    return [one for lane in lanes.values() for one in lane]


def _merge(kept: Stretch, other: Stretch) -> None:
    if other.until_ms > kept.until_ms:
        kept.until_ms, kept.until_frame = other.until_ms, other.until_frame
    kept.comment = "\n".join(filter(None, (kept.comment, other.comment)))
    kept.events += other.events
