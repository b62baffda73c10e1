"""Decisions about disagreements: "mine" everywhere is the one coder, "theirs" the other."""

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imhcode.analysis.disagreements import disagreements_of, partners_of
from imhcode.analysis.pair_parameters import Parameters
from imhcode.analysis.reconciling import CannotDecideSo, Originals, Third, beginning, deciding
from imhcode.domain.errors import Refused
from imhcode.domain.event import Event, Link, Stamp
from imhcode.domain.observation import Observation
from small_scheme import SMALL
from two_coders import EVERYWHERE, FRAME_US, LENGTH, observations, said

unhurried = settings(deadline=None, max_examples=100)

PARAMETERS = Parameters()
END_US = 3 * LENGTH * FRAME_US
BLANK = Observation(id="consensus", session_id="visit 1", coder_id="cara", scheme=SMALL)


class Table:
    """Two coders at one table, and what they have agreed on so far."""

    def __init__(self, first, second):
        pairs = partners_of(first, second, scored=EVERYWHERE, parameters=PARAMETERS)
        self.originals = Originals(first, second, pairs)
        self.list = disagreements_of(first, second, scored=EVERYWHERE, parameters=PARAMETERS)
        self.consensus = BLANK.after(beginning(self.originals))
        self.names = count()

    def edit(self, about, choice, third=None):
        return deciding(
            self.consensus,
            self.originals,
            about,
            choice,
            third=third,
            until_us=END_US,
            new_id=lambda: f"new {next(self.names)}",
        )

    def decide(self, about, choice, third=None):
        self.consensus = self.consensus.after(self.edit(about, choice, third))


pairs = st.tuples(observations("anna"), observations("ben"))
orders = st.randoms(use_true_random=False)


@unhurried
@given(pairs)
def test_equal_observations_have_no_disagreements(two):
    first, _ = two
    same = replace(first, coder_id="ben")
    assert disagreements_of(first, same, scored=EVERYWHERE, parameters=PARAMETERS) == ()


@unhurried
@given(pairs)
def test_mine_everywhere_changes_nothing(two):
    table = Table(*two)
    for one in table.list:
        assert not table.edit(one, "mine")
    assert table.consensus.timeline == two[0].timeline


@unhurried
@given(pairs, orders)
def test_theirs_everywhere_is_the_other_coder(two, chance):
    table = Table(*two)
    order = list(table.list)
    chance.shuffle(order)
    for one in order:
        table.decide(one, "theirs")
    assert said(table.consensus) == said(two[1])


@unhurried
@given(pairs, orders, st.lists(st.sampled_from(["mine", "theirs", "neither", "both"]), max_size=40))
def test_whatever_was_decided_mine_brings_the_first_coder_back(two, chance, choices):
    table = Table(*two)
    order = list(table.list)
    chance.shuffle(order)
    for one, choice in zip(order, choices, strict=False):
        try:
            table.decide(one, choice)
        except Refused:
            continue
    events_gone = {one.key for one in order if one.kind in ("confused", "missed", "added")}
    again = sorted(order, key=lambda one: one.key not in events_gone)  # the event before its edges
    for one in again:
        table.decide(one, "mine")
    assert said(table.consensus) == said(two[0])


@unhurried
@given(pairs, orders, st.lists(st.sampled_from(["mine", "theirs", "neither", "both"]), max_size=40))
def test_each_decision_is_taken_back_by_its_inverse(two, chance, choices):
    table = Table(*two)
    order = list(table.list)
    chance.shuffle(order)
    for one, choice in zip(order, choices, strict=False):
        before = table.consensus
        try:
            edit = table.edit(one, choice)
        except Refused:
            continue
        table.consensus = before.after(edit)
        assert table.consensus.after(edit.inverse).timeline == before.timeline


@unhurried
@given(pairs)
def test_disagreements_of_a_seamless_track_never_overlap_and_are_all_the_time_that_differs(two):
    spans = [
        (one.from_us, one.until_us)
        for one in disagreements_of(*two, scored=EVERYWHERE, parameters=PARAMETERS)
        if one.track_id == "dyad_state" and one.kind != "modifier"
    ]
    different = {
        frame
        for frame, (a, b) in enumerate(zip(said(two[0])[0], said(two[1])[0], strict=True))
        if a != b
    }
    covered = [frame for a, b in spans for frame in range(a // FRAME_US, b // FRAME_US)]
    assert sorted(covered) == sorted(different)


# -- examples --------------------------------------------------------------------------------


def state(name, code, first, last):
    return Event(
        id=name,
        track="dyad_state",
        code=code,
        onset_us=first * FRAME_US,
        offset_us=last * FRAME_US,
        onset_frame=first,
        offset_frame=last,
        recording="cam",
    )


def bid(name, code, frame, **more):
    return Event(
        id=name,
        track="infant_bid",
        code=code,
        onset_us=frame * FRAME_US,
        offset_us=frame * FRAME_US,
        onset_frame=frame,
        recording="cam",
        **more,
    )


def by(coder, *events):
    return replace(BLANK, id=f"by {coder}", coder_id=coder).with_events(events)


def shown(observation, track="dyad_state"):
    return [
        (one.code, one.onset_us // FRAME_US, one.offset_us // FRAME_US)
        for one in observation.timeline.lane(track)
    ]


def test_a_boundary_can_be_set_between_the_two():
    table = Table(
        by("anna", state("a1", "attuned", 0, 10), state("a2", "out_of_step", 10, 30)),
        by("ben", state("b1", "attuned", 0, 20), state("b2", "out_of_step", 20, 30)),
    )
    (late,) = table.list
    assert (late.kind, late.edge, late.by_us, late.by_frames) == (
        "late",
        "onset",
        10 * FRAME_US,
        10,
    )
    table.decide(late, "third", Third(at=Stamp(14 * FRAME_US, "cam", 14)))
    assert shown(table.consensus) == [("attuned", 0, 14), ("out_of_step", 14, 30)]
    assert [one.onset_frame for one in table.consensus.timeline.lane("dyad_state")] == [0, 14]
    assert [one.id for one in table.consensus.timeline.lane("dyad_state")] == ["a1", "a2"]


def test_a_state_between_is_taken_out_and_put_back_in():
    table = Table(
        by(
            "anna",
            state("a1", "attuned", 0, 10),
            state("a2", "out_of_step", 10, 20),
            state("a3", "attuned", 20, 30),
        ),
        by("ben", state("b1", "attuned", 0, 30)),
    )
    (one,) = table.list
    assert (one.kind, one.event_a, one.event_b) == ("confused", "a2", "b1")
    table.decide(one, "theirs")
    assert shown(table.consensus) == [("attuned", 0, 30)]
    table.decide(one, "mine")
    assert table.consensus.timeline == table.originals.first.timeline


def test_a_third_code_joins_what_is_of_it_on_either_side():
    table = Table(
        by("anna", state("a1", "attuned", 0, 10), state("a2", "out_of_step", 10, 20)),
        by("ben", state("b1", "attuned", 0, 10), state("b2", "uncodable", 10, 20)),
    )
    (one,) = table.list
    table.decide(one, "third", Third(code="attuned"))
    assert shown(table.consensus) == [("attuned", 0, 20)]


@pytest.mark.parametrize(
    ("choice", "third", "left"),
    [
        ("mine", None, [("look", 5, 5)]),
        ("theirs", None, [("smile", 5, 5)]),
        ("both", None, [("look", 5, 5), ("smile", 5, 5)]),
        ("neither", None, []),
        ("third", Third(code="smile", at=Stamp(7 * FRAME_US, "cam", 7)), [("smile", 7, 7)]),
    ],
)
def test_a_confused_event_can_be_decided_in_five_ways(choice, third, left):
    table = Table(by("anna", bid("a", "look", 5)), by("ben", bid("b", "smile", 5)))
    (one,) = table.list
    table.decide(one, choice, third)
    assert shown(table.consensus, "infant_bid") == left


def test_what_only_the_second_has_answers_the_same_event_in_the_consensus():
    answer = bid("a", "smile", 9, links=(Link("answers", "b"),))
    table = Table(
        by("anna", bid("a", "look", 5)),
        by("ben", bid("b", "look", 5), answer),
    )
    (added,) = table.list
    table.decide(added, "theirs")
    came = next(one for one in table.consensus.timeline if one.code == "smile")
    assert came.id != "a"  # that one is taken
    assert came.links == (Link("answers", "a"),)


@pytest.mark.parametrize(
    ("choice", "third"),
    [
        ("both", None),
        ("neither", None),
        ("third", None),
        ("third", Third(code="attuned")),
        ("third", Third(at=Stamp(25 * FRAME_US))),
        ("accept", None),
    ],
)
def test_what_cannot_hold_is_refused(choice, third):
    table = Table(
        by("anna", state("a1", "attuned", 0, 10), state("a2", "out_of_step", 10, 30)),
        by("ben", state("b1", "attuned", 0, 20), state("b2", "out_of_step", 20, 30)),
    )
    with pytest.raises(CannotDecideSo):
        table.edit(table.list[0], choice, third)
