"""Carry an observation over to another version of its scheme, as one edit of a new observation.

The old observation stays as it is.  What the mapping cannot decide is carried over all the same,
flagged, with a comment that says what a coder has to look at.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from imhcode.domain.edit import Edit, Step
from imhcode.domain.event import Event, Link, Values
from imhcode.domain.mapping import CodeRule, SchemeMapping
from imhcode.domain.rating import Rating, RatingStep
from imhcode.domain.scheme import Modifier, RatingScale, Scheme
from imhcode.domain.timecode import as_clock
from imhcode.domain.timeline import Timeline

Reason = Literal["note", "choose", "look", "modifier", "state", "joined-up", "link", "rating"]


@dataclass(frozen=True, slots=True)
class Look:
    """One thing that a coder has to look at.

    Attributes
    ----------
    event : str
        Id of the flagged event; empty where nothing near was left to flag.
    onset_us : int or None
        When; ``None`` for a rating of the whole session.
    reason : str
        Short name, for scripts.
    message : str
        One sentence without full stop; also the comment on the event.
    """

    event: str
    onset_us: int | None
    reason: Reason
    message: str


@dataclass(frozen=True, slots=True)
class Move:
    """An observation as the new scheme says it.

    Attributes
    ----------
    edit : Edit
        Adds every event and rating to an empty observation.
    looks : tuple of Look
        By time.
    joined : int
        Events that were joined to the one before, having become the same.
    """

    edit: Edit
    looks: tuple[Look, ...]
    joined: int


def moved(
    timeline: Timeline, ratings: Iterable[Rating], mapping: SchemeMapping, old: Scheme, new: Scheme
) -> Move:
    """Work out what another version of the scheme makes of an observation.

    Parameters
    ----------
    timeline, ratings : Timeline, iterable of Rating
        Of the old observation; ids stay.
    mapping : SchemeMapping
        From ``old`` to ``new``.
    """
    mover = _Mover(mapping, old, new)
    for event in timeline.in_order():
        mover.take(event)
    mover.turn_states_into_modifiers(timeline)
    joined = mover.join_what_became_one()
    mover.mend_links()
    mover.leave_notes()
    steps = tuple(Step(None, event) for event in mover.flagged())
    rating_steps = tuple(RatingStep(None, one) for one in mover.rated(ratings))
    looks = sorted(mover.looks, key=lambda look: (look.onset_us or 0, look.event))
    return Move(Edit("map", steps, rating_steps), tuple(looks), joined)


class _Mover:
    """The events so far, and what there is to say about them."""

    def __init__(self, mapping: SchemeMapping, old: Scheme, new: Scheme) -> None:
        self._mapping, self._old, self._new = mapping, old, new
        self._rules: defaultdict[tuple[str, str], list[CodeRule]] = defaultdict(list)
        for rule in mapping.codes:
            self._rules[rule.old].append(rule)
        self._modifiers = {rule.old: rule for rule in mapping.modifiers}
        self._became_modifiers = {rule.track for rule in mapping.states}
        self._events: dict[str, Event] = {}
        self._from_code: dict[str, str] = {}  # old code of each event
        self._joined_to: dict[str, str] = {}
        self._notes: list[tuple[Event, str]] = []
        self._told_apart: set[str] = set()  # events whose code became a modifier
        self._told: set[str] = set()  # events that are looked at already
        self.looks: list[Look] = []

    def take(self, event: Event) -> None:
        """Carry one event over, or note it."""
        if event.track in self._became_modifiers:
            return
        rule = self._rule(event)
        said = self._said(event)
        if rule is None or rule.becomes_note:
            self._notes.append((event, said))
            return
        track, code = rule.new
        changed = replace(event, track=track, code=code, modifiers=())
        self._events[event.id], self._from_code[event.id] = changed, event.code
        kept = [(name, values) for name, values in event.modifiers]
        if rule.having is not None:
            kept = [(name, values) for name, values in kept if name != rule.having[0]]
        for name, values in kept:
            self._carry_modifier(event.id, name, values)
        if rule.setting is not None:
            self._set(event.id, rule.setting[0], rule.setting[1])
            self._told_apart.add(event.id)
        if rule.choices:
            offered = " or ".join(self._label(track, one) for one in rule.choices)
            self._look(event.id, "choose", f"was {said}: choose {offered}")
        elif rule.look:
            self._look(event.id, "look", f"was {said}, whose meaning changed: look again")

    def _rule(self, event: Event) -> CodeRule | None:
        for rule in self._rules.get((event.track, event.code), ()):
            if rule.having is None or event.modifier(rule.having[0]) == (rule.having[1],):
                return rule
        return None

    def _carry_modifier(self, event_id: str, name: str, values: Values) -> None:
        event = self._events[event_id]
        rule = self._modifiers.get(name)
        label = next((one.label for one in self._old.modifiers if one.id == name), name)
        taken = self._taken_by(event)
        modifier = taken.get(rule.new) if rule else None
        if rule is None or modifier is None:
            self._look(event_id, "modifier", f"had {label}: {', '.join(values)}")
            return
        changed = tuple(rule.values.get(value, value) for value in values)
        kept = tuple(value for value in changed if value and _fits(modifier, value))
        if modifier.type != "multi":
            kept = kept[:1]
        if len(kept) < len(values):
            self._look(event_id, "modifier", f"had {label}: {', '.join(values)}")
        if kept:
            self._events[event_id] = event.having(modifier.id, kept)

    def _set(self, event_id: str, name: str, value: str) -> None:
        event = self._events[event_id]
        before = event.modifier(name)
        if before and before != (value,):
            label = next((one.label for one in self._new.modifiers if one.id == name), name)
            self._look(event_id, "modifier", f"had {label}: {', '.join(before)}")
        self._events[event_id] = self._events[event_id].having(name, (value,))

    def _taken_by(self, event: Event) -> dict[str, Modifier]:
        track, code = self._new.track(event.track), self._new.code(event.track, event.code)
        if track is None or code is None:
            return {}
        return {one.id: one for one in self._new.modifiers_for(track, code)}

    def turn_states_into_modifiers(self, timeline: Timeline) -> None:
        """Give every event the state that held when it began."""
        for rule in self._mapping.states:
            lane = timeline.lane(rule.track)
            used: set[str] = set()
            for event in list(self._events.values()):
                if event.track != rule.on or rule.modifier not in self._taken_by(event):
                    continue
                for state in lane.covering(event.onset_us):
                    value = rule.values.get(state.code, "")
                    if value:
                        used.add(state.id)
                        self._set(event.id, rule.modifier, value)
            for state in lane:
                if state.id not in used:
                    self._notes.append((state, self._said(state)))

    def join_what_became_one(self) -> int:
        """Join neighbours on exclusive tracks that had two codes and now have one.

        Left apart they would count as two bouts of what the new scheme calls one.
        """
        by_track: defaultdict[str, list[Event]] = defaultdict(list)
        for event in self._events.values():
            by_track[event.track].append(event)
        for track_id, events in by_track.items():
            track = self._new.track(track_id)
            if track is None or not track.exclusive:
                continue
            events.sort(key=lambda event: event.onset_us)
            last = events[0]
            for event in events[1:]:
                last = self._joined(last, event) or event
        return len(self._joined_to)

    def _joined(self, first: Event, second: Event) -> Event | None:
        """Both in one, if they have become one; what differs keeps them apart, for a coder."""
        if (
            first.code != second.code
            or self._from_code[first.id] == self._from_code[second.id]
            or first.offset_us != second.onset_us
            or first.is_instant
        ):
            return None
        if first.modifiers != second.modifiers and self._told_apart & {first.id, second.id}:
            return None  # the mapping itself keeps them apart, by a modifier
        alike = all(
            getattr(first, name) == getattr(second, name)
            for name in ("modifiers", "instance", "recording", "transcript")
        )
        doubtful = first.id in self._told or second.id in self._told
        if not alike or second.comment or second.links or doubtful:
            self._look(second.id, "joined-up", "follows on the same code: one event or two?")
            return None
        joined = replace(
            first,
            offset_us=second.offset_us,
            offset_frame=second.offset_frame,
            offset_reviewed=second.offset_reviewed,
            flagged=first.flagged or second.flagged,
        )
        self._events[first.id] = joined
        self._from_code[first.id] = self._from_code[second.id]
        del self._events[second.id]
        self._joined_to[second.id] = first.id
        return joined

    def mend_links(self) -> None:
        """Let links follow their rules and targets; what cannot follow is said, not dropped."""
        rules = {rule.id for rule in self._new.links}
        noted = {event.id: said for event, said in self._notes}
        for event in list(self._events.values()):
            links = []
            for link in event.links:
                rule = self._mapping.links.get(link.rule, "")
                target = self._landed(link.target)
                if rule in rules and target not in noted:
                    links.append(Link(rule, target))
                    continue
                what = noted.get(target, "an event, by a link that is no more")
                self._look(event.id, "link", f"answered {what}")
            self._events[event.id] = replace(self._events[event.id], links=tuple(links))

    def _landed(self, event_id: str) -> str:
        while event_id in self._joined_to:
            event_id = self._joined_to[event_id]
        return event_id

    def leave_notes(self) -> None:
        """Write what has no code any more on the event nearest in time."""
        order = sorted(self._events.values(), key=lambda event: (event.onset_us, event.id))
        onsets_us = [event.onset_us for event in order]
        for event, said in self._notes:
            words = f"{said}: {event.comment}" if event.comment else said
            message = f"here was {words}"
            after = bisect_left(onsets_us, event.onset_us)
            near = min(
                order[max(after - 1, 0) : after + 1],
                key=lambda other: abs(other.onset_us - event.onset_us),
                default=None,
            )
            if near is None:
                self.looks.append(Look("", event.onset_us, "note", message))
            else:
                self._look(near.id, "note", message, event.onset_us)

    def flagged(self) -> list[Event]:
        """The events, each with what there is to look at as its comment."""
        said: defaultdict[str, list[str]] = defaultdict(list)
        for look in self.looks:
            said[look.event].append(f"[{self._mapping.old}] {look.message}")
        return [
            replace(
                event,
                comment="\n".join(filter(None, (event.comment, *said[event.id]))),
                flagged=True,
            )
            if event.id in said
            else event
            for event in self._events.values()
        ]

    def rated(self, ratings: Iterable[Rating]) -> list[Rating]:
        """The ratings on the scales of the new scheme."""
        kept = []
        for rating in ratings:
            old = self._old.rating(rating.scale)
            label = old.label if old else rating.scale
            scale = self._new.rating(self._mapping.ratings.get(rating.scale, ""))
            if scale is None or not _admits(scale, rating):
                score = "" if rating.value is None else f" = {rating.value:g}"
                message = f"the rating {label}{score} has no place any more"
                self.looks.append(Look("", None, "rating", message))
                continue
            landed = (self._landed(one) for one in rating.evidence)
            evidence = tuple(dict.fromkeys(one for one in landed if one in self._events))
            if len(evidence) < len(set(rating.evidence)):
                self.looks.append(Look("", None, "rating", f"{label} lost a piece of evidence"))
            kept.append(replace(rating, scale=scale.id, evidence=evidence))
        return kept

    def _look(
        self, event_id: str, reason: Reason, message: str, onset_us: int | None = None
    ) -> None:
        self._told.add(event_id)
        at = self._events[event_id].onset_us if onset_us is None else onset_us
        self.looks.append(Look(event_id, at, reason, message))

    def _said(self, event: Event) -> str:
        """An event of the old scheme in words."""
        track = self._old.track(event.track)
        code = self._old.code(event.track, event.code)
        label = f"“{code.label if code else event.code}” on {track.label if track else event.track}"
        return f"{label} at {as_clock(event.onset_us)}"

    def _label(self, track_id: str, code_id: str) -> str:
        code = self._new.code(track_id, code_id)
        return f"“{code.label if code else code_id}”"


def _fits(modifier: Modifier, value: str) -> bool:
    """Whether the modifier can have that value."""
    if modifier.type in ("choice", "multi") and not modifier.values_from:
        return any(one.id == value for one in modifier.values)
    if modifier.type == "number":
        try:
            number = float(value)
        except ValueError:
            return False
        low, high = modifier.minimum, modifier.maximum
        return (low is None or number >= low) and (high is None or number <= high)
    return modifier.max_length is None or len(value) <= modifier.max_length


def _admits(scale: RatingScale, rating: Rating) -> bool:
    """Whether the scale can hold that score."""
    if rating.value is None:
        return scale.allow_not_applicable or not rating.na_reason
    if not scale.scale.minimum <= rating.value <= scale.scale.maximum:
        return False
    stride = scale.scale.step / 2 if scale.scale.allow_half else scale.scale.step
    return abs((rating.value - scale.scale.minimum) / stride % 1) < 1e-9
