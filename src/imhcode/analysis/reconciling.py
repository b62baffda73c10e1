"""What a decision about a disagreement does to the consensus of two coders.

The consensus starts as the first coder's record.  A stretch of a track whose codes exclude each
other is painted with what was decided; on other tracks the event in question changes in what was
decided about it, or comes, or goes.  Each decision is one edit and touches nothing else.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from imhcode.analysis.disagreement import Disagreement
from imhcode.analysis.disagreements import Partners, is_swept
from imhcode.analysis.painting import painted
from imhcode.domain.decision import Choice
from imhcode.domain.edit import Edit, Step
from imhcode.domain.errors import Refused
from imhcode.domain.event import Event, Link, Stamp, Values
from imhcode.domain.observation import Observation
from imhcode.domain.rating import RatingStep
from imhcode.domain.scheme import Track


class CannotDecideSo(Refused):
    """Fields: ``choice``, ``why``."""

    sentence = "“{choice}” cannot be decided here: {why}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Third:
    """What is decided where neither coder is right.

    Attributes
    ----------
    code : str
        Another code.
    at : Stamp or None
        Where a boundary lies that was set early or late; the onset of an event.
    values : tuple of str
        Of a modifier.
    """

    code: str = ""
    at: Stamp | None = None
    values: Values = ()


class Originals:
    """Two coders' records of one session, and which of their events are partners.

    Parameters
    ----------
    first, second : Observation
        They are never changed.
    partners : list of (Event or None, Event or None)
        See :func:`imhcode.analysis.disagreements.partners_of`.
    """

    def __init__(self, first: Observation, second: Observation, partners: Partners) -> None:
        self.first = first
        self.second = second
        taken = {event.id for event in first.timeline}
        self._ids: dict[str, str] = {b.id: a.id for a, b in partners if a and b}
        for event in second.timeline.in_order():
            if event.id not in self._ids:
                new = event.id
                while new in taken:
                    new += "'"
                taken.add(new)
                self._ids[event.id] = new

    def id_of(self, second_id: str) -> str:
        """Under which id an event of the second coder stands in the consensus."""
        return self._ids.get(second_id, second_id)

    def as_second(self, event: Event) -> Event:
        """An event of the second coder as it comes into the consensus, with its links."""
        links = tuple(Link(one.rule, self.id_of(one.target)) for one in event.links)
        return replace(event, id=self.id_of(event.id), links=links)


def beginning(originals: Originals) -> Edit:
    """The edit that a consensus begins with: all that the first coder has."""
    steps = tuple(Step(None, event) for event in originals.first.timeline.in_order())
    ratings = tuple(RatingStep(None, one) for one in originals.first.ratings.values())
    return Edit("consensus", steps, ratings)


def deciding(
    consensus: Observation,
    originals: Originals,
    about: Disagreement,
    choice: Choice,
    *,
    third: Third | None = None,
    until_us: int,
    new_id: Callable[[], str],
) -> Edit:
    """The edit that carries out a decision; it may change nothing.

    Parameters
    ----------
    third : Third
        For ``third`` only.
    until_us : int
        Where a running state is taken to end.

    Raises
    ------
    CannotDecideSo
        Both cannot be right here, or something is missing.
    """
    track = consensus.scheme.track(about.track_id)
    if track is None:
        raise CannotDecideSo(choice=choice, why=f"there is no track {about.track_id}")
    third = _known(choice, third, about, track)
    if about.kind == "modifier":
        return _modifying(consensus, originals, about, choice, third, track)
    if is_swept(track):
        return _painting(consensus, originals, about, choice, third, track, until_us, new_id)
    return _about_event(consensus, originals, about, choice, third)


def _known(choice: Choice, third: Third | None, about: Disagreement, track: Track) -> Third:
    """What stands for "third", or nothing where that was not chosen."""
    if choice == "accept":
        raise CannotDecideSo(choice=choice, why="it decides nothing")
    boundary = about.kind in ("early", "late")
    if choice == "both" and (boundary or (is_swept(track) and about.kind != "modifier")):
        raise CannotDecideSo(choice=choice, why=f"only one can hold on “{track.label}”")
    if choice == "neither" and boundary:
        raise CannotDecideSo(choice=choice, why="a boundary lies somewhere: say where, as a third")
    if choice != "third":
        return Third()
    if third is None or not (third.code or third.at or third.values):
        raise CannotDecideSo(choice=choice, why="it is not said what holds instead")
    if third.code and track.code(third.code) is None:
        raise CannotDecideSo(choice=choice, why=f"“{track.label}” has no code “{third.code}”")
    if boundary and third.at is None:
        raise CannotDecideSo(choice=choice, why="it is not said where the boundary lies")
    return third


# -- stretches -------------------------------------------------------------------------------


def _painting(
    consensus: Observation,
    originals: Originals,
    about: Disagreement,
    choice: Choice,
    third: Third,
    track: Track,
    until_us: int,
    new_id: Callable[[], str],
) -> Edit:
    lanes = {
        "mine": _of(originals.first.timeline.lane(track.id), about.instance),
        "theirs": [
            originals.as_second(one)
            for one in _of(originals.second.timeline.lane(track.id), about.instance)
        ],
    }
    span = about.from_us, about.until_us
    plan: list[tuple[tuple[int, int], Sequence[Event]]] = []
    if choice in ("mine", "theirs"):
        plan = [(span, lanes[choice])]
    elif choice == "neither":
        if track.exhaustive:
            raise CannotDecideSo(choice=choice, why=f"“{track.label}” leaves no gaps")
        plan = [(span, [])]
    elif third.at is not None and about.kind in ("early", "late"):
        at_us = third.at.time_us
        if not span[0] <= at_us <= span[1]:
            raise CannotDecideSo(choice=choice, why="the boundary lies between those of the two")
        old, new = ("theirs", "mine") if about.kind == "late" else ("mine", "theirs")
        plan = [((span[0], at_us), lanes[old]), ((at_us, span[1]), lanes[new])]
    else:
        at_hand = originals.first.timeline.get(about.event_a) or originals.second.timeline.get(
            about.event_b
        )
        recording = at_hand.recording if at_hand else ""
        plan = [(span, [_filling(consensus, about, third.code, track, recording, new_id)])]
    frames = _frames(*lanes.values())
    if third.at is not None:
        frames[third.at.recording, third.at.time_us] = third.at.frame
    lane = _of(consensus.timeline.lane(track.id), about.instance)
    before = {one.id: one for one in lane}
    taken = {one.id for one in consensus.timeline if one.track != track.id}
    taken |= {one.id for one in consensus.timeline.lane(track.id)} - before.keys()
    for stretch, source in plan:
        if stretch[0] < stretch[1]:
            lane = painted(
                lane,
                source,
                stretch,
                until_us=until_us,
                frames=frames,
                taken=taken,
                new_id=new_id,
            )
    return _difference(before.values(), lane)


def _of(lane: Iterable[Event], instance: str) -> list[Event]:
    return [one for one in lane if one.instance == instance]


def _filling(
    consensus: Observation,
    about: Disagreement,
    code: str,
    track: Track,
    recording: str,
    new_id: Callable[[], str],
) -> Event:
    """An event that reaches over a stretch, so that it joins what is of its code on either side."""
    if not code:
        raise CannotDecideSo(choice="third", why="it is not said which code holds")
    said = track.code(code)
    offered = consensus.scheme.modifiers_for(track, said) if said else ()
    chosen = {one.id: (one.default,) for one in offered if one.default}
    return Event(
        id=new_id(),
        track=track.id,
        code=code,
        instance=about.instance,
        recording=recording,
        onset_us=about.from_us - 1,
        offset_us=about.until_us + 1,
        modifiers=tuple(sorted(chosen.items())),
    )


def _frames(*lanes: Sequence[Event]) -> dict[tuple[str, int], int | None]:
    """The frame that was on screen at every boundary."""
    found: dict[tuple[str, int], int | None] = {}
    for event in (one for lane in lanes for one in lane):
        found[event.recording, event.onset_us] = event.onset_frame
        if event.offset_us is not None:
            found.setdefault((event.recording, event.offset_us), event.offset_frame)
    return found


def _difference(before: Iterable[Event], after: Iterable[Event]) -> Edit:
    """The edit from one lane to another, by the ids of its events."""
    old = {one.id: one for one in before}
    new = {one.id: one for one in after}
    steps = [Step(one, None) for one in old.values() if one.id not in new]
    steps += [Step(old.get(one.id), one) for one in new.values() if old.get(one.id) != one]
    return Edit("consensus", tuple(steps))


# -- events ----------------------------------------------------------------------------------


def _about_event(
    consensus: Observation,
    originals: Originals,
    about: Disagreement,
    choice: Choice,
    third: Third,
) -> Edit:
    first, second = _pair(originals, about)
    model = first or second
    if model is None:
        return Edit("consensus", ())
    now = consensus.timeline.get(model.id)
    beside_id = f"{model.id}+"
    beside = consensus.timeline.get(beside_id)
    wanted: Event | None = now or model
    if choice == "neither":
        wanted = None
    elif choice == "third":
        wanted = _as_third(now or model, about, third)
    elif choice in ("mine", "theirs"):
        side = first if choice == "mine" else second
        wanted = side and _as_side(now or side, side, about)
    elif first is not None:  # both: the second beside the first
        wanted = _as_side(now or first, first, about)
    steps = [Step(now, wanted)] if now != wanted else []
    both = choice == "both" and first is not None and second is not None
    extra = replace(second, id=beside_id) if both and second is not None else None
    if beside != extra:
        steps.append(Step(beside, extra))
    return Edit("consensus", tuple(steps))


def _pair(originals: Originals, about: Disagreement) -> tuple[Event | None, Event | None]:
    """Both events as they come into the consensus: partners under one id."""
    first = originals.first.timeline.get(about.event_a) if about.event_a else None
    second = originals.second.timeline.get(about.event_b) if about.event_b else None
    return first, second and originals.as_second(second)


def _as_side(now: Event, side: Event, about: Disagreement) -> Event:
    """The event with what is in question taken from one coder."""
    if about.kind == "confused":
        return replace(now, code=side.code, modifiers=side.modifiers, links=side.links)
    if about.kind not in ("early", "late"):
        return now
    changed: dict[str, Any] = {}  # both at once: between them the event could not be
    if about.edge != "offset":
        changed |= {"onset_us": side.onset_us, "onset_frame": side.onset_frame}
        changed["recording"] = side.recording
    if about.edge != "onset":
        changed |= {"offset_us": side.offset_us, "offset_frame": side.offset_frame}
    return replace(now, **changed)


def _as_third(now: Event, about: Disagreement, third: Third) -> Event:
    changed = now if not third.code else replace(now, code=third.code)
    if third.at is None:
        return changed
    if about.edge == "offset":
        return changed.ending(third.at)
    if not about.edge and changed.duration_us:
        end_us = third.at.time_us + changed.duration_us
        return replace(changed, offset_us=end_us, offset_frame=None).beginning(third.at)
    return changed.beginning(third.at)


def _modifying(
    consensus: Observation,
    originals: Originals,
    about: Disagreement,
    choice: Choice,
    third: Third,
    track: Track,
) -> Edit:
    """The same event with other values; one that was decided away is left away."""
    now = consensus.timeline.get(about.event_a) or consensus.timeline.get(
        originals.id_of(about.event_b)
    )
    if now is None:
        return Edit("consensus", ())
    values: Values = {"mine": about.values_a, "theirs": about.values_b}.get(choice, third.values)
    if choice == "both":
        code = track.code(now.code)
        asked = consensus.scheme.modifiers_for(track, code) if code else ()
        if not any(one.id == about.modifier and one.type == "multi" for one in asked):
            raise CannotDecideSo(choice=choice, why="this modifier takes one value")
        values = tuple(dict.fromkeys((*about.values_a, *about.values_b)))
    changed = now.having(about.modifier, values)
    return Edit("consensus", (Step(now, changed),) if changed != now else ())
