"""Mean rank."""

import numpy as np

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.denominators import empty_reason
from imhcode.analysis.measured import VALUE, Number, Result
from imhcode.analysis.measures import MEASURES, MeasureKind, own_track
from imhcode.analysis.ranked_time import time_by_code
from imhcode.analysis.selecting import Declared, ranks
from imhcode.analysis.spans import Union


def ordinal_mean(declared: Declared, session: CodedSession, section: Section) -> Result:
    """Mean of the ranks over the time that has one, or over events."""
    if declared.get("weight", "duration") == "duration":
        return Result((mean_rank(declared, session, declared["track"], section.time),))
    lane = session.lane(declared["track"])
    mine = ranks(session.tracks[declared["track"]])[lane.codes[section.has(lane)]]
    mine = mine[np.isfinite(mine)]
    if not len(mine):
        return Result((_none(declared, 0),))
    return Result((Number(VALUE, float(mine.sum()) / len(mine), len(mine)),))


def mean_rank(declared: Declared, session: CodedSession, track_id: str, time: Union) -> Number:
    """Mean rank weighted by time; its n is how many ranks were held."""
    rank, held = ranks(session.tracks[track_id]), time_by_code(session, track_id, time)
    ranked = np.isfinite(rank)
    whole_us = int(held[ranked].sum())
    if not whole_us:
        return _none(declared, 0)
    value = float((rank[ranked] * held[ranked]).sum()) / whole_us
    return Number(VALUE, value, int((held[ranked] > 0).sum()), denominator_us=whole_us)


def _none(declared: Declared, n: int) -> Number:
    return Number(VALUE, None, n, null_reason=empty_reason(declared, "no ranked time"))


MEASURES.add(
    MeasureKind(
        name="ordinal_mean",
        of=ordinal_mean,
        formula=lambda declared: (
            f"mean rank on {declared['track']}, weighted by {declared.get('weight', 'duration')}, "
            "where there is one"
        ),
        source="own",
        tracks=own_track,
    )
)
