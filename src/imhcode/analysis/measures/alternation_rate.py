"""Changes of turn between two tracks, per minute."""

import numpy as np

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.denominators import NO_TIME, US_PER_MIN, seconds, summary
from imhcode.analysis.measured import VALUE, Number, Result
from imhcode.analysis.measures import MEASURES, MeasureKind
from imhcode.analysis.selecting import Declared, uncodable
from imhcode.analysis.turn_taking import turns_of

STATISTICS = (VALUE, "switching_pause_median", "overlaps")


def alternation_rate(declared: Declared, session: CodedSession, section: Section) -> Result:
    """Changes of side over minutes of codable time; the silences between, and the overlaps."""
    one, other = declared["tracks"]
    flags = []
    for track_id in (one, other):
        lane = session.lane(track_id)
        flags.append(section.has(lane) & ~uncodable(session.tracks[track_id])[lane.codes])
    turns = turns_of(
        (session.lane(one), session.lane(other)),
        (flags[0], flags[1]),
        section.time,
        round(declared["max_gap_s"] * 1_000_000),
    )
    n, whole_us = len(turns), section.time.length_us
    rate = n * US_PER_MIN / whole_us if whole_us else None
    pauses = turns.switching_pauses
    median = summary("median", np.asarray(pauses)) if len(pauses) else None
    return Result(
        (
            Number(
                VALUE, rate, n, denominator_us=whole_us, null_reason="" if whole_us else NO_TIME
            ),
            Number(
                STATISTICS[1], median, len(pauses), null_reason="" if len(pauses) else "no turns"
            ),
            Number(STATISTICS[2], turns.overlaps, n),
        )
    )


MEASURES.add(
    MeasureKind(
        name="alternation_rate",
        of=alternation_rate,
        formula=lambda declared: (
            f"number of changes between {' and '.join(declared['tracks'])} with at most "
            f"{seconds(declared['max_gap_s'] * 1_000_000):g} s of silence / minutes of codable time"
        ),
        source="Jaffe, J., Beebe, B., Feldstein, S., Crown, C. L., & Jasnow, M. D. (2001). Rhythms "
        "of dialogue in infancy. Monographs of the SRCD, 66(2).",
        tracks=lambda declared: tuple(declared["tracks"]),
        statistics=lambda _, __: STATISTICS,
    )
)
