"""Drawing who codes what: even, in proportion, repeatable, and never taken back."""

import math
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from imhcode.analysis.double_coding import Visit, drawn

unhurried = settings(deadline=None, max_examples=100)

shares = st.sampled_from([0.0, 0.1, 0.2, 0.25, 1 / 3, 0.5, 1.0])
seeds = st.integers(0, 10**6)
coders = st.lists(st.sampled_from("abcdef"), min_size=2, max_size=6, unique=True)


@st.composite
def studies(draw):
    """Dyads that come to some waves, one session a wave."""
    n_dyads, n_waves = draw(st.integers(1, 12)), draw(st.integers(1, 4))
    return [
        Visit(session_id=f"d{dyad}w{wave}", dyad_id=f"d{dyad}", wave=f"w{wave}")
        for dyad in range(n_dyads)
        for wave in range(n_waves)
        if wave == 0 or draw(st.booleans())
    ]


def second(made):
    return {one.session_id for one in made if one.part == "reliability"}


@unhurried
@given(studies(), coders, shares, seeds)
def test_every_session_has_one_first_coder_and_the_share_a_second(visits, names, share, seed):
    made = drawn(visits, names, share=share, seed=seed)
    first = [one.session_id for one in made if one.part == "primary"]
    assert sorted(first) == sorted(one.session_id for one in visits)
    assert len(second(made)) == math.ceil(round(share * len(visits), 9))
    who = {}
    for one in made:
        who.setdefault(one.session_id, []).append(one.coder_id)
    assert all(len(set(two)) == len(two) for two in who.values())


@unhurried
@given(studies(), coders, shares, seeds)
def test_work_is_spread_evenly(visits, names, share, seed):
    made = drawn(visits, names, share=share, seed=seed)
    loads = Counter(dict.fromkeys(names, 0))
    loads.update(one.coder_id for one in made if one.part == "primary")
    assert max(loads.values()) - min(loads.values()) <= 1


@unhurried
@given(studies(), coders, shares, seeds)
def test_each_wave_is_drawn_in_proportion(visits, names, share, seed):
    chosen = second(drawn(visits, names, share=share, seed=seed))
    wanted = math.ceil(round(share * len(visits), 9))
    sizes = Counter(one.wave for one in visits)
    got = Counter(one.wave for one in visits if one.session_id in chosen)
    for wave, size in sizes.items():
        exact = wanted * size / len(visits)
        assert math.floor(exact + 1e-9) <= got[wave] <= math.ceil(exact - 1e-9)


@unhurried
@given(st.integers(2, 12), st.integers(1, 4), coders, shares, seeds)
def test_no_dyad_is_drawn_twice_before_every_dyad_was_drawn_once(
    n_dyads, n_waves, names, share, seed
):
    visits = [
        Visit(session_id=f"d{dyad}w{wave}", dyad_id=f"d{dyad}", wave=f"w{wave}")
        for dyad in range(n_dyads)
        for wave in range(n_waves)
    ]
    chosen = second(drawn(visits, names, share=share, seed=seed))
    times = Counter({f"d{dyad}": 0 for dyad in range(n_dyads)})
    times.update(one.dyad_id for one in visits if one.session_id in chosen)
    assert max(times.values()) - min(times.values()) <= 1


@unhurried
@given(studies(), coders, shares, seeds)
def test_the_same_seed_gives_the_same_draw(visits, names, share, seed):
    once = drawn(visits, names, share=share, seed=seed)
    assert drawn(visits, names, share=share, seed=seed) == once


@unhurried
@given(studies(), coders, shares, seeds, st.integers(0, 12))
def test_sessions_that_come_later_change_no_earlier_assignment(visits, names, share, seed, n):
    early = drawn(visits[:n], names, share=share, seed=seed)
    later = drawn(visits, names, share=share, seed=seed + 1, already=early)
    assert set(early) <= set(later)
    assert len({one.session_id for one in later}) == len(visits)


def test_another_seed_gives_another_draw():
    visits = [Visit(session_id=f"s{n}", dyad_id=f"d{n}") for n in range(40)]
    draws = {frozenset(second(drawn(visits, "ab", share=0.2, seed=seed))) for seed in range(8)}
    assert len(draws) == 8


def test_pairs_of_coders_meet_equally_often():
    visits = [Visit(session_id=f"s{n}", dyad_id=f"d{n}") for n in range(90)]
    made = drawn(visits, "abc", share=1.0, seed=3)
    pairs = {}
    for one in made:
        pairs.setdefault(one.session_id, set()).add(one.coder_id)
    met = Counter(frozenset(two) for two in pairs.values())
    assert len(met) == 3
    assert max(met.values()) - min(met.values()) <= 12
