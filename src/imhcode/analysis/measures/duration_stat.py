"""How long stretches are."""

import numpy as np

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.denominators import empty_reason, summary
from imhcode.analysis.measured import Number, Result
from imhcode.analysis.measures import MEASURES, MeasureKind, own_track, said
from imhcode.analysis.runs import by_subject, runs_of
from imhcode.analysis.selecting import Declared, chosen


def duration_stat(declared: Declared, session: CodedSession, section: Section) -> Result:
    """Lengths of the stretches inside codable time; those that it cuts are counted as censored."""
    track = session.tracks[declared["track"]]
    merge = declared.get("merge_adjacent", False)
    places = np.arange(len(track.codes))
    groups = np.where(chosen(track, declared), 0 if merge else places, -1)
    lengths, cut = [np.empty(0, np.int64)], [np.empty(0, bool)]
    for lane in by_subject(session.lane(track.id)):
        time = session.scored(section, track.id)
        runs = runs_of(lane, time, seamless=True, groups=groups, merged=merge)
        lengths.append(runs.lengths)
        cut.append(runs.cut_left | runs.cut_right)
    times, censored = np.concatenate(lengths), int(np.concatenate(cut).sum())
    numbers = []
    for statistic in declared["statistic"]:
        if len(times) or statistic in ("n", "total"):
            numbers.append(Number(statistic, summary(statistic, times), len(times), censored))
        else:
            reason = empty_reason(declared, "no stretches")
            numbers.append(Number(statistic, None, 0, 0, null_reason=reason))
    return Result(tuple(numbers))


MEASURES.add(
    MeasureKind(
        name="duration_stat",
        of=duration_stat,
        formula=lambda declared: (
            f"{', '.join(declared['statistic'])} of the lengths of {said(declared)} "
            f"({declared['track']})"
            f"{', stretches that touch being one' if declared.get('merge_adjacent') else ''}, "
            "in seconds; what codable time cuts is counted with the length that was seen"
        ),
        source="Bakeman, R., & Quera, V. (2011). Sequential analysis and observational methods.",
        tracks=own_track,
    )
)
