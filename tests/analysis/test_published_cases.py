"""Published and hand-checked worked examples, each within the tolerance it is printed with."""

import json
from pathlib import Path

import numpy as np
import pytest

from analysis.pairs import align
from imhcode.analysis.agreement import INDICES
from imhcode.analysis.agreement.category_agreement_time import pi
from imhcode.analysis.agreement.kappa_time import kappa
from imhcode.analysis.agreement.observer_accuracy import accuracy_for, expected_kappa
from imhcode.analysis.alignment import tables_of_partners
from imhcode.analysis.intraclass import icc
from imhcode.analysis.many_coders import alpha, fleiss
from imhcode.analysis.overlap_linking import linked_by_overlap
from imhcode.analysis.spans import Spans, Union
from imhcode.analysis.square_tables import against_the_rest, expected, observed
from imhcode.analysis.sweep import code_table, time_table, time_table_within

CASES = {
    case["name"]: case
    for case in json.loads((Path(__file__).parent / "cases.json").read_text("utf-8"))
}
TABLES = [name for name, case in CASES.items() if "table" in case["data"]]


def near(case, key, value):
    allowed = case["tolerance"]
    allowed = allowed[key] if isinstance(allowed, dict) else allowed
    return value == pytest.approx(case["expected"][key], abs=allowed)


def spans(rows, codes, scale=1):
    rows = sorted(rows)
    return Spans(
        np.array([round(row[0] * scale) for row in rows], np.int64),
        np.array([round(row[1] * scale) for row in rows], np.int64),
        np.array([codes.index(row[2]) for row in rows], np.int64),
    )


def of_index(name):
    return INDICES[name].of


ON_TABLES = {
    "po": observed,
    "pe": expected,
    "kappa": kappa,
    "kappa_max": of_index("kappa_max"),
    "pi": pi,
    "S": of_index("pabak"),
    "PABAK": of_index("pabak"),
    "AC1": of_index("ac1"),
    "linear": of_index("kappa_weighted_linear"),
    "quadratic": of_index("kappa_weighted_quadratic"),
    "kappa_over_max": lambda table: kappa(table) / INDICES["kappa_max"].of(table),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_published_table_gives_the_published_numbers(name):
    case = CASES[name]
    table = np.array(case["data"]["table"], float)
    checked = 0
    for key in case["expected"]:
        if key in ON_TABLES:
            assert near(case, key, float(ON_TABLES[key](table))), key
            checked += 1
        elif key.startswith(("pi_code", "kappa_code")):
            kind, code = key.split("_code")
            two = against_the_rest(table, int(code) - 1)
            assert near(case, key, float(ON_TABLES[kind](two))), key
            checked += 1
    assert checked


def test_fleiss_gives_the_published_kappa():
    case = CASES["fleiss1971"]
    assert near(case, "kappa", fleiss(np.array(case["data"]["ratings_30x6"], float)))
    counts = CASES["fleiss_wikipedia"]["data"]["counts_10x5"]
    ratings = [[code for code, n in enumerate(row) for _ in range(n)] for row in counts]
    assert near(CASES["fleiss_wikipedia"], "kappa", fleiss(np.array(ratings, float)))


def matrix(rows):
    names = sorted({one for row in rows for one in row if isinstance(one, str)})
    return np.array(
        [
            [np.nan if one is None else names.index(one) if one in names else one for one in row]
            for row in rows
        ],
        float,
    )


@pytest.mark.parametrize("metric", ["nominal", "ordinal", "interval", "ratio"])
def test_alpha_of_four_observers_with_missing_values(metric):
    case = CASES["krippendorff_4observers"]
    assert near(case, metric, alpha(matrix(case["data"]["units_12x4"]), metric))


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("gwet_raw4raters", "units_12x4"),
        ("krippendorff_binary", "units_10x2"),
        ("krippendorff2004_p227", "units_12x2"),
    ],
)
def test_nominal_alpha_as_published(name, units):
    case = CASES[name]
    assert near(case, "alpha", alpha(matrix(case["data"][units]), "nominal"))


def test_all_six_intraclass_correlations_with_their_intervals():
    case = CASES["shrout_fleiss1979"]
    scores = np.array(case["data"]["targets_6xjudges_4"], float)
    for form in ("1_1", "2_1", "3_1", "1_k", "2_k", "3_k"):
        printed = f"ICC({form[0]},{form[2]})"
        found = icc(scores, form)
        assert near(case, printed, found.value), form
        low, high = case["expected"][f"CI({form[0]},{form[2]})"]
        assert found.low == pytest.approx(low, abs=0.006), form
        assert found.high == pytest.approx(high, abs=0.006), form


def test_kappa_of_time_equals_kappa_of_time_units():
    case = CASES["timeunit_kappa_krippendorff1995_A"]["data"]
    a, b = (spans([[*one, "c"] for one in case[coder]], ["c"]) for coder in ("coder1", "coder2"))
    window = Union.of(np.array([0]), np.array([24]))
    assert float(kappa(time_table(a, b, 1, window))) == pytest.approx(0.385, abs=0.001)
    assert float(kappa(code_table(a.only(0), b.only(0), window))) == pytest.approx(0.385, abs=0.001)


def test_tolerance_takes_the_first_coder_as_the_reference():
    case = CASES["tolerance_semantics"]
    a, b = (spans(case["data"][coder], ["S", "c"]) for coder in ("coder1", "coder2"))
    window = Union.of(np.array([0]), np.array([40]))
    for tolerance in (0, 1, 2):
        table = time_table_within(a, b, 2, window, tolerance)
        apart = table.sum() - np.trace(table)
        assert near(case, f"disagree_tol{tolerance}", apart)
    assert np.array_equal(time_table_within(a, b, 2, window, 0), time_table(a, b, 2, window))


def letters(word, alphabet):
    return np.array([alphabet.index(letter) for letter in word], np.int64)


def test_alignment_costs_the_edit_distance():
    alphabet = sorted(set("kittensitting"))
    a, b = letters("kitten", alphabet), letters("sitting", alphabet)
    cost, pairs = align(0 * a, a, 0 * b, b, None)
    assert cost == 3
    assert len([pair for pair in pairs if None not in pair]) >= 6


def test_alignment_kappa_of_the_constructed_case():
    case = CASES["event_alignment_kappa_constructed"]
    a, b = letters(case["data"]["a"], "ABCD"), letters(case["data"]["b"], "ABCD")
    cost, pairs = align(0 * a, a, 0 * b, b, None)
    partner = np.array([-1 if j is None else j for i, j in pairs if i is not None])
    table = tables_of_partners(a, b, partner, 4)[0]
    assert near(case, "cost", cost)
    assert near(case, "po", float(observed(table)))
    assert near(case, "kappa", float(INDICES["kappa_event"].of(table)))


def test_linked_kappa_of_the_constructed_case():
    case = CASES["easydiag_constructed"]
    codes = case["data"]["codes"]
    a, b = (spans(case["data"][coder], codes, 1_000_000) for coder in ("r1", "r2"))
    partner = linked_by_overlap(a, b, case["data"]["threshold"])
    table = tables_of_partners(a.codes, b.codes, partner, 3, weight=2)[0]
    assert table.tolist() == [[2, 0, 0, 1], [0, 2, 0, 1], [0, 2, 0, 0], [1, 0, 1, 0]]
    assert near(case, "raw", float(observed(table)))
    assert near(case, "kappa_ipf", float(INDICES["kappa_event_linked"].of(table)))


def test_kappa_of_fallible_observers():
    case = CASES["expected_kappa_fallible_observers"]
    for key in case["expected"]:
        k, accuracy = key.removeprefix("K").split("_acc")
        shares = np.full(int(k), 1 / int(k))
        found = expected_kappa(np.array(float(accuracy)), shares)
        assert near(case, key, float(found)), key
        back = accuracy_for(found, shares)
        assert float(back) == pytest.approx(float(accuracy), abs=1e-9)


@pytest.mark.parametrize(
    ("shares", "accuracy"), [([0.5, 0.5], 0.887), ([0.2] * 5, 0.820), ([0.9, 0.1], 0.949)]
)
def test_the_accuracy_that_a_kappa_of_sixty_needs(shares, accuracy):
    assert float(accuracy_for(np.array(0.6), np.array(shares))) == pytest.approx(accuracy, abs=6e-4)
