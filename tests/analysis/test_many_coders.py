"""More than two coders: stretches weighted by their length, and ratings on whole scales."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.coded_pairs import LENGTH_S, SCHEME, S, observed, state
from imhcode.analysis.agreement_rows import PairOfCoders, resampling_of
from imhcode.analysis.compared_pair import ComparedPair, pair_of
from imhcode.analysis.many_coders import alpha, fleiss, light
from imhcode.analysis.many_rows import many_rows
from imhcode.analysis.pair_parameters import Parameters
from imhcode.analysis.rating_rows import rating_rows
from imhcode.analysis.spans import Union
from imhcode.domain.rating import Rating
from imhcode.domain.scheme import RatingScale, Scale, Scheme

units = st.lists(
    st.tuples(
        st.lists(st.sampled_from([1.0, 2.0, 4.0, np.nan]), min_size=3, max_size=3),
        st.integers(1, 4),
    ),
    min_size=1,
    max_size=8,
)


@given(units)
@settings(max_examples=60, deadline=None)
def test_a_weight_is_so_many_units(some):
    ratings = np.array([row for row, _ in some])
    weights = np.array([weight for _, weight in some], float)
    repeated = np.repeat(ratings, weights.astype(int), axis=0)
    for index in (
        fleiss,
        light,
        *(
            lambda r, w=None, m=metric: alpha(r, m, w)
            for metric in ("nominal", "ordinal", "interval", "ratio")
        ),
    ):
        assert index(ratings, weights) == pytest.approx(index(repeated), abs=1e-9, nan_ok=True)


def three(*lanes, session="S"):
    coders = [
        observed(name, [state(f"s{n}", "state", *one) for n, one in enumerate(lane)])
        for name, lane in zip("abc", lanes, strict=True)
    ]
    window = (0, LENGTH_S * S)
    pairs = [pair_of(coders[i], coders[j], window) for i, j in ((0, 1), (0, 2), (1, 2))]
    return [replace(one, session_id=session) for one in pairs]


def test_three_coders_are_compared_on_every_second_of_codable_time():
    lanes = (
        [("near", 0, 10), ("far", 10, 30)],
        [("near", 0, 12), ("far", 12, 30)],
        [("near", 0, 10), ("off", 10, 20), ("hidden", 20, 30)],
    )
    track = SCHEME.tracks[0]
    rows = {row.index: row for row in many_rows(three(*lanes), track, Parameters())}
    seconds = np.array([[0, 0, 0]] * 10 + [[1, 0, 2]] * 2 + [[1, 1, 2]] * 8, float)
    assert rows["kappa_fleiss"].value == pytest.approx(fleiss(seconds))
    assert rows["kappa_light"].value == pytest.approx(light(seconds))
    microseconds = np.repeat(seconds, 1_000, axis=0)  # alpha depends on the unit; this is near
    assert rows["alpha_nominal"].value == pytest.approx(alpha(microseconds, "nominal"), abs=1e-4)
    assert rows["alpha_nominal"].codable_s == 20


def seconds_of(lanes):
    """What each of three coders says second by second; 3: nothing."""
    said = np.full((LENGTH_S, 3), 3.0)
    for k, lane in enumerate(lanes):
        for code, onset, offset in lane:
            said[onset:offset, k] = ("near", "far", "off").index(code)
    return said


def test_intervals_of_many_coders_come_from_drawing_whole_sessions():
    random = np.random.default_rng(3)
    sessions = []
    for _ in range(4):
        edges = np.sort(random.choice(np.arange(1, LENGTH_S), 3, replace=False)).tolist()
        cuts = [[0, *(np.array(edges) + off).clip(0, LENGTH_S), LENGTH_S] for off in (0, 1, -1)]
        codes = random.permutation(["near", "far", "off", "near"]).tolist()
        sessions.append(
            [
                [(c, int(f), int(u)) for c, f, u in zip(codes, cut, cut[1:], strict=False) if u > f]
                for cut in cuts
            ]
        )
    pairs = [one for n, lanes in enumerate(sessions) for one in three(*lanes, session=f"S{n}")]
    parameters = Parameters(draws=200)
    rows = {row.index: row for row in many_rows(pairs, SCHEME.tracks[0], parameters)}
    units = [PairOfCoders(f"S{n}", "", "", "") for n in range(4)]
    times = resampling_of(units, parameters)._times
    whole = [seconds_of(lanes) for lanes in sessions]
    for name, index in (("kappa_fleiss", fleiss), ("kappa_light", light)):
        drawn = [
            index(np.concatenate([np.repeat(one, n, axis=0) for one, n in zip(whole, some)]))  # noqa: B905
            for some in times
        ]
        low, high = np.nanquantile(drawn, [0.025, 0.975])
        assert (rows[name].ci_low, rows[name].ci_high) == (pytest.approx(low), pytest.approx(high))
        assert low < rows[name].value < high
    assert (
        rows["alpha_nominal"].ci_low < rows["alpha_nominal"].value < rows["alpha_nominal"].ci_high
    )
    assert rows["kappa_fleiss"].ci_method == "bootstrap of sessions, percentile, few units"


def test_visits_of_one_dyad_are_drawn_together():
    lanes = [[("near", 0, 10), ("far", 10, 30)]] * 2 + [[("near", 0, 12), ("far", 12, 30)]]
    pairs = [replace(one, dyad_id="D") for n in "12" for one in three(*lanes, session=f"S{n}")]
    rows = list(many_rows(pairs, SCHEME.tracks[0], Parameters(draws=50)))
    assert {row.n_sessions for row in rows} == {2}
    assert all(row.value is not None and row.ci_low is None for row in rows)


def test_two_coders_are_no_crowd():
    assert list(many_rows(three([], [], [])[:1], SCHEME.tracks[0], Parameters())) == []


RATED = Scheme(
    id="rated",
    version="1.0.0",
    title="Rated",
    ratings=(
        RatingScale(id="warmth", label="Warmth", subject="dyad", scale=Scale(minimum=1, maximum=7)),
    ),
)


def rated(scores):
    pairs = []
    for n, given_ in enumerate(scores):
        sides = [
            (Rating(id="r", scale="warmth", value=None if one is None else float(one)),)
            for one in given_
        ]
        pairs.append(
            ComparedPair(
                session_id=f"S{n}",
                coder_a="a",
                coder_b="b",
                window_us=(0, 0),
                scored=Union.of(np.empty(0, int), np.empty(0, int)),
                a={},
                b={},
                ratings_a=sides[0],
                ratings_b=sides[1],
            )
        )
    who = [PairOfCoders(one.session_id, "", "a", "b") for one in pairs]
    parameters = Parameters(draws=100)
    found = rating_rows(pairs, who, RATED, parameters, resampling_of(who, parameters))
    return list(found)


def pooled(rows):
    return {row.index: row for row in rows if row.level == "pooled"}


def test_ratings_are_compared_on_the_whole_scale():
    scores = [(1, 1), (2, 3), (3, 3), (5, 4), (5, 5), (6, 4), (2, None)]
    rows = pooled(rated(scores))
    known = np.array([one for one in scores if None not in one])
    from sklearn.metrics import cohen_kappa_score

    for weights in ("linear", "quadratic"):
        theirs = cohen_kappa_score(*known.T, labels=range(1, 8), weights=weights)
        assert rows[f"kappa_weighted_{weights}"].value == pytest.approx(theirs)
    assert rows["within_one"].value == pytest.approx(5 / 6)
    assert rows["percent_agreement"].value == pytest.approx(3 / 6)
    assert (rows["within_one"].n_matched, rows["within_one"].n_only_a) == (6, 1)
    assert rows["icc_2_1"].ci_low < rows["icc_2_1"].value < rows["icc_2_1"].ci_high
    assert rows["kappa_weighted_linear"].ci_method == "bootstrap of sessions, percentile, few units"


def test_ratings_that_never_vary_have_a_reason_instead_of_a_number():
    rows = pooled(rated([(3, 3), (3, 3), (3, 3)]))
    assert rows["kappa_weighted_linear"].null_reason == "single code"
    assert rows["icc_2_1"].null_reason == "no variance"
    assert rows["alpha_ordinal"].null_reason == "single value"
    assert rows["percent_agreement"].value == 1


def test_each_session_has_its_ratings_beside_all_of_them():
    rows = rated([(1, 1), (2, 4), (2, None)])
    alone = {row.session_id: row for row in rows if row.index == "within_one" and row.session_id}
    assert [alone[name].value for name in ("S0", "S1", "S2")] == [1, 0, None]
    assert alone["S2"].null_reason == "nothing to compare"
    assert (alone["S2"].n_matched, alone["S2"].n_only_a, alone["S2"].coder_b) == (0, 1, "b")
    assert not [row for row in rows if row.level == "session" and row.index.startswith("icc")]


def test_alpha_of_ratings_has_an_interval():
    row = pooled(rated([(1, 1), (2, 3), (3, 3), (5, 4), (5, 5), (6, 4)]))["alpha_interval"]
    assert row.ci_low < row.value < row.ci_high <= 1
