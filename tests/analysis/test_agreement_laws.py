"""Laws of agreement, for every index there is and from whole observations."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.coded_pairs import (
    LENGTH_S,
    SCHEME,
    S,
    code,
    events_of,
    numbers,
    observations,
    observed,
    point,
    rows_about,
    state,
)
from imhcode.analysis.compared_pair import pair_of
from imhcode.domain.scheme import Track

both = (observations("a"), observations("b"))
few = settings(max_examples=20, deadline=None)

TURNED = {"a_to_b": "b_to_a", "b_to_a": "a_to_b", "both": "both"}
NOT_ONE = {"boundary_median_s", "boundary_p90_s", "bias", "prevalence"}


def same(one, other):
    """Whether two rows say the same, to the last but one digit."""
    for left, right in zip(numbers(one), numbers(other), strict=True):
        if isinstance(left, float) and isinstance(right, float):
            assert left == pytest.approx(right, abs=1e-9), f"{one} {other}"
        else:
            assert left == right, f"{one} {other}"


def renamed(row_key, names):
    track, said, *rest = row_key
    return (names.get(track, track), names.get(said, said), *rest)


@given(*both)
@few
def test_who_is_called_first_does_not_matter(a, b):
    there, back = rows_about(a, b), rows_about(b, a)
    assert there.keys() == {(*key[:4], TURNED[key[4]], key[5]) for key in back}
    for key, row in there.items():
        turned = back[*key[:4], TURNED[key[4]], key[5]]
        sign = -1 if row.index == "bias" and row.value is not None else 1
        turned = replace(
            turned,
            value=None if turned.value is None else sign * turned.value,
            n_events_a=turned.n_events_b,
            n_events_b=turned.n_events_a,
            n_only_a=turned.n_only_b,
            n_only_b=turned.n_only_a,
        )
        same(row, turned)


@given(both[0])
@few
def test_a_coder_agrees_with_the_same_record(a):
    for row in rows_about(a, a).values():
        if row.value is not None and row.index not in NOT_ONE:
            assert row.value == pytest.approx(1, abs=1e-9), row
        if row.index in ("boundary_median_s", "bias") and row.value is not None:
            assert row.value == 0


@given(*both)
@few
def test_names_of_codes_do_not_matter(a, b):
    """Names that sort the other way round."""
    names = {
        each.id: f"{chr(122 - place)}_{each.id}"
        for track in SCHEME.tracks
        for place, each in enumerate(track.codes)
    }
    tracks = tuple(
        replace(track, codes=tuple(replace(one, id=names[one.id]) for one in track.codes))
        for track in SCHEME.tracks
    )
    scheme = replace(SCHEME, tracks=tracks)
    other = [
        observed(one.coder_id, events_of(one, lambda e: replace(e, code=names[e.code])), scheme)
        for one in (a, b)
    ]
    before, after = rows_about(a, b), rows_about(*other)
    assert {renamed(key, names) for key in before} == after.keys()
    for key, row in before.items():
        same(row, after[renamed(key, names)])


@given(*both, st.integers(1, LENGTH_S - 1))
@few
def test_a_state_in_two_halves_that_touch_is_one(a, b, at):
    halves = []
    for event in a.timeline:
        if event.onset_us < at * S < event.until_us:
            halves += [
                replace(event, offset_us=at * S),
                replace(event, id=event.id + "+", onset_us=at * S),
            ]
        else:
            halves.append(event)
    after = rows_about(observed("a", halves), b)
    for key, row in rows_about(a, b).items():
        same(row, after[key])


@given(*both, st.integers(-50, 50), st.integers(0, 999_999))
@few
def test_shifting_both_changes_nothing(a, b, by_s, by_us):
    by = by_s * S + by_us

    def moved(event):
        return replace(event, onset_us=event.onset_us + by, offset_us=event.offset_us + by)

    there = rows_about(a, b)
    window = (by, LENGTH_S * S + by)
    after = rows_about(
        *(observed(one.coder_id, events_of(one, moved)) for one in (a, b)), window_us=window
    )
    for key, row in there.items():
        same(row, after[key])


@given(*both)
@few
def test_a_code_or_a_subject_nobody_uses_changes_nothing(a, b):
    tracks = tuple(
        replace(track, codes=(code(f"unused_{track.id}"), *track.codes)) for track in SCHEME.tracks
    )
    alone = Track(
        id="nobody", label="Nobody", subject="father", kind="point", codes=(code("never"),)
    )
    scheme = replace(SCHEME, tracks=(*tracks, alone))
    wider = rows_about(*(observed(one.coder_id, events_of(one), scheme) for one in (a, b)))
    for key, row in rows_about(a, b).items():
        same(row, wider[key])
    for key, row in wider.items():
        if key[1].startswith("unused") and row.unit in ("time", "event"):
            assert (row.value, row.null_reason != "") == (None, True), row


@given(*both)
@few
def test_an_event_far_behind_both_changes_no_other_code(a, b):
    """One event more is one event more, and nothing about other codes."""
    far = observed("b", [*events_of(b), point("far", "bid", "reach", LENGTH_S - 1)])
    before, after = rows_about(a, b), rows_about(a, far)
    key = ("bid", "", "session", "kappa_event", "both", "event")
    hidden = after[key].n_events_b == before[key].n_events_b  # in uncodable time
    assert hidden or after[key].n_events_b == before[key].n_events_b + 1


@given(*both)
@few
def test_counts_of_events_add_up_and_time_is_all_there(a, b):
    pair = pair_of(a, b, (0, LENGTH_S * S))
    for row in rows_about(a, b).values():
        assert row.codable_s == pair.scored.length_us / S
        assert row.codable_s + row.excluded_s == LENGTH_S
        if row.index != "icc_latency":
            assert row.n_events_a == row.n_matched + row.n_only_a
            assert row.n_events_b == row.n_matched + row.n_only_b
        assert (row.value is None) == bool(row.null_reason)


def test_kappa_of_one_code_asks_about_that_code_only():
    """Others that were missed or confused do not lower it."""
    a = observed("a", [point(f"e{n}", "bid", "look", n) for n in range(5)])
    more = [point("x", "bid", "voice", 20), point("y", "bid", "voice", 25)]
    b = observed("b", [*events_of(a), point("z", "bid", "reach", 20)])
    found = rows_about(observed("a", [*events_of(a), *more]), b)
    key = ("bid", "look", "session", "kappa_event", "both", "event")
    assert found[key].value == pytest.approx(1)
    assert found["bid", "voice", "session", "kappa_event", "both", "event"].value < 0.1
    assert found["bid", "", "session", "kappa_event", "both", "event"].value < 0.9


def test_mother_and_father_are_never_laid_over_each_other():
    events = [
        replace(state("s1", "state", "near", 0, 10), instance="mother"),
        replace(state("s2", "state", "far", 0, 10), instance="father"),
    ]
    a = observed("a", events)
    found = rows_about(a, observed("b", events))
    key = ("state", "", "session", "kappa_time", "both", "time")
    assert found[key].value == pytest.approx(1)
    swapped = [
        replace(one, instance="father" if one.instance == "mother" else "mother") for one in events
    ]
    assert rows_about(a, observed("b", swapped))[key].value < 1


def test_an_event_whose_partner_was_not_seen_counts_nowhere():
    a = observed("a", [point("a1", "answer", "joins", 5), point("a2", "answer", "joins", 15)])
    b = observed("b", [point("b1", "answer", "unseen", 5), point("b2", "answer", "joins", 15)])
    row = rows_about(a, b)["answer", "", "session", "kappa_event", "both", "event"]
    assert (row.n_events_a, row.n_events_b, row.n_matched) == (1, 1, 1)


def test_a_class_is_its_codes_taken_together():
    a = observed("a", [state("s1", "state", "near", 0, 10), state("s2", "state", "off", 10, 30)])
    b = observed("b", [state("s1", "state", "far", 0, 10), state("s2", "state", "off", 10, 30)])
    found = rows_about(a, b)
    key = ("state", "class:on", "session", "kappa_time_code", "both", "time")
    assert found[key].value == pytest.approx(1)
    assert found["state", "near", "session", "kappa_time_code", "both", "time"].value == 0
