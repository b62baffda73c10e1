"""One event of a trainee against a gold standard, while the rest is still to come."""

import pytest

from imhcode.analysis.told_events import told_of
from imhcode.domain.event import Event
from imhcode.domain.observation import Observation
from small_scheme import SMALL

FRAME_US = 40_000
NEAR_US = 200_000


def event(name, track, code, start, end=None, instance=""):
    return Event(
        id=name,
        track=track,
        code=code,
        onset_us=start * FRAME_US,
        offset_us=None if end is None else end * FRAME_US,
        onset_frame=start,
        recording="r",
        instance=instance,
    )


GOLD = Observation(id="g", session_id="S", coder_id="gold", scheme=SMALL, role="gold").with_events(
    [
        event("s1", "dyad_state", "attuned", 0, 100),
        event("s2", "dyad_state", "out_of_step", 100, 200),
        event("s3", "dyad_state", "uncodable", 200, 300),
        event("s4", "dyad_state", "attuned", 300, 400),
        event("b1", "infant_bid", "look", 50, 50),
        event("b2", "infant_bid", "smile", 52, 52),
        event("b3", "infant_bid", "look", 250, 250),
    ]
)


def told(track, code, start, accepted=None):
    found = told_of(event("t", track, code, start), GOLD, NEAR_US, accepted or {})
    if found is None:
        return "nothing said"
    one = found.difference
    if one is None:
        return "right"
    return (one.kind, one.code_a, one.by_frames)


def test_what_is_exactly_there_is_right():
    assert told("infant_bid", "look", 50) == "right"
    assert told("dyad_state", "out_of_step", 100) == "right"


def test_frames_early_and_late_are_counted_from_the_nearest_of_that_code():
    assert told("infant_bid", "look", 53) == ("late", "look", 3)  # nearer to the smile, yet a look
    assert told("infant_bid", "smile", 50) == ("early", "smile", -2)
    assert told("dyad_state", "out_of_step", 97) == ("early", "out_of_step", -3)


def test_a_state_that_was_noticed_late_is_late_by_all_of_it():
    assert told("dyad_state", "out_of_step", 150) == ("late", "out_of_step", 50)


def test_another_code_is_confused_with_what_is_there():
    assert told("dyad_state", "out_of_step", 30) == ("confused", "attuned", None)
    assert told("infant_bid", "smile", 46) == ("confused", "look", None)


def test_what_is_nowhere_near_was_added():
    assert told("infant_bid", "look", 90) == ("added", "", None)
    assert told("dyad_state", "attuned", 500) == ("added", "", None)


@pytest.mark.parametrize("track", ["infant_bid", "dyad_state"])
def test_nothing_is_said_where_nothing_could_be_seen(track):
    code = "look" if track == "infant_bid" else "attuned"
    assert told(track, code, 250) == "nothing said"
    assert told("dyad_state", "uncodable", 20) == "nothing said"


def test_what_is_accepted_too_is_right():
    assert told("infant_bid", "smile", 48, {"b1": ("smile",)}) == ("early", "look", -2)
    assert told("infant_bid", "smile", 50, {"b1": ("smile",)}) == "right"
    assert told("dyad_state", "out_of_step", 0, {"s1": ("out_of_step",)}) == "right"


def test_another_persons_events_are_not_held_against():
    mine = event("t", "infant_bid", "look", 50, instance="father")
    assert told_of(mine, GOLD, NEAR_US, {}).difference.kind == "added"
