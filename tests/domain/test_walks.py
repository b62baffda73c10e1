"""From bid to bid, each answered once; from rupture to rupture."""

from dataclasses import replace

import pytest

from imhcode.domain.event import Event, Stamp
from imhcode.domain.gestures import NoSuchEvent, modifying
from imhcode.domain.keys import ALL_TRACKS, keys_of
from imhcode.domain.links import AnsweredAlready, AnswersOther, OutsideWindow
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Modifier, Walk
from imhcode.domain.setting import Setting
from imhcode.domain.suggestions import suggestion
from imhcode.domain.walks import answering, span_us, walking
from whole_scheme import WHOLE, S

KEYS = keys_of(WHOLE, ALL_TRACKS)
RESPONSES, REPAIR = WHOLE.pass_("responses"), WHOLE.pass_("repair")
NOTHING_KNOWN = Setting()


def event(name: str, key: str, from_s: float, until_s: float | None = None) -> Event:
    meant = KEYS[key]
    until = from_s if until_s is None else until_s
    return Event(
        id=name,
        track=meant.track.id,
        code=meant.code.id,
        onset_us=round(from_s * S),
        offset_us=round(until * S),
        onset_frame=round(from_s * 25),
        recording="cam",
    )


def coded(*events: Event, scheme=WHOLE) -> Observation:
    return Observation(id="o", session_id="s", coder_id="c", scheme=scheme).with_events(events)


BIDS = coded(event("b1", "q", 10), event("b2", "w", 20, 21), event("b3", "q", 30))
STATES = coded(
    event("s1", "a", 0, 10),
    event("s2", "d", 10, 15),
    event("s3", "a", 15, 16),
    event("s4", "s", 16, 30),
    event("s5", "d", 30, 33),
    event("s6", "u", 33, 90),
)


def answered(observation, target, key, at_s, pass_=RESPONSES, **more) -> Observation:
    more.setdefault("new_id", f"{key}{target}")
    at = Stamp(round(at_s * S), "cam", round(at_s * 25))
    edit = answering(observation, pass_, target, KEYS[key], at, **more)
    assert len(edit.steps) <= 1
    return observation.after(edit)


def times(observation: Observation, track: str) -> list[tuple[str, float, list[str]]]:
    return [
        (one.code, one.onset_us / S, [link.target for link in one.links])
        for one in observation.timeline.lane(track)
    ]


def ids(events) -> list[str]:
    return [one.id for one in events]


def test_a_walk_goes_over_the_bids_and_knows_which_are_left():
    walk = walking(BIDS, RESPONSES)
    assert ids(walk.targets) == ids(walk.left) == ["b1", "b2", "b3"]
    one = answered(BIDS, "b2", "k", 21.5)
    assert times(one, "response") == [("comforts", 21.5, ["b2"])]
    walk = walking(one, RESPONSES)
    assert ids(walk.left) == ["b1", "b3"]
    assert (walk.is_answered("b2"), walk.is_answered("b1")) == (True, False)
    assert ids(walk.answers("b2")) == ["kb2"]
    b1, b2, b3 = walk.targets
    assert (walk.next(b1), walk.next(b3), walk.previous(b2), walk.previous(b1)) == (
        b2,
        None,
        b1,
        None,
    )
    assert walk.next_left(b1) == b3
    assert walk.next_left(b3) == b1
    assert walk.first_left() == b1
    assert (walk.nearest(25 * S), walk.nearest(0)) == (b2, b1)


def test_a_walk_that_is_done_has_nothing_left():
    done = answered(answered(answered(BIDS, "b1", "j", 11), "b2", "j", 21), "b3", "n", 30)
    walk = walking(done, RESPONSES)
    assert (walk.left, walk.first_left(), walk.next_left(walk.targets[0])) == ((), None, None)


def test_a_walk_may_go_to_some_codes_or_classes_only():
    cries = replace(RESPONSES, walk=Walk(over_track="bid", codes=("cry",)))
    assert ids(walking(BIDS, cries).targets) == ["b2"]
    classed = replace(RESPONSES, walk=Walk(over_track="bid", classes=("bid",)))
    assert walking(BIDS, classed).targets == ()
    assert walking(BIDS, WHOLE.pass_("bids")).targets == ()


def test_a_target_is_played_with_its_run_up_and_its_tail():
    assert span_us(RESPONSES, BIDS.timeline.get("b2")) == (19 * S, 25 * S)


def test_no_answer_stands_at_the_end_of_the_window_whatever_is_on_screen():
    shown = []

    def stamp_of(time_us):
        shown.append(time_us)
        return Stamp(time_us, "cam", 375)

    coded_ = answered(BIDS, "b1", "n", 12, stamp_of=stamp_of)
    assert times(coded_, "response") == [("no_answer", 15, ["b1"])]
    assert (shown, coded_.timeline.get("nb1").onset_frame) == ([15 * S], 375)
    young = answered(BIDS, "b1", "n", 40, setting=Setting(age_months=3))
    assert times(young, "response") == [("no_answer", 13, ["b1"])]


def test_what_cannot_be_told_stands_where_the_bid_begins():
    assert times(answered(BIDS, "b1", "t", 14), "response") == [("cannot_tell", 10, ["b1"])]


def test_the_program_offers_no_answer_until_there_is_one():
    b1 = BIDS.timeline.get("b1")
    offered = suggestion(BIDS, RESPONSES, b1, NOTHING_KNOWN)
    assert (offered.code.id, offered.at_us) == ("no_answer", 15 * S)
    assert suggestion(answered(BIDS, "b1", "j", 11), RESPONSES, b1, NOTHING_KNOWN) is None


def test_a_second_answer_takes_the_place_of_the_first():
    first = answered(BIDS, "b1", "n", 15)
    second = answered(first, "b1", "j", 11.5)
    assert times(second, "response") == [("joins", 11.5, ["b1"])]
    assert ids(second.timeline.lane("response")) == ["nb1"]
    assert answered(second, "b1", "j", 11.5) == second
    both = answered(first, "b1", "j", 11.5, another=True)
    assert times(both, "response") == [("joins", 11.5, ["b1"]), ("no_answer", 15, ["b1"])]


def test_of_two_caregivers_each_answers_for_herself():
    both = answered(
        answered(BIDS, "b1", "j", 11, instance="mother"), "b1", "n", 0, instance="father"
    )
    assert [(one.instance, one.code) for one in both.timeline.lane("response")] == [
        ("mother", "joins"),
        ("father", "no_answer"),
    ]


def test_what_was_chosen_for_the_first_answer_stays_where_the_second_takes_it():
    how = Modifier(id="how", label="How", type="text", default="?", not_for=("no_answer",))
    tone = Modifier(id="tone", label="Tone", type="text")
    tracks = [
        replace(one, modifiers=("how", "tone")) if one.id == "response" else one
        for one in WHOLE.tracks
    ]
    scheme = replace(WHOLE, tracks=tuple(tracks), modifiers=(how, tone))
    keys = keys_of(scheme, ALL_TRACKS)
    observation = replace(BIDS, scheme=scheme)

    def answer(key, at_s):
        at = Stamp(at_s * S)
        return answering(observation, RESPONSES, "b1", keys[key], at, new_id="x")

    observation = observation.after(answer("j", 11))
    observation = observation.after(modifying(observation, "x", "tone", ("warm",)))
    observation = observation.after(answer("n", 11))
    assert observation.timeline.get("x").modifiers == (("tone", ("warm",)),)
    observation = observation.after(answer("j", 12))
    assert observation.timeline.get("x").modifiers == (("how", ("?",)), ("tone", ("warm",)))


@pytest.mark.parametrize(
    ("target", "key", "at_s", "error"),
    [
        ("b1", "j", 9.9, OutsideWindow),
        ("b1", "j", 15.1, OutsideWindow),
        ("b1", "k", 11, AnswersOther),
        ("gone", "j", 11, NoSuchEvent),
    ],
)
def test_an_answer_that_answers_nothing_is_refused(target, key, at_s, error):
    with pytest.raises(error):
        answered(BIDS, target, key, at_s)


def test_where_a_bid_takes_one_answer_another_is_refused():
    rules = [replace(one, cardinality="one_to_one") for one in WHOLE.links]
    once = answered(replace(BIDS, scheme=replace(WHOLE, links=tuple(rules))), "b1", "j", 11)
    with pytest.raises(AnsweredAlready):
        answered(once, "b1", "j", 12, another=True, new_id="second")


def test_a_walk_over_ruptures_begins_each_where_the_state_does():
    walk = walking(STATES, REPAIR)
    assert ids(walk.targets) == ["s2", "s5"]
    s2 = walk.targets[0]
    offered = suggestion(STATES, REPAIR, s2, NOTHING_KNOWN)
    assert (offered.code.id, offered.at_us) == ("rupture", 10 * S)
    once = answered(STATES, "s2", "r", 12, REPAIR)
    assert times(once, "repair") == [("rupture", 10, [])]
    assert ids(walking(once, REPAIR).left) == ["s5"]


def test_after_the_rupture_the_way_back_is_offered_where_it_lasts():
    once = answered(STATES, "s2", "r", 12, REPAIR)
    s2, s5 = walking(once, REPAIR).targets
    offered = suggestion(once, REPAIR, s2, NOTHING_KNOWN)
    assert (offered.code.id, offered.at_us) == ("repaired", 16 * S)  # one second of s3 is too short
    tried = answered(once, "s2", "v", 13, REPAIR)
    back = answered(tried, "s2", "b", 14, REPAIR)
    assert times(back, "repair") == [
        ("rupture", 10, []),
        ("attempt", 13, ["rs2"]),
        ("repaired", 16, ["rs2"]),
    ]
    assert suggestion(back, REPAIR, s2, NOTHING_KNOWN) is None
    never = answered(back, "s5", "r", 30, REPAIR)
    assert suggestion(never, REPAIR, s5, NOTHING_KNOWN) is None
    by_hand = answered(never, "s5", "b", 50, REPAIR)
    assert times(by_hand, "repair")[-1] == ("repaired", 50, ["rs5"])
