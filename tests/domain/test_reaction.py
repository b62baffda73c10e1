"""A reaction-time shift leaves its note where an edge was set, and nowhere else."""

from dataclasses import replace

from imhcode.domain.edit import Edit, Step
from imhcode.domain.event import Event
from imhcode.domain.reaction import noted

EARLIER = Event(id="a", track="dyad", code="attuned", onset_us=0, offset_us=None)
LATER = Event(id="b", track="dyad", code="ruptured", onset_us=1_000, offset_us=None, comment="loud")
SWITCH = Edit("press", (Step(EARLIER, replace(EARLIER, offset_us=1_000)), Step(None, LATER)))


def test_every_event_that_got_an_edge_says_so_and_keeps_its_comment():
    comments = [step.after.comment for step in noted(SWITCH, "reaction −200 ms").steps]
    assert comments == ["reaction −200 ms", "loud · reaction −200 ms"]


def test_a_second_shift_of_the_same_length_says_it_once():
    (step, _) = noted(SWITCH, "reaction −200 ms").steps
    ended = Edit("close", (Step(step.after, replace(step.after, offset_us=2_000)),))
    assert noted(ended, "reaction −200 ms").steps[0].after.comment == "reaction −200 ms"


def test_what_got_no_edge_and_what_goes_away_stay_without_it():
    recoded = Edit("press", (Step(EARLIER, replace(EARLIER, code="ruptured")), Step(LATER, None)))
    assert noted(recoded, "reaction −200 ms") == recoded


def test_one_undo_takes_both_back():
    edit = noted(SWITCH, "reaction −200 ms")
    assert edit.inverse.steps[-1].after == EARLIER


def test_without_a_shift_nothing_is_written():
    assert noted(SWITCH, "") is SWITCH
