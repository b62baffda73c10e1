"""Ratings on which two coders differ, and what is decided about them."""

from dataclasses import replace

import pytest

from imhcode.analysis.rating_differences import CannotRateSo, deciding_rating, rating_differences
from imhcode.domain.observation import Observation
from imhcode.domain.rating import Rating
from whole_scheme import WHOLE

BLANK = Observation(id="x", session_id="visit 1", coder_id="cara", scheme=WHOLE)
SCALES = [one.id for one in WHOLE.ratings][:2]


def rated(*ratings):
    return BLANK.with_ratings(ratings)


def score(name, scale, value, **more):
    return Rating(id=name, scale=scale, value=value, **more)


ANNA = rated(score("r1", SCALES[0], 4.0), score("r2", SCALES[1], 3.0))
BEN = rated(score("r1", SCALES[0], 2.0, evidence=("e1",)), score("r2", SCALES[1], 3.0))


def test_only_scores_that_differ_are_listed_by_how_far():
    (one,) = rating_differences(ANNA, BEN)
    assert (one.scale, one.weight, one.key) == (SCALES[0], 2.0, f"rating|{SCALES[0]}|")
    assert rating_differences(ANNA, ANNA) == ()
    (alone,) = rating_differences(rated(), rated(score("r1", SCALES[0], 2.0)))
    assert (alone.first, alone.weight) == (None, 1.0)


@pytest.mark.parametrize(
    ("choice", "value", "left"),
    [("mine", None, 4.0), ("theirs", None, 2.0), ("neither", None, None), ("third", 3.0, 3.0)],
)
def test_each_choice_leaves_its_score_and_is_undone(choice, value, left):
    (one,) = rating_differences(ANNA, BEN)
    edit = deciding_rating(ANNA, one, choice, value=value, id_of=lambda name: f"{name}'")
    after = ANNA.after(edit)
    there = {rating.scale: rating.value for rating in after.ratings.values()}
    assert there.get(SCALES[0]) == left
    assert there[SCALES[1]] == 3.0
    assert after.after(edit.inverse).ratings == ANNA.ratings
    if choice == "theirs":
        assert after.ratings["r1"].evidence == ("e1'",)  # as its events are called here


def test_a_rating_only_the_second_gave_comes_in_without_a_clash():
    (one, _) = rating_differences(rated(), rated(*BEN.ratings.values()))
    other = replace(score("r1", SCALES[1], 1.0))
    edit = deciding_rating(rated(other), one, "theirs", id_of=str)
    assert {r.scale for r in rated(other).after(edit).ratings.values()} == set(SCALES)


@pytest.mark.parametrize("choice", ["both", "third"])
def test_what_says_no_score_is_refused(choice):
    (one,) = rating_differences(ANNA, BEN)
    with pytest.raises(CannotRateSo):
        deciding_rating(ANNA, one, choice, id_of=str)
