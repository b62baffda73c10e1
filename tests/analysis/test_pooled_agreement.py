"""Sessions pooled: tables add up, intervals come from whole dyads, batches change nothing."""

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from analysis.coded_pairs import LENGTH_S, SCHEME, TOLERANCE, S, code, observed, state
from imhcode.analysis.agreement import INDICES
from imhcode.analysis.agreement_rows import PairOfCoders, rows_of
from imhcode.analysis.compared_pair import pair_of
from imhcode.analysis.pair_tables import joined, tables_of_pairs
from imhcode.analysis.resampling import Resampling
from imhcode.domain.scheme import Scheme, Track

TRACK = SCHEME.tracks[0]


def pairs_at_random(n):
    random = np.random.default_rng(n)
    found = []
    for _ in range(n):
        lanes = []
        for side in "ab":
            edges = [0, *sorted(random.choice(range(1, LENGTH_S), 4, replace=False)), LENGTH_S]
            said = random.choice(["near", "far", "off"], 5)
            spans = zip(said, edges[:-1], edges[1:], strict=True)
            lanes.append(
                observed(
                    side, [state(f"s{k}", "state", *map(plain, s)) for k, s in enumerate(spans)]
                )
            )
        found.append(pair_of(*lanes, (0, LENGTH_S * S)))
    return found


def plain(value):
    return str(value) if isinstance(value, str) else int(value)


def rows(pairs, dyads, parameters=TOLERANCE):
    tables = tables_of_pairs(pairs, SCHEME, TRACK, parameters)
    who = [PairOfCoders(f"S{k}", dyad, "a", "b") for k, dyad in enumerate(dyads)]
    return tables, list(rows_of(who, tables, parameters))


def pooled(found, index, said=""):
    return next(r for r in found if (r.level, r.index, r.code) == ("pooled", index, said))


def test_many_sessions_at_once_are_each_by_itself():
    pairs = pairs_at_random(6)
    whole = tables_of_pairs(pairs, SCHEME, TRACK, TOLERANCE)
    alone = joined([tables_of_pairs([one], SCHEME, TRACK, TOLERANCE) for one in pairs])
    for name in ("time", "a_to_b", "b_to_a", "aligned", "linked", "events_by_group", "codable_us"):
        assert np.array_equal(getattr(whole, name), getattr(alone, name)), name
    assert sorted(whole.boundaries_us) == sorted(alone.boundaries_us)


def test_a_pooled_value_is_that_of_the_added_tables():
    tables, found = rows(pairs_at_random(5), ["D1", "D1", "D2", "D3", "D4"])
    for index in ("kappa_time", "pabak", "kappa_max"):
        expected = float(INDICES[index].of(tables.time.sum(axis=0)))
        assert pooled(found, index).value == pytest.approx(expected)


def test_whole_dyads_are_drawn_and_the_seed_decides():
    tables, found = rows(pairs_at_random(6), ["D1", "D1", "D2", "D2", "D3", "D3"])
    row = pooled(found, "kappa_time")
    assert row.ci_method == "bootstrap of dyads, percentile, few units"
    dyads = tables.time.reshape(3, 2, *tables.time.shape[1:]).sum(axis=1)
    times = np.random.default_rng(TOLERANCE.seed).multinomial(3, [1 / 3] * 3, size=TOLERANCE.draws)
    values = [float(INDICES["kappa_time"].of(np.tensordot(one, dyads, 1))) for one in times]
    assert (row.ci_low, row.ci_high) == pytest.approx(tuple(np.quantile(values, [0.025, 0.975])))


def test_one_dyad_has_no_interval():
    _, found = rows(pairs_at_random(3), ["D1", "D1", "D1"])
    assert pooled(found, "kappa_time").ci_low is None


def test_an_index_hardly_ever_defined_has_no_interval():
    draws = Resampling(["A", "B"], draws=10)
    values = np.array([[0.5, np.nan]] * 4 + [[0.6, np.nan]] * 5 + [[0.7, 1.0]])
    low, high = draws.intervals(values)
    assert (np.isfinite(low[0]), np.isnan(low[1]), np.isnan(high[1])) == (True, True, True)


def test_ranked_codes_are_compared_on_the_whole_scale():
    track = Track(
        id="mood",
        label="Mood",
        subject="infant",
        kind="state",
        exclusive=True,
        codes=tuple(code(f"m{k}", ordinal=float(k)) for k in range(4)),
    )
    scheme = Scheme(id="m", version="1.0.0", title="M", tracks=(track,))
    lanes = [(0, 10, "m0"), (10, 20, "m1"), (20, 30, "m3")], [(0, 15, "m0"), (15, 30, "m3")]
    a, b = (
        observed(
            side,
            [state(f"s{k}", "mood", c, on, off) for k, (on, off, c) in enumerate(lane)],
            scheme,
        )
        for side, lane in zip("ab", lanes, strict=True)
    )
    tables = tables_of_pairs([pair_of(a, b, (0, LENGTH_S * S))], scheme, track, TOLERANCE)
    found = list(rows_of([PairOfCoders("S", "", "a", "b")], tables, TOLERANCE))
    said = [0] * 10 + [1] * 10 + [3] * 10, [0] * 15 + [3] * 15
    for weights in ("linear", "quadratic"):
        theirs = cohen_kappa_score(*said, labels=range(4), weights=weights)
        assert pooled(found, f"kappa_weighted_{weights}").value == pytest.approx(theirs)
