"""The rule over attempts: in order of submission, n in a row, no critical miss."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imhcode.analysis.training_criterion import Attempt, Criterion, judged, progress

unhurried = settings(deadline=None, max_examples=100)

RULE = Criterion(threshold=0.7, consecutive=3)


def attempts(*values, **more):
    return [
        Attempt(
            session_id=f"s{n}", submitted_utc=f"2026-01-{n + 1:02}", values={"t": value}, **more
        )
        for n, value in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("values", "run", "met"),
    [
        ((0.7, 0.7, 0.7), 3, ("s0", "s1", "s2")),
        ((0.8, 0.6, 0.8, 0.9), 2, ()),
        ((0.6, 0.8, 0.8, 0.8, 0.1), 0, ("s1", "s2", "s3")),  # what was reached stays reached
        ((0.8, None, 0.8, 0.8), 3, ("s0", "s2", "s3")),  # undefined neither helps nor breaks
        ((), 0, ()),
    ],
)
def test_three_in_a_row_meet_it(values, run, met):
    found = progress(RULE, attempts(*values))
    assert found.run == run
    assert tuple(one.attempt.session_id for one in found.met_by) == met
    assert found.is_met is bool(met)


@unhurried
@given(st.lists(st.floats(0, 1), max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_submission_counts_and_no_other(values, chance):
    made = attempts(*values)
    shuffled = list(made)
    chance.shuffle(shuffled)
    assert progress(RULE, shuffled) == progress(RULE, made)


@unhurried
@given(st.lists(st.floats(0, 1), max_size=12))
def test_it_is_met_exactly_where_three_neighbours_pass(values):
    passed = [value >= 0.7 for value in values]
    triples = zip(passed, passed[1:], passed[2:], strict=False)
    assert progress(RULE, attempts(*values)).is_met is any(map(all, triples))


def test_the_lowest_of_the_tracks_that_count_decides():
    one = Attempt(session_id="s", submitted_utc="", values={"easy": 0.9, "hard": 0.5, "none": None})
    assert judged(RULE, one).verdict == "failed"
    assert judged(RULE, one).why == "hard"
    easy = Criterion(threshold=0.7, tracks=("easy", "none"))
    assert judged(easy, one).verdict == "passed"


def test_a_critical_miss_breaks_a_run():
    rule = Criterion(threshold=0.7, consecutive=2, critical=("t/cry",))
    made = attempts(0.9, 0.9, 0.9)
    missed = Attempt(
        session_id="m", submitted_utc="2026-01-01T12", values={"t": 1.0}, missed={"t/cry": 1}
    )
    found = progress(rule, [made[0], missed, made[1]])
    assert [one.verdict for one in found.judged] == ["passed", "failed", "passed"]
    assert not found.is_met
    assert progress(rule, [made[0], missed, *made[1:]]).is_met
