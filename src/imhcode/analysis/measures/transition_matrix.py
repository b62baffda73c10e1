"""Which state follows which."""

from collections.abc import Iterator, Sequence

import numpy as np

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.denominators import NO_TIME, US_PER_MIN
from imhcode.analysis.lag_sequential import (
    adjusted_residuals,
    entropy_rate,
    expected_counts,
    lag_table,
    permuted,
)
from imhcode.analysis.measured import Number, Passage, Result
from imhcode.analysis.measures import MEASURES, MeasureKind, own_track
from imhcode.analysis.runs import Runs, by_subject, runs_of
from imhcode.analysis.selecting import Declared, uncodable
from imhcode.analysis.square_tables import divided
from imhcode.domain.scheme import Track


def chains_of(session: CodedSession, section: Section, track: Track) -> list[Runs]:
    """The unbroken sequences of each subject's codes; uncodable time breaks them."""
    groups = np.where(uncodable(track), -1, np.arange(len(track.codes)))
    time = session.scored(section, track.id)
    seamless = track.exclusive and track.exhaustive
    return [
        runs_of(lane, time, seamless=seamless, groups=groups, merged=track.kind == "state")
        for lane in by_subject(session.lane(track.id))
    ]


def transition_matrix(declared: Declared, session: CodedSession, section: Section) -> Result:
    """Counts of code after code; states of one code that touch are one state."""
    track = session.tracks[declared["track"]]
    chains = chains_of(session, section, track)
    repeats = not (track.kind == "state" and track.exclusive and track.exhaustive)
    passages: list[Passage] = []
    for lag in range(1, int(declared.get("max_lag", 1)) + 1):
        passages += _passages(declared, track, chains, lag, repeats=repeats)
    at_once = [one for one in passages if one.lag == 1]
    whole_us = session.scored(section, track.id).length_us
    return Result(tuple(_numbers(declared, at_once, whole_us)), passages=tuple(passages))


def _passages(
    declared: Declared, track: Track, chains: Sequence[Runs], lag: int, *, repeats: bool
) -> Iterator[Passage]:
    """Yield the cells of the table of one lag; further on, a code can come again."""
    codable = np.flatnonzero(~uncodable(track))
    here, n_codes = np.ix_(codable, codable), len(track.codes)
    counts = np.zeros((n_codes, n_codes))
    for runs in chains:
        counts += lag_table(runs.codes, runs.linked, n_codes, lag)
    counts, names = counts[here], [track.codes[k].id for k in codable]
    none_again = not repeats and lag == 1
    possible = ~np.eye(len(names), dtype=bool) if none_again else np.ones(counts.shape, bool)
    shares = divided(counts, counts.sum(axis=1, keepdims=True))
    chance = expected_counts(counts, possible)
    residuals = adjusted_residuals(counts, chance)
    p = np.full(counts.shape, np.nan)
    draws = int(declared.get("permutations", 0))
    if draws and counts.any():
        codes = np.concatenate([one.codes for one in chains])
        linked = np.concatenate([one.linked for one in chains])
        p = permuted(codes, linked, n_codes, lag=lag, draws=draws, repeats=repeats)[here]
    for i, name in enumerate(names):
        for j, other in enumerate(names):
            yield Passage(
                name,
                other,
                int(counts[i, j]),
                _or_none(shares[i, j]),
                structural_zero=not possible[i, j],
                lag=lag,
                expected=_or_none(chance[i, j]) if possible[i, j] else None,
                residual=_or_none(residuals[i, j]) if possible[i, j] else None,
                permutation_p=_or_none(p[i, j]) if possible[i, j] else None,
            )


def _or_none(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _numbers(declared: Declared, passages: Sequence[Passage], whole_us: int) -> list[Number]:
    """The statistics; of counts and probabilities those of the pairs that occurred."""
    n_codes = round(len(passages) ** 0.5)
    counts = np.array([one.count for one in passages], float).reshape(n_codes, n_codes)
    n, numbers = int(counts.sum()), []
    seen = [one for one in passages if one.count]
    for statistic in declared["statistic"]:
        if statistic == "transitions_per_min":
            value = n * US_PER_MIN / whole_us if whole_us else None
            reason = "" if whole_us else NO_TIME
            numbers.append(Number(statistic, value, n, denominator_us=whole_us, null_reason=reason))
            continue
        if statistic == "counts":
            numbers.append(Number(statistic, n, n, denominator_us=whole_us))
        elif not n:
            numbers.append(Number(statistic, None, n, null_reason="no transitions"))
        for one in seen:
            value = one.count if statistic == "counts" else one.probability
            numbers.append(Number(f"{statistic}:{one.from_code}>{one.to_code}", value, n))
    bits = entropy_rate(counts)
    reason = "" if n else "no transitions"
    numbers.append(Number("entropy_rate", _or_none(bits), n, null_reason=reason))
    return numbers


MEASURES.add(
    MeasureKind(
        name="transition_matrix",
        of=transition_matrix,
        formula=lambda declared: (
            f"number of times that each code of {declared['track']} is followed by each other, "
            "over codable time without a break; probability = count / all from that code; "
            "entropy rate in bits"
        ),
        source="Bakeman, R., & Quera, V. (2011). Sequential analysis and observational methods.",
        tracks=own_track,
        statistics=lambda declared, _: (*declared["statistic"], "entropy_rate"),
    )
)
