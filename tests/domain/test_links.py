"""Which event may answer which, and which one it most likely does."""

from dataclasses import replace

import pytest

from imhcode.domain import links
from imhcode.domain.event import Event, Link, Stamp
from imhcode.domain.gestures import NoSuchEvent, deleting, setting_onset
from imhcode.domain.keys import ALL_TRACKS, keys_of, press
from imhcode.domain.observation import Observation
from imhcode.domain.setting import Setting
from whole_scheme import WHOLE, S

KEYS = keys_of(WHOLE, ALL_TRACKS)
ANSWERS, REPAIRS = WHOLE.link("answers"), WHOLE.link("repair_of")


def instant(name: str, key: str, at_s: float, *targets: str) -> Event:
    meant = KEYS[key]
    rule = {"response": "answers", "repair": "repair_of"}.get(meant.track.id, "")
    at_us = round(at_s * S)
    return Event(
        id=name,
        track=meant.track.id,
        code=meant.code.id,
        onset_us=at_us,
        offset_us=at_us,
        links=tuple(Link(rule, target) for target in targets),
    )


def coded(*events: Event, scheme=WHOLE) -> Observation:
    return Observation(id="o", session_id="s", coder_id="c", scheme=scheme).with_events(events)


def ruled(name: str, **how):
    rules = [replace(one, **how) if one.id == name else one for one in WHOLE.links]
    return replace(WHOLE, links=tuple(rules))


def linked_to(observation: Observation, name: str) -> list[str]:
    return [link.target for link in observation.timeline.get(name).links]


def pressed(observation: Observation, key: str, at_s: float, age: float | None = None) -> list[str]:
    edit = press(
        observation,
        KEYS[key],
        Stamp(round(at_s * S)),
        new_id="new",
        setting=Setting(age_months=age),
    )
    return linked_to(observation.after(edit), "new")


BIDS = [instant("b1", "q", 10), instant("b2", "w", 12), instant("b3", "q", 13)]


def test_a_press_answers_the_latest_bid_that_has_no_answer():
    assert pressed(coded(*BIDS), "j", 14) == ["b3"]
    assert pressed(coded(*BIDS, instant("a", "j", 14, "b3")), "j", 14.5) == ["b2"]
    assert pressed(coded(*BIDS), "j", 12.5) == ["b2"]


def test_of_bids_that_are_all_answered_it_is_the_latest_again():
    answered = [
        instant("a", "j", 14, "b3"),
        instant("b", "j", 14, "b2"),
        instant("c", "j", 14, "b1"),
    ]
    assert pressed(coded(*BIDS, *answered), "j", 14.5) == ["b3"]
    one_each = ruled("answers", cardinality="one_to_one")
    assert pressed(coded(*BIDS, *answered, scheme=one_each), "j", 14.5) == []


def test_the_window_closes_after_its_last_instant_and_sooner_for_the_youngest():
    assert pressed(coded(*BIDS), "j", 18) == ["b3"]
    assert pressed(coded(*BIDS), "j", 18.000001) == []
    assert pressed(coded(*BIDS), "j", 16, age=4.0) == ["b3"]
    assert pressed(coded(*BIDS), "j", 16.000001, age=4.0) == []
    assert pressed(coded(*BIDS), "j", 18, age=4.1) == ["b3"]
    assert pressed(coded(*BIDS), "j", 9.9) == []


def test_a_code_answers_only_the_bids_it_can():
    assert pressed(coded(*BIDS), "k", 14) == ["b2"]
    assert pressed(coded(BIDS[0]), "k", 14) == []


def test_without_an_end_of_the_window_it_is_the_latest_answered_or_not():
    ruptures = [instant("r1", "r", 10), instant("r2", "r", 100), instant("a", "v", 105, "r2")]
    assert pressed(coded(*ruptures), "v", 110) == ["r2"]
    assert pressed(coded(*ruptures), "b", 110) == ["r2"]
    assert pressed(coded(*ruptures), "b", 50) == ["r1"]
    assert pressed(coded(*ruptures), "r", 200) == []  # a rupture answers nothing


def test_a_rule_that_suggests_nothing_links_nothing():
    assert pressed(coded(*BIDS, scheme=ruled("answers", suggest="")), "j", 14) == []


def test_by_hand_the_order_of_the_two_does_not_matter():
    observation = coded(*BIDS, instant("a", "j", 13.5))
    for pair in (("a", "b2"), ("b2", "a")):
        assert linked_to(observation.after(links.linking(observation, *pair)), "a") == ["b2"]
    one = observation.after(links.linking(observation, "a", "b2"))
    assert not links.linking(one, "a", "b2")


def test_what_answers_one_only_lets_go_of_the_one_before():
    observation = coded(*BIDS, instant("a", "j", 13.5, "b1"))
    assert linked_to(observation.after(links.linking(observation, "a", "b2")), "a") == ["b2"]
    many = coded(
        *BIDS, instant("a", "j", 13.5, "b1"), scheme=ruled("answers", cardinality="many_to_many")
    )
    assert linked_to(many.after(links.linking(many, "a", "b2")), "a") == ["b1", "b2"]


@pytest.mark.parametrize(
    ("pair", "error", "said"),
    [
        (("a", "b1"), links.OutsideWindow, "0 s to 5 s after “look”"),
        (("k", "b3"), links.AnswersOther, "“comforts” is not an answer to “look”"),
        (("b1", "b2"), links.MayNotLink, "“look” and “cry”"),
        (("a", "a"), links.MayNotLink, "joins"),
        (("late", "b3"), links.OutsideWindow, "joins"),
        (("a", "nobody"), NoSuchEvent, "nobody"),
    ],
)
def test_what_the_scheme_forbids_is_refused_with_a_sentence(pair, error, said):
    observation = coded(
        *BIDS, instant("a", "j", 16), instant("k", "k", 14), instant("late", "j", 12)
    )
    with pytest.raises(error) as refusal:
        links.linking(observation, *pair)
    assert said in str(refusal.value)


def test_a_bid_that_takes_one_answer_refuses_the_second():
    one_each = ruled("answers", cardinality="one_to_one")
    observation = coded(
        *BIDS, instant("a", "j", 14, "b3"), instant("b", "j", 14.5), scheme=one_each
    )
    with pytest.raises(links.AnsweredAlready, match="“look” has been answered by “joins”"):
        links.linking(observation, "b", "b3")


def test_links_come_off_from_either_end_or_all_at_once():
    observation = coded(*BIDS, instant("a", "j", 14, "b2", "b3"))
    assert linked_to(observation.after(links.unlinking(observation, "a", "b2")), "a") == ["b3"]
    assert linked_to(observation.after(links.unlinking(observation, "b2", "a")), "a") == ["b3"]
    assert linked_to(observation.after(links.unlinking(observation, "a")), "a") == []
    assert not links.unlinking(observation, "b1", "a")


def test_a_link_follows_when_either_end_moves_and_stays_when_the_other_goes():
    observation = coded(*BIDS, instant("a", "j", 14, "b3"))
    link = Link("answers", "b3")
    moved = observation.after(setting_onset(observation, "b3", Stamp(11 * S)))
    assert links.fault_of(moved, moved.timeline.get("a"), link) is None
    early = observation.after(setting_onset(observation, "b3", Stamp(15 * S)))
    assert links.fault_of(early, early.timeline.get("a"), link) == "too-early"
    delete = deleting(observation, ["b3"])
    gone = observation.after(delete)
    assert links.fault_of(gone, gone.timeline.get("a"), link) == "no-target"
    assert gone.after(delete.inverse) == observation


@pytest.mark.parametrize(
    ("event", "link", "fault"),
    [
        (instant("a", "j", 14), Link("answers", "b3"), None),
        (instant("a", "j", 14), Link("nothing", "b3"), "no-rule"),
        (instant("a", "j", 14), Link("answers", "r1"), "wrong-track"),
        (instant("a", "j", 14), Link("repair_of", "r1"), "wrong-track"),
        (instant("a", "r", 14), Link("repair_of", "r1"), "wrong-code"),
        (instant("a", "v", 14), Link("repair_of", "v1"), "wrong-code"),
        (instant("a", "v", 14), Link("repair_of", "a"), "itself"),
        (instant("a", "k", 14), Link("answers", "b3"), "answers-only"),
        (instant("a", "j", 19), Link("answers", "b3"), "too-late"),
        (instant("a", "v", 3), Link("repair_of", "r1"), "too-early"),
    ],
)
def test_every_fault_of_a_link_has_a_name(event, link, fault):
    observation = coded(*BIDS, instant("r1", "r", 5), instant("v1", "v", 6), event)
    assert links.fault_of(observation, event, link) == fault


def test_too_many_is_told_at_either_end():
    one_each = ruled("answers", cardinality="one_to_one")
    two = instant("a", "j", 14, "b3", "b2")
    assert links.too_many(coded(*BIDS, two), two, ANSWERS)
    twice = [instant("a", "j", 14, "b3"), instant("b", "j", 15, "b3")]
    assert not links.too_many(coded(*BIDS, *twice), twice[0], ANSWERS)
    rule = one_each.link("answers")
    assert links.too_many(coded(*BIDS, *twice, scheme=one_each), twice[0], rule)


@pytest.mark.parametrize(
    ("counts", "expected"), [("first", ["a"]), ("last", ["c"]), ("", ["a", "b", "c"])]
)
def test_which_answers_count_is_as_the_rule_says(counts, expected):
    scheme = ruled("answers", one_counts=counts)
    answers = [instant(name, "j", at, "b1") for name, at in (("c", 15), ("a", 11), ("b", 12))]
    observation = coded(*BIDS, *answers, instant("other", "j", 11, "b2"), scheme=scheme)
    found = links.counting(observation, "b1", scheme.link("answers"))
    assert [event.id for event in found] == expected


def test_an_event_lacks_the_links_that_its_rules_ask_for():
    observation = coded(*BIDS)
    assert links.lacking_links(observation, instant("a", "j", 14)) == (ANSWERS,)
    assert links.lacking_links(observation, instant("a", "j", 14, "b3")) == ()
    assert links.lacking_links(observation, instant("a", "r", 14)) == ()
    assert links.lacking_links(observation, instant("a", "b", 14)) == (REPAIRS,)
