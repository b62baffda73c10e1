"""Mean of the numbers of an interval track."""

import numpy as np

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.denominators import empty_reason
from imhcode.analysis.measured import VALUE, Number, Result
from imhcode.analysis.measures import MEASURES, MeasureKind, own_track
from imhcode.analysis.selecting import Declared


def interval_mean(declared: Declared, session: CodedSession, section: Section) -> Result:
    """Mean over the bins that have a number and begin in codable time; each counts once."""
    track = session.tracks[declared["track"]]
    lane = session.lane(track.id)
    values = np.array([np.nan if code.value is None else code.value for code in track.codes], float)
    mine = values[lane.codes[section.has(lane)]]
    mine = mine[np.isfinite(mine)]
    if not len(mine):
        reason = empty_reason(declared, "no scored bins")
        return Result((Number(VALUE, None, 0, null_reason=reason),))
    return Result((Number(VALUE, float(mine.sum()) / len(mine), len(mine)),))


MEASURES.add(
    MeasureKind(
        name="interval_mean",
        of=interval_mean,
        formula=lambda declared: (
            f"sum of the values of the scored bins of {declared['track']} / number of them"
        ),
        source="Tronick, E. Z., Als, H., Adamson, L., Wise, S., & Brazelton, T. B. (1978). "
        "J. Am. Acad. Child Psychiatry, 17, 1-13.",
        tracks=own_track,
    )
)
