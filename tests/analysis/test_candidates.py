"""Candidate moments against a plain search through all pairs, and the queries that people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coded_sessions import scheme
from imhcode.analysis.candidate_queries import NotAQuery, presets, query_from_text
from imhcode.analysis.candidates import LEAD_US, Meant, Query, Then, candidates
from imhcode.domain.event import Event, Link
from imhcode.domain.observation import Observation

S = 1_000_000
ABR = scheme("abr")


def observed(*events):
    blank = Observation(id="o", session_id="S", coder_id="c", scheme=ABR)
    return blank.with_events(events)


def state(id_, from_s, until_s, code="attuned"):
    offset_us = None if until_s is None else round(until_s * S)
    return Event(
        id=id_, track="dyad_state", code=code, onset_us=round(from_s * S), offset_us=offset_us
    )


def bid(id_, at_s, code="look"):
    at_us = round(at_s * S)
    return Event(id=id_, track="infant_bid", code=code, onset_us=at_us, offset_us=at_us)


def answer(id_, at_s, target, code="joins"):
    at_us = round(at_s * S)
    links = (Link("answers", target),) if target else ()
    return Event(
        id=id_,
        track="caregiver_response",
        code=code,
        onset_us=at_us,
        offset_us=at_us,
        links=links,
    )


def told(found):
    return [(one.event_ids, one.onset_us / S, one.offset_us / S) for one in found]


def test_a_bid_that_is_met_within_a_second_is_shown_from_two_seconds_before():
    seen = observed(
        bid("b1", 10),
        answer("a1", 11, "b1"),
        bid("b2", 20),
        answer("a2", 21.000001, "b2"),
        bid("b3", 30),
        answer("a3", 30.5, "b3", code="overrides"),
        bid("b4", 40),
        answer("a4", 40.5, "b3"),
    )
    found = candidates(seen, presets(ABR)["bids-met"], (0, 60 * S))
    assert told(found) == [(("b1", "a1"), 8, 11)]
    assert found[0].why == "bids met within 1 s"


def test_a_candidate_does_not_begin_before_what_is_coded():
    seen = observed(bid("b1", 1), answer("a1", 1.5, "b1"))
    assert told(candidates(seen, presets(ABR)["bids-met"], (0, 60 * S))) == [(("b1", "a1"), 0, 1.5)]


def test_the_first_repair_after_each_rupture_is_shown_with_the_rupture():
    def point(id_, at_s, code, target=""):
        links = (Link("repair_of", target),) if target else ()
        return Event(
            id=id_,
            track="rupture_repair",
            code=code,
            onset_us=at_s * S,
            offset_us=at_s * S,
            links=links,
        )

    seen = observed(
        point("r1", 5, "rupture"),
        point("t1", 6, "repair_attempt", "r1"),
        point("d1", 9, "repaired", "r1"),
        point("d1b", 12, "repaired", "r1"),
        point("r2", 20, "rupture"),
    )
    assert told(candidates(seen, presets(ABR)["first-repair"])) == [(("r1", "d1"), 3, 9)]


def test_being_together_for_eight_seconds_counts_from_eight_on_and_to_the_end_of_what_is_coded():
    seen = observed(
        state("s1", 0, 7.999),
        state("s2", 10, 18),
        state("s3", 18, 40, "side_by_side"),
        state("s4", 50, None),
    )
    attuned = presets(ABR)["attuned"]
    assert told(candidates(seen, attuned, (0, 60 * S))) == [(("s2",), 8, 18), (("s4",), 48, 60)]
    assert told(candidates(seen, attuned, (0, 57 * S))) == [(("s2",), 8, 18)]


def test_what_says_that_nobody_could_see_is_not_meant_by_a_bare_track():
    seen = observed(state("s1", 0, 9, "uncodable"), state("s2", 10, 19, "ruptured"))
    query = query_from_text("dyad_state >8s", ABR)
    assert [one.event_ids for one in candidates(seen, query)] == [("s2",)]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        (
            "dyad_state/attuned,side_by_side  >8s",
            Query(
                name="dyad_state/attuned,side_by_side >8s",
                meant=Meant(track="dyad_state", codes=frozenset({"attuned", "side_by_side"})),
                at_least_us=8 * S,
            ),
        ),
        (
            "infant_bid then caregiver_response.fitting within 500ms linked first",
            Query(
                name="infant_bid then caregiver_response.fitting within 500ms linked first",
                meant=Meant(track="infant_bid"),
                then=Then(
                    meant=Meant(track="caregiver_response", classes=frozenset({"fitting"})),
                    within_us=S // 2,
                    rule="answers",
                ),
                first_only=True,
            ),
        ),
    ],
)
def test_a_typed_line_becomes_a_query(text, query):
    assert query_from_text(text, ABR) == query


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing was written"),
        ("first", "a track is missing"),
        ("infant_bid then", "a track is missing"),
        ("then infant_bid", "a track is missing"),
        ("smile", "no track “smile”, only dyad_state"),
        ("infant_bid/smil", "infant_bid has no code “smil”, only"),
        ("infant_bid.engaged", "infant_bid has no class “engaged”"),
        ("dyad_state >long", "“long” is no length of time"),
        ("dyad_state 8s", "“8s” cannot stand there"),
        ("infant_bid then dyad_state linked", "dyad_state is never linked to infant_bid"),
        ("dyad_state >99999999999999m", "longer than any recording"),
    ],
)
def test_a_line_that_says_nothing_is_refused_with_what_there_is(text, why):
    with pytest.raises(NotAQuery) as said:
        query_from_text(text, ABR)
    assert why in str(said.value)


def test_a_scheme_offers_only_what_it_has_words_for():
    names = ("abr", "joint_attention", "shared_play", "strengths_review")
    assert {name: sorted(presets(scheme(name))) for name in names} == {
        "abr": ["attuned", "bids-met", "first-repair"],
        "joint_attention": ["attuned", "bids-met"],
        "shared_play": ["attuned"],
        "strengths_review": [],
    }


times = st.integers(0, 30).map(lambda tenths: tenths / 10)


@given(
    bids=st.lists(st.tuples(times, st.sampled_from(["look", "smile"])), max_size=8),
    answers=st.lists(
        st.tuples(times, st.sampled_from(["joins", "comforts", "misreads"]), st.integers(0, 9)),
        max_size=8,
    ),
    within=st.one_of(st.none(), times),
    linked=st.booleans(),
    first=st.booleans(),
)
def test_what_is_found_is_what_a_search_through_all_pairs_finds(
    bids, answers, within, linked, first
):
    asked = [bid(f"b{n}", at, code) for n, (at, code) in enumerate(bids)]
    said = [
        answer(f"a{n}", at, f"b{target}" if target < len(bids) else "", code)
        for n, (at, code, target) in enumerate(answers)
    ]
    within_us = None if within is None else round(within * S)
    query = Query(
        name="q",
        meant=Meant(track="infant_bid", codes=frozenset({"look"})),
        then=Then(
            meant=Meant(track="caregiver_response", classes=frozenset({"fitting"})),
            within_us=within_us,
            rule="answers" if linked else "",
        ),
        first_only=first,
    )
    expected = []
    for one in sorted(asked, key=lambda event: (event.onset_us, event.id)):
        fitting = [
            other
            for other in said
            if one.code == "look"
            and other.code in ("joins", "comforts")
            and other.onset_us >= one.onset_us
            and (within_us is None or other.onset_us - one.onset_us <= within_us)
            and (not linked or Link("answers", one.id) in other.links)
        ]
        if fitting:
            soonest = min(other.onset_us for other in fitting)
            expected.append((one.id, one.onset_us - LEAD_US, soonest))
    found = candidates(observed(*asked, *said), query)
    assert [(one.event_ids[0], one.onset_us, one.offset_us) for one in found] == (
        expected[:1] if first else expected
    )


@given(
    lengths=st.lists(st.tuples(times, times), max_size=8), at_least=times, until=st.integers(0, 40)
)
def test_what_lasts_long_enough_is_found_and_nothing_else(lengths, at_least, until):
    states = [
        state(f"s{n}", onset, onset + length if length else None)
        for n, (onset, length) in enumerate(lengths)
    ]
    query = Query(name="q", meant=Meant(track="dyad_state"), at_least_us=round(at_least * S))
    expected = {
        one.id
        for one in states
        if (one.offset_us if one.offset_us is not None else max(until * S, one.onset_us))
        - one.onset_us
        >= query.at_least_us
    }
    found = candidates(observed(*states), query, (0, until * S))
    assert {one.event_ids[0] for one in found} == expected
    assert len(found) == len(expected)
