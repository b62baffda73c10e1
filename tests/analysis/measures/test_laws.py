"""What holds for every coding there is."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from coded_sessions import coded, point, scheme, state
from imhcode.analysis.contingency import TwoByTwo, shifted_round, shuffled_sessions
from imhcode.analysis.measures.transition_matrix import chains_of
from imhcode.analysis.measuring import compute, measured
from imhcode.analysis.runs import runs_of
from imhcode.analysis.survival import kaplan_meier
from imhcode.domain.episode import Episode
from imhcode.schemes.shipped import shipped_schemes
from random_coders import S, random_episodes, random_events, random_ratings

seeds = st.integers(0, 10_000)
names = st.sampled_from(sorted(shipped_schemes()))
few = settings(max_examples=15, deadline=None)
EXHAUSTIVE = [
    (name, track.id)
    for name in sorted(shipped_schemes())
    for track in scheme(name).tracks
    if track.exhaustive and track.exclusive and track.kind == "state"
]


def a_session(name, seed, *, until_s=120, episodes=None, shift_us=0, uncodable=0.1):
    random = np.random.default_rng(seed)
    the_scheme = scheme(name)
    events = random_events(the_scheme, random, until_s, uncodable)
    if episodes is None:
        episodes = random_episodes(the_scheme, until_s * S)
    ratings = list(random_ratings(the_scheme, random, episodes))
    if shift_us:
        events = [
            replace(one, onset_us=one.onset_us + shift_us, offset_us=one.offset_us + shift_us)
            for one in events
        ]
        episodes = tuple(
            replace(one, onset_us=one.onset_us + shift_us, offset_us=one.offset_us + shift_us)
            for one in episodes
        )
    return coded(
        events, of=name, from_s=shift_us / S, until_s=until_s + shift_us / S, episodes=episodes,
        ratings=ratings, age=9.0,
    )  # fmt: skip


def numbers(session, measure_id, section=None):
    declared = session.measures[measure_id]
    return {
        one.statistic: one for one in compute(declared, session, section or session.session).numbers
    }


@few
@given(seed=seeds)
def test_times_over_an_exhaustive_track_add_up_to_codable_time(seed):
    session = a_session("abr", seed)
    declared = {
        **session.measures["attunement_index"], "numerator": {"codes": "each_code"}, "null_when": ""
    }  # fmt: skip
    result = compute(declared, session, session.session)
    whole_us = session.codable.length_us
    assert {one.denominator_us for one in result.numbers} == {whole_us}
    assert sum(round(one.value * whole_us) for one in result.numbers) == whole_us


@pytest.mark.parametrize(("name", "track_id"), EXHAUSTIVE)
@settings(max_examples=8, deadline=None)
@given(seed=seeds, uncodable=st.sampled_from([0.0, 0.1, 0.6]))
def test_whole_microseconds_over_any_exhaustive_track_are_the_codable_ones(
    name, track_id, seed, uncodable
):
    session = a_session(name, seed, uncodable=uncodable)
    for section in (session.session, *session.sections):
        time = session.scored(section, track_id)
        runs = runs_of(session.lane(track_id), time, seamless=False, merged=False)
        assert int(runs.lengths.sum()) == time.length_us
        declared = {
            "id": "shares", "kind": "proportion_time", "track": track_id, "null_when": "",
            "numerator": {"codes": "each_code"}, "denominator": "codable",
        }  # fmt: skip
        found = compute(declared, session, section).numbers
        held = [one.value * time.length_us for one in found if one.value is not None]
        assert [round(one) for one in held] == pytest.approx(held, abs=1e-6)
        assert sum(map(round, held)) == (time.length_us if held else 0)


@pytest.mark.parametrize(
    ("name", "measure_id"),
    [("abr", "state_transitions"), ("joint_attention", "engagement_transitions")],
)
@few
@given(seed=seeds)
def test_transitions_of_an_unbroken_track_are_one_less_than_its_events(name, measure_id, seed):
    session = a_session(name, seed, uncodable=0.0, episodes=())
    n_events = len(session.lane(session.measures[measure_id]["track"]))
    found = numbers(session, measure_id)
    assert found["counts"].value == n_events - 1
    result = compute(session.measures[measure_id], session, session.session)
    assert sum(one.count for one in result.passages if one.lag == 1) == n_events - 1


@few
@given(seed=seeds)
def test_transitions_are_events_minus_unbroken_chains(seed):
    session = a_session("abr", seed)
    track = session.tracks["dyad_state"]
    (runs,) = chains_of(session, session.session, track)
    chains = int((~runs.linked).sum())
    found = numbers(session, "state_transitions")["counts"].value
    assert found == len(runs) - chains
    assert chains <= len(session.codable.onsets)


@few
@given(seed=seeds)
def test_episodes_that_fill_a_session_add_up_to_it(seed):
    random = np.random.default_rng(seed)
    edges = [0, *sorted(random.integers(1, 120 * S, 3).tolist()), 120 * S]
    episodes = tuple(
        Episode(id=f"e{n}", session_id="S", kind=f"k{n}", onset_us=a, offset_us=b)
        for n, (a, b) in enumerate(pairwise(edges))
        if a < b
    )
    session = a_session("abr", seed, episodes=episodes)
    assert sum(one.time.length_us for one in session.sections) == session.codable.length_us
    for measure_id in ("bid_rate", "rupture_rate", "answer_rate", "fitting_rate"):
        parts = [numbers(session, measure_id, one)["value"].n or 0 for one in session.sections]
        assert sum(parts) == numbers(session, measure_id)["value"].n
    held = [
        round((one.value or 0) * one.denominator_us)
        for section in session.sections
        for one in [numbers(session, "rupture_time", section)["value"]]
        if one.denominator_us
    ]
    whole = numbers(session, "rupture_time")["value"]
    assert sum(held) == round((whole.value or 0) * (whole.denominator_us or 0))


@settings(max_examples=14, deadline=None)
@given(name=names, seed=seeds, shift=st.sampled_from([1, 7 * S + 13, -S, 10_000 * S]))
def test_shifting_time_changes_no_number(name, seed, shift):
    here, there = a_session(name, seed), a_session(name, seed, shift_us=shift)
    for one, other in zip(measured(here), measured(there), strict=True):
        assert one.measure_id == other.measure_id
        for first, second in zip(one.result.numbers, other.result.numbers, strict=True):
            assert (first.statistic, first.n, first.null_reason) == (
                second.statistic, second.n, second.null_reason
            )  # fmt: skip
            if first.value is not None:
                assert second.value == pytest.approx(first.value, rel=1e-9, abs=1e-9)


@settings(max_examples=10, deadline=None)
@given(name=names, seed=seeds)
def test_cutting_states_in_two_halves_that_touch_changes_no_number(name, seed):
    random = np.random.default_rng(seed)
    the_scheme = scheme(name)
    events = random_events(the_scheme, random, 120, 0.1)
    exclusive = {one.id for one in the_scheme.tracks if one.exclusive and one.kind == "state"}
    halves = []
    for one in events:
        if one.track not in exclusive or one.offset_us - one.onset_us < 2:
            halves.append(one)
            continue
        middle = (one.onset_us + one.offset_us) // 2
        halves += [
            replace(one, offset_us=middle), replace(one, id=f"{one.id}b", onset_us=middle)
        ]  # fmt: skip
    whole, cut = (coded(some, of=name, until_s=120) for some in (events, halves))
    for one, other in zip(measured(whole), measured(cut), strict=True):
        kind = whole.measures[one.measure_id]["kind"]
        merges = whole.measures[one.measure_id].get("merge_adjacent", True)
        if kind == "duration_stat" and not merges:
            continue
        for first, second in zip(one.result.numbers, other.result.numbers, strict=True):
            if first.value is None:
                assert second.value is None
            else:
                assert second.value == pytest.approx(first.value, abs=1e-12), one.measure_id


waits = st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=1, max_size=40)


@settings(max_examples=80, deadline=None)
@given(waits=waits)
def test_kaplan_meier_equals_statsmodels(waits):
    times, came = (np.array(column) for column in zip(*waits, strict=True))
    ours = kaplan_meier(times, came)
    theirs = SurvfuncRight(times.astype(float), came.astype(int))
    at = theirs.n_events > 0
    assert ours.times.tolist() == theirs.surv_times[at].tolist()
    assert ours.waiting == pytest.approx(theirs.surv_prob[at], abs=1e-12)
    assert ours.at_risk.tolist() == theirs.n_risk[at].tolist()
    below = theirs.surv_times[at][theirs.surv_prob[at] <= 0.5 + 1e-12]
    assert ours.median_us == (None if not len(below) else below[0])


def test_the_shift_that_gives_chance_is_counted_over_every_shift():
    random = np.random.default_rng(4)
    near, target = random.random(50) < 0.4, random.random(50) < 0.3
    cells = [int((near & np.roll(target, k)).sum()) for k in range(50)]
    mean, p = shifted_round(near, target)
    assert mean == pytest.approx(np.mean(cells))
    assert p == pytest.approx(np.mean(np.array(cells) >= cells[0]))


def test_what_follows_in_its_own_session_only_is_unlikely_by_shuffled_sessions():
    random = np.random.default_rng(4)
    near = [random.random(200) < 0.3 for _ in range(12)]
    mean, p = shuffled_sessions(near, [one.copy() for one in near], draws=500, seed=3)
    assert p < 0.01
    assert mean < sum(int(one.sum()) for one in near) / 2
    assert shuffled_sessions(near, [one.copy() for one in near], draws=500, seed=3) == (mean, p)


@few
@given(cells=st.tuples(*[st.integers(0, 30)] * 4))
def test_swapping_both_margins_of_a_table_turns_nothing(cells):
    table, turned = TwoByTwo(*cells), TwoByTwo(*cells[::-1])
    for name in ("yules_q", "odds_ratio", "phi", "log_odds_se"):
        first, second = getattr(table, name), getattr(turned, name)
        assert (first is None) == (second is None)
        if first is not None:
            assert second == pytest.approx(first)


@few
@given(seed=seeds)
def test_what_nobody_can_see_is_in_no_denominator(seed):
    session = a_session("abr", seed, uncodable=0.4)
    blind_us = sum(
        min(b, 120 * S) - a
        for a, b in zip(session.uncodable.onsets, session.uncodable.offsets, strict=True)
    )
    assert session.codable.length_us == 120 * S - blind_us
    assert numbers(session, "bid_rate")["value"].denominator_us == 120 * S - blind_us


def test_a_state_that_crosses_a_border_of_episodes_is_cut_and_counted_as_censored():
    episodes = tuple(
        Episode(id=kind, session_id="S", kind=kind, onset_us=a * S, offset_us=b * S)
        for kind, a, b in (("free_play", 0, 30), ("routine", 30, 60))
    )
    session = coded(
        [
            state("dyad_state", "attuned", 0, 10),
            state("dyad_state", "ruptured", 10, 40),
            state("dyad_state", "attuned", 40, 60),
            point("rupture_repair", "rupture", 10),
        ],
        episodes=episodes,
    )
    first, second = session.sections
    run = compute(session.measures["state_repair_latency"], session, first)
    assert [(one.time_us, one.came, one.censor_reason) for one in run.waits] == [
        (20 * S, False, "episode_end")
    ]
    assert not compute(session.measures["state_repair_latency"], session, second).waits
    assert [numbers(session, "rupture_time", one)["value"].value for one in (first, second)] == [
        pytest.approx(20 / 30),
        pytest.approx(10 / 30),
    ]
    repair = compute(session.measures["repair_latency"], session, first)
    assert [one.censor_reason for one in repair.waits] == ["episode_end"]
