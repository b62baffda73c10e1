"""Links: which event may answer which, and which one it most likely does.

A link lies in the event that answers and names the one answered by its id, so it follows every
edit of either end.  When the one answered is deleted the link stays, as a finding: taking it off
silently would change what the coder said of an event they did not touch, and undo brings the
other end back.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from imhcode.domain.edit import Edit, Step
from imhcode.domain.errors import Refused
from imhcode.domain.event import FAR_FUTURE_US, Event, Link
from imhcode.domain.gestures import NoSuchEvent
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import LinkRule, Scheme
from imhcode.domain.timecode import US_PER_S, as_decimal

Fault = Literal[
    "no-rule",
    "no-target",
    "itself",
    "wrong-track",
    "wrong-code",
    "answers-only",
    "too-early",
    "too-late",
]


class MayNotLink(Refused):
    """Fields: ``first``, ``second``."""

    sentence = "“{first}” and “{second}” cannot be linked: the scheme has no rule for that."


class WhichLink(Refused):
    """Fields: ``first``, ``second``, ``rules``."""

    sentence = "“{first}” and “{second}” can be linked in several ways: {rules}."
    next_step = "Choose one of them."


class AnswersOther(Refused):
    """Fields: ``code``, ``target``."""

    sentence = "“{code}” is not an answer to “{target}” in this scheme."


class OutsideWindow(Refused):
    """Fields: ``code``, ``target``, ``from_s``, ``until_s``."""

    sentence = "“{code}” must begin {from_s} s to {until_s} s after “{target}” to answer it."


class AnsweredAlready(Refused):
    """Fields: ``target``, ``code``."""

    sentence = "“{target}” has been answered by “{code}”, and takes one answer only."
    next_step = "Take that link off first."


def rules_from(scheme: Scheme, event: Event) -> tuple[LinkRule, ...]:
    """The rules by which an event may answer another."""
    return tuple(
        rule
        for rule in scheme.links
        if rule.from_track == event.track and event.code in (rule.from_codes or (event.code,))
    )


def rules_to(scheme: Scheme, event: Event) -> tuple[LinkRule, ...]:
    """The rules by which an event may be answered."""
    return tuple(
        rule
        for rule in scheme.links
        if rule.to_track == event.track and event.code in (rule.to_codes or (event.code,))
    )


def fault_of(
    observation: Observation, source: Event, link: Link, age_months: float | None = None
) -> Fault | None:
    """What is wrong with one link of ``source``; ``None`` if nothing is."""
    rule = observation.scheme.link(link.rule)
    if rule is None:
        return "no-rule"
    target = observation.timeline.lane(rule.to_track).get(link.target)
    if target is None:
        return "wrong-track" if observation.timeline.get(link.target) else "no-target"
    return fault_between(observation.scheme, source, target, rule, age_months)


def fault_between(
    scheme: Scheme, source: Event, target: Event, rule: LinkRule, age_months: float | None = None
) -> Fault | None:
    """Why one event may not answer another by that rule; ``None`` if it may."""
    if source.id == target.id:
        return "itself"
    if (source.track, target.track) != (rule.from_track, rule.to_track):
        return "wrong-track"
    if rule not in rules_from(scheme, source) or rule not in rules_to(scheme, target):
        return "wrong-code"
    code = scheme.code(source.track, source.code)
    if code and code.answers_only and target.code not in code.answers_only:
        return "answers-only"
    latency_us = source.onset_us - target.onset_us
    until_us = rule.window.until_us(age_months)
    if latency_us < rule.window.min_us:
        return "too-early"
    if until_us is not None and latency_us > until_us:
        return "too-late"
    return None


def answers_to(observation: Observation, target_id: str, rule: LinkRule) -> list[Event]:
    """The events that answer one by that rule, in order."""
    return [
        event
        for event in observation.timeline.lane(rule.from_track).answering(target_id)
        if Link(rule.id, target_id) in event.links
    ]


def counting(observation: Observation, target_id: str, rule: LinkRule) -> list[Event]:
    """Those of the answers that count, as the rule says."""
    answers = answers_to(observation, target_id, rule)
    if rule.one_counts == "first":
        return answers[:1]
    return answers[-1:] if rule.one_counts == "last" else answers


def too_many(observation: Observation, source: Event, rule: LinkRule) -> bool:
    """Whether the links of ``source`` by that rule are more than it allows, at either end."""
    targets = [link.target for link in source.links if link.rule == rule.id]
    if len(targets) > 1 and rule.cardinality.endswith("_one"):
        return True
    return rule.cardinality.startswith("one_") and any(
        len(answers_to(observation, target, rule)) > 1 for target in targets
    )


def lacking_links(observation: Observation, event: Event) -> tuple[LinkRule, ...]:
    """The rules that ask for a link which the event has not got."""
    linked = {link.rule for link in event.links}
    rules = rules_from(observation.scheme, event)
    return tuple(rule for rule in rules if rule.required and rule.id not in linked)


def candidates(
    observation: Observation, source: Event, rule: LinkRule, age_months: float | None = None
) -> Iterator[Event]:
    """Yield every event that ``source`` may answer by that rule, the latest first."""
    until_us = rule.window.until_us(age_months)
    earliest_us = -FAR_FUTURE_US if until_us is None else source.onset_us - until_us
    lane = observation.timeline.lane(rule.to_track)
    for target in lane.backwards_from(source.onset_us - rule.window.min_us):
        if target.onset_us < earliest_us:
            return
        if fault_between(observation.scheme, source, target, rule, age_months) is None:
            yield target


def suggested_target(
    observation: Observation, source: Event, rule: LinkRule, age_months: float | None = None
) -> Event | None:
    """What ``source`` most likely answers: the latest before it that has no answer yet.

    Where several may answer the same, a window without end means the latest, answered or not:
    nothing but time tells an old one from a new one.  In a window with an end it comes second.
    """
    if not rule.suggest:
        return None
    shared = rule.cardinality.startswith("many_")
    latest: Event | None = None
    for target in candidates(observation, source, rule, age_months):
        if shared and rule.window.until_us(age_months) is None:
            return target
        latest = latest or target
        others = (one for one in answers_to(observation, target.id, rule) if one.id != source.id)
        if next(others, None) is None:
            return target
    return latest if shared else None


def linking(
    observation: Observation,
    one_id: str,
    other_id: str,
    *,
    rule_id: str = "",
    age_months: float | None = None,
) -> Edit:
    """Link two events; which answers which is what the scheme and their order say.

    What answers one event only lets go of the one it answered before.

    Raises
    ------
    MayNotLink, WhichLink, AnswersOther, OutsideWindow, AnsweredAlready
        As their sentences say.
    """
    source, target, rule = _way(observation, one_id, other_id, rule_id, age_months)
    refuse_fault(observation.scheme, source, target, rule, age_months)
    others = [one for one in answers_to(observation, target.id, rule) if one.id != source.id]
    if others and rule.cardinality.startswith("one_"):
        raise AnsweredAlready(target=target.code, code=others[0].code)
    kept = source.links
    if rule.cardinality.endswith("_one"):
        kept = tuple(link for link in kept if link.rule != rule.id)
    link = Link(rule.id, target.id)
    linked = source if link in source.links else replace(source, links=(*kept, link))
    return Edit("link", (Step(source, linked),) if linked != source else ())


def unlinking(observation: Observation, source_id: str, target_id: str = "") -> Edit:
    """Take links off: those to one event, or all that ``source_id`` bears.

    With two ids it does not matter which of them bears the link.
    """
    source = _event(observation, source_id)
    steps = []
    for event, gone in ((source, target_id), (observation.timeline.get(target_id), source_id)):
        if event is not None:
            kept = tuple(link for link in event.links if gone and link.target != gone)
            if kept != event.links:
                steps.append(Step(event, replace(event, links=kept)))
    return Edit("unlink", tuple(steps))


def _way(
    observation: Observation, one_id: str, other_id: str, rule_id: str, age_months: float | None
) -> tuple[Event, Event, LinkRule]:
    """Which of two answers the other, and by which rule."""
    scheme = observation.scheme
    one, other = _event(observation, one_id), _event(observation, other_id)
    ways = [
        (source, target, rule)
        for source, target in ((one, other), (other, one))
        for rule in scheme.links
        if rule_id in ("", rule.id)
        and fault_between(scheme, source, target, rule, age_months)
        not in ("itself", "wrong-track", "wrong-code")
    ]
    free = [way for way in ways if fault_between(scheme, *way, age_months) is None]
    if not ways:
        raise MayNotLink(first=one.code, second=other.code)
    if len({rule.id for _, _, rule in free or ways}) > 1:
        rules = ", ".join(rule.label for _, _, rule in free or ways)
        raise WhichLink(first=one.code, second=other.code, rules=rules)
    return (free or ways)[0]


def refuse_fault(
    scheme: Scheme, source: Event, target: Event, rule: LinkRule, age_months: float | None
) -> None:
    """Refuse a link that :func:`fault_between` finds something wrong with."""
    match fault_between(scheme, source, target, rule, age_months):
        case None:
            return
        case "answers-only":
            raise AnswersOther(code=source.code, target=target.code)
        case "too-early" | "too-late":
            until_us = rule.window.until_us(age_months)
            raise OutsideWindow(
                code=source.code,
                target=target.code,
                from_s=as_decimal(rule.window.min_us, US_PER_S),
                until_s="∞" if until_us is None else as_decimal(until_us, US_PER_S),
            )
        case _:
            raise MayNotLink(first=source.code, second=target.code)


def _event(observation: Observation, event_id: str) -> Event:
    event = observation.timeline.get(event_id)
    if event is None:
        raise NoSuchEvent(event=event_id)
    return event
