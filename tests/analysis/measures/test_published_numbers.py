"""Published and constructed cases of sequences, contingency, entropy and grids."""

import json
from pathlib import Path

import numpy as np
import pytest

from coded_sessions import coded, scheme
from imhcode.analysis.contingency import TwoByTwo
from imhcode.analysis.cross_correlation import (
    correlations,
    peak,
    prewhitened,
    recurrence_profile,
)
from imhcode.analysis.lag_sequential import (
    PairOfCodes,
    adjusted_residuals,
    entropy_rate,
    expected_counts,
    lag_table,
    permuted,
)
from imhcode.analysis.measuring import compute
from imhcode.analysis.spans import Spans, Union
from imhcode.analysis.state_space import dispersion, entropy, grid_of
from imhcode.domain.event import Event
from imhcode.schemes.building import scheme_from_document

CASES = {
    one["name"]: one
    for one in json.loads((Path(__file__).parents[1] / "cases.json").read_text("utf-8"))
}
S = 1_000_000


def case(name):
    found = CASES[name]
    return found["data"], found["expected"], found["tolerance"]


def test_the_lag_table_of_bakeman_and_quera():
    data, expected, allowed = case("bakeman_quera2011_p159")
    codes = np.array(data["sequence"]) - 1
    linked = np.ones(len(codes), bool)
    linked[0] = False
    table = lag_table(codes, linked, 5)
    possible = np.ones((5, 5), bool)
    write, chat = 1, 0
    assert table.sum() == expected["n_transitions"]
    assert table[write, chat] == expected["count_Write_Chat"]
    residuals = adjusted_residuals(table, expected_counts(table, possible))
    assert residuals[write, chat] == pytest.approx(expected["z_Write_Chat"], abs=allowed)
    found = PairOfCodes.of(table, write, chat).yules_q
    assert found == pytest.approx(expected["Q_Write_Chat"], abs=allowed)
    assert permuted(codes, linked, 5, draws=400, seed=2)[write, chat] < 0.1


def test_the_two_by_two_table_of_allison_and_liker():
    data, expected, allowed = case("allison_liker_2x2")
    table = TwoByTwo(*data["a,b,c,d"])
    names = {
        "z": "adjusted_residual", "OR": "odds_ratio", "lnOR": "log_odds", "se_lnOR": "log_odds_se",
        "Q": "yules_q", "phi": "phi", "OCV": "operant_contingency",
    }  # fmt: skip
    assert set(names) == set(expected)
    for key, name in names.items():
        assert getattr(table, name) == pytest.approx(expected[key], abs=allowed), key


def test_dispersion_counts_all_cells_of_the_grid():
    data, expected, allowed = case("ssg_dispersion_constructed")
    for key in expected:
        found = dispersion(data[f"durations_{key}"], data["n_cells"])
        assert found == pytest.approx(expected[key], abs=allowed)


def test_matching_and_repair_of_two_partners():
    data, expected, allowed = case("match_repair_constructed")
    document = json.loads(json.dumps(dict(scheme("still_face").document)))
    codes = ["pos", "neu", "neg"]
    tracks = [
        {
            "id": name, "label": name, "subject": subject, "kind": "state", "exclusive": True,
            "exhaustive": True, "codes": [{"id": one, "label": one} for one in codes],
        }
        for name, subject in (("parent", "caregiver"), ("infant", "infant"))
    ]  # fmt: skip
    matched = document["derived_tracks"][0]
    matched |= {
        "from": ["infant", "parent"], "pairs": {"match_social": [[one, one] for one in codes]}
    }  # fmt: skip
    document |= {"tracks": tracks, "passes": [], "links": [], "profiles": [], "checks": []}
    every = {"per": ["session"], "label": "x", "track": "matched"}
    document["derived"] = [
        {**every, "id": "share", "kind": "proportion_time", "numerator": {"classes": ["match"]}},
        {
            **every, "id": "rate", "kind": "transition_rate", "from": {"classes": ["mismatch"]},
            "to": {"classes": ["match"]},
        },
        {
            **every, "id": "latency", "kind": "run_latency", "from": {"classes": ["mismatch"]},
            "to": {"classes": ["match"]}, "censor_at": [], "statistic": ["mean_uncensored"],
        },
    ]  # fmt: skip
    own = scheme_from_document(document)
    events = [
        Event(id=f"{name}{n}", track=name, code=code, onset_us=a * S, offset_us=b * S)
        for name in ("parent", "infant")
        for n, (a, b, code) in enumerate(data[name])
    ]
    session = coded(events, of=own, until_s=data["session"][1])
    found = {
        name: compute(session.measures[name], session, session.session).numbers[0]
        for name in session.measures
    }
    assert found["share"].value == pytest.approx(expected["prop_match"], abs=allowed)
    assert found["rate"].n == expected["n_repairs"]
    assert found["rate"].value == pytest.approx(expected["repair_rate_per_min"], abs=allowed)
    assert found["latency"].n == expected["n_mismatch"]
    mean = found["latency"].value
    assert mean == pytest.approx(expected["mean_time_to_repair"], abs=allowed)


def test_codes_that_cannot_repeat_are_no_surprise_when_they_alternate():
    """Without the structural zeros a strict alternation of three codes would look remarkable."""
    codes = np.array([0, 1, 2] * 30)
    linked = np.arange(90) > 0
    table = lag_table(codes, linked, 3)
    possible = ~np.eye(3, dtype=bool)
    fitted = expected_counts(table, possible)
    assert fitted.sum(axis=1) == pytest.approx(table.sum(axis=1), abs=1e-6)
    assert fitted.sum(axis=0) == pytest.approx(table.sum(axis=0), abs=1e-6)
    assert not fitted[~possible].any()


def test_a_second_lag_never_crosses_a_break():
    codes = np.array([0, 1, 0, 1, 0])
    linked = np.array([False, True, False, True, True])
    assert lag_table(codes, linked, 2, lag=2).tolist() == [[1, 0], [0, 0]]
    assert lag_table(codes, linked, 2).sum() == 3


def test_entropy_rate_is_zero_where_the_next_is_known_and_one_bit_at_a_coin():
    assert entropy_rate(np.array([[0.0, 9], [9, 0]])) == 0
    assert entropy_rate(np.array([[5.0, 5], [5, 5]])) == 1
    assert np.isnan(entropy_rate(np.zeros((2, 2))))
    assert entropy([1, 1, 1, 1]) == 2


def test_a_grid_counts_visits_and_moves_until_it_is_out_of_sight():
    """Ten seconds: a visit, a move of one side, a gap, and the same cell again."""
    first = Spans(*(np.array(one) for one in ([0, 3, 6], [3, 5, 10], [0, 1, 1])))
    second = Spans(*(np.array(one) for one in ([0], [10], [0])))
    time = Union(np.array([0]), np.array([10]))
    grid = grid_of(first, second, (2, 2), time)
    assert grid.cells.tolist() == [0, 2, 2]
    assert grid.lengths.tolist() == [3, 2, 4]
    assert (grid.transitions, grid.cells_visited, grid.whole_us) == (1, 2, 9)
    assert grid.dispersion == pytest.approx(1 - (4 * ((3 / 9) ** 2 + (6 / 9) ** 2) - 1) / 3)
    assert grid.visit_entropy == pytest.approx(-(1 / 3 * np.log2(1 / 3) + 2 / 3 * np.log2(2 / 3)))


def test_the_leader_is_found_at_a_positive_lag():
    random = np.random.default_rng(8)
    lead = random.normal(size=120)
    follow = np.concatenate([[0.0] * 3, lead[:-3]])
    values = correlations(lead, follow, 5)
    assert peak(values) == 3
    assert values[5 + 3] == pytest.approx(1, abs=1e-9)
    assert values[5] == pytest.approx(np.corrcoef(lead, follow)[0, 1])
    assert correlations(follow, lead, 5) == pytest.approx(values[::-1])


def test_prewhitening_takes_out_what_each_series_owes_to_its_own_past():
    random = np.random.default_rng(3)
    walks = np.zeros((2, 4_000))
    for t in range(1, walks.shape[1]):
        walks[:, t] = 0.95 * walks[:, t - 1] + random.normal(size=2)
    first, second = (prewhitened(one, 1) for one in walks)
    assert abs(_own_lag(walks[0])) > 0.9
    assert abs(_own_lag(first[1:])) < 0.05
    assert np.nanmax(np.abs(correlations(first, second, 5))) < 0.08


def _own_lag(series):
    return float(np.corrcoef(series[:-1], series[1:])[0, 1])


def test_the_recurrence_profile_peaks_where_one_repeats_the_other():
    random = np.random.default_rng(3)
    first = random.integers(0, 4, 300)
    second = np.concatenate([[-1, -1], first[:-2]])
    profile = recurrence_profile(first, second, 4)
    assert profile[4 + 2] == 1
    assert profile[4] < 0.4
