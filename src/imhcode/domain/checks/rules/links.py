"""Links lead where their rule lets them, and are there where it asks for them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from imhcode.domain.checks import RULES, Found, Look, declares
from imhcode.domain.checks.finding import Finding, Severity
from imhcode.domain.checks.scene import Scene
from imhcode.domain.event import Event, Link
from imhcode.domain.links import Fault, fault_between, rules_from
from imhcode.domain.scheme import LinkRule, Scheme, Track

REST_EVERY = 256  #: events between two rests

_FAULTS: Mapping[Fault, tuple[Severity, str, str]] = {
    "no-rule": ("error", "broken-link", "“{code}” at {at}: there is no link “{link}”"),
    "no-target": (
        "error",
        "broken-link",
        "“{code}” at {at} is linked to “{target}”, which is not there",
    ),
    "itself": ("error", "broken-link", "“{code}” at {at} is linked to itself"),
    "wrong-track": (
        "error",
        "broken-link",
        "“{code}” at {at}: “{link}” may not lead from {track} to {other}",
    ),
    "wrong-code": (
        "error",
        "link-not-allowed",
        "“{code}” at {at}: “{link}” is not meant for it and “{target}”",
    ),
    "answers-only": (
        "error",
        "link-not-allowed",
        "“{code}” at {at} is no answer to “{target}”",
    ),
    "too-early": (
        "warning",
        "link-outside-window",
        "“{code}” at {at} begins too early to answer “{target}”",
    ),
    "too-late": (
        "warning",
        "link-outside-window",
        "“{code}” at {at} begins too late to answer “{target}”",
    ),
}


@dataclass(frozen=True)
class Links:
    """Broken, forbidden, missing and surplus links."""

    name: str = "links"

    def looks(self, scheme: Scheme) -> Iterator[Look]:
        """Each track, with those that its links lead to."""
        for track in scheme.tracks:
            ends = (rule.to_track for rule in scheme.links if rule.from_track == track.id)
            yield Look(tuple(dict.fromkeys((track.id, *ends))), partial(_find, track))


def _find(track: Track, scene: Scene) -> Found:
    rules = {rule.id: rule for rule in scene.scheme.links}
    ends = {rule.to_track for rule in rules.values() if rule.from_track == track.id}
    targets = {event.id: event for end in ends for event in scene.lane(end)}
    yield None
    asked = _asked(scene.scheme, track)
    bearing: Counter[tuple[str, str]] = Counter()  # rule and target
    for number, event in enumerate(scene.lane(track.id)):
        if number % REST_EVERY == 0:
            yield None
        borne = Counter(link.rule for link in event.links)
        for rule in asked.get(event.code, ()):
            if not borne[rule.id]:
                said = "“{code}” at {at} lacks its link “{link}”"
                yield Finding.about(event, "warning", "link-missing", said, link=rule.label)
        for link in event.links:
            met = rules.get(link.rule)
            yield from _faulty(scene, event, link, met, targets)
            if met is None:
                continue
            bearing[link.rule, link.target] += 1
            one_too_many = met.cardinality.startswith("one_")
            if one_too_many and bearing[link.rule, link.target] > 1 and link.target in targets:
                said = "“{code}” at {at} is one answer too many to “{target}”"
                other = targets[link.target]
                surplus = Finding.about(event, "warning", "too-many-links", said, target=other.code)
                yield surplus.with_other(other)
        for name, n in borne.items():
            if n > 1 and name in rules and rules[name].cardinality.endswith("_one"):
                said = "“{code}” at {at} has {n} links “{link}”; one is meant"
                label = rules[name].label
                yield Finding.about(event, "warning", "too-many-links", said, n=str(n), link=label)


def _asked(scheme: Scheme, track: Track) -> dict[str, tuple[LinkRule, ...]]:
    """Which links each code has to have, unless the scheme has a check of its own for that."""
    asked = {}
    for code in track.codes:
        example = Event(id="-", track=track.id, code=code.id, onset_us=0, offset_us=0)
        asked[code.id] = tuple(
            rule
            for rule in rules_from(scheme, example)
            if rule.required and not declares(scheme, "linked", link=rule.id, end="from")
        )
    return asked


def _faulty(
    scene: Scene, event: Event, link: Link, rule: LinkRule | None, targets: Mapping[str, Event]
) -> Iterator[Finding]:
    target = targets.get(link.target)
    fault: Fault | None
    if rule is None:
        fault = "no-rule"
    else:
        target = target or scene.observation.timeline.get(link.target)
        fault = (
            fault_between(scene.scheme, event, target, rule, scene.setting.age_months)
            if target
            else "no-target"
        )
        early = fault == "too-early" and rule.window.min_us == 0
        if early and declares(scene.scheme, "not_before", link=rule.id):
            return
    if fault is None:
        return
    severity, name, sentence = _FAULTS[fault]
    finding = Finding.about(
        event,
        severity,
        name,
        sentence,
        link=link.rule,
        target=target.code if target else link.target,
        other=target.track if target else "",
        track=event.track,
    )
    yield finding if target is None else finding.with_other(target)


RULES.add(Links())
