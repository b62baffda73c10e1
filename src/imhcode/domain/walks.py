"""Walks: from event to event of another track, each to be answered once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from imhcode.domain.edit import Edit, Step
from imhcode.domain.event import Event, Link, Stamp
from imhcode.domain.gestures import NoSuchEvent
from imhcode.domain.keys import CodeKey, defaults_of, press
from imhcode.domain.links import AnsweredAlready, answers_to, refuse_fault
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import LinkRule, Pass, Scheme
from imhcode.domain.setting import NOTHING_KNOWN, Setting
from imhcode.domain.suggestions import rule_of, set_time_us


@dataclass(frozen=True)
class Walking:
    """Where a walk stands: what it goes to, and what has been answered.

    Attributes
    ----------
    targets : tuple of Event
        What is visited, by onset.
    """

    targets: tuple[Event, ...] = ()
    _answers: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)

    def answers(self, target_id: str) -> tuple[Event, ...]:
        """What answers a target, in order."""
        return self._answers.get(target_id, ())

    def is_answered(self, target_id: str) -> bool:
        """Whether anything does."""
        return bool(self.answers(target_id))

    @property
    def left(self) -> tuple[Event, ...]:
        """The targets without an answer."""
        return tuple(one for one in self.targets if not self.is_answered(one.id))

    def first_left(self) -> Event | None:
        """Where a walk begins, and where it is taken up again after a restart."""
        return next(iter(self.left), None)

    def next_left(self, after: Event) -> Event | None:
        """The next target without an answer behind ``after``; from the end back to the first."""
        behind = self.targets[self._place(after) + 1 :]
        left = (one for one in behind if not self.is_answered(one.id))
        return next(left, self.first_left())

    def next(self, after: Event) -> Event | None:
        """The next target, answered or not."""
        behind = self.targets[self._place(after) + 1 :]
        return behind[0] if behind else None

    def previous(self, before: Event) -> Event | None:
        """The target before, answered or not."""
        at = self._place(before)
        return self.targets[at - 1] if at > 0 else None

    def nearest(self, time_us: int) -> Event | None:
        """The last target that begins at ``time_us`` or earlier, else the first."""
        past = [one for one in self.targets if one.onset_us <= time_us]
        return past[-1] if past else next(iter(self.targets), None)

    def _place(self, event: Event) -> int:
        ids = [one.id for one in self.targets]
        return ids.index(event.id) if event.id in ids else -1


def walking(observation: Observation, pass_: Pass) -> Walking:
    """Where the walk of a pass stands; nothing to visit if the pass has none."""
    walk = pass_.walk
    track = observation.scheme.track(walk.over_track) if walk else None
    if walk is None or track is None:
        return Walking()
    visited = {
        code.id
        for code in track.codes
        if not (walk.codes or walk.classes)
        or code.id in walk.codes
        or set(code.classes) & set(walk.classes)
    }
    targets = [one for one in observation.timeline.lane(track.id) if one.code in visited]
    rule = rule_of(observation, pass_)
    if rule is not None:
        return Walking(tuple(targets), _linked(observation, rule))
    return Walking(tuple(targets), {one.id: _touching(observation, pass_, one) for one in targets})


def _linked(observation: Observation, rule: LinkRule) -> dict[str, tuple[Event, ...]]:
    """What answers by the rule, by what it answers; one look at the lane serves all targets."""
    found: dict[str, tuple[Event, ...]] = {}
    for event in observation.timeline.lane(rule.from_track):
        for link in event.links:
            if link.rule == rule.id:
                found[link.target] = (*found.get(link.target, ()), event)
    return found


def _touching(observation: Observation, pass_: Pass, target: Event) -> tuple[Event, ...]:
    """Where nothing can be linked: what touches the target on the pass's tracks."""
    until_us = max(target.until_us, target.onset_us + 1)
    return tuple(
        event
        for track_id in pass_.tracks
        for event in observation.timeline.lane(track_id).between(target.onset_us, until_us)
    )


def span_us(pass_: Pass, target: Event) -> tuple[int, int]:
    """From when to when a target is played: its onset with run-up and tail."""
    walk = pass_.walk
    if walk is None:
        return target.onset_us, target.onset_us
    return target.onset_us - walk.lead_us, target.onset_us + walk.tail_us


def answering(
    observation: Observation,
    pass_: Pass,
    target_id: str,
    meant: CodeKey,
    at: Stamp,
    *,
    new_id: str,
    setting: Setting = NOTHING_KNOWN,
    instance: str = "",
    stamp_of: Callable[[int], Stamp] = Stamp,
    another: bool = False,
) -> Edit:
    """Answer a target of a walk with a code: the event and its link in one edit.

    A code whose time the program sets (`no_answer` at the end of the window) gets that time.  A
    target that has its answer already gets this one in its place, unless ``another`` is wanted.

    Parameters
    ----------
    at : Stamp
        What the coder sees.
    stamp_of : callable
        Session time to the frame shown then, for times that the program sets.

    Raises
    ------
    NoSuchEvent
        The target has gone.
    OutsideWindow, AnswersOther, AnsweredAlready, MayNotLink
        The scheme forbids that answer; see :mod:`imhcode.domain.links`.
    """
    target = observation.timeline.get(target_id)
    if target is None:
        raise NoSuchEvent(event=target_id)
    time_us = set_time_us(observation, pass_, meant.code, target, setting)
    if time_us is not None:
        at = stamp_of(time_us)
    rule = rule_of(observation, pass_)
    if rule is None or meant.track.id != rule.from_track or meant.track.kind != "point":
        return press(
            observation,
            meant,
            at,
            new_id=new_id,
            pass_id=pass_.id,
            instance=instance,
            setting=setting,
        )
    scheme, others = observation.scheme, answers_to(observation, target.id, rule)
    answer = Event(
        id=new_id,
        track=meant.track.id,
        code=meant.code.id,
        onset_us=at.time_us,
        offset_us=at.time_us,
        onset_frame=at.frame,
        recording=at.recording,
        modifiers=defaults_of(scheme, meant.track, meant.code),
        links=(Link(rule.id, target.id),),
        pass_id=pass_.id,
        instance=instance,
    )
    old = next((one for one in others if one.instance == instance and not another), None)
    if old is None and others and rule.cardinality.startswith("one_"):
        raise AnsweredAlready(target=target.code, code=others[0].code)
    if old is not None:
        answer = _in_place_of(scheme, meant, old, answer)
    refuse_fault(scheme, answer, target, rule, setting.age_months)
    return Edit("press", (Step(old, answer),) if answer != old else ())


def _in_place_of(scheme: Scheme, meant: CodeKey, old: Event, answer: Event) -> Event:
    """The answer with the id of the one before it, and what else of it still holds."""
    taken = {one.id for one in scheme.modifiers_for(meant.track, meant.code)}
    kept = {name: values for name, values in old.modifiers if name in taken}
    return replace(
        answer,
        id=old.id,
        modifiers=tuple(sorted({**dict(answer.modifiers), **kept}.items())),
        links=old.links,
        comment=old.comment,
        transcript=old.transcript,
        flagged=old.flagged,
    )
