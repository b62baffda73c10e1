"""What may be given on a scale, and what is still missing."""

from dataclasses import replace

import pytest

from imhcode.domain import rating_rules as rules
from imhcode.domain.edit import Edit
from imhcode.domain.episode import Episode
from imhcode.domain.event import Event
from imhcode.domain.observation import (
    IdIsTaken,
    NoSuchScale,
    Observation,
    RatedTwice,
    RatingHasChanged,
)
from imhcode.domain.rating import Rating, RatingStep
from imhcode.domain.scheme import Scale
from imhcode.domain.setting import Setting
from whole_scheme import WHOLE


def bid(name: str, track="bid", code="look") -> Event:
    return Event(id=name, track=track, code=code, onset_us=5, offset_us=5)


BLANK = Observation(id="o", session_id="s", coder_id="c", scheme=WHOLE).with_events(
    [bid("b1"), bid("b2"), bid("r1", "response", "joins")]
)
SETTING = Setting(
    episodes=(
        Episode(id="e1", session_id="s", kind="play", onset_us=0, offset_us=10),
        Episode(id="e2", session_id="s", kind="pause", onset_us=10, offset_us=20, excluded=True),
        Episode(id="e3", session_id="s", kind="reunion", onset_us=20),
    )
)
WHOLE_WARMTH = {"value": 4.0, "confidence": "high", "evidence": ("b1",)}


def rated(observation: Observation, scale: str, new_id="r", **given) -> Observation:
    given.setdefault("setting", SETTING)
    return observation.after(rules.rating(observation, scale, new_id=new_id, **given))


def test_a_rating_is_given_changed_and_cleared_in_one_edit_each():
    given = rated(BLANK, "warmth", value=4, evidence=["b1", "b1"], comment="so\0")
    (one,) = given.ratings.values()
    assert one == Rating(id="r", scale="warmth", value=4, evidence=("b1",), comment="so")
    changed = rated(given, "warmth", new_id="other", value=2)
    assert changed.ratings == {"r": Rating(id="r", scale="warmth", value=2)}
    cleared = changed.after(rules.clearing(changed, "warmth"))
    assert cleared == BLANK
    assert rated(changed, "warmth") == BLANK  # saying nothing clears it too
    assert not rules.clearing(BLANK, "warmth")
    assert not rules.rating(BLANK, "warmth", new_id="r")
    assert not rules.rating(changed, "warmth", new_id="r", value=2)


def test_each_episode_is_rated_for_itself():
    both = rated(rated(BLANK, "warmth", value=4), "warmth", new_id="r2", episode="e1", value=2)
    assert rules.rating_of(both, "warmth").value == 4
    assert rules.rating_of(both, "warmth", "e1").value == 2
    assert rules.rating_of(both, "warmth", "e3") is None


@pytest.mark.parametrize(
    ("scale", "expected"),
    [
        (Scale(minimum=1, maximum=3), (1, 2, 3)),
        (Scale(minimum=1, maximum=3, allow_half=True), (1, 1.5, 2, 2.5, 3)),
        (Scale(minimum=-1, maximum=1, step=0.5), (-1, -0.5, 0, 0.5, 1)),
        (Scale(minimum=0, maximum=0.3, step=0.1), (0, 0.1, 0.2, 0.3)),
        (Scale(minimum=0, maximum=10, step=5, allow_half=False), (0, 5, 10)),
    ],
)
def test_a_scale_has_its_scores(scale, expected):
    assert rules.values_of(scale) == expected


@pytest.mark.parametrize(
    ("scale", "given", "error"),
    [
        ("warmth", {"value": 0}, rules.NotOnTheScale),
        ("warmth", {"value": 6}, rules.NotOnTheScale),
        ("warmth", {"value": 3.5}, rules.NotOnTheScale),
        ("warmth", {"value": float("nan")}, rules.NotOnTheScale),
        ("warmth_seven", {"value": 3.25}, rules.NotOnTheScale),
        ("warmth", {"value": 3, "na_reason": "not seen"}, rules.ValueAndReason),
        ("warmth_seven", {"na_reason": "not seen"}, rules.NoReasonTaken),
        ("warmth", {"value": 3, "confidence": "sure"}, rules.UnknownConfidence),
        ("warmth_seven", {"value": 3, "confidence": "low"}, rules.UnknownConfidence),
        ("warmth", {"value": 3, "evidence": ["gone"]}, rules.NoSuchEvidence),
        ("warmth", {"value": 3, "evidence": ["r1"]}, rules.NoSuchEvidence),
        ("warmth_seven", {"value": 3, "episode": "e1"}, rules.NotForEpisodes),
        ("strain", {"value": 0}, rules.OnlyForEpisodes),
        ("strain", {"value": 0, "episode": "e9"}, rules.UnknownEpisode),
        ("calm", {"value": 0}, NoSuchScale),
    ],
)
def test_what_a_scale_does_not_take_is_refused(scale, given, error):
    with pytest.raises(error):
        rated(BLANK, scale, **given)


def test_evidence_that_has_gone_stays_named_until_the_coder_takes_it_off():
    given = rated(BLANK, "warmth", **WHOLE_WARMTH)
    gone = given.with_events([bid("b2")])
    changed = rated(gone, "warmth", **{**WHOLE_WARMTH, "evidence": ("b1", "b2")})
    assert rules.rating_of(changed, "warmth").evidence == ("b1", "b2")


def test_an_edit_of_a_rating_that_has_changed_is_refused():
    given = rated(BLANK, "warmth", value=4)
    (one,) = given.ratings.values()
    for step, error in (
        (RatingStep(replace(one, value=3), None), RatingHasChanged),
        (RatingStep(None, one), IdIsTaken),
        (RatingStep(None, replace(one, id="x")), RatedTwice),
        (RatingStep(None, Rating(id="x", scale="calm")), NoSuchScale),
    ):
        with pytest.raises(error):
            given.after(Edit("rate", (), (step,)))


def lacking(observation: Observation, setting=SETTING, scales=None) -> list[tuple[str, str, str]]:
    found = rules.unfinished(observation, setting, scales)
    return [(one.scale, one.episode, one.lacks) for one in found]


def test_what_is_missing_is_told_for_every_episode_that_counts():
    assert lacking(BLANK) == [
        ("warmth", "e1", "rating"),
        ("warmth", "e3", "rating"),
        ("strain", "e1", "rating"),
        ("strain", "e3", "rating"),
    ]
    assert lacking(BLANK, Setting()) == [("warmth", "", "rating")]
    assert lacking(BLANK, Setting(), ["strain"]) == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (WHOLE_WARMTH, []),
        ({**WHOLE_WARMTH, "evidence": ()}, ["evidence"]),
        ({**WHOLE_WARMTH, "confidence": ""}, ["confidence"]),
        ({"value": 1}, ["evidence", "confidence"]),
        ({"comment": "later"}, ["value"]),
        ({"na_reason": "none seen"}, []),
    ],
)
def test_a_rating_lacks_what_its_scale_asks_for(given, expected):
    found = lacking(rated(BLANK, "warmth", **given), Setting())
    assert [lacks for _, _, lacks in found] == expected


def test_evidence_that_is_no_longer_there_does_not_count():
    given = rated(BLANK, "warmth", **WHOLE_WARMTH).with_events([bid("b2")])
    assert [lacks for _, _, lacks in lacking(given, Setting())] == ["evidence"]


def test_a_variant_answers_for_its_scale():
    assert lacking(rated(BLANK, "warmth_seven", value=6.5), Setting()) == []
