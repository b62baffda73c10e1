"""Alignments cost the least, and cutting them into blocks changes nothing but the time."""

from functools import cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.pairs import align as align_events
from imhcode.analysis.agreement import INDICES
from imhcode.analysis.alignment import Sequence, partners, tables_of_partners
from imhcode.analysis.quasi_independence import expected_with_empty_corner

events = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 2)), max_size=9).map(sorted)
tolerances = st.integers(0, 8)


def columns(some):
    onsets, codes = np.array(some, np.int64).reshape(-1, 2).T
    return onsets, codes


def align(a, b, tolerance):
    (onsets_a, codes_a), (onsets_b, codes_b) = columns(a), columns(b)
    return align_events(onsets_a, codes_a, onsets_b, codes_b, tolerance)


def table(a, b, tolerance):
    first, second = Sequence(*columns(a)), Sequence(*columns(b))
    partner = partners(first, second, tolerance)
    return tables_of_partners(first.codes, second.codes, partner, 3)[0]


@given(events, events, tolerances)
def test_no_alignment_is_cheaper(a, b, tolerance):
    @cache
    def cheapest(i, j):
        if i == 0 or j == 0:
            return i + j
        near = abs(a[i - 1][0] - b[j - 1][0]) <= tolerance
        found = [cheapest(i - 1, j) + 1, cheapest(i, j - 1) + 1]
        if near:
            found.append(cheapest(i - 1, j - 1) + (a[i - 1][1] != b[j - 1][1]))
        return min(found)

    assert align(a, b, tolerance)[0] == cheapest(len(a), len(b))


@given(events, events, tolerances)
def test_every_event_stands_in_the_alignment_once_and_in_order(a, b, tolerance):
    pairs = align(a, b, tolerance)[1]
    assert [i for i, _ in pairs if i is not None] == list(range(len(a)))
    assert [j for _, j in pairs if j is not None] == list(range(len(b)))
    assert all(abs(a[i][0] - b[j][0]) <= tolerance for i, j in pairs if None not in (i, j))


@given(events, events, tolerances)
def test_who_is_first_does_not_matter(a, b, tolerance):
    assert np.array_equal(table(a, b, tolerance), table(b, a, tolerance).T)


@given(events, events, tolerances)
def test_an_event_far_from_all_others_changes_no_pair(a, b, tolerance):
    far = [*b, (100, 1)]
    assert align(a, far, tolerance)[1] == [*align(a, b, tolerance)[1], (None, len(b))]


@given(events, tolerances)
def test_the_same_events_align_wholly(a, tolerance):
    found = table(a, a, tolerance)
    assert np.trace(found) == len(a)
    kappa = float(INDICES["kappa_event"].of(found))
    assert np.isnan(kappa) if len({code for _, code in a}) < 2 else kappa == 1


@given(events, events, tolerances)
def test_a_code_nobody_uses_changes_no_kappa(a, b, tolerance):
    plain = table(a, b, tolerance)
    wider = np.insert(np.insert(plain, 3, 0, axis=0), 3, 0, axis=1)
    for name in ("kappa_event", "kappa_event_linked"):
        index = INDICES[name]
        assert np.allclose(index.of(plain), index.of(wider), equal_nan=True, rtol=0, atol=1e-9)


def fitted_step_by_step(table, rounds=20_000):
    """Iterative proportional fitting, as the books do it."""
    fitted = np.ones_like(table)
    fitted[-1, -1] = 0
    rows, columns = table.sum(1), table.sum(0)
    for _ in range(rounds):
        there = fitted.sum(1)
        fitted *= np.divide(rows, there, out=np.zeros_like(rows), where=there > 0)[:, None]
        there = fitted.sum(0)
        fitted *= np.divide(columns, there, out=np.zeros_like(rows), where=there > 0)
    return fitted


@given(
    st.lists(st.integers(0, 9), min_size=15, max_size=15).map(
        lambda cells: np.array([*cells, 0], float).reshape(4, 4) + np.diag([3.0, 3, 3, 0])
    )
)
@settings(max_examples=20, deadline=None)
def test_chance_in_closed_form_is_where_the_fitting_ends(table):
    found = expected_with_empty_corner(table)
    assert np.allclose(found, fitted_step_by_step(table), atol=1e-6)
    assert np.allclose(found.sum(0), table.sum(0))
    assert np.allclose(found.sum(1), table.sum(1))
