"""Where two coders of one session differ: each stretch or event, in kind and weight.

On a track of states or bins that exclude each other, a disagreement is a stretch of time: the
longest in which the one says this and the other that.  Such stretches never overlap, so that each
can be decided by itself.  On other tracks it is something about a pair of events, or an event
that only one of the two has.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from imhcode.analysis.alignment import NOBODY, partners
from imhcode.analysis.alignment import Sequence as EventSequence
from imhcode.analysis.disagreement import US, Disagreement, Edge, Kind
from imhcode.analysis.pair_parameters import Parameters
from imhcode.analysis.spans import Union
from imhcode.analysis.stretches import stretches
from imhcode.domain.event import Event
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Scheme, Track

Partners = list[tuple[Event | None, Event | None]]


def is_swept(track: Track) -> bool:
    """Whether disagreements of a track are stretches of time."""
    return track.exclusive and track.kind in ("state", "interval")


def disagreements_of(
    a: Observation,
    b: Observation,
    *,
    scored: Union,
    parameters: Parameters,
    tracks: Sequence[Track] | None = None,
) -> tuple[Disagreement, ...]:
    """Every difference of two coders of one session, in order of time.

    Parameters
    ----------
    scored : Union
        Where to look; see :mod:`imhcode.analysis.codable_time`.
    tracks : sequence of Track, optional
        Only these of the scheme.
    """
    found: list[Disagreement] = []
    for track in a.scheme.tracks if tracks is None else tracks:
        for instance in _instances(a, b, track):
            lanes = [_lane(one, track, instance) for one in (a, b)]
            if is_swept(track):
                within_us = parameters.tolerance_of(a.scheme, track)
                found += stretches(lanes[0], lanes[1], track, scored, within_us)
            pairs = _partners(lanes[0], lanes[1], track, a.scheme, scored, parameters)
            for pair in pairs:
                found += _about_pair(pair, a.scheme, track)
    return tuple(sorted(found, key=lambda one: (one.from_us, one.until_us, one.key)))


def partners_of(
    a: Observation, b: Observation, *, scored: Union, parameters: Parameters
) -> Partners:
    """Every event with its partner at the other coder, as they are aligned."""
    return [
        pair
        for track in a.scheme.tracks
        for instance in _instances(a, b, track)
        for pair in _partners(
            _lane(a, track, instance),
            _lane(b, track, instance),
            track,
            a.scheme,
            scored,
            parameters,
        )
    ]


def _instances(a: Observation, b: Observation, track: Track) -> list[str]:
    return sorted({event.instance for one in (a, b) for event in one.timeline.lane(track.id)})


def _lane(observation: Observation, track: Track, instance: str) -> list[Event]:
    places = {code.id: place for place, code in enumerate(track.codes)}
    lane = [one for one in observation.timeline.lane(track.id) if one.instance == instance]
    known = [one for one in lane if one.code in places]
    return sorted(known, key=lambda one: (one.onset_us, places[one.code], one.until_us, one.id))


def _partners(
    first: Sequence[Event],
    second: Sequence[Event],
    track: Track,
    scheme: Scheme,
    scored: Union,
    parameters: Parameters,
) -> Partners:
    places = {code.id: place for place, code in enumerate(track.codes)}
    lanes = [_inside(lane, scored) for lane in (first, second)]
    a, b = (
        EventSequence(
            np.array([one.onset_us for one in lane], np.int64),
            np.array([places[one.code] for one in lane], np.int64),
        )
        for lane in lanes
    )
    partner = partners(a, b, parameters.tolerance_of(scheme, track), parameters.costs).tolist()
    pairs: Partners = [
        (event, None if at == NOBODY else lanes[1][at])
        for event, at in zip(lanes[0], partner, strict=True)
    ]
    taken = set(partner)
    return pairs + [(None, event) for at, event in enumerate(lanes[1]) if at not in taken]


def _inside(lane: Sequence[Event], scored: Union) -> list[Event]:
    counted = scored.has(np.array([one.onset_us for one in lane], np.int64)).tolist()
    return [one for one, counts in zip(lane, counted, strict=True) if counts]


def _about_pair(
    pair: tuple[Event | None, Event | None], scheme: Scheme, track: Track
) -> Iterator[Disagreement]:
    a, b = pair
    if a is None or b is None:
        one = a or b
        if one is not None and not is_swept(track):
            yield _alone(one, mine=b is None)
        return
    if not is_swept(track):
        if a.code != b.code:
            yield _of_pair(a, b, "confused", weight=max(_length_s(a), _length_s(b)) or 1.0)
        yield from _moved(a, b)
    if a.code == b.code:
        yield from _modified(a, b, scheme, track)


def _alone(one: Event, *, mine: bool) -> Disagreement:
    return Disagreement(
        track_id=one.track,
        instance=one.instance,
        kind="missed" if mine else "added",
        from_us=one.onset_us,
        until_us=_end_us(one),
        code_a=one.code if mine else "",
        code_b="" if mine else one.code,
        event_a=one.id if mine else "",
        event_b="" if mine else one.id,
        weight=_length_s(one) or 1.0,
    )


def _moved(a: Event, b: Event) -> Iterator[Disagreement]:
    """Boundaries that differ; of events without a common instant, the whole."""
    start, end = max(a.onset_us, b.onset_us), min(a.until_us, b.until_us)
    meets = end > start or (end == start and a.is_instant != b.is_instant)
    if not meets:
        if (a.onset_us, a.until_us) != (b.onset_us, b.until_us):
            yield _edge(a, b, "", b.onset_us - a.onset_us, (a.onset_frame, b.onset_frame))
        return
    if a.onset_us != b.onset_us:
        yield _edge(a, b, "onset", b.onset_us - a.onset_us, (a.onset_frame, b.onset_frame))
    if a.offset_us != b.offset_us:
        by_us = _end_us(b) - _end_us(a)
        yield _edge(a, b, "offset", by_us, (a.offset_frame, b.offset_frame))


def _edge(
    a: Event,
    b: Event,
    edge: Edge,
    by_us: int,
    frames: tuple[int | None, int | None],
) -> Disagreement:
    one, other = frames
    known = one is not None and other is not None and a.recording == b.recording
    return _of_pair(
        a,
        b,
        "late" if by_us > 0 else "early",
        edge=edge,
        by_us=by_us,
        by_frames=(other or 0) - (one or 0) if known else None,
        weight=abs(by_us) / US,
    )


def _modified(a: Event, b: Event, scheme: Scheme, track: Track) -> Iterator[Disagreement]:
    code = track.code(a.code)
    for modifier in scheme.modifiers_for(track, code) if code else ():
        values = a.modifier(modifier.id), b.modifier(modifier.id)
        if modifier.type != "text" and set(values[0]) != set(values[1]):
            yield _of_pair(
                a,
                b,
                "modifier",
                modifier=modifier.id,
                values_a=values[0],
                values_b=values[1],
                weight=0.5,
            )


def _of_pair(a: Event, b: Event, kind: Kind, **more: object) -> Disagreement:
    return Disagreement(
        track_id=a.track,
        instance=a.instance,
        kind=kind,
        from_us=min(a.onset_us, b.onset_us),
        until_us=max(_end_us(a), _end_us(b)),
        code_a=a.code,
        code_b=b.code,
        event_a=a.id,
        event_b=b.id,
        **more,  # type: ignore[arg-type]
    )


def _end_us(event: Event) -> int:
    """Where an event ends; a running one where it began, for want of anything better."""
    return event.onset_us if event.offset_us is None else event.offset_us


def _length_s(event: Event) -> float:
    return (event.duration_us or 0) / US
