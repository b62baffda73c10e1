"""Where two coders differ: kinds, boundaries, weights, and laws."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings

from imhcode.analysis.disagreements import disagreements_of
from imhcode.analysis.pair_parameters import Parameters
from imhcode.analysis.spans import Union
from imhcode.domain.event import Event
from imhcode.domain.observation import Observation
from small_scheme import SMALL
from two_coders import EVERYWHERE, FRAME_US, observations

unhurried = settings(deadline=None, max_examples=100)

BLANK = Observation(id="x", session_id="visit 1", coder_id="anna", scheme=SMALL)
MIRRORED = {"missed": "added", "added": "missed", "early": "late", "late": "early"}


def found(a, b, scored=EVERYWHERE):
    return disagreements_of(a, b, scored=scored, parameters=Parameters())


def states(*runs):
    """Frames at which codes begin; the last one only ends the one before."""
    events = [
        Event(
            id=f"{code}{at}",
            track="dyad_state",
            code=code,
            onset_us=at * FRAME_US,
            offset_us=until * FRAME_US,
        )
        for (code, at), (_, until) in pairwise(runs)
        if code
    ]
    return BLANK.with_events(events)


A, D, U, END = "attuned", "out_of_step", "uncodable", ""


@pytest.mark.parametrize(
    ("ben", "expected"),
    [
        (states((A, 0), (D, 10), (END, 30)), []),
        (states((A, 0), (D, 13), (END, 30)), [("late", "onset", 10, 13)]),
        (states((A, 0), (D, 8), (END, 30)), [("early", "onset", 8, 10)]),
        (states((A, 0), (D, 10), (END, 33)), [("late", "offset", 30, 33)]),
        (states((A, 4), (D, 10), (END, 30)), [("late", "onset", 0, 4)]),
        (states((A, 0), (END, 30)), [("confused", "", 10, 30)]),
        (states((A, 0), (D, 10), (U, 20), (END, 30)), [("confused", "", 20, 30)]),
        (states((D, 10), (END, 30)), [("missed", "", 0, 10)]),
        (states((A, 0), (D, 10), (END, 30), (A, 40), (END, 50)), [("added", "", 40, 50)]),
        (states((A, 0), (D, 10), (D, 20), (END, 30)), []),  # two halves of one state
    ],
)
def test_a_stretch_of_disagreement_is_of_one_kind(ben, expected):
    anna = states((A, 0), (D, 10), (END, 30))
    told = [
        (one.kind, one.edge, one.from_us // FRAME_US, one.until_us // FRAME_US)
        for one in found(anna, ben)
    ]
    assert told == expected


def test_what_is_not_scored_is_not_told():
    anna, ben = states((A, 0), (D, 10), (END, 30)), states((A, 0), (END, 30))
    scored = Union(np.array([0]), np.array([15 * FRAME_US]))
    (one,) = found(anna, ben, scored)
    assert (one.from_us, one.until_us) == (10 * FRAME_US, 15 * FRAME_US)
    assert one.weight == 5 * FRAME_US / 1_000_000


def test_mother_and_father_are_never_laid_over_each_other():
    def touched(who):
        return BLANK.with_events(
            [
                Event(
                    id=who,
                    track="dyad_state",
                    code=A,
                    onset_us=0,
                    offset_us=FRAME_US,
                    instance=who,
                )
            ]
        )

    told = [(one.kind, one.instance) for one in found(touched("mother"), touched("father"))]
    assert sorted(told) == [("added", "father"), ("missed", "mother")]


@unhurried
@given(observations("anna"), observations("ben"))
def test_each_differs_from_the_other_as_the_other_from_it(first, second):
    def told(some, mirrored=False):
        return sorted(
            (
                one.track_id,
                MIRRORED.get(one.kind, one.kind) if mirrored else one.kind,
                one.edge,
                one.from_us,
                one.until_us,
                -one.by_us if mirrored else one.by_us,
                one.weight,
                (one.code_b, one.code_a) if mirrored else (one.code_a, one.code_b),
            )
            for one in some
        )

    assert told(found(first, second)) == told(found(second, first), mirrored=True)


@unhurried
@given(observations("anna"), observations("ben"))
def test_every_disagreement_has_its_own_key(first, second):
    keys = [one.key for one in found(first, second)]
    assert len(set(keys)) == len(keys)


@unhurried
@given(observations("anna"), observations("ben"))
def test_shifting_both_shifts_all(first, second):
    by_us = 7 * FRAME_US

    def shifted(one):
        return one.with_events(
            replace(event, onset_us=event.onset_us + by_us, offset_us=event.offset_us + by_us)
            for event in one.timeline
        )

    before = [(one.kind, one.from_us + by_us, one.weight) for one in found(first, second)]
    after = [(one.kind, one.from_us, one.weight) for one in found(shifted(first), shifted(second))]
    assert sorted(before) == sorted(after)
