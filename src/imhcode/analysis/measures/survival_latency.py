"""Time to an answer, with those that never come counted as censored."""

import numpy as np

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.measured import Result, Wait
from imhcode.analysis.measures import MEASURES, MeasureKind, said
from imhcode.analysis.selecting import Declared, chosen
from imhcode.analysis.waiting import held_onsets, limit, of_waits, starts, waited


def survival_latency(declared: Declared, session: CodedSession, section: Section) -> Result:
    """From each start to its answer, or to what is waited for, unless something ends the wait."""
    start, end = declared["start"], declared["end"]
    begins = starts(session, section, start)
    if end.get("link"):
        return of_waits(declared, _answered(declared, session, section, begins))
    waits = waited(
        session,
        section,
        declared["censor_at"],
        begins,
        held_onsets(session, end, end.get("hold_s", 0)),
        track_id=start["track"],
    )
    return of_waits(declared, waits)


def _answered(
    declared: Declared, session: CodedSession, section: Section, begins: list[tuple[str, int]]
) -> list[Wait]:
    """Waits that end with a linked event."""
    end, track_id = declared["end"], declared["start"]["track"]
    from_track, to_track = session.link_tracks(end["link"])
    answers, sources = session.answers(end["link"]), session.lane(from_track)
    fits = chosen(session.tracks[from_track], end)[sources.codes[answers.source]]
    place_of = {event_id: place for place, event_id in enumerate(session.lane(to_track).ids)}
    waits = []
    for start_id, from_us in begins:
        until_us, reason = limit(session, section, declared["censor_at"], from_us, track_id)
        mine = answers.source[fits & (answers.target == place_of.get(start_id, -1))]
        came_us = int(np.min(sources.onsets[mine])) if len(mine) else None
        if came_us is not None and came_us <= until_us:
            waits.append(Wait(start_id, from_us, came_us - from_us, True))
        else:
            waits.append(Wait(start_id, from_us, until_us - from_us, False, reason))
    return waits


def _formula(declared: Declared) -> str:
    start, end = declared["start"], declared["end"]
    held = f" that holds for {end['hold_s']:g} s" if end.get("hold_s") else ""
    what = f"its answer by {end['link']}, {said(end)}" if end.get("link") else said(end) + held
    edge = start.get("edge", "onset").replace("_", " ")
    censored = ", ".join(declared["censor_at"]).replace("_", " ")
    return (
        f"seconds from the {edge} of {said(start)} to {what}; censored at {censored} "
        "(product-limit estimate)"
    )


MEASURES.add(
    MeasureKind(
        name="survival_latency",
        of=survival_latency,
        formula=_formula,
        source="Kaplan, E. L., & Meier, P. (1958). J. Am. Stat. Assoc., 53, 457-481.",
        tracks=lambda declared: (
            declared["start"]["track"],
            *([declared["end"]["track"]] if declared["end"].get("track") else []),
        ),
    )
)
