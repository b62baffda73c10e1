"""Highest rank reached."""

import numpy as np

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.denominators import empty_reason
from imhcode.analysis.measured import VALUE, Number, Result
from imhcode.analysis.measures import MEASURES, MeasureKind, own_track
from imhcode.analysis.ranked_time import time_by_code
from imhcode.analysis.selecting import Declared, ranks


def ordinal_max(declared: Declared, session: CodedSession, section: Section) -> Result:
    """The highest rank that is held at all, or for long enough in all."""
    track = session.tracks[declared["track"]]
    rank, held = ranks(track), time_by_code(session, track.id, section.time)
    shortest_us = max(1, round(declared.get("min_total_s", 0) * 1_000_000))
    whole_us = int(held[np.isfinite(rank)].sum())
    by_rank = {one: int(held[rank == one].sum()) for one in np.unique(rank[np.isfinite(rank)])}
    reached = [float(one) for one, time_us in by_rank.items() if time_us >= shortest_us]
    if not reached:
        reason = empty_reason(
            declared, "no rank held long enough" if whole_us else "no ranked time"
        )
        return Result((Number(VALUE, None, 0, denominator_us=whole_us, null_reason=reason),))
    return Result((Number(VALUE, max(reached), len(reached), denominator_us=whole_us),))


MEASURES.add(
    MeasureKind(
        name="ordinal_max",
        of=ordinal_max,
        formula=lambda declared: (
            f"highest rank on {declared['track']} that is held for at least "
            f"{declared.get('min_total_s', 0):g} s in all; n is the number of ranks reached"
        ),
        source="own",
        tracks=own_track,
    )
)
