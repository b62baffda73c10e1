"""Measures that two coders' records give: one target a session, whatever else was coded."""

import numpy as np
import pytest

from imhcode.analysis.agreement_rows import PairOfCoders
from imhcode.analysis.coded_session import Section
from imhcode.analysis.intraclass import FORMS, icc
from imhcode.analysis.measure_rows import measure_rows
from imhcode.analysis.measured import Number, Result
from imhcode.analysis.measuring import Measured
from imhcode.analysis.pair_parameters import Parameters
from imhcode.analysis.spans import Union
from imhcode.domain.episode import Episode

EVER = Union(np.array([0]), np.array([10]))
RATES = ((1.0, 1.5), (4.0, 4.0), (2.0, 2.5), (8.0, 6.0), (5.0, None))


def section(n=0, kind=""):
    episode = Episode(id=f"e{n}", session_id="S", kind=kind, onset_us=0) if kind else None
    return Section(episode, n, 0, 10, EVER)


def gives(value, where=None, name="bid_rate"):
    return Measured(name, where or section(), Result((Number("value", value),)))


def rows_of(pairs, sessions=None, coders=(("a", "b"),)):
    names = sessions or [f"S{n}" for n in range(len(pairs))]
    who = [PairOfCoders(name, "", *coders[n % len(coders)]) for n, name in enumerate(names)]
    return list(measure_rows(iter(pairs), who, Parameters()))


def test_every_form_is_that_of_the_sessions_both_have_a_value_for():
    rows = {row.index: row for row in rows_of([((gives(a),), (gives(b),)) for a, b in RATES])}
    known = np.array(RATES[:4])
    assert set(rows) == {f"icc_{form}" for form in FORMS}
    for form in FORMS:
        row, theirs = rows[f"icc_{form}"], icc(known, form)
        assert (row.value, row.ci_low, row.ci_high) == pytest.approx(
            (theirs.value, theirs.low, theirs.high)
        )
        assert (row.n_sessions, row.n_matched, row.n_only_a, row.n_only_b) == (4, 4, 1, 0)
        assert (row.track_id, row.code, row.unit) == ("bid_rate", "value", "measure")
        assert (row.coder_a, row.coder_b, row.level, row.ci_method) == ("a", "b", "pooled", "F")


def test_a_session_of_three_coders_counts_once():
    pairs = [((gives(a),), (gives(b),)) for a, b in RATES[:4]]
    once = rows_of(pairs)
    crowd = [*pairs, ((gives(8.0),), (gives(0.0),)), ((gives(6.0),), (gives(0.0),))]
    names = ["S0", "S1", "S2", "S3", "S3", "S3"]
    assert [row.value for row in rows_of(crowd, names)] == [row.value for row in once]


def test_episodes_are_targets_of_their_kind():
    pairs = [
        tuple(
            [
                gives(rate + off, section(1, "play")),
                gives(rate / 2, section(2, "still_face")),
                gives(rate * 2 + off, section(3, "play")),
            ]
            for off in (0, 0.25)
        )
        for rate in (1.0, 3.0, 4.0)
    ]
    units = {row.unit: row for row in rows_of(pairs)}
    assert set(units) == {"measure in play", "measure in still_face"}
    assert (units["measure in play"].n_matched, units["measure in play"].n_sessions) == (6, 3)
    assert units["measure in still_face"].value == pytest.approx(1)


def test_what_has_no_value_has_a_reason():
    (alone, *_) = rows_of([((gives(1.0),), (gives(2.0),))])
    assert (alone.value, alone.null_reason) == (None, "too few sessions")
    flat = rows_of([((gives(2.0),), (gives(2.0),))] * 3)
    assert {row.null_reason for row in flat} == {"no variance"}
    nowhere = Measured(
        "bid_rate", None, Result((Number("value", None, null_reason="no episodes"),))
    )
    assert rows_of([((nowhere,), (nowhere,))] * 2) == []


def test_pairs_of_several_coders_name_none():
    rows = rows_of(
        [((gives(a),), (gives(b),)) for a, b in RATES[:4]], coders=(("a", "b"), ("c", "d"))
    )
    assert {(row.coder_a, row.coder_b) for row in rows} == {("", "")}
