"""Share of events that meet a condition."""

import numpy as np

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.denominators import empty_reason, events_in, share
from imhcode.analysis.measured import VALUE, Result
from imhcode.analysis.measures import MEASURES, MeasureKind, said
from imhcode.analysis.runs import Flags
from imhcode.analysis.selecting import Declared, chosen
from imhcode.analysis.spans import Union


def proportion_of_events(declared: Declared, session: CodedSession, section: Section) -> Result:
    """Those of the base that meet the condition, over all of the base.

    Out of the base, where the condition is an answer: events whose window for answers is cut by
    the end of codable time, and those whose answer could not be seen.  Where it is a modifier:
    events for which nothing was chosen.
    """
    base, condition = declared["base"], declared["count_if"]
    track_id = base["track"]
    counted = events_in(session, section, track_id, chosen(session.tracks[track_id], base))
    left_out = base.get("exclude_linked")
    if left_out:
        counted &= ~answered(session, left_out)
    if condition.get("link"):
        counted &= session.answers(condition["link"]).usable
    reason = empty_reason(declared, "no events")
    if condition.get("modifier"):
        chosen_for = answered_for(session, track_id, condition["modifier"])
        if counted.any() and not (counted & chosen_for).any():
            reason = f"{condition['modifier']} not coded"
        counted &= chosen_for
    hits = counted & _met(session, track_id, condition)
    n = int(counted.sum())
    return Result((share(VALUE, int(hits.sum()), n, reason, n),))


def answered(session: CodedSession, condition: Declared) -> Flags:
    """Which events of the link's target track have such an answer."""
    link = condition["link"]
    from_track, to_track = session.link_tracks(link)
    answers = session.answers(link)
    if condition.get("first"):
        answers = answers.first()
    fits = chosen(session.tracks[from_track], condition)[
        session.lane(from_track).codes[answers.source]
    ]
    found = np.zeros(len(session.lane(to_track)), bool)
    found[answers.target[fits]] = True
    return found


def _met(session: CodedSession, track_id: str, condition: Declared) -> Flags:
    lane = session.lane(track_id)
    if condition.get("link"):
        return answered(session, condition)
    met = np.ones(len(lane), bool)
    if condition.get("codes") or condition.get("classes"):
        met &= chosen(session.tracks[track_id], condition)[lane.codes]
    if condition.get("modifier"):
        met &= with_value(session, track_id, condition)
    other = condition.get("no_overlap_with")
    if other:
        time = session.time_of(other["track"], chosen(session.tracks[other["track"]], other))
        met &= ~_touched(lane.onsets, lane.offsets, time)
    return met


def with_value(session: CodedSession, track_id: str, where: Declared) -> Flags:
    """Which events have one of the values for the modifier."""
    wanted, found = set(where["values"]), _none_of(session, track_id)
    for place, modifiers in enumerate(session.lane(track_id).modifiers):
        for name, chosen_values in modifiers:
            if name == where["modifier"] and wanted.intersection(chosen_values):
                found[place] = True
    return found


def answered_for(session: CodedSession, track_id: str, modifier_id: str) -> Flags:
    """Which events have any value for the modifier."""
    found = _none_of(session, track_id)
    for place, modifiers in enumerate(session.lane(track_id).modifiers):
        found[place] = any(name == modifier_id and values for name, values in modifiers)
    return found


def _none_of(session: CodedSession, track_id: str) -> Flags:
    return np.zeros(len(session.lane(track_id)), bool)


def _touched(onsets: np.ndarray, offsets: np.ndarray, time: Union) -> Flags:
    """Whether anything of each stretch, or the instant, lies in ``time``."""
    ends = np.maximum(offsets, onsets + 1)
    return np.asarray(
        np.searchsorted(time.offsets, onsets, side="right")
        < np.searchsorted(time.onsets, ends, side="left")
    )


def _formula(declared: Declared) -> str:
    base, condition = declared["base"], declared["count_if"]
    if condition.get("link"):
        first = "first " if condition.get("first") else ""
        what = f"whose {first}answer by {condition['link']} is {said(condition)}"
    elif condition.get("modifier"):
        what = f"with {condition['modifier']} {' or '.join(condition['values'])}"
    elif condition.get("no_overlap_with"):
        what = f"during which there was no {said(condition['no_overlap_with'])}"
    else:
        what = f"that are {said(condition)}"
    return f"events of {said(base)} {what} / all of them that could be judged"


MEASURES.add(
    MeasureKind(
        name="proportion_of_events",
        of=proportion_of_events,
        formula=_formula,
        source="Bakeman, R., & Quera, V. (2011). Sequential analysis and observational methods.",
        tracks=lambda declared: (declared["base"]["track"],),
    )
)
