"""How often two tracks say the same, at once and with one of them ahead."""

import numpy as np
import numpy.typing as npt

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.cross_correlation import peak
from imhcode.analysis.cross_correlation import recurrence_profile as profile_of
from imhcode.analysis.denominators import least
from imhcode.analysis.measured import Number, Result, nothing
from imhcode.analysis.measures import MEASURES, MeasureKind
from imhcode.analysis.measures.cross_correlation import at_lags
from imhcode.analysis.runs import runs_of
from imhcode.analysis.selecting import Declared, uncodable
from imhcode.analysis.spans import NOTHING


def recurrence_profile(declared: Declared, session: CodedSession, section: Section) -> Result:
    """The diagonal profile of the cross-recurrence plot: shares of bins with the same code."""
    for track_id in declared["tracks"]:
        if session.subjects(track_id) > 1:
            return nothing(tuple(declared["statistic"]), f"several subjects on {track_id}")
    bin_us = round(declared["bin_s"] * 1_000_000)
    names = sorted({code.id for one in declared["tracks"] for code in session.tracks[one].codes})
    first, second = (
        codes_by_bin(session, section, one, bin_us, names) for one in declared["tracks"]
    )
    n, fewest = int(((first >= 0) & (second >= 0)).sum()), least(declared, 1)
    if n < fewest:
        return nothing(tuple(declared["statistic"]), f"fewer than {fewest} scored bins", n)
    shares = profile_of(first, second, int(declared["max_lag_s"] / declared["bin_s"]))
    middle, lag = len(shares) // 2, peak(shares) or 0
    values = {
        "recurrence_lag0": float(shares[middle]),
        "peak_recurrence": float(shares[middle + lag]),
        "peak_lag_s": lag * declared["bin_s"],
    }
    return Result(
        tuple(Number(one, values[one], n) for one in declared["statistic"]),
        lags=tuple(at_lags("recurrence", shares, bin_us)),
    )


def codes_by_bin(
    session: CodedSession, section: Section, track_id: str, bin_us: int, names: list[str]
) -> npt.NDArray[np.int64]:
    """The code that holds longest in each bin, the earlier of two; ``-1`` under half a bin."""
    track = session.tracks[track_id]
    blind = uncodable(track)
    groups = np.array(
        [NOTHING if blind[k] else names.index(code.id) for k, code in enumerate(track.codes)]
    )
    runs = runs_of(session.lane(track_id), section.time, seamless=True, groups=groups)
    n_bins = (section.until_us - section.from_us) // bin_us
    edges = section.from_us + np.arange(n_bins + 1) * bin_us
    held = np.zeros((n_bins, len(names)), np.int64)
    for onset, offset, code in zip(
        runs.onsets.tolist(), runs.offsets.tolist(), runs.codes.tolist(), strict=True
    ):
        inside = np.minimum(offset, edges[1:]) - np.maximum(onset, edges[:-1])
        held[:, code] += np.maximum(inside, 0)
    longest = held.argmax(axis=1)
    enough = held.sum(axis=1) * 2 >= bin_us
    return np.where(enough, longest, NOTHING)


MEASURES.add(
    MeasureKind(
        name="recurrence_profile",
        of=recurrence_profile,
        formula=lambda declared: (
            f"share of bins of {declared['bin_s']:g} s in which "
            f"{' and '.join(declared['tracks'])} say the same code, at each lag up to "
            f"{declared['max_lag_s']:g} s; at a positive lag the first one leads"
        ),
        source="Coco, M. I., & Dale, R. (2014). Cross-recurrence quantification analysis of "
        "categorical and continuous time series. Frontiers in Psychology, 5, 510.",
        tracks=lambda declared: tuple(declared["tracks"]),
    )
)
