"""Time tables by the sweep equal counting every microsecond, and keep the laws of agreement."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis.timelines import (
    CODES,
    LENGTH,
    brute_table,
    brute_table_within,
    lanes,
    scored,
    spans_of,
    union_of_flags,
)
from imhcode.analysis.agreement import INDICES
from imhcode.analysis.agreement.kappa_time import kappa
from imhcode.analysis.spans import Spans, Union
from imhcode.analysis.square_tables import against_the_rest
from imhcode.analysis.sweep import code_table, time_table, time_table_within

ALL = Union.of(np.array([0]), np.array([LENGTH]))
tolerances = st.integers(0, 5)


def same(left, right):
    return np.array_equal(left, right, equal_nan=True)


@given(lanes(), lanes(), scored)
def test_the_sweep_equals_counting_every_microsecond(a, b, flags):
    table = time_table(spans_of(a), spans_of(b), CODES, union_of_flags(flags))
    assert np.array_equal(table, brute_table(a, b, flags))


@given(lanes(), lanes(), scored, tolerances)
def test_with_tolerance_too(a, b, flags, tolerance):
    found = time_table_within(spans_of(a), spans_of(b), CODES, union_of_flags(flags), tolerance)
    assert np.array_equal(found, brute_table_within(a, b, flags, tolerance))


@given(lanes(), lanes(), scored, st.integers(0, CODES - 1))
def test_one_code_against_the_rest_is_the_collapsed_table(a, b, flags, code):
    window = union_of_flags(flags)
    two = code_table(spans_of(a).only(code), spans_of(b).only(code), window)
    whole = time_table(spans_of(a), spans_of(b), CODES, window)
    assert np.array_equal(two, against_the_rest(whole, code))


@given(lanes(), lanes())
def test_kappa_does_not_care_who_is_first(a, b):
    there = kappa(time_table(spans_of(a), spans_of(b), CODES, ALL))
    back = kappa(time_table(spans_of(b), spans_of(a), CODES, ALL))
    assert np.allclose(there, back, equal_nan=True, rtol=0, atol=1e-12)


@given(lanes())
def test_a_coder_agrees_with_itself(a):
    found = float(kappa(time_table(spans_of(a), spans_of(a), CODES, ALL)))
    assert np.isnan(found) if len(set(a)) == 1 else found == 1


@given(lanes(), lanes(), st.permutations(range(CODES)))
def test_names_of_codes_do_not_matter(a, b, names):
    renamed = [[one if one < 0 else names[one] for one in said] for said in (a, b)]
    before = kappa(time_table(spans_of(a), spans_of(b), CODES, ALL))
    after = kappa(time_table(spans_of(renamed[0]), spans_of(renamed[1]), CODES, ALL))
    assert np.allclose(before, after, equal_nan=True, rtol=0, atol=1e-12)


@given(lanes(), lanes(), st.integers(1, LENGTH - 1), tolerances)
def test_splitting_a_state_into_abutting_halves_changes_nothing(a, b, at, tolerance):
    whole, other = spans_of(a), spans_of(b)
    inside = (whole.onsets < at) & (at < whole.offsets)
    halves = Spans(
        np.concatenate([whole.onsets, np.full(inside.sum(), at)]),
        np.concatenate([np.where(inside, at, whole.offsets), whole.offsets[inside]]),
        np.concatenate([whole.codes, whole.codes[inside]]),
    )
    order = np.argsort(halves.onsets, kind="stable")
    halves = Spans(halves.onsets[order], halves.offsets[order], halves.codes[order])
    for first, second in ((halves, other), (other, halves)):
        plain = (whole, other) if first is halves else (other, whole)
        assert same(
            time_table_within(first, second, CODES, ALL, tolerance),
            time_table_within(*plain, CODES, ALL, tolerance),
        )


@given(lanes(), lanes(), st.integers(-10_000, 10_000), tolerances)
def test_shifting_both_changes_nothing(a, b, by, tolerance):
    moved = [
        Spans(one.onsets + by, one.offsets + by, one.codes) for one in (spans_of(a), spans_of(b))
    ]
    window = Union.of(np.array([by]), np.array([LENGTH + by]))
    assert same(
        time_table_within(*moved, CODES, window, tolerance),
        time_table_within(spans_of(a), spans_of(b), CODES, ALL, tolerance),
    )


@given(lanes(), lanes())
def test_a_code_nobody_uses_changes_no_index(a, b):
    plain = time_table(spans_of(a), spans_of(b), CODES, ALL)
    wider = np.insert(np.insert(plain, CODES, 0, axis=0), CODES, 0, axis=1)
    for index in INDICES:
        if "time" in index.bases:
            values = index.of(plain), index.of(wider)
            assert np.allclose(*values, equal_nan=True, rtol=0, atol=1e-9), index.name


@given(lanes(), lanes(), tolerances)
def test_more_tolerance_never_lowers_agreement(a, b, tolerance):
    near = time_table_within(spans_of(a), spans_of(b), CODES, ALL, tolerance)
    far = time_table_within(spans_of(a), spans_of(b), CODES, ALL, tolerance + 1)
    assert np.trace(far) >= np.trace(near)
