"""Episodes of a session: which one an instant is in, and what a scheme lets them be."""

from dataclasses import replace

import pytest

from imhcode.domain import episodes as rules
from imhcode.domain.episode import Episode
from whole_scheme import WHOLE, S

RULES = WHOLE.episodes


def episode(kind: str, from_s: float, until_s: float | None = None, name="", **more) -> Episode:
    until = None if until_s is None else round(until_s * S)
    onset = round(from_s * S)
    return Episode(
        id=name or f"{kind}{from_s}",
        session_id="s",
        kind=kind,
        onset_us=onset,
        offset_us=until,
        **more,
    )


def started(there: list[Episode], new: Episode, scheme=RULES) -> list[tuple[str, float, object]]:
    change = rules.starting(scheme, rules.in_order(there), new)
    after = change.of(there)
    assert change.inverse.of(after) == rules.in_order(there)
    return [
        (one.kind, one.onset_us / S, None if one.offset_us is None else one.offset_us / S)
        for one in after
    ]


PLAY, STILL, REUNION = episode("play", 0, 60), episode("still_face", 60, 90), episode("reunion", 90)


def test_an_episode_ends_where_the_next_of_the_procedure_begins():
    assert started([episode("play", 0)], episode("still_face", 60)) == [
        ("play", 0, 60),
        ("still_face", 60, None),
    ]
    assert started([STILL], episode("play", 10)) == [("play", 10, 60), ("still_face", 60, 90)]


def test_a_custom_episode_lies_over_the_others():
    assert started([PLAY], episode("phone", 30, 40)) == [("play", 0, 60), ("phone", 30, 40)]
    assert started([PLAY], episode("phone", 30)) == [("play", 0, 60), ("phone", 30, None)]
    with pytest.raises(rules.UnknownEpisodeKind, match="Play, Still face"):
        started([PLAY], episode("phone", 30), replace(RULES, allow_custom=False))


def test_an_excluded_kind_is_left_out_of_codable_time():
    (pause,) = rules.starting(RULES, (), episode("pause", 5, 8)).after
    assert pause.excluded
    assert rules.excluded_spans([PLAY, pause, episode("x", 20, excluded=True)], 30 * S) == [
        (5 * S, 8 * S),
        (20 * S, 30 * S),
    ]


@pytest.mark.parametrize(
    ("there", "new", "error"),
    [
        ([PLAY], episode("reunion", 0, 20, "x"), rules.EpisodesOverlap),
        ([STILL], episode("play", 30, 61), rules.EpisodesOverlap),
        ([PLAY, STILL], episode("play", 95), rules.EpisodeOutOfOrder),
        ([STILL], episode("reunion", 10, 20), rules.EpisodeOutOfOrder),
        ([], episode("play", 10, 10), rules.EpisodeNeedsLength),
        ([], episode("play", 10, end_reason="bored"), rules.UnknownEndReason),
    ],
)
def test_what_the_procedure_forbids_is_refused(there, new, error):
    with pytest.raises(error):
        started(there, new)


def test_without_an_order_any_comes_first():
    free = replace(RULES, ordered=False)
    assert len(started([STILL], episode("reunion", 10, 20), free)) == 2


def test_an_edge_moves_as_far_as_the_neighbour():
    there = (PLAY, STILL, REUNION)
    change = rules.changing(RULES, there, STILL, replace(STILL, offset_us=80 * S))
    assert change.of(there)[1].offset_us == 80 * S
    assert not rules.changing(RULES, there, STILL, STILL)
    with pytest.raises(rules.EpisodesOverlap, match=r"“Still face” and “Reunion”"):
        rules.changing(RULES, there, STILL, replace(STILL, offset_us=91 * S))


def test_an_instant_is_in_the_episode_that_began_last():
    there = (PLAY, episode("phone", 30, 40), STILL)
    found = [rules.episode_at(there, round(at * S)) for at in (0, 29.9, 30, 40, 60, 90, -1)]
    assert [one.kind if one else None for one in found] == [
        *("play", "play", "phone", "play", "still_face", None, None),
    ]
    assert [rules.number_of(there, one) for one in there] == [1, 2, 3]


def test_what_a_procedure_still_lacks():
    there = [episode("play", 0, 59), episode("still_face", 60, 90, end_reason="distress")]
    assert [one.id for one in rules.missing_kinds(RULES, there)] == ["reunion"]
    assert rules.missing_kinds(replace(RULES, required=False), there) == ()
    assert rules.too_short(RULES, there) == (there[0],)
    assert rules.too_short(RULES, [episode("play", 0)]) == ()
    assert rules.lacking_reason(RULES, [STILL, *there]) == (STILL,)
    assert rules.lacking_reason(RULES, [episode("still_face", 60)]) == ()
    assert rules.label_of(RULES, there[0]) == "Play"
    assert rules.label_of(RULES, episode("x", 0, label="Phone call")) == "Phone call"


def test_what_touches_a_moved_edge_moves_along_in_one_change():
    there = (PLAY, STILL, REUNION)
    change = rules.moving_edge(RULES, there, STILL, "onset", 70 * S)
    assert [(one.kind, one.onset_us // S) for one in change.of(there)] == [
        *(("play", 0), ("still_face", 70), ("reunion", 90)),
    ]
    assert change.of(there)[0].offset_us == 70 * S
    assert change.inverse.of(change.of(there)) == there
    later = rules.moving_edge(RULES, there, STILL, "offset", 95 * S).of(there)
    assert (later[1].offset_us, later[2].onset_us) == (95 * S, 95 * S)
    assert not rules.moving_edge(RULES, there, STILL, "onset", 60 * S)
    with pytest.raises(rules.EpisodeNeedsLength):
        rules.moving_edge(RULES, there, STILL, "offset", 60 * S)
    with pytest.raises(rules.EpisodeNeedsLength):
        rules.moving_edge(RULES, there, STILL, "onset", 0)


def test_an_episode_of_ones_own_moves_alone():
    phone = episode("phone", 60, 70)
    there = (PLAY, phone, STILL)
    moved = rules.moving_edge(RULES, there, phone, "onset", 50 * S).of(there)
    assert PLAY in moved
    assert STILL in moved
