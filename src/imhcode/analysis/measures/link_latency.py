"""Time from an event to its answer."""

import numpy as np

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.denominators import empty_reason, summary
from imhcode.analysis.measured import Number, Result
from imhcode.analysis.measures import MEASURES, MeasureKind
from imhcode.analysis.selecting import Declared, chosen


def link_latency(declared: Declared, session: CodedSession, section: Section) -> Result:
    """Onset of the answer minus onset of what it answers, over answers that count."""
    times, _ = answer_times(declared, session, section)
    return Result(tuple(_number(one, times, declared) for one in declared["statistic"]))


def answer_times(
    declared: Declared, session: CodedSession, section: Section
) -> tuple[np.ndarray, np.ndarray]:
    """How long each answer that counts took, in microseconds, and its place on its track."""
    from_track, to_track = session.link_tracks(declared["link"])
    answers = session.answers(declared["link"])
    sources, targets = session.lane(from_track), session.lane(to_track)
    codes = chosen(session.tracks[from_track], {"classes": declared.get("from_classes") or ()})
    usable = (section.has(targets) & answers.usable)[answers.target]
    usable &= codes[sources.codes[answers.source]]
    places = answers.source[usable]
    return sources.onsets[places] - targets.onsets[answers.target[usable]], places


def _number(statistic: str, times: np.ndarray, declared: Declared) -> Number:
    if statistic != "n" and not len(times):
        return Number(statistic, None, 0, null_reason=empty_reason(declared, "no answers"))
    return Number(statistic, summary(statistic, times), len(times))


MEASURES.add(
    MeasureKind(
        name="link_latency",
        of=link_latency,
        formula=lambda declared: (
            f"seconds from the onset of an event to the onset of its answer by {declared['link']}"
        ),
        source="Bakeman, R., & Quera, V. (2011). Sequential analysis and observational methods.",
        tracks=lambda _: (),
    )
)
