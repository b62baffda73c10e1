"""Chance by shuffling: seeded, within what can be, and wired to what a scheme declares."""

import copy
import itertools

import numpy as np
import pytest

from coded_sessions import S, coded, scheme, state
from imhcode.analysis.contingency import shuffled_sessions
from imhcode.analysis.lag_sequential import lag_table, permuted
from imhcode.analysis.measuring import compute
from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme
from random_coders import random_events


def with_measure(name, measure):
    document = copy.deepcopy(dict(scheme(name).document))
    document["derived"] = [measure]
    return document


def of(session, measure_id):
    return compute(session.measures[measure_id], session, session.session)


def test_shuffled_sequences_without_repetitions_are_all_as_likely():
    """Against all orders of a short chain, listed."""
    codes, linked = np.array([0, 1, 0, 2, 1, 2]), np.ones(6, bool)
    linked[0] = False
    orders = {
        one
        for one in itertools.permutations(codes.tolist())
        if all(a != b for a, b in itertools.pairwise(one))
    }
    real = lag_table(codes, linked, 3)
    exact = np.mean([lag_table(np.array(one), linked, 3) >= real for one in sorted(orders)], axis=0)
    found = permuted(codes, linked, 3, draws=4_000, repeats=False)
    np.testing.assert_allclose(found, exact, atol=0.03)


def test_a_shuffle_keeps_every_chain_to_itself():
    codes = np.array([0, 1, 0, 1, 2, 3, 2, 3])
    linked = np.array([False, True, True, True] * 2)
    found = permuted(codes, linked, 4, draws=200, repeats=False)
    counts = lag_table(codes, linked, 4)
    # codes of one chain never follow those of the other: every sequence has as many, none
    assert (found[:2, 2:] == 1).all()
    assert counts[:2, 2:].sum() == 0


def test_lags_and_permutations_come_where_the_scheme_declares_them():
    measure = {
        "id": "moves", "label": "Moves", "kind": "transition_matrix", "per": ["session"],
        "track": "dyad_state", "statistic": ["counts"], "max_lag": 3, "permutations": 200,
    }  # fmt: skip
    events = random_events(scheme("abr"), np.random.default_rng(3), 240)
    session = coded(events, until_s=240, document=with_measure("abr", measure))
    result = of(session, "moves")
    by_lag = {lag: [one for one in result.passages if one.lag == lag] for lag in (1, 2, 3)}
    assert [len(some) for some in by_lag.values()] == [25, 25, 25]
    first = by_lag[1]
    assert all((one.permutation_p is None) == one.structural_zero for one in first)
    assert sum(one.structural_zero for one in first) == 5
    assert not any(one.structural_zero for one in by_lag[2])
    assert any(one.count for one in by_lag[2] if one.from_code == one.to_code)
    assert all(0 < one.permutation_p <= 1 for one in by_lag[3])
    assert result == of(session, "moves")  # seeded
    (total,) = [one.value for one in result.numbers if one.statistic == "counts"]
    assert total == sum(one.count for one in first)  # the numbers are those of lag 1


def test_without_being_asked_there_are_no_permutations():
    events = random_events(scheme("abr"), np.random.default_rng(3), 60)
    session = coded(events)
    passages = of(session, "state_transitions").passages
    assert {one.lag for one in passages} == {1}
    assert {one.permutation_p for one in passages} == {None}


def test_what_one_says_a_second_later_recurs_at_a_lag_of_a_second():
    measure = {
        "id": "same", "label": "Same", "kind": "recurrence_profile", "per": ["session"],
        "tracks": ["infant_engagement", "caregiver_engagement"], "bin_s": 1, "max_lag_s": 3,
        "statistic": ["recurrence_lag0", "peak_recurrence", "peak_lag_s"],
    }  # fmt: skip
    events = []
    for k in range(0, 40, 2):
        codes = ("bright_social", "watching") if k % 4 == 0 else ("watching", "bright_social")
        events.append(state("infant_engagement", codes[0], k, k + 2))
        code = "bright_social" if codes[0] == "bright_social" else "attentive"
        events.append(state("caregiver_engagement", code, k + 1, k + 3))
    session = coded(
        events, of="still_face", until_s=40, document=with_measure("still_face", measure)
    )
    result = of(session, "same")
    found = {one.statistic: one.value for one in result.numbers}
    assert found["peak_lag_s"] == 1
    assert found["peak_recurrence"] == 20 / 39  # "watching" is not "attentive"
    points = {one.lag_us: one.value for one in result.lags}
    assert len(points) == 7
    assert points[0] == found["recurrence_lag0"]
    assert points[S] == found["peak_recurrence"]


def test_a_scheme_may_declare_both(tmp_path):
    text = find_scheme("still_face").read_text("utf-8")
    text += """
  - id: moves
    label: Moves
    kind: transition_matrix
    per: [session]
    track: infant_engagement
    statistic: [counts]
    max_lag: 2
    permutations: 100
  - id: same
    label: Same
    kind: recurrence_profile
    per: [episode]
    tracks: [infant_engagement, caregiver_engagement]
    bin_s: 1
    max_lag_s: 5
    statistic: [recurrence_lag0, peak_recurrence, peak_lag_s]
"""
    head, checks_and_more = text.split("# What the self-check looks for.")
    body, added = checks_and_more.split("\n  - id: moves")
    path = tmp_path / "scheme.yaml"
    path.write_text(f"{head}\n  - id: moves{added}\n{body}", "utf-8")
    declared = {one["id"]: one for one in load_scheme(path).document["derived"]}
    assert (declared["moves"]["max_lag"], declared["same"]["max_lag_s"]) == (2, 5)


def test_sessions_that_go_their_own_ways_are_no_more_than_chance():
    random = np.random.default_rng(1)
    near = [random.random(n) < 0.3 for n in random.integers(50, 80, 12)]
    other = [random.random(len(one)) < 0.2 for one in near]
    together = [one & (random.random(len(one)) < 0.9) for one in near]
    mean, p = shuffled_sessions(near, other)
    assert p > 0.05
    pairs = [(one[: len(two)] & two[: len(one)]).sum() for one in near for two in other]
    assert mean == pytest.approx(np.sum(pairs) / len(near), rel=0.05)
    assert shuffled_sessions(near, together)[1] < 0.01
    assert shuffled_sessions(near, other) == shuffled_sessions(near, other)
