"""Agreement on ratings: one target is one scale of one session or episode."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from imhcode.analysis.agreement import INDICES
from imhcode.analysis.agreement_row import AgreementRow
from imhcode.analysis.agreement_rows import PairOfCoders, pooled_who, said_of_interval, with_icc
from imhcode.analysis.compared_pair import ComparedPair
from imhcode.analysis.intraclass import FORMS
from imhcode.analysis.many_coders import Metric, alpha
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
    """Every estimate about every scale that both coders of some session have used."""
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
    whole = np.concatenate(scores)
    known = ~np.isnan(whole)
    frame: dict[str, Any] = {
        **pooled_who(who),
        "track_id": scale.id,
        "level": "pooled",
        "n_sessions": sum(bool(~np.isnan(one).any(axis=1).all()) for one in scores if one.size),
        "n_events_a": int(known[:, 0].sum()),
        "n_events_b": int(known[:, 1].sum()),
        "n_matched": int(known.all(axis=1).sum()),
        "n_only_a": int((known[:, 0] & ~known[:, 1]).sum()),
        "n_only_b": int((known[:, 1] & ~known[:, 0]).sum()),
        "unit": "rating",
    }
    tables = np.stack([table_of_scores(one, scale) for one in scores])
    pooled = tables.sum(axis=0)
    drawn = draws.drawn(tables) if draws.n_units > 1 else None
    for index in (one for one in INDICES if "rating" in one.bases):
        row = AgreementRow(**frame, index=index.name)
        value = float(index.of(pooled))
        if not np.isfinite(value):
            yield replace(row, null_reason=index.why_undefined(pooled))
            continue
        row = replace(row, value=value)
        if drawn is not None:
            interval = draws.intervals(index.of(drawn))
            if np.isfinite(interval[0]):
                row = replace(row, **said_of_interval(interval, draws))
        yield row
    for form in FORMS:
        row = AgreementRow(**frame, index=f"icc_{form}")
        yield with_icc(row, whole, form, parameters.level, "too few ratings")
    for metric in METRICS:
        row = AgreementRow(**frame, index=f"alpha_{metric}")
        value = alpha(whole, metric) if len(whole) else np.nan
        if np.isfinite(value):
            yield replace(row, value=float(value))
        else:
            yield replace(row, null_reason="single value" if frame["n_matched"] else "no pairs")
