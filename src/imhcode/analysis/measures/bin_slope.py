"""How the number of events rises or falls from bin to bin."""

import numpy as np

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.denominators import US_PER_MIN, least
from imhcode.analysis.measured import VALUE, Number, Result
from imhcode.analysis.measures import MEASURES, MeasureKind, own_track, said
from imhcode.analysis.measures.contingency_2x2 import bins_of
from imhcode.analysis.selecting import Declared, chosen
from imhcode.analysis.straight_line import slope


def bin_slope(declared: Declared, session: CodedSession, section: Section) -> Result:
    """Slope of the rate per minute over minutes, by least squares over codable bins."""
    bin_us = round(declared["bin_s"] * 1_000_000)
    onsets = bins_of(section, bin_us)
    fewest = least(declared, 2)
    if len(onsets) < fewest:
        reason = f"fewer than {fewest} bins"
        return Result((Number(VALUE, None, len(onsets), null_reason=reason),))
    lane = session.lane(declared["track"])
    times = lane.onsets[chosen(session.tracks[declared["track"]], declared)[lane.codes]]
    counts = np.searchsorted(times, onsets + bin_us) - np.searchsorted(times, onsets)
    value = slope(onsets / US_PER_MIN, counts * (US_PER_MIN / bin_us))
    whole_us = len(onsets) * bin_us
    return Result((Number(VALUE, value, len(onsets), denominator_us=whole_us),))


MEASURES.add(
    MeasureKind(
        name="bin_slope",
        of=bin_slope,
        formula=lambda declared: (
            f"least-squares slope, over minutes, of the events a minute of {said(declared)} "
            f"({declared['track']}) in codable bins of {declared['bin_s']:g} s"
        ),
        source="Ekas, N. V., Haltigan, J. D., & Messinger, D. S. (2013). The dynamic still-face "
        "effect. Developmental Psychology, 49, 1027-1041.",
        tracks=own_track,
    )
)
