"""Codes that the program offers by itself in a walk, and times that it sets.

A scheme says when in one of a few sentences; what they mean stands here:

- ``bid has no linked response``: the event walked to has no answer; at the end of the window.
- ``dyad_state enters ruptured``: the walk is over that track and at an event of that code; at its
  onset.
- ``first attuned or side_by_side of 2 s or more after a rupture``: the first such state on the
  track walked over, before the next one walked to, once the other code has been given; at its
  onset.
"""

import re
from dataclasses import dataclass

from imhcode.domain.event import FAR_FUTURE_US, Event
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Code, LinkRule, Pass, Suggestion, Track
from imhcode.domain.setting import Setting
from imhcode.domain.timecode import US_PER_S

_UNANSWERED = re.compile(r"\w+ has no linked \w+")
_ENTERS = re.compile(r"(?P<track>\w+) enters (?P<code>\w+)")
_RESTORED = re.compile(
    r"first (?P<codes>\w+(?: or \w+)*) of (?P<s>\d+(?:\.\d+)?) s or more after an? (?P<after>\w+)"
)


@dataclass(frozen=True, slots=True)
class Suggested:
    """A code that the program offers, and the time that it would give it."""

    track: Track
    code: Code
    at_us: int


def rule_of(observation: Observation, pass_: Pass) -> LinkRule | None:
    """The rule by which events of a walk's pass answer what is walked over."""
    over = pass_.walk.over_track if pass_.walk else ""
    rules = observation.scheme.links
    return next(
        (one for one in rules if one.from_track in pass_.tracks and one.to_track == over), None
    )


def suggestion(
    observation: Observation, pass_: Pass, target: Event, setting: Setting
) -> Suggested | None:
    """What the program offers for one target of a walk; ``None`` if nothing."""
    for track_id in pass_.tracks:
        track = observation.scheme.track(track_id)
        for code in track.codes if track else ():
            if track and code.suggestion and _is_due(observation, pass_, track, code, target):
                at_us = set_time_us(observation, pass_, code, target, setting)
                if at_us is not None:
                    return Suggested(track, code, at_us)
    return None


def set_time_us(
    observation: Observation, pass_: Pass, code: Code, target: Event, setting: Setting
) -> int | None:
    """The time that an answer to ``target`` gets by its code alone; ``None`` if the coder says it.

    Where nothing can be told, that holds for the whole window: it stands at the target's onset.
    """
    rule = rule_of(observation, pass_)
    said = code.suggestion
    if said is None:
        return target.onset_us if code.uncodable and rule else None
    if rule and _UNANSWERED.fullmatch(said.when):
        return target.onset_us + (rule.window.until_us(setting.age_months) or 0)
    if _enters(said, pass_, target):
        return target.onset_us
    restored = _restored(observation, pass_, said, target)
    return restored.onset_us if restored else None


def _is_due(observation: Observation, pass_: Pass, track: Track, code: Code, target: Event) -> bool:
    """Whether a code would be offered, its time apart."""
    said = code.suggestion
    if said is None:
        return False
    lane = observation.timeline.lane(track.id)
    if _UNANSWERED.fullmatch(said.when):
        rule = rule_of(observation, pass_)
        return bool(rule and rule.from_track == track.id and not lane.answering(target.id))
    given = lane.between(target.onset_us, _stretch_end_us(observation, target))
    if any(event.code == code.id for event in given):
        return False
    found = _RESTORED.fullmatch(said.when)
    return found is None or any(event.code == found["after"] for event in given)


def _enters(said: Suggestion, pass_: Pass, target: Event) -> bool:
    found = _ENTERS.fullmatch(said.when)
    over = pass_.walk.over_track if pass_.walk else ""
    return found is not None and (found["track"], found["code"]) == (over, target.code)


def _restored(
    observation: Observation, pass_: Pass, said: Suggestion, target: Event
) -> Event | None:
    """The first state that says a rupture is over."""
    found = _RESTORED.fullmatch(said.when)
    if found is None or pass_.walk is None:
        return None
    codes = found["codes"].split(" or ")
    least_us = round(float(found["s"]) * US_PER_S)
    end_us = _stretch_end_us(observation, target)
    lane = observation.timeline.lane(pass_.walk.over_track)
    later = (one for one in lane.between(target.onset_us, end_us) if one.onset_us > target.onset_us)
    lasting = (one for one in later if one.until_us - one.onset_us >= least_us)
    return next((one for one in lasting if one.code in codes), None)


def _stretch_end_us(observation: Observation, target: Event) -> int:
    """Where the next event of the target's code on the track walked over begins."""
    lane = observation.timeline.lane(target.track)
    later = lane.next_onset_us(target.onset_us, instance=target.instance, code=target.code)
    return FAR_FUTURE_US if later is None else later
