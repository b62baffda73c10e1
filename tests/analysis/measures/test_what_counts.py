"""Which events and which time a measure counts: each rule on a coding small enough to see."""

import pytest

from coded_sessions import S, answer, coded, number, point, state
from imhcode.analysis.measuring import compute, measured
from imhcode.domain.episode import Episode
from imhcode.domain.rating import Rating

TOGETHER = state("dyad_state", "attuned", 0, 60)


def value(session, measure_id, statistic="value", section=None):
    return number(session, measure_id, statistic, section).value


def test_a_bid_whose_window_is_cut_by_the_end_is_judged_by_nobody():
    bids = [point("infant_bid", "look", at) for at in (10, 57)]
    answers = [
        answer("caregiver_response", "joins", bid.onset_us / S + 1, "answers", bid) for bid in bids
    ]
    session = coded([TOGETHER, *bids, *answers])
    assert (value(session, "answer_rate"), number(session, "answer_rate").n) == (1, 1)
    assert number(session, "bid_rate").n == 2


def test_a_bid_whose_window_runs_into_uncodable_time_is_left_out_too():
    bids = [point("infant_bid", "look", at) for at in (10, 27, 40)]
    states = [
        state("dyad_state", "attuned", 0, 30),
        state("dyad_state", "uncodable", 30, 35),
        state("dyad_state", "attuned", 35, 60),
    ]
    session = coded([*states, *bids])
    assert number(session, "missed_rate").n == 2


def test_a_younger_child_is_given_less_time_to_be_answered():
    bids = [point("infant_bid", "look", at) for at in (10, 20)]
    late = answer("caregiver_response", "joins", 14, "answers", bids[0])
    soon = answer("caregiver_response", "joins", 22, "answers", bids[1])
    older, younger = (coded([TOGETHER, *bids, late, soon], age=age) for age in (9.0, 3.0))
    assert value(older, "answer_rate") == 1
    assert value(younger, "answer_rate") == 0.5
    assert value(younger, "response_latency", "mean") == 2


def test_that_nothing_came_counts_wherever_it_stands():
    bid = point("infant_bid", "look", 10)
    none = answer("caregiver_response", "no_answer", 15, "answers", bid)
    assert value(coded([TOGETHER, bid, none], age=3.0), "missed_rate") == 1


def test_a_bid_of_which_nobody_can_tell_is_in_no_denominator():
    bids = [point("infant_bid", "look", at) for at in (10, 20)]
    session = coded(
        [
            TOGETHER,
            *bids,
            answer("caregiver_response", "cannot_tell", 11, "answers", bids[0]),
            answer("caregiver_response", "joins", 21, "answers", bids[1]),
        ]
    )
    assert (value(session, "answer_rate"), number(session, "answer_rate").n) == (1, 1)


def test_only_the_first_answer_to_a_bid_counts():
    bid = point("infant_bid", "look", 10)
    session = coded(
        [
            TOGETHER,
            bid,
            answer("caregiver_response", "misreads", 11, "answers", bid),
            answer("caregiver_response", "joins", 13, "answers", bid),
        ]
    )
    assert value(session, "answer_rate") == 1
    assert value(session, "fitting_rate") == 0
    assert value(session, "response_latency", "median") == 1


def test_the_same_bid_again_at_once_is_the_same_bid_and_keeps_its_answer():
    first, again = point("infant_bid", "look", 10), point("infant_bid", "look", 10.5)
    other, later = point("infant_bid", "smile", 10.7), point("infant_bid", "look", 12)
    joins = answer("caregiver_response", "joins", 11, "answers", again)
    session = coded([TOGETHER, first, again, other, later, joins])
    assert number(session, "bid_rate").n == 3
    assert value(session, "answer_rate") == pytest.approx(1 / 3)
    assert value(session, "response_latency", "mean") == 1


def test_a_track_that_must_be_full_and_is_empty_gives_no_number():
    session = coded([point("infant_bid", "look", 10)])
    assert number(session, "attunement_index").null_reason == "dyad_state not coded"
    assert value(session, "bid_rate") == 1


def test_little_codable_time_is_said_in_the_scheme_s_own_words():
    session = coded([state("dyad_state", "attuned", 0, 20)], until_s=20)
    assert number(session, "attunement_index").null_reason == "codable time < 30 s"
    assert value(session, "together_index") == 1


@pytest.mark.parametrize(
    ("measure_id", "reason"),
    [
        ("answer_rate", "no bids"),
        ("uptake_rate", "no invitations"),
        ("repair_rate", "no ruptures"),
        ("infant_led_repairs", "no repairs"),
    ],
)
def test_an_empty_denominator_has_no_value_and_the_scheme_s_reason(measure_id, reason):
    found = number(coded([TOGETHER]), measure_id)
    assert (found.value, found.null_reason) == (None, reason)


def test_contingency_needs_its_passes():
    bid = point("infant_bid", "look", 10)
    joins = answer("caregiver_response", "joins", 11, "answers", bid)
    found = number(coded([TOGETHER, bid, joins]), "response_contingency", "yules_q")
    assert found.null_reason == "pass invites not coded"


def test_a_median_that_is_never_reached_is_not_there():
    ruptures = [point("rupture_repair", "rupture", at) for at in (10, 20, 30)]
    repaired = answer("rupture_repair", "repaired", 12, "repair_of", ruptures[0])
    found = number(coded([TOGETHER, *ruptures, repaired]), "repair_latency", "kaplan_meier_median")
    assert (found.value, found.n, found.n_censored) == (None, 3, 2)
    assert found.null_reason == "median not reached"


def test_an_excluded_episode_is_in_no_denominator_and_has_no_row():
    off = Episode(
        id="e", session_id="S", kind="off_task", onset_us=20 * S, offset_us=40 * S, excluded=True
    )
    bids = [point("infant_bid", "look", at) for at in (10, 30)]
    session = coded([TOGETHER, *bids], episodes=(off,))
    found = number(session, "bid_rate")
    assert (found.n, found.denominator_us) == (1, 40 * S)
    assert not session.sections


def test_mothers_and_fathers_states_are_two_chains():
    infant = state("infant_engagement", "watching", 0, 60)
    mother = state("caregiver_engagement", "attentive", 0, 60, instance="mother")
    father = state("caregiver_engagement", "flat", 0, 60, instance="father")
    play = Episode(id="e", session_id="S", kind="play", onset_us=0, offset_us=60 * S)
    session = coded([infant, mother, father], of="still_face", episodes=(play,))
    (section,) = session.sections
    assert value(session, "pct_cg_state", "attentive", section) == 0.5
    assert value(session, "match_proportion", section=section) == 0.5
    found = number(session, "state_space", "dispersion", section)
    assert found.null_reason == "several subjects on caregiver_engagement"


def test_matched_states_come_from_the_pair_table():
    play = Episode(id="e", session_id="S", kind="play", onset_us=0, offset_us=60 * S)
    infant = [
        state("infant_engagement", "watching", 0, 20),
        state("infant_engagement", "bright_social", 20, 40),
        state("infant_engagement", "drowsy", 40, 60),
    ]
    caregiver = [
        state("caregiver_engagement", "elsewhere", 0, 10),
        state("caregiver_engagement", "attentive", 10, 30),
        state("caregiver_engagement", "bright_social", 30, 60),
    ]
    session = coded([*infant, *caregiver], of="still_face", episodes=(play,))
    lane, track = session.lane("matched"), session.tracks["matched"]
    said = [
        (track.codes[code].id, onset // S, offset // S)
        for code, onset, offset in zip(lane.codes, lane.onsets, lane.offsets, strict=True)
    ]
    assert said == [
        ("mismatch", 0, 10),
        ("match_social", 10, 30),
        ("match_positive", 30, 40),
        ("not_scored", 40, 60),
    ]
    (section,) = session.sections
    assert value(session, "match_proportion", section=section) == 0.75
    assert value(session, "reparation_rate", section=section) == pytest.approx(1 / (40 / 60))


def soothed(until_s=100):
    return [
        state("infant_state", "calm_alert", 0, 10),
        state("infant_state", "cry", 10, 20),
        state("infant_state", "calm_alert", 20, 22),
        state("infant_state", "fuss", 22, 30),
        state("infant_state", "calm_alert", 30, 60),
        state("infant_state", "cry", 60, 95),
        state("infant_state", "active", 95, until_s),
        state("soothing", "rock", 14, 18),
        state("soothing", "voice", 25, 28),
    ]


def test_distress_with_a_short_pause_is_one_bout():
    session = coded(soothed(), of="regulation_soothing", until_s=100)
    lane = session.lane("distress_bout")
    assert (lane.onsets // S).tolist() == [10, 60]
    assert (lane.offsets // S).tolist() == [30, 95]
    assert value(session, "bouts") == 2
    assert value(session, "self_settled") == 0.5


def test_settling_counts_when_calm_has_lasted_and_not_when_the_record_ends_before():
    session = coded(soothed(), of="regulation_soothing", until_s=100)
    waits = compute(session.measures["settle_latency"], session, session.session).waits
    assert [(one.time_us // S, one.came, one.censor_reason) for one in waits] == [
        (20, True, ""),
        (40, False, "session_end"),
    ]
    assert value(session, "first_soothe", "n_events") == 1
    assert value(session, "first_soothe", "kaplan_meier_median") == 4
    assert value(session, "settle_after_soothe", "n_events") == 1
    assert value(session, "settle_after_soothe", "kaplan_meier_median") == 16
    assert value(session, "distress_time") == pytest.approx(53 / 100)
    assert value(session, "peak") == 4


def test_calming_belongs_to_the_last_instant_of_what_is_left():
    """Rocking from 14 to 18 is followed by calm at 20, the first instant outside the crying."""
    session = coded(soothed(), of="regulation_soothing", until_s=100)
    result = compute(session.measures["what_worked"], session, session.session)
    by_code = {one.given: one for one in result.squares}
    rock = by_code["rock"]
    assert (rock.a, rock.b) == (1, 9)  # 14 to 24; the change is in second 19
    assert rock.a + rock.b + rock.c + rock.d == 20 + 35
    assert sum((rock.a, rock.c)) == 3


def test_share_of_each_way_of_soothing_is_taken_of_the_bouts():
    session = coded(soothed(), of="regulation_soothing", until_s=100)
    assert value(session, "soothe_mix", "rock") == pytest.approx(4 / 55)
    assert value(session, "soothe_mix", "voice") == pytest.approx(3 / 55)
    assert value(session, "soothe_mix", "pat") == 0


def still_face_affect():
    kinds = (("play", 0), ("still_face", 30), ("reunion", 60))
    episodes = tuple(
        Episode(id=kind, session_id="S", kind=kind, onset_us=at * S, offset_us=(at + 30) * S)
        for kind, at in kinds
    )
    codes = {"play": "p2", "still_face": "m1", "reunion": "p1"}
    bins = [
        state("infant_affect_1s", codes[kind], at + n, at + n + 1)
        for kind, at in kinds
        for n in range(30)
    ]
    return bins, episodes


def test_differences_are_taken_between_episodes():
    bins, episodes = still_face_affect()
    session = coded(bins, of="still_face", until_s=90, episodes=episodes)
    found = {
        one: value(session, one) for one in ("still_face_effect", "reunion_effect", "recovery")
    }
    assert found == {"still_face_effect": -3, "reunion_effect": -1, "recovery": 2}
    short = coded(bins, of="still_face", until_s=90, episodes=episodes[:2])
    assert number(short, "recovery").null_reason == "no episode reunion"


def test_a_slope_of_bids_is_per_minute_and_minute():
    episode = Episode(id="e", session_id="S", kind="still_face", onset_us=0, offset_us=60 * S)
    bids = [point("infant_sf_bid", "call", at) for at in (11, 21, 24, 31, 34, 37)]
    session = coded(bids, of="still_face", episodes=(episode,))
    (section,) = session.sections
    # 0, 1, 2, 3, 0, 0 bids in six bins of ten seconds
    rates = [0, 6, 12, 18, 0, 0]
    minutes = [n / 6 for n in range(6)]
    mean = sum(minutes) / 6
    slope = sum((x - mean) * y for x, y in zip(minutes, rates, strict=True)) / sum(
        (x - mean) ** 2 for x in minutes
    )
    assert value(session, "bid_slope", section=section) == pytest.approx(slope)


def test_first_distress_that_never_comes_is_censored_and_that_there_already_took_no_time():
    episodes = tuple(
        Episode(id=kind, session_id="S", kind=kind, onset_us=a * S, offset_us=(a + 30) * S)
        for kind, a in (("play", 0), ("still_face", 30))
    )
    session = coded(
        [
            state("infant_engagement", "watching", 0, 20),
            state("infant_engagement", "active_distress", 20, 40),
            state("infant_engagement", "watching", 40, 60),
        ],
        of="still_face",
        episodes=episodes,
    )
    play, still = session.sections
    assert value(session, "first_distress", section=play) == 20
    assert value(session, "first_distress", section=still) == 0
    calm = coded(
        [state("infant_engagement", "watching", 0, 60)], of="still_face", episodes=episodes
    )
    found = number(calm, "first_distress", section=calm.sections[0])
    assert (found.value, found.n_censored) == (None, 1)
    assert found.null_reason == "censored at episode_end"


def test_composites_turn_scales_round_and_need_enough_of_them():
    scores = {"reciprocity": 4.0, "shared_joy": 3.0, "tension": 2.0}
    ratings = [Rating(id=name, scale=name, value=one) for name, one in scores.items()]
    session = coded((), of="global_ratings", ratings=ratings)
    assert value(session, "dyad_quality") == pytest.approx((4 + 3 + 4) / 3)
    fewer = coded((), of="global_ratings", ratings=ratings[:2])
    assert number(fewer, "dyad_quality").null_reason == "fewer than 3 scores"


def test_turns_change_sides_within_the_longest_silence():
    talk = [("child_talk", "word", 1), ("caregiver_talk", "expands", 2)]
    talk += [("child_talk", "word", 4), ("child_talk", "word", 5), ("caregiver_talk", "tells", 20)]
    session = coded([point(*one) for one in talk], of="shared_play")
    assert number(session, "turns").n == 2
    assert value(session, "turns") == 2
    assert value(session, "turns", "switching_pause_median") == 1.5


def test_what_is_coded_in_the_visit_counts_whatever_the_recording_shows():
    visit = [point("session_event", code, 400 + n) for n, code in enumerate(["clip_shown"] * 3)]
    visit += [point("session_event", "parent_says", 500), point("session_event", "asked", 501)]
    session = coded(visit, of="strengths_review", until_s=60)
    assert value(session, "clips_shown") == 3
    assert value(session, "parent_share") == 0.5


def test_a_measure_of_episodes_is_not_silently_missing_where_there_are_none():
    session = coded([state("infant_engagement", "watching", 0, 60)], of="still_face")
    found = [one for one in measured(session) if one.measure_id == "gaze_on_face"]
    ((only,),) = [one.result.numbers for one in found]
    assert (only.value, only.null_reason) == (None, "no episodes")


def test_a_gap_in_a_track_that_should_have_none_breaks_the_chain():
    states = [
        state("dyad_state", "attuned", 0, 10),
        state("dyad_state", "ruptured", 10, 20),
        state("dyad_state", "attuned", 25, 60),
    ]
    assert value(coded(states), "state_transitions", "counts") == 1
    waits = coded(states).measures["state_repair_latency"]
    session = coded(states)
    (wait,) = compute(waits, session, session.session).waits
    assert (wait.time_us, wait.came, wait.censor_reason) == (10 * S, False, "uncoded")


def test_a_rupture_that_began_out_of_sight_has_no_known_length():
    session = coded(
        [
            state("dyad_state", "ruptured", 0, 5),
            state("dyad_state", "attuned", 5, 20),
            state("dyad_state", "uncodable", 20, 25),
            state("dyad_state", "ruptured", 25, 30),
            state("dyad_state", "attuned", 30, 40),
            state("dyad_state", "out_of_step", 40, 48),
            state("dyad_state", "attuned", 48, 60),
        ]
    )
    waits = compute(session.measures["state_repair_latency"], session, session.session).waits
    assert [(one.from_us // S, one.time_us // S, one.came) for one in waits] == [(40, 8, True)]


def test_a_short_return_does_not_end_a_mismatch_and_repairing_is_part_of_it():
    session = coded(
        [
            state("dyad_state", "attuned", 0, 10),
            state("dyad_state", "ruptured", 10, 14),
            state("dyad_state", "attuned", 14, 15),
            state("dyad_state", "ruptured", 15, 20),
            state("dyad_state", "repairing", 20, 26),
            state("dyad_state", "side_by_side", 26, 27),
            state("dyad_state", "attuned", 27, 60),
        ]
    )
    waits = compute(session.measures["state_repair_latency"], session, session.session).waits
    assert [(one.from_us // S, one.time_us // S, one.came) for one in waits] == [(10, 16, True)]


def playing():
    return coded(
        [
            state("play_together", "apart", 0, 40),
            state("play_together", "child_led", 40, 60),
            state("play_level", "explore", 0, 30),
            state("play_level", "moving", 30, 40),
            state("play_level", "pretend_self", 40, 50),
            state("play_level", "story", 50, 52),
            state("play_level", "conventional", 52, 60),
        ],
        of="shared_play",
    )


def test_a_mean_rank_is_weighted_by_time_that_has_one():
    session = playing()
    assert value(session, "mean_play") == pytest.approx((30 + 40 + 14 + 24) / 50)
    assert number(session, "mean_play").denominator_us == 50 * S
    together, apart = (40 + 14 + 24) / 20, 1
    assert value(session, "higher_together") == pytest.approx(together - apart)


def test_the_highest_rank_must_have_been_held():
    assert value(playing(), "highest_play") == 4  # the story lasted two seconds of the three


def test_turns_are_per_minute_of_codable_time():
    talk = [point("child_talk", "word", 1), point("caregiver_talk", "expands", 2)]
    blind = state("play_together", "uncodable", 30, 60)
    session = coded([*talk, blind], of="shared_play", until_s=150)
    assert value(session, "turns") == pytest.approx(1 / 2)


@pytest.mark.parametrize(("gap_s", "bouts"), [(3.0, 1), (3.000001, 2)])
def test_a_pause_as_long_as_the_bridge_is_still_crossed(gap_s, bouts):
    session = coded(
        [
            state("infant_state", "cry", 0, 10),
            state("infant_state", "calm_alert", 10, 10 + gap_s),
            state("infant_state", "cry", 10 + gap_s, 30),
        ],
        of="regulation_soothing",
        until_s=30,
    )
    assert value(session, "bouts") == bouts


def test_no_bout_is_joined_over_what_nobody_saw():
    session = coded(
        [
            state("infant_state", "cry", 0, 10),
            state("infant_state", "uncodable", 10, 11),
            state("infant_state", "cry", 11, 30),
        ],
        of="regulation_soothing",
        until_s=30,
    )
    assert value(session, "bouts") == 2


def test_stretches_that_a_border_cuts_are_counted_as_censored():
    engagement = [
        state("joint_engagement", "shared_supported", 0, 10),
        state("joint_engagement", "person", 10, 20),
        state("joint_engagement", "shared_supported", 20, 25),
        state("joint_engagement", "shared_coordinated", 25, 30),
        state("joint_engagement", "thing", 30, 50),
        state("joint_engagement", "shared_supported", 50, 60),
    ]
    session = coded(engagement, of="joint_attention")
    found = number(session, "joint_bout", "mean")
    assert (found.value, found.n, found.n_censored) == (10, 3, 2)
    assert value(session, "joint_bout", "max") == 10
