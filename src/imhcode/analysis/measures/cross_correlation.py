"""How two ordered tracks go together, and which leads."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.cross_correlation import Series, correlations, peak, prewhitened
from imhcode.analysis.denominators import least
from imhcode.analysis.measured import AtLag, Number, Result, nothing
from imhcode.analysis.measures import MEASURES, MeasureKind
from imhcode.analysis.runs import runs_of
from imhcode.analysis.selecting import Declared, ranks
from imhcode.analysis.straight_line import without_drift

ALSO = ("prewhitened_peak_r", "prewhitened_peak_lag_s")
ORDER = 1  #: of the autoregression that is taken out before the correlations of innovations


def _none() -> Series:
    return np.empty(0)


@dataclass(frozen=True, slots=True, eq=False)
class ByLag:
    """Correlations at each lag, or why there are none.

    Attributes
    ----------
    n : int or None
        How many bins are scored.
    plain, white : array of float, shape (2 * max_lag + 1,)
        Of the series, and of what their own past leaves of them; empty where there is a reason.
    """

    n: int | None
    reason: str = ""
    plain: Series = field(default_factory=_none)
    white: Series = field(default_factory=_none)


def cross_correlation(declared: Declared, session: CodedSession, section: Section) -> Result:
    """Correlations of mean ranks by bin, at each lag; and those of what their own past leaves."""
    lags = by_lag(declared, session, section)
    if lags.reason:
        return nothing((*declared["statistic"], *ALSO), lags.reason, lags.n)
    bin_us, n = round(declared["bin_s"] * 1_000_000), lags.n or 0
    plain, white = _summary(lags.plain, bin_us, n), _summary(lags.white, bin_us, n)
    found = [plain[one] for one in declared["statistic"]]
    found += [_renamed(white[one.removeprefix("prewhitened_")], one) for one in ALSO]
    profile = (*at_lags("r", lags.plain, bin_us), *at_lags("prewhitened_r", lags.white, bin_us))
    return Result(tuple(found), lags=profile)


def at_lags(series: str, values: Series, bin_us: int) -> Iterator[AtLag]:
    """Yield a profile point by point."""
    for k, value in enumerate(values.tolist()):
        lag_us = (k - len(values) // 2) * bin_us
        yield AtLag(series, lag_us, value if np.isfinite(value) else None)


def by_lag(declared: Declared, session: CodedSession, section: Section) -> ByLag:
    """All that the statistics are taken from."""
    for track_id in declared["tracks"]:
        if session.subjects(track_id) > 1:
            return ByLag(None, f"several subjects on {track_id}")
    bin_us = round(declared["bin_s"] * 1_000_000)
    first, second = (ranks_by_bin(session, section, one, bin_us) for one in declared["tracks"])
    scored = np.isfinite(first) & np.isfinite(second)
    n, fewest = int(scored.sum()), least(declared, 3)
    if n < fewest:
        return ByLag(n, f"fewer than {fewest} scored bins")
    if declared.get("detrend", "none") == "linear":
        first, second = _detrended(first, scored), _detrended(second, scored)
    if min(np.nanstd(first[scored]), np.nanstd(second[scored])) < 1e-9:
        return ByLag(n, "zero variance")
    max_lag = int(declared["max_lag_s"] / declared["bin_s"])
    whitened = prewhitened(first, ORDER), prewhitened(second, ORDER)
    return ByLag(
        n,
        plain=correlations(first, second, max_lag),
        white=correlations(*whitened, max_lag),
    )


def ranks_by_bin(session: CodedSession, section: Section, track_id: str, bin_us: int) -> Series:
    """Mean rank over each bin of the section; NaN where less than half of it has one."""
    track = session.tracks[track_id]
    rank = ranks(track)
    groups = np.where(np.isfinite(rank), np.arange(len(rank)), -1)
    runs = runs_of(session.lane(track_id), section.time, seamless=True, groups=groups)
    n_bins = (section.until_us - section.from_us) // bin_us
    edges = section.from_us + np.arange(n_bins + 1) * bin_us
    knots = np.stack([runs.onsets, runs.offsets], axis=1).ravel()
    if not len(knots):
        return np.full(n_bins, np.nan)
    lengths = runs.lengths

    def grown(weights: Series) -> Series:
        """What has come together up to each edge."""
        upto = np.cumsum(weights)
        heights = np.stack([upto - weights, upto], axis=1).ravel()
        return np.interp(edges, knots, heights)

    held = np.diff(grown(lengths.astype(float)))
    total = np.diff(grown(lengths * rank[runs.codes]))
    enough = held * 2 >= bin_us
    return np.where(enough, total / np.where(enough, held, 1), np.nan)


def _detrended(series: Series, scored: np.ndarray) -> Series:
    left = np.full(len(series), np.nan)
    left[scored] = without_drift(np.flatnonzero(scored), series[scored])
    return left


def _summary(values: Series, bin_us: int, n: int) -> dict[str, Number]:
    lag, middle = peak(values), len(values) // 2
    if lag is None:
        return {
            one: Number(one, None, n, null_reason="zero variance")
            for one in ("r_lag0", "peak_r", "peak_lag_s")
        }
    at_once = float(values[middle])
    return {
        "r_lag0": Number(
            "r_lag0",
            at_once if np.isfinite(at_once) else None,
            n,
            null_reason="" if np.isfinite(at_once) else "zero variance",
        ),
        "peak_r": Number("peak_r", float(values[middle + lag]), n),
        "peak_lag_s": Number("peak_lag_s", lag * bin_us / 1_000_000, n),
    }


def _renamed(number: Number, statistic: str) -> Number:
    return Number(statistic, number.value, number.n, null_reason=number.null_reason)


MEASURES.add(
    MeasureKind(
        name="cross_correlation",
        of=cross_correlation,
        formula=lambda declared: (
            f"Pearson's r of the mean ranks of {' and '.join(declared['tracks'])} in bins of "
            f"{declared['bin_s']:g} s at lags up to {declared['max_lag_s']:g} s "
            f"({declared.get('detrend', 'none')} drift taken out); at a positive lag the first "
            "leads; prewhitened: of what a first-order autoregression leaves of each"
        ),
        source="Feldman, R. (2007). Parent-infant synchrony. J. Child Psychology and Psychiatry, "
        "48, 329-354.",
        tracks=lambda declared: tuple(declared["tracks"]),
        statistics=lambda declared, _: (*declared["statistic"], *ALSO),
    )
)
