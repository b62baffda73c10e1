"""What a gold standard accepts becomes what it says, and no more than that."""

import pytest

from imhcode.analysis.accepting import accepting
from imhcode.analysis.disagreements import partners_of
from imhcode.analysis.pair_parameters import Parameters
from imhcode.analysis.training import scored
from imhcode.domain.event import Event
from imhcode.domain.observation import Observation
from imhcode.domain.rating import Rating
from small_scheme import SMALL
from two_coders import EVERYWHERE
from whole_scheme import WHOLE

S = 1_000_000
BLANK = Observation(id="x", session_id="visit 1", coder_id="tom", scheme=SMALL)


def state(name, code, first, last):
    return Event(id=name, track="dyad_state", code=code, onset_us=first * S, offset_us=last * S)


def bid(name, code, at):
    return Event(id=name, track="infant_bid", code=code, onset_us=at * S, offset_us=at * S)


def taken(gold, trainee, accepted):
    two = BLANK.with_events(gold), BLANK.with_events(trainee)
    pairs = partners_of(*two, scored=EVERYWHERE, parameters=Parameters())
    return accepting(*two, accepted, pairs)


def shown(observation, track="dyad_state"):
    lane = observation.timeline.lane(track)
    return [(one.code, one.onset_us / S, one.offset_us / S) for one in lane]


GOLD = [state("g1", "attuned", 0, 10), state("g2", "out_of_step", 10, 20)]


@pytest.mark.parametrize(
    ("trainee", "after"),
    [
        # most of it lies within: its own boundaries stand
        ([("attuned", 0, 9), ("uncodable", 9, 20)], [("attuned", 0, 9), ("out_of_step", 9, 20)]),
        # it reaches far beyond: only the part within
        (
            [("uncodable", 0, 40)],
            [("uncodable", 0, 10), ("out_of_step", 10, 20), ("uncodable", 20, 40)],
        ),
        ([("attuned", 0, 40)], [("attuned", 0, 40)]),  # another code is not accepted
        ([("uncodable", 0, 9)], [("uncodable", 0, 9)]),  # nor is it elsewhere
    ],
)
def test_an_accepted_code_counts_where_the_gold_event_is(trainee, after):
    events = [state(f"t{n}", *one) for n, one in enumerate(trainee)]
    _, tom, origins = taken(GOLD, events, {"g2": ("uncodable",)})
    assert shown(tom) == after
    assert set(origins.values()) <= {"t0"}


def test_what_may_be_left_out_is_missed_by_nobody_but_wrong_where_wrongly_coded():
    gold = [bid("g", "look", 5)]
    assert shown(taken(gold, [], {"g": ("",)})[0], "infant_bid") == []
    assert shown(taken(gold, [bid("t", "smile", 5)], {"g": ("",)})[0], "infant_bid") == [
        ("look", 5, 5)
    ]
    left = taken(GOLD, [state("t", "attuned", 0, 10)], {"g2": ("",)})[0]
    assert shown(left) == [("attuned", 0, 10)]


def test_an_accepted_answer_is_perfect_in_every_number():
    two = (
        BLANK.with_events([bid("g", "look", 5), bid("h", "smile", 9)]),
        BLANK.with_events([bid("t", "smile", 5), bid("u", "smile", 9)]),
    )
    strict = scored(*two, (0, 20 * S))
    mild = scored(*two, (0, 20 * S), accepted={"g": ("smile",)})
    assert [one.kind for one in strict.errors] == ["confused"]
    assert mild.errors == ()
    assert (
        strict.code("infant_bid", "look").sensitivity,
        mild.code("infant_bid", "look").sensitivity,
    ) == (0, 1)
    assert mild.tracks[0].indices["kappa_event"] == 1


def test_errors_name_the_trainee_s_own_event_though_it_was_cut():
    two = (
        BLANK.with_events([*GOLD, state("g3", "attuned", 20, 40)]),
        BLANK.with_events([state("t", "out_of_step", 0, 40)]),
    )
    told = scored(*two, (0, 40 * S), accepted={"g1": ("out_of_step",)}).errors
    assert [(one.kind, one.event_a, one.event_b) for one in told] == [("confused", "g3", "t")]


def test_what_has_no_events_has_no_score():
    result = scored(BLANK, BLANK, (0, 10 * S))
    assert (result.tracks, result.errors, result.share_within_one) == ((), (), None)


def test_ratings_are_right_within_a_point():
    scale, other = WHOLE.ratings[0].id, WHOLE.ratings[1].id
    blank = Observation(id="x", session_id="visit 1", coder_id="tom", scheme=WHOLE)

    def rated(*values):
        given = zip(("a", "b"), (scale, other), values, strict=True)
        return blank.with_ratings(Rating(id=i, scale=of, value=v) for i, of, v in given)

    two = rated(3.0, None), rated(4.0, None)
    assert scored(*two, (0, S)).share_within_one == 1
    assert scored(rated(2.0, 3.0), rated(4.0, 3.0), (0, S)).share_within_one == 0.5
    assert scored(rated(2.0, 3.0), blank, (0, S)).share_within_one == 0
