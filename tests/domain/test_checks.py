"""The built-in rules and the kinds of check a scheme may declare, each seen to find and to rest."""

import random
from dataclasses import replace
from typing import Any

import pytest

from imhcode.domain.checks import DECLARED
from imhcode.domain.checks.scene import Scene
from imhcode.domain.checks.standing import StandingChecks, findings_of
from imhcode.domain.consent import Consent
from imhcode.domain.edit import Edit, Step
from imhcode.domain.episode import Episode
from imhcode.domain.errors import Refused
from imhcode.domain.event import Event, Link
from imhcode.domain.family import Person
from imhcode.domain.observation import Observation
from imhcode.domain.rating import Rating
from imhcode.domain.scheme import (
    AgeRange,
    Code,
    EpisodeKind,
    Episodes,
    LinkRule,
    Modifier,
    ModifierValue,
    RatingScale,
    Scale,
    Scheme,
    Subject,
    Track,
    Window,
)
from imhcode.domain.setting import Family, Setting

S = 1_000_000
STATE = Track(
    id="state",
    label="Dyad state",
    subject="dyad",
    kind="state",
    exclusive=True,
    exhaustive=True,
    min_duration_us=S,
    codes=(
        Code(id="near", label="Near", classes=("good",)),
        Code(id="far", label="Far", min_duration_us=2 * S),
        Code(id="unseen", label="Unseen", uncodable=True),
    ),
)
BID = Track(
    id="bid",
    label="Bids",
    subject="infant",
    kind="point",
    takes_duration=True,
    min_gap_us=S,
    modifiers=("clarity",),
    codes=(
        Code(id="look", label="Look"),
        Code(id="point", label="Point", age=AgeRange(min_months=8, max_months=60)),
        Code(id="still", label="Still", only_in_episodes=("still_face",)),
    ),
)
ANSWER = Track(
    id="answer",
    label="Answers",
    subject="mother",
    kind="point",
    codes=(
        Code(id="joins", label="Joins", answers_only=("look",)),
        Code(id="none", label="No answer"),
    ),
)
CARE = Track(
    id="care",
    label="Care",
    subject="mother",
    kind="state",
    codes=(Code(id="hold", label="Holds", classes=("soothe",)), Code(id="absent", label="Absent")),
)
SCHEME = Scheme(
    id="small",
    version="1.0.0",
    title="Small",
    subjects=(
        Subject(id="infant", label="Infant", role="child"),
        Subject(id="mother", label="Mother", role="caregiver", allow_instances=True),
        Subject(id="dyad", label="Dyad", role="group", members=("infant", "mother")),
    ),
    tracks=(STATE, BID, ANSWER, CARE),
    modifiers=(
        Modifier(
            id="clarity",
            label="Clarity",
            type="choice",
            required=True,
            values=(ModifierValue(id="clear", label="Clear"),),
        ),
    ),
    links=(
        LinkRule(
            id="answers",
            label="Answers",
            from_track="answer",
            to_track="bid",
            cardinality="one_to_one",
            required=True,
            window=Window(min_us=0, max_us=5 * S, by_age=((4, 3 * S),)),
        ),
    ),
    episodes=Episodes(
        kinds=(
            EpisodeKind(id="play", label="Play", order=1, min_us=10 * S),
            EpisodeKind(id="still_face", label="Still-face", order=2, end_reason_required=True),
        )
    ),
    ratings=(
        RatingScale(
            id="warmth",
            label="Warmth",
            subject="mother",
            scale=Scale(minimum=1, maximum=5),
            evidence_min=1,
            confidences=("sure",),
        ),
    ),
)
CLEAR = (("clarity", ("clear",)),)


def state(id_, from_s, until_s, code="near", **more):
    end_us = None if until_s is None else round(until_s * S)
    onset_us = round(from_s * S)
    return Event(id=id_, track="state", code=code, onset_us=onset_us, offset_us=end_us, **more)


def bid(id_, at_s, code="look", until_s=None, modifiers=CLEAR, **more):
    onset_us = round(at_s * S)
    return Event(
        id=id_,
        track="bid",
        code=code,
        onset_us=onset_us,
        offset_us=onset_us if until_s is None else round(until_s * S),
        modifiers=modifiers,
        **more,
    )


def answer(id_, at_s, *targets, code="joins", **more):
    links = tuple(Link("answers", target) for target in targets)
    at_us = round(at_s * S)
    return Event(
        id=id_, track="answer", code=code, onset_us=at_us, offset_us=at_us, links=links, **more
    )


def care(id_, from_s, until_s, code="hold", **more):
    onset_us, offset_us = round(from_s * S), round(until_s * S)
    return Event(id=id_, track="care", code=code, onset_us=onset_us, offset_us=offset_us, **more)


def episode(kind, from_s, until_s, **more):
    return Episode(
        id=f"{kind}-{from_s}",
        session_id="s",
        kind=kind,
        onset_us=from_s * S,
        offset_us=None if until_s is None else until_s * S,
        **more,
    )


def scene(
    *events,
    scheme=SCHEME,
    episodes=(),
    age=None,
    status="draft",
    ratings=(),
    until_s=100,
    family=None,
):
    observation = Observation(
        id="o", session_id="s", coder_id="anna", scheme=scheme, status=status
    ).with_events(events)
    setting = Setting(
        age_months=age,
        episodes=tuple(episodes),
        coded_until_us=None if until_s is None else until_s * S,
        family=family,
    )
    return Scene(observation.with_ratings(ratings), setting)


def found(*events, **more):
    return [(one.severity, one.rule, one.event_ids) for one in findings_of(scene(*events, **more))]


def test_a_lawful_observation_gives_no_findings():
    assert (
        found(
            state("s1", 0, 4),
            state("s2", 4, 100, "far"),
            bid("b1", 5),
            answer("a1", 6, "b1"),
            care("c1", 5, 7),
        )
        == []
    )


BUILT_IN = {
    "a code that is not there": ([bid("b1", 5, "lok")], {}, ("error", "unknown-code", ("b1",))),
    "a modifier that is missing": (
        [bid("b1", 5, modifiers=())],
        {},
        ("warning", "modifier-missing", ("b1",)),
    ),
    "a modifier nobody knows": (
        [bid("b1", 5, modifiers=(*CLEAR, ("mood", ("x",))))],
        {},
        ("error", "unknown-modifier", ("b1",)),
    ),
    "a value nobody knows": (
        [bid("b1", 5, modifiers=(("clarity", ("dim",)),))],
        {},
        ("error", "unknown-choice", ("b1",)),
    ),
    "a gap": ([state("s1", 0, 4), state("s2", 5, 9)], {}, ("warning", "gap", ("s1", "s2"))),
    "an overlap": (
        [state("s1", 0, 4), state("s2", 3, 9)],
        {},
        ("error", "overlap", ("s2", "s1")),
    ),
    "an overlap of a long one with one after the next": (
        [state("s1", 0, 90), state("s2", 90, 95), state("s0", 93, 94)],
        {},
        ("error", "overlap", ("s0", "s2")),
    ),
    "too short for the track": ([state("s1", 0, 0.5)], {}, ("warning", "too-short", ("s1",))),
    "too short for the code": ([state("s1", 0, 1.5, "far")], {}, ("warning", "too-short", ("s1",))),
    "a state without length": ([state("s1", 3, 3)], {}, ("error", "needslength", ("s1",))),
    "an instant with a length": (
        [
            replace(answer("a1", 3, code="none"), offset_us=5 * S, links=(Link("answers", "b1"),)),
            bid("b1", 3),
        ],
        {},
        ("error", "takesnolength", ("a1",)),
    ),
    "re-opened within the gap": (
        [bid("b1", 5, until_s=6), bid("b2", 6.5)],
        {},
        ("warning", "reopened", ("b2", "b1")),
    ),
    "twice at one instant": ([bid("b1", 5), bid("b2", 5)], {}, ("warning", "twice", ("b2", "b1"))),
    "still running": ([state("s1", 0, None)], {}, ("warning", "still-running", ("s1",))),
    "after the coded range": ([bid("b1", 100)], {}, ("warning", "outside-coded-range", ("b1",))),
    "beginning before the coded range": (
        [bid("b1", -1)],
        {},
        ("warning", "outside-coded-range", ("b1",)),
    ),
    "ending after the coded range": (
        [bid("b1", 99, until_s=101)],
        {},
        ("warning", "outside-coded-range", ("b1",)),
    ),
    "while nobody could see": (
        [state("s1", 0, 9, "unseen"), bid("b1", 3)],
        {},
        ("info", "in-uncodable-time", ("b1",)),
    ),
    "outside its episode": ([bid("b1", 3, "still")], {}, ("warning", "outside-episode", ("b1",))),
    "too young for it": ([bid("b1", 3, "point")], {"age": 4}, ("warning", "outside-age", ("b1",))),
    "a link to nothing": ([answer("a1", 3, "gone")], {}, ("error", "broken-link", ("a1",))),
    "a link to the wrong track": (
        [state("s1", 0, 9), answer("a1", 3, "s1")],
        {},
        ("error", "broken-link", ("a1", "s1")),
    ),
    "an answer to something else": (
        [bid("b1", 3, "point"), answer("a1", 3, "b1")],
        {},
        ("error", "link-not-allowed", ("a1", "b1")),
    ),
    "an answer before": (
        [bid("b1", 3), answer("a1", 2, "b1")],
        {},
        ("warning", "link-outside-window", ("a1", "b1")),
    ),
    "an answer too late": (
        [bid("b1", 3), answer("a1", 8.1, "b1")],
        {},
        ("warning", "link-outside-window", ("a1", "b1")),
    ),
    "an answer too late for a child of that age": (
        [bid("b1", 3), answer("a1", 7, "b1")],
        {"age": 4},
        ("warning", "link-outside-window", ("a1", "b1")),
    ),
    "an answer without its link": ([answer("a1", 3)], {}, ("warning", "link-missing", ("a1",))),
    "two answers where one is meant": (
        [bid("b1", 3), answer("a1", 4, "b1"), answer("a2", 5, "b1")],
        {},
        ("warning", "too-many-links", ("a2", "b1")),
    ),
    "one answer to two": (
        [bid("b1", 3), bid("b2", 5), answer("a1", 6, "b1", "b2")],
        {},
        ("warning", "too-many-links", ("a1",)),
    ),
    "a review that was begun": (
        [bid("b1", 3, onset_reviewed=True), bid("b2", 6)],
        {},
        ("info", "not-reviewed", ("b2",)),
    ),
    "an episode that was too short": (
        [],
        {"episodes": [episode("play", 0, 5)]},
        ("warning", "episode-too-short", ()),
    ),
    "an episode that ended for no reason": (
        [],
        {"episodes": [episode("still_face", 0, 5)]},
        ("warning", "end-reason-missing", ()),
    ),
    "a rating without evidence": (
        [],
        {"ratings": [Rating(id="r1", scale="warmth", value=3, confidence="sure")]},
        ("warning", "evidence-missing", ()),
    ),
    "a rating that rests on nothing": (
        [bid("b1", 3)],
        {
            "ratings": [
                Rating(id="r1", scale="warmth", value=3, confidence="sure", evidence=("b1", "b9"))
            ]
        },
        ("error", "broken-evidence", ()),
    ),
    "no rating once it is handed in": (
        [],
        {"status": "submitted"},
        ("warning", "rating-missing", ()),
    ),
}


@pytest.mark.parametrize("name", BUILT_IN)
def test_each_built_in_rule_finds_what_it_is_for_and_nothing_else(name):
    events, more, expected = BUILT_IN[name]
    assert found(*events, **more) == [expected]


def test_two_instances_of_one_subject_neither_overlap_nor_leave_gaps():
    track = replace(STATE, subject="mother")
    scheme = replace(SCHEME, tracks=(track, BID, ANSWER, CARE))
    both = [
        state("s1", 0, 5, instance="mother"),
        state("s2", 2, 9, instance="father"),
        state("s3", 5, 9, instance="mother"),
    ]
    assert found(*both, scheme=scheme) == []
    of_one = [replace(event, instance="mother") for event in both]
    assert [one[1] for one in found(*of_one, scheme=scheme)] == ["overlap", "overlap"]


def test_a_repetition_of_the_other_parent_is_none():
    assert found(bid("b1", 5, instance="anna"), bid("b2", 5.5, instance="ben")) == []


def test_an_excluded_episode_may_stay_uncoded():
    off = episode("break", 4, 6, excluded=True)
    events = [state("s1", 0, 4), state("s2", 7, 9)]
    (one,) = findings_of(scene(*events, episodes=[off]))
    assert (one.rule, one.from_us, one.until_us) == ("gap", 6 * S, 7 * S)


def test_missing_episodes_are_found_where_a_scheme_requires_them():
    scheme = replace(SCHEME, episodes=replace(SCHEME.episodes, required=True))
    assert found(scheme=scheme, episodes=[episode("play", 0, 50)]) == [
        ("warning", "episode-missing", ())
    ]


# -- declared --------------------------------------------------------------------------------


def declaring(check: dict[str, Any]) -> Scheme:
    whole = {"id": "mine", "severity": "info", "message": "Look again.", **check}
    link = replace(SCHEME.links[0], cardinality="many_to_many", required=False, window=Window())
    return replace(SCHEME, links=(link,), document={"checks": [whole]})


LINKED = {"kind": "linked", "link": "answers"}
NEAR = {
    "kind": "near",
    "events": {"track": "care", "classes": ["soothe"]},
    "to": [{"track": "bid"}, {"track": "state", "codes": ["far"]}],
    "within_s": 2,
}
CONTAINS = {
    "kind": "contains",
    "events": {"track": "state", "codes": ["near"]},
    "what": {"track": "bid"},
    "within_s": 1,
}
APART = {
    "kind": "no_overlap",
    "events": {"track": "care", "codes": ["absent"]},
    "with": {"track": "care", "classes": ["soothe"]},
}
STILL = {"kind": "in_episodes", "events": {"track": "bid"}, "episodes": ["still_face"]}
LATER = episode("still_face", 10, 60, end_reason="x")
SHARE = {
    "kind": "share_of_episode",
    "events": {"track": "care", "codes": ["absent"]},
    "episodes": ["still_face"],
    "max_pct": 10,
}
EVIDENCE = {"kind": "rating_evidence", "values": [1, 5], "min": 2}
BALANCE = {
    "kind": "balance",
    "events": {"track": "bid", "modifier": "clarity", "values": ["clear"]},
    "per": {"track": "answer"},
    "min": 2,
}


def rated(value, *evidence):
    return Rating(id="r", scale="warmth", value=value, confidence="sure", evidence=evidence)


CONSENT = {"kind": "people_consent", "events": {"track": "bid"}, "use": "show_in_session"}
FAMILY = Family(
    people=(
        Person(id="p1", dyad_id="D", label="baby", relation="child"),
        Person(id="p2", dyad_id="D", label="grandmother", relation="other_adult"),
    ),
    present=("p1", "p2"),
    consents=(
        Consent(
            id="1", dyad_id="D", person_id="p1", use="treatment", answer="granted", on="2026-01-01"
        ),
    ),
    on="2026-11-22",
)
DECLARED_CASES = {
    "no answer": (LINKED, [bid("b1", 1)], {}, [("b1",)]),
    "an answer": (LINKED, [bid("b1", 1), answer("a1", 2, "b1")], {}, []),
    "too many answers": (
        {**LINKED, "max": 1},
        [bid("b1", 1), answer("a1", 2, "b1"), answer("a2", 3, "b1")],
        {},
        [("b1",)],
    ),
    "an answer to nothing": ({**LINKED, "end": "from"}, [answer("a1", 1)], {}, [("a1",)]),
    "another code need not be answered": (
        {**LINKED, "codes": ["point"]},
        [bid("b1", 1), bid("b2", 3, "point")],
        {},
        [("b2",)],
    ),
    "an answer before what it answers": (
        {"kind": "not_before", "link": "answers"},
        [bid("b1", 3), answer("a1", 2, "b1")],
        {},
        [("a1", "b1")],
    ),
    "a doubtful answer": (
        {
            "kind": "discouraged",
            "link": "answers",
            "from": {"codes": ["none"]},
            "to": {"codes": ["look"]},
        },
        [bid("b1", 3), bid("b2", 5), answer("a1", 3, "b1"), answer("a2", 5, "b2", code="none")],
        {},
        [("a2", "b2")],
    ),
    "a gap": (
        {"kind": "covers", "track": "state"},
        [state("s1", 0, 4), state("s2", 5, 9)],
        {},
        [("s1", "s2")],
    ),
    "nothing before the first": (
        {"kind": "covers", "track": "state"},
        [state("s1", 2, 4)],
        {},
        [("s1",)],
    ),
    "the rest is still to be coded": (
        {"kind": "covers", "track": "state"},
        [state("s1", 0, 4)],
        {},
        [],
    ),
    "near an instant": (NEAR, [bid("b1", 5), care("c1", 7, 9), care("c2", 7.1, 9)], {}, [("c2",)]),
    "near before an instant": (NEAR, [care("c1", 3, 9), bid("b1", 5)], {}, []),
    "near a long stretch that began long ago": (
        NEAR,
        [state("s1", 0, 50, "far"), bid("b1", 1), care("c1", 51, 52), care("c2", 53, 54)],
        {},
        [("c2",)],
    ),
    "near the onset only": (
        {**NEAR, "edge": "onset"},
        [state("s1", 0, 50, "far"), care("c1", 1, 2), care("c2", 20, 21)],
        {},
        [("c2",)],
    ),
    "nothing near at all": (NEAR, [care("c1", 1, 2)], {}, [("c1",)]),
    "a bout that contains": (
        CONTAINS,
        [state("s1", 0, 4), bid("b1", 3), state("s2", 4, 9, "far"), state("s3", 9, 20)],
        {},
        [("s3",)],
    ),
    "a bout that adjoins": (CONTAINS, [state("s1", 4, 8), bid("b1", 3), bid("b2", 50)], {}, []),
    "together": (
        APART,
        [care("c1", 0, 9), care("c2", 8, 12, "absent"), care("c3", 20, 22, "absent")],
        {},
        [("c2", "c1")],
    ),
    "together with one that began long ago, not with one that is over": (
        APART,
        [care("c1", 0, 30), care("c2", 1, 2), care("c3", 10, 12, "absent")],
        {},
        [("c3", "c1")],
    ),
    "one after the other": (APART, [care("c1", 0, 9), care("c2", 9, 12, "absent")], {}, []),
    "of two parents": (
        APART,
        [care("c1", 0, 9, instance="a"), care("c2", 8, 12, "absent", instance="b")],
        {},
        [],
    ),
    "outside the episode": (
        STILL,
        [bid("b1", 10), bid("b2", 60), bid("b3", 59, until_s=61)],
        {"episodes": [LATER]},
        [("b3",), ("b2",)],
    ),
    "inside where it must not be": (
        {**STILL, "inside": False},
        [bid("b1", 10), bid("b2", 60), bid("b3", 9, until_s=11)],
        {"episodes": [LATER]},
        [("b3",), ("b1",)],
    ),
    "episodes in order": (
        {"kind": "episode_order", "episodes": ["play", "still_face"]},
        [],
        {"episodes": [episode("play", 0, 10), LATER]},
        [],
    ),
    "episodes out of order": (
        {"kind": "episode_order", "episodes": ["still_face", "play"]},
        [],
        {"episodes": [episode("play", 0, 10), LATER]},
        [()],
    ),
    "episodes that overlap": (
        {"kind": "episode_order", "episodes": ["play", "still_face"]},
        [],
        {"episodes": [episode("play", 0, 11), LATER]},
        [()],
    ),
    "an episode that is too short": (
        {"kind": "episode_length", "episodes": ["play"], "min_s": 30},
        [],
        {"episodes": [episode("play", 0, 29), episode("play", 40, 70), episode("play", 90, None)]},
        [()],
    ),
    "an episode that is too long": (
        {"kind": "episode_length", "episodes": ["play"], "max_s": 30},
        [],
        {"episodes": [episode("play", 0, 31)]},
        [()],
    ),
    "too much of an episode": (
        SHARE,
        [care("c1", 5, 12, "absent"), care("c2", 50, 53.1, "absent")],
        {"episodes": [LATER]},
        [("c1", "c2")],
    ),
    "not too much of an episode": (
        SHARE,
        [care("c1", 5, 12, "absent"), care("c2", 50, 53, "absent")],
        {"episodes": [LATER]},
        [],
    ),
    "an extreme rating on one moment": (
        EVIDENCE,
        [bid("b1", 1), bid("b2", 3)],
        {"ratings": [rated(5, "b1")]},
        [()],
    ),
    "a middling rating on one moment": (
        EVIDENCE,
        [bid("b1", 1)],
        {"ratings": [rated(3, "b1")]},
        [],
    ),
    "an extreme rating on two moments": (
        EVIDENCE,
        [bid("b1", 1), bid("b2", 3)],
        {"ratings": [rated(5, "b1", "b2")]},
        [],
    ),
    "out of balance": (
        BALANCE,
        [bid("b1", 1), bid("b2", 3), answer("a1", 4), answer("a2", 5)],
        {},
        [("a2",)],
    ),
    "somebody who has not agreed": (
        CONSENT,
        [bid("b1", 1), bid("b2", 2, modifiers=(*CLEAR, ("consent_check", ("child",))))],
        {"family": FAMILY},
        [("b1",)],
    ),
    "nobody knows who is there": (
        CONSENT,
        [bid("b1", 1)],
        {"family": replace(FAMILY, present=())},
        [("b1",)],
    ),
    "a day on which nobody had agreed yet": (
        CONSENT,
        [bid("b2", 2, modifiers=(*CLEAR, ("consent_check", ("child",))))],
        {"family": replace(FAMILY, on="2025-12-31")},
        [("b2",)],
    ),
    "where consent is not asked for": (CONSENT, [bid("b1", 1)], {}, []),
    "private words where all may read them": (
        {"kind": "never_shown", "events": {"track": "care"}, "views": ["parent_view"]},
        [
            care("c1", 1, 2, comment="She looked  away again"),
            care("c2", 3, 4, transcript="she looked away again"),
            bid("b1", 5, transcript="And then: SHE looked away again, twice"),
            bid("b2", 6, transcript="She looked away"),
            bid("b3", 7, comment="she looked away again"),
        ],
        {},
        [("b1", "c1")],
    ),
    "a word that is the same by chance": (
        {"kind": "never_shown", "events": {"track": "care"}, "views": ["parent_view"]},
        [care("c1", 1, 2, comment="mother"), bid("b1", 5, transcript="his mother laughs")],
        {},
        [],
    ),
}


@pytest.mark.parametrize("name", DECLARED_CASES)
def test_each_kind_of_declared_check_finds_what_it_says_and_nothing_else(name):
    check, events, more, expected = DECLARED_CASES[name]
    looked_at = findings_of(scene(*events, scheme=declaring(check), **more))
    mine = [one for one in looked_at if one.rule == "mine"]
    assert [one.event_ids for one in mine] == expected
    assert all(one.severity == "info" and "Look again" in one.message for one in mine)


def test_every_declared_kind_is_tried():
    assert {check["kind"] for check, *_ in DECLARED_CASES.values()} == set(DECLARED.names())


def test_what_is_not_coded_yet_is_a_gap_once_the_coding_is_handed_in():
    scheme = declaring({"kind": "covers", "track": "state"})
    for events, gap in (([state("s1", 0, 4)], (4 * S, 100 * S)), ([], (0, 100 * S))):
        looked_at = findings_of(scene(*events, scheme=scheme, status="submitted"))
        (one,) = [finding for finding in looked_at if finding.rule == "mine"]
        assert (one.from_us, one.until_us) == gap


def test_a_gap_the_scheme_checks_itself_is_not_told_twice():
    events = [state("s1", 0, 4), state("s2", 5, 9)]
    assert found(*events, scheme=declaring({"kind": "covers", "track": "state"})) == [
        ("info", "mine", ("s1", "s2"))
    ]


def test_findings_come_gravest_first_and_then_by_time():
    events = [bid("b2", 9, modifiers=()), bid("b1", 3, modifiers=()), bid("b3", 20, "lok")]
    assert [one[2] for one in found(*events)] == [("b3",), ("b1",), ("b2",)]


# -- through edits ---------------------------------------------------------------------------


def test_looking_again_after_each_edit_finds_what_a_fresh_look_finds():
    chance = random.Random(4)
    scheme = declaring(NEAR)
    watched = scene(scheme=scheme)
    checks = StandingChecks(scheme)
    made = (
        lambda n, at: state(f"s{n}", at, at + 3, chance.choice(["near", "unseen"])),
        lambda n, at: bid(f"b{n}", at, "point", modifiers=chance.choice([(), CLEAR])),
        lambda n, at: answer(f"a{n}", at, f"b{chance.randrange(60)}"),
        lambda n, at: care(f"c{n}", at, at + 2),
    )
    several = 0
    for n in range(120):
        events = list(watched.observation.timeline)
        if events and chance.random() < 0.3:
            edit = Edit("delete", (Step(chance.choice(events), None),))
        else:
            at = chance.randrange(0, 4000) / 10 if chance.random() < 0.3 else n * 4
            edit = Edit("add", (Step(None, chance.choice(made)(n, at)),))
        try:
            observation = watched.observation.after(edit)
        except Refused:  # an overlap: another try
            continue
        watched = Scene(observation, watched.setting)
        for _ in checks.work(watched):
            pass
        assert checks.findings() == findings_of(watched)
        several = max(several, len(checks.findings()))
    assert several > 20


def test_only_the_lanes_that_an_edit_touched_are_looked_at_again():
    before = scene(state("s1", 0, 4), bid("b1", 5), care("c1", 7, 9))
    checks = StandingChecks(SCHEME)
    everything = sum(1 for _ in checks.work(before))
    assert sum(1 for _ in checks.work(before)) == 0
    old = before.observation.timeline.get("c1")
    edit = Edit("comment", (Step(old, replace(old, comment="hm")),))
    touched = sum(1 for _ in checks.work(Scene(before.observation.after(edit), before.setting)))
    assert 0 < touched < everything / 2


def test_a_finding_that_no_edit_could_bring_about_goes_when_it_is_mended():
    broken = scene(state("s1", 0, 4), state("s2", 3, 9))
    checks = StandingChecks(SCHEME)
    for _ in checks.work(broken):
        pass
    assert [one.rule for one in checks.findings()] == ["overlap"]
    old = broken.observation.timeline.get("s2")
    mended = broken.observation.after(Edit("delete", (Step(old, None),)))
    for _ in checks.work(Scene(mended, broken.setting)):
        pass
    assert checks.findings() == []
