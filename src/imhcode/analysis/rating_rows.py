"""Agreement on ratings: one target is one scale of one session or episode."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from imhcode.analysis.agreement import INDICES, TableIndex
from imhcode.analysis.agreement_row import AgreementRow
from imhcode.analysis.agreement_rows import (
    PairOfCoders,
    pooled_who,
    who_of,
    with_drawn_interval,
    with_icc,
)
from imhcode.analysis.compared_pair import ComparedPair
from imhcode.analysis.intraclass import FORMS
from imhcode.analysis.many_coders import Metric, alpha, alpha_of, coincidences, values_of
from imhcode.analysis.pair_parameters import Parameters
from imhcode.analysis.resampling import Resampling
from imhcode.analysis.scale_points import points_on
from imhcode.analysis.square_tables import Tables, Values
from imhcode.domain.rating import Rating
from imhcode.domain.scheme import RatingScale, Scheme

METRICS: tuple[Metric, ...] = ("nominal", "ordinal", "interval", "ratio")


def rating_rows(
    pairs: Sequence[ComparedPair],
    who: Sequence[PairOfCoders],
    scheme: Scheme,
    parameters: Parameters,
    draws: Resampling,
) -> Iterator[AgreementRow]:
    """Every estimate about every scale that coders have used: of each session, then of all."""
    for scale in scheme.ratings:
        scores = [_scores(pair, scale.id) for pair in pairs]
        if any(one.size for one in scores):
            yield from _rows(scores, who, scale, parameters, draws)


def _scores(pair: ComparedPair, scale: str) -> Values:
    """Both coders' scores, shape (targets, 2); NaN where one gave none."""
    given = [_given(one, scale) for one in (pair.ratings_a, pair.ratings_b)]
    targets = sorted({episode for one in given for episode in one})
    rows = [[one.get(episode, np.nan) for one in given] for episode in targets]
    return np.array(rows, float).reshape(-1, 2)


def _given(ratings: Sequence[Rating], scale: str) -> dict[str, float]:
    return {
        one.episode: float(one.value)
        for one in ratings
        if one.scale == scale and one.value is not None
    }


def table_of_scores(scores: Values, scale: RatingScale) -> Tables:
    """How often the coders gave which points; every point of the scale has its row and column."""
    points = np.array(points_on(scale.scale))
    both = scores[~np.isnan(scores).any(axis=1)]
    places = np.searchsorted(points, both - 1e-9)
    nearest = points[np.minimum(places, len(points) - 1)]
    on_point = np.all(np.abs(nearest - both) < 1e-6, axis=1)
    table = np.zeros((len(points), len(points)))
    np.add.at(table, (places[on_point, 0], places[on_point, 1]), 1)
    return table


def _rows(
    scores: Sequence[Values],
    who: Sequence[PairOfCoders],
    scale: RatingScale,
    parameters: Parameters,
    draws: Resampling,
) -> Iterator[AgreementRow]:
    tables = np.stack([table_of_scores(one, scale) for one in scores])
    for one, mine, table in zip(who, scores, tables, strict=True):
        if len(mine):
            yield from _of_session(one, mine, table, scale, parameters)
    whole = np.concatenate(scores)
    frame = _frame(scale, whole) | {**pooled_who(who), "level": "pooled"}
    frame["n_sessions"] = sum(bool(~np.isnan(one).any(axis=1).all()) for one in scores if one.size)
    for index, row in _on_tables(frame, tables.sum(axis=0)):
        yield row if row.value is None else with_drawn_interval(row, draws, tables, index.of)
    yield from _icc_rows(frame, whole, parameters)
    values = values_of(whole)
    meetings = np.stack([coincidences(one, values) for one in scores])
    for metric in METRICS:
        row = _alpha_row(frame, whole, metric)
        of = partial(alpha_of, values=values, metric=metric)
        yield row if row.value is None else with_drawn_interval(row, draws, meetings, of)


def _of_session(
    one: PairOfCoders, scores: Values, table: Tables, scale: RatingScale, parameters: Parameters
) -> Iterator[AgreementRow]:
    """One session by itself; what needs several targets only where episodes were rated."""
    frame = _frame(scale, scores) | {**who_of(one), "level": "session", "n_sessions": 1}
    yield from (row for _, row in _on_tables(frame, table))
    if len(scores) > 1:
        yield from _icc_rows(frame, scores, parameters)
        yield from (_alpha_row(frame, scores, metric) for metric in METRICS)


def _frame(scale: RatingScale, scores: Values) -> dict[str, Any]:
    known = ~np.isnan(scores)
    return {
        "track_id": scale.id,
        "n_events_a": int(known[:, 0].sum()),
        "n_events_b": int(known[:, 1].sum()),
        "n_matched": int(known.all(axis=1).sum()),
        "n_only_a": int((known[:, 0] & ~known[:, 1]).sum()),
        "n_only_b": int((known[:, 1] & ~known[:, 0]).sum()),
        "unit": "rating",
    }


def _on_tables(
    frame: Mapping[str, Any], table: Tables
) -> Iterator[tuple[TableIndex, AgreementRow]]:
    """Each index that means something on points of a scale, with its row."""
    for index in (one for one in INDICES if "rating" in one.bases):
        row = AgreementRow(**frame, index=index.name)
        value = float(index.of(table))
        if np.isfinite(value):
            yield index, replace(row, value=value)
        else:
            yield index, replace(row, null_reason=index.why_undefined(table))


def _icc_rows(
    frame: Mapping[str, Any], scores: Values, parameters: Parameters
) -> Iterator[AgreementRow]:
    for form in FORMS:
        row = AgreementRow(**frame, index=f"icc_{form}")
        yield with_icc(row, scores, form, parameters.level, "too few ratings")


def _alpha_row(frame: Mapping[str, Any], scores: Values, metric: Metric) -> AgreementRow:
    row = AgreementRow(**frame, index=f"alpha_{metric}")
    value = alpha(scores, metric) if len(scores) else np.nan
    if np.isfinite(value):
        return replace(row, value=float(value))
    return replace(row, null_reason="single value" if frame["n_matched"] else "no pairs")
