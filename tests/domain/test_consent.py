"""Consent: every state for every use, for one and several people, in every order of statements."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imhcode.domain.consent import (
    STATES,
    USES,
    Consent,
    NotCovered,
    may,
    standing,
    state_of,
    use_meant,
)
from imhcode.domain.family import Person, in_picture

TODAY = "2026-06-15"
BABY = Person(id="baby", dyad_id="D", label="baby", relation="child")
MOTHER = Person(id="mother", dyad_id="D", label="mother", relation="parent")
GRAN = Person(id="gran", dyad_id="D", label="grandmother", relation="other_adult")

#: What was said, one after the other, for each state to be the outcome on TODAY.
SAID = {
    "granted": [("granted", "2026-01-01", "")],
    "not_asked": [],
    "refused": [("granted", "2026-01-01", ""), ("refused", "2026-02-01", "")],
    "expired": [("granted", "2026-01-01", "2026-06-14")],
    "not_yet": [("granted", "2026-06-16", "")],
    "withdrawn": [("granted", "2026-01-01", ""), ("withdrawn", "2026-06-15", "")],
}


def statements(person, use, said):
    return [
        Consent(
            id=f"{person.id}{use}{n}",
            dyad_id="D",
            person_id=person.id,
            use=use,
            answer=answer,
            on=on,
            until=until,
            n=n,
        )
        for n, (answer, on, until) in enumerate(said, start=1)
    ]


def test_every_state_is_tried():
    assert set(SAID) == set(STATES)


@pytest.mark.parametrize(("use", "state"), list(product(USES, STATES)))
def test_only_what_one_person_has_granted_for_that_use_is_allowed(use, state):
    consents = statements(MOTHER, use, SAID[state])
    assert state_of(consents, "mother", use, TODAY) == state
    verdict = may(use, [MOTHER], consents, TODAY)
    assert verdict.allowed == (state == "granted")
    assert [(one.person_id, one.state) for one in verdict.reasons] == (
        [] if state == "granted" else [("mother", state)]
    )
    for other in set(USES) - {use}:
        assert state_of(consents, "mother", other, TODAY) == "not_asked"
        assert not may(other, [MOTHER], consents, TODAY)
    assert state_of(consents, "baby", use, TODAY) == "not_asked"


@pytest.mark.parametrize("states", list(product(STATES, repeat=3)))
def test_everybody_in_the_picture_has_to_have_agreed(states):
    people = (BABY, MOTHER, GRAN)
    consents = [
        one
        for person, state in zip(people, states, strict=True)
        for one in statements(person, "teaching", SAID[state])
    ]
    verdict = may("teaching", people, consents, TODAY)
    in_the_way = [
        (person.id, state)
        for person, state in zip(people, states, strict=True)
        if state != "granted"
    ]
    assert [(one.person_id, one.state) for one in verdict.reasons] == in_the_way
    assert verdict.allowed == (not in_the_way)
    masked = may("teaching", people, consents, TODAY, masked=[one for one, _ in in_the_way])
    assert masked.allowed
    assert [one.person_id for one in masked.warnings] == [one for one, _ in in_the_way]


def test_a_refusal_says_who_why_and_since_when():
    consents = statements(MOTHER, "research", SAID["withdrawn"])
    with pytest.raises(NotCovered) as said:
        may("research", [MOTHER, GRAN], consents, TODAY).raise_if_refused()
    assert "mother has taken the agreement to research back, on 2026-06-15" in str(said.value)
    assert "grandmother has not been asked about research" in str(said.value)


def test_where_nobody_has_said_who_is_there_nothing_is_allowed():
    there = in_picture([MOTHER], present=[])
    verdict = may("treatment", there.people, [], TODAY, unknown=there.unknown)
    assert not verdict.allowed
    assert verdict.reasons[0].message == "Nobody has said who is in the picture."


def test_a_relation_that_nobody_of_the_family_has_is_not_allowed_either():
    consents = statements(MOTHER, "treatment", SAID["granted"])
    there = in_picture([MOTHER], ["mother"], ["parent", "sibling"])
    verdict = may("treatment", there.people, consents, TODAY, unknown=there.unknown)
    assert [one.message for one in verdict.reasons] == [
        "Somebody in the picture (sibling) is not among the people of the family."
    ]


def test_a_relation_that_several_have_means_all_of_them():
    twin = Person(id="twin", dyad_id="D", label="other baby", relation="child")
    assert in_picture([BABY, twin, MOTHER], ["baby", "twin"], ["child"]).people == (BABY, twin)
    assert in_picture([BABY, twin, MOTHER], ["baby"], ["child"]).people == (BABY,)
    assert in_picture([BABY, twin, MOTHER], ["mother"], ["child"]).people == (BABY, twin)


def test_the_first_and_the_last_day_belong_to_a_permission():
    consents = statements(MOTHER, "research", [("granted", "2026-03-01", "2026-03-31")])
    days = {"2026-02-28": "not_yet", "2026-03-01": "granted", "2026-03-31": "granted"}
    days["2026-04-01"] = "expired"
    assert {day: state_of(consents, "mother", "research", day) for day in days} == days


def test_a_withdrawal_ends_permissions_that_were_to_begin_later_too():
    said = [("granted", "2027-01-01", ""), ("withdrawn", "2026-06-01", "")]
    consents = statements(MOTHER, "research", said)
    assert state_of(consents, "mother", "research", "2027-06-01") == "withdrawn"


def test_a_no_that_reaches_the_study_late_still_wins_over_an_earlier_yes():
    said = [("refused", "2026-05-01", ""), ("granted", "2026-01-01", "")]
    consents = statements(MOTHER, "research", said)  # the yes of January was typed in after it
    assert state_of(consents, "mother", "research", "2026-04-30") == "granted"
    assert state_of(consents, "mother", "research", TODAY) == "refused"


def test_somebody_may_agree_again_after_a_no():
    said = [
        ("granted", "2026-01-01", ""),
        ("withdrawn", "2026-02-01", ""),
        ("granted", "2026-02-01", "2026-12-31"),
    ]
    found = standing(statements(MOTHER, "research", said), "mother", "research", TODAY)
    assert (found.state, found.since, found.until) == ("granted", "2026-02-01", "2026-12-31")


def test_schemes_say_showing_in_the_session_and_mean_treatment():
    assert use_meant("show_in_session") == "treatment"
    assert use_meant("research") == "research"
    assert use_meant("broadcast") is None


some_days = st.sampled_from([f"2026-0{month}-10" for month in range(1, 10)])
said = st.lists(
    st.tuples(
        st.sampled_from(["granted", "refused", "withdrawn"]),
        some_days,
        st.one_of(st.just(""), some_days),
    ),
    max_size=8,
)


@given(said=said, day=some_days)
def test_what_is_allowed_is_what_every_statement_allows(said, day):
    """Against the rule said outright: a yes holds unless a no in force is later, or came after."""
    consents = statements(MOTHER, "research", said)
    yes = any(
        answer == "granted"
        and on <= day
        and (not until or day <= until)
        and not any(
            other != "granted" and no_on <= day and (no_on > on or m > n)
            for m, (other, no_on, _) in enumerate(said)
        )
        for n, (answer, on, until) in enumerate(said)
    )
    assert may("research", [MOTHER], consents, day).allowed == yes


@given(said=said, day=some_days)
def test_after_a_withdrawal_of_that_day_nothing_said_before_it_allows_anything(said, day):
    consents = statements(MOTHER, "research", [*said, ("withdrawn", day, "")])
    for later in (day, "2026-09-30", "2031-01-01"):
        assert not may("research", [MOTHER], consents, later)


@given(said=said, day=some_days)
def test_the_order_in_which_statements_are_read_does_not_matter(said, day):
    consents = statements(MOTHER, "research", said)
    forwards = standing(consents, "mother", "research", day)
    assert standing(consents[::-1], "mother", "research", day) == forwards
