"""What in one observation breaks, or does not yet keep, the rules of its scheme."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from imhcode.domain.errors import Refused
from imhcode.domain.event import Event
from imhcode.domain.lane import Lane
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Code, Track
from imhcode.domain.timecode import as_clock
from imhcode.domain.tracks import KINDS

Broken = tuple[Literal["error", "warning"], str, str]  #: severity, rule, message


def broken_rules(observation: Observation, coded_us: tuple[int, int] | None) -> Iterator[Broken]:
    """Yield what breaks a rule (errors) and what is unfinished (warnings).

    Parameters
    ----------
    coded_us : tuple of int or None
        The coded range, half-open; ``None`` if nothing says it.
    """
    for event in observation.timeline.in_order():
        track = observation.scheme.track(event.track)
        code = track.code(event.code) if track else None
        if track is None or code is None:
            said = f"{_name(event)}: the scheme has no such code on a track “{event.track}”"
            yield "error", "unknown-code", said
            continue
        yield from _answers(observation, event, track, code)
        yield from _links(observation, event, track)
        if event.is_running:
            yield "warning", "still-running", f"{_name(event)} has no offset yet"
        if coded_us and not _is_within(event, *coded_us):
            yield "warning", "outside-coded-range", f"{_name(event)} lies outside the coded range"
    for track in observation.scheme.tracks:
        lane = observation.timeline.lane(track.id)
        yield from _track_rule(lane, track)
        if track.exclusive and track.exhaustive:
            yield from _gaps(lane, track)


def _answers(observation: Observation, event: Event, track: Track, code: Code) -> Iterator[Broken]:
    offered = {one.id: one for one in observation.scheme.modifiers_for(track, code)}
    for modifier in offered.values():
        if modifier.required and not event.modifier(modifier.id):
            yield "warning", "modifier-missing", f"{_name(event)} lacks “{modifier.label}”"
    for name, values in event.modifiers:
        known = {value.id for value in offered[name].values} if name in offered else None
        if known is None:
            yield "error", "unknown-modifier", f"{_name(event)} takes no modifier “{name}”"
        elif known and not known.issuperset(values):
            wrong = ", ".join(value for value in values if value not in known)
            yield "error", "unknown-choice", f"{_name(event)}: {name} does not offer “{wrong}”"


def _links(observation: Observation, event: Event, track: Track) -> Iterator[Broken]:
    rules = {rule.id: rule for rule in observation.scheme.links}
    for link in event.links:
        rule, target = rules.get(link.rule), observation.timeline.get(link.target)
        if rule is None:
            yield "error", "broken-link", f"{_name(event)}: there is no link “{link.rule}”"
        elif target is None:
            said = f"{_name(event)} is linked to “{link.target}”, which is not there"
            yield "error", "broken-link", said
        elif (rule.from_track, rule.to_track) != (track.id, target.track):
            said = f"{_name(event)}: “{link.rule}” may not lead from {track.id} to {target.track}"
            yield "error", "broken-link", said


def _track_rule(lane: Lane, track: Track) -> Iterator[Broken]:
    """Ask the kind of the track, once for all events and again only if it finds something."""
    kind = KINDS[track.kind]
    try:
        kind.check(lane, track, lane)
    except Refused:
        told = set()
        for event in lane:
            try:
                kind.check(lane, track, [event])
            except Refused as refusal:
                said = refusal.sentence.format(**refusal.fields).rstrip(".")
                if said not in told:
                    told.add(said)
                    yield "error", type(refusal).__name__.lower(), said


def _gaps(lane: Lane, track: Track) -> Iterator[Broken]:
    for first, second in pairwise(lane):
        if first.until_us < second.onset_us:
            between = f"{as_clock(first.until_us)} and {as_clock(second.onset_us)}"
            yield "warning", "gap", f"nothing is coded on {track.label} between {between}"


def _is_within(event: Event, from_us: int, until_us: int) -> bool:
    end_us = event.onset_us if event.offset_us is None else event.offset_us
    return from_us <= event.onset_us < until_us and end_us <= until_us


def _name(event: Event) -> str:
    return f"“{event.code}” at {as_clock(event.onset_us)}"
