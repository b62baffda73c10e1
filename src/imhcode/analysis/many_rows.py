"""Agreement of more than two coders of the same sessions, on codable time weighted by length."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import repeat

import numpy as np

from imhcode.analysis.agreement_row import AgreementRow
from imhcode.analysis.agreement_rows import PairOfCoders, resampling_of, with_drawn_interval
from imhcode.analysis.coded_lane import NOBODY, CodedLane
from imhcode.analysis.compared_pair import ComparedPair
from imhcode.analysis.many_coders import (
    Metric,
    alpha_of,
    coincidences,
    fleiss_of,
    light_of,
    tables_of_two,
    values_of,
)
from imhcode.analysis.pair_parameters import Parameters
from imhcode.analysis.scale_points import rank_of
from imhcode.analysis.spans import NOTHING, Spans, Union
from imhcode.analysis.square_tables import Tables, Values
from imhcode.domain.scheme import Track

US = 1_000_000
RANKED: tuple[Metric, ...] = ("ordinal", "interval", "ratio")


def many_rows(
    pairs: Sequence[ComparedPair], track: Track, parameters: Parameters
) -> Iterator[AgreementRow]:
    """Fleiss, Light and alpha of the sessions that more than two coders have coded, pooled.

    Coders are told apart within a session only, so that Light's kappa is the mean over pairs of
    places in the order of the coders' ids.
    """
    if track.kind not in ("state", "interval") or not track.exclusive:
        return
    groups = [some for some in _by_session(pairs).values() if len(_coders(some)) > 2]
    if not groups:
        return
    parts = [_stretches(some, track) for some in groups]
    widest = max(codes.shape[1] for codes, _ in parts)
    said = [(_widened(codes, widest), lengths) for codes, lengths in parts]
    draws = resampling_of(
        [PairOfCoders(some[0].session_id, some[0].dyad_id, "", "") for some in groups], parameters
    )
    for index, tables, of in _asked(said, track):
        value = float(of(tables.sum(axis=0)))
        row = AgreementRow(
            track_id=track.id,
            level="pooled",
            index=index,
            unit="time",
            n_sessions=len(groups),
            codable_s=sum(float(lengths.sum()) for _, lengths in parts) / US,
        )
        if not np.isfinite(value):
            yield replace(row, null_reason="single code")
            continue
        row = replace(row, value=value)
        yield with_drawn_interval(row, draws, tables, of)


def _asked(
    said: Sequence[tuple[Values, Values]], track: Track
) -> Iterator[tuple[str, Tables, Callable[[Tables], Values]]]:
    """Each index with its tables, one a session, and the way from tables to values."""
    values = np.arange(len(track.codes) + 1, dtype=float)  # the last: nothing coded
    complete = [~np.isnan(codes).any(axis=1) for codes, _ in said]
    whole = [
        coincidences(codes[all_], values, lengths[all_])
        for (codes, lengths), all_ in zip(said, complete, strict=True)
    ]
    every = [coincidences(codes, values, lengths) for codes, lengths in said]
    twos = [tables_of_two(codes, values, lengths) for codes, lengths in said]
    yield "kappa_fleiss", np.stack(whole), fleiss_of
    yield "kappa_light", np.stack(twos), light_of
    yield "alpha_nominal", np.stack(every), partial(alpha_of, values=values, metric="nominal")
    ranks = np.array(
        [np.nan if (r := rank_of(one)) is None else r for one in track.codes] + [np.nan]
    )
    points = values_of(ranks)
    if np.isfinite(ranks).sum() > 1:
        ranked = [_ranked(codes, ranks) for codes, _ in said]
        lengths = [one for _, one in said]
        tables = np.stack(list(map(coincidences, ranked, repeat(points), lengths)))
        for metric in RANKED:
            yield f"alpha_{metric}", tables, partial(alpha_of, values=points, metric=metric)


def _ranked(codes: Values, ranks: Values) -> Values:
    return np.where(np.isnan(codes), np.nan, ranks[np.nan_to_num(codes).astype(int)])


def _by_session(pairs: Sequence[ComparedPair]) -> Mapping[str, list[ComparedPair]]:
    found: dict[str, list[ComparedPair]] = {}
    for one in pairs:
        found.setdefault(one.session_id, []).append(one)
    return found


def _coders(pairs: Sequence[ComparedPair]) -> dict[str, Mapping[str, CodedLane]]:
    found = {one.coder_a: one.a for one in pairs} | {one.coder_b: one.b for one in pairs}
    return dict(sorted(found.items()))


def _stretches(pairs: Sequence[ComparedPair], track: Track) -> tuple[Values, Values]:
    """What each coder says in every stretch in which nobody changes; how long each is."""
    scored = pairs[0].scored
    for one in pairs[1:]:
        scored = scored.common(one.scored)
    lanes = [one.get(track.id, NOBODY) for one in _coders(pairs).values()]
    instances = sorted({name for lane in lanes for name in lane.instances}) or [""]
    parts = [_of_instance(lanes, one, scored, track) for one in instances]
    return np.concatenate([one for one, _ in parts]), np.concatenate([one for _, one in parts])


def _of_instance(
    lanes: Sequence[CodedLane], instance: str, scored: Union, track: Track
) -> tuple[Values, Values]:
    blind = [k for k, code in enumerate(track.codes) if code.uncodable or code.excludes_time]
    spans = []
    for lane in lanes:
        mine = (lane.offsets > lane.onsets) & ~np.isin(lane.codes, blind)
        if lane.instances:
            mine &= np.array([name == instance for name in lane.instances], bool)
        elif instance:
            mine &= False
        spans.append(Spans(lane.onsets[mine], lane.offsets[mine], lane.codes[mine]))
    edges = [time for one in spans for time in (one.onsets, one.offsets)]
    times = np.unique(np.concatenate([*edges, scored.onsets, scored.offsets]))
    onsets, lengths = times[:-1], np.diff(times)
    inside = scored.has(onsets)
    said = np.stack([one.at(onsets[inside]) for one in spans], axis=1).astype(float)
    said[said == NOTHING] = len(track.codes)
    return said, lengths[inside].astype(float)


def _widened(codes: Values, width: int) -> Values:
    """Sessions with fewer coders have nothing in the last places."""
    return np.pad(codes, ((0, 0), (0, width - codes.shape[1])), constant_values=np.nan)
