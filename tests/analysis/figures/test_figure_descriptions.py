"""Figures as data: what they show of the worked example, and of codings nobody thought about."""

import pkgutil
from math import isfinite

import numpy as np
import pytest

import imhcode.analysis.figures
from coded_sessions import S, coded, expected, scheme, worked_events
from imhcode.analysis.figure import Bar, Dot, Line, Moments, Origin, Shade
from imhcode.analysis.figure_looks import code_names
from imhcode.analysis.figures import (
    FIGURES,
    ORDER,
    FigureMaker,
    FigureSession,
    topics_of,
)
from imhcode.analysis.measuring import measured
from imhcode.analysis.survival import kaplan_meier
from imhcode.schemes.shipped import shipped_schemes
from random_coders import random_episodes, random_events, random_ratings

SCHEMES = sorted(shipped_schemes())


def test_two_codes_of_one_label_are_told_apart():
    names = code_names(scheme("joint_attention").track("joint_engagement"))
    assert names["shared_supported"] == "Shared supported"
    assert names["person"] == "With person"
    assert len(set(names.values())) == len(names)


def test_many_moments_are_a_sequence_that_makes_each_when_it_is_looked_at():
    whose = [Origin(session_id="S01", observation_id="o1")] * 2
    moments = Moments([*whose, Origin(session_id="S02", observation_id="o2")], [1, 2, 3], "abc")
    assert len(moments) == 3
    assert moments[2] == Origin(session_id="S02", observation_id="o2", event_id="c", time_us=3)
    assert [one.time_us for one in moments] == [1, 2, 3]
    assert [one.event_id for one in moments[:2]] == ["a", "b"]
    assert moments[-1] == moments[2]


def seen(session, session_id="S01", *, dyad="D01", visit="1"):
    return FigureSession(
        session_id=session_id,
        observation_id=f"o-{session_id}",
        dyad_id=dyad,
        coder_id="anna",
        visit=visit,
        date="",
        coded=session,
        measured=tuple(measured(session)),
    )


def random_session(name, seed, *, until_s=300):
    random, the_scheme = np.random.default_rng(seed), scheme(name)
    episodes = random_episodes(the_scheme, until_s * S)
    return coded(
        random_events(the_scheme, random, until_s, mean_s=8.0),
        of=name,
        until_s=until_s,
        episodes=episodes,
        ratings=random_ratings(the_scheme, random, episodes),
        age=9.0,
    )


def figure(figure_id, *sessions):
    (topic,) = [one for one in topics_of(sessions[0].coded) if one.id == figure_id]
    maker = FigureMaker(topic, sessions[0].coded)
    for one in sessions:
        maker.see(one)
    return maker.figure()


def marks(found, kind):
    return [mark for panel in found.panels for mark in panel.marks if isinstance(mark, kind)]


def table(found):
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


@pytest.fixture(scope="module")
def worked():
    return seen(coded(worked_events()))


def test_every_module_is_a_kind_and_has_its_place_among_the_others():
    modules = {one.name for one in pkgutil.iter_modules(imhcode.analysis.figures.__path__)}
    assert set(FIGURES.names()) == modules == set(ORDER)


@pytest.mark.parametrize("name", SCHEMES)
def test_every_figure_of_a_scheme_is_drawn_from_marks_that_lead_to_its_sessions(name):
    sessions = [
        seen(random_session(name, k), f"S{k}", dyad=f"D{k // 2}", visit=str(k % 2 + 1))
        for k in range(4)
    ]
    topics = topics_of(sessions[0].coded)
    drawn = 0
    for topic in topics:
        some = sessions[:1] if topic.single else sessions
        found = figure(topic.id, *some)
        assert found.id == topic.id
        assert found.caption.endswith(".")
        drawn += bool(found.panels)
        known = {one.id for one in found.series} | {""}
        for panel in found.panels:
            assert panel.x.low < panel.x.high
            assert panel.y.low < panel.y.high
            for mark in panel.marks:
                assert mark.series in known, topic.id
                assert {one.session_id for one in mark.origins} <= {one.session_id for one in some}
        for mark in marks(found, Bar):
            assert mark.x0 <= mark.x1
            assert mark.y0 <= mark.y1
            assert mark.origins
        for row in found.rows:
            assert len(row) == len(found.columns)
            assert all(isfinite(one) for one in row if isinstance(one, float)), topic.id
        if found.panels:
            assert found.rows, topic.id
    assert drawn >= len(topics) / 2


def test_the_timeline_has_a_mark_for_each_event_and_leads_to_it(worked):
    found = figure("timeline", worked)
    here = [one.origins[0] for one in (*marks(found, Bar), *marks(found, Dot))]
    events = {one.id: one.onset_us for one in worked_events()}
    assert {one.event_id: one.time_us for one in here} == events
    assert [panel.title for panel in found.panels] == ["Infant", "Caregiver", "Dyad"]
    (attuned, *_) = [one for one in marks(found, Bar) if one.series == "dyad_state/attuned"]
    assert (attuned.x0, attuned.x1, attuned.says) == (0, 10, "Attuned, 0.00 to 10.00 s")


def test_bars_of_time_are_shares_of_codable_time(worked):
    found = figure("time_bars-dyad_state", worked)
    shares = {row["code"]: row["mean_share"] for row in table(found)}
    assert shares["attuned"] == pytest.approx(expected()["attunement_index"])
    assert sum(shares.values()) == pytest.approx(1)
    assert max(one.y1 for one in marks(found, Bar)) == pytest.approx(1)


def test_shares_of_several_sessions_are_means_in_which_each_session_weighs_the_same():
    sessions = [seen(random_session("still_face", k), f"S{k}") for k in range(3)]
    each = [
        {(row["episode"], row["code"]): row["mean_share"] for row in table(one)}
        for one in (figure("time_bars-infant_gaze", session) for session in sessions)
    ]
    for row in table(figure("time_bars-infant_gaze", *sessions)):
        key = row["episode"], row["code"]
        mean = sum(one.get(key, 0) for one in each) / 3
        assert row["mean_share"] == pytest.approx(mean)


def test_bids_by_bin_add_up_to_all_bids(worked):
    rows = table(figure("bids_by_bin-bid_rate", worked))
    # bins that are codable from end to end: the one with the uncodable stretch is no bin
    assert [row["bin_from_s"] for row in rows] == [0, 10, 20, 30, 50]
    assert [row["events"] for row in rows] == [3, 2, 2, 1, 2]
    assert rows[0]["events_per_min"] == 18


def test_the_curve_of_repair_is_that_of_kaplan_and_meier():
    sessions = [seen(random_session("abr", k), f"S{k}") for k in range(6)]
    found = figure("survival-state_repair_latency", *sessions)
    rows = table(found)
    for episode in {row["episode"] for row in rows}:
        mine = [row for row in rows if row["episode"] == episode]
        curve = kaplan_meier(
            [round(row["time_s"] * S) for row in mine], [row["event"] for row in mine]
        )
        (line,) = [one for one in marks(found, Line) if one.series == episode]
        assert line.ys[1 : 1 + len(curve.waiting)] == pytest.approx(tuple(curve.waiting))
        assert line.xs[-1] == max(row["time_s"] for row in mine)


def test_repair_of_the_worked_example_says_its_median_and_what_is_censored(worked):
    found = figure("survival-repair_latency", worked)
    assert "n = 2, 1 censored, median 11 s" in found.caption
    came, cut = sorted(marks(found, Dot), key=lambda one: -one.x)
    assert (came.x, came.y, came.series) == (11, 0, "all")
    assert (cut.y, cut.series) == (1, "all, censored")


def test_latencies_are_those_of_the_measure(worked):
    found = figure("latencies-response_latency", worked)
    assert len(found.rows) == expected()["response_latency"]["n"]
    assert "median 0.9 s" in found.caption
    assert sum(one.y1 for one in marks(found, Bar)) == 8


def test_the_contingency_shows_both_shares_and_the_table(worked):
    found = figure("contingency-response_contingency", worked)
    (row,) = table(found)
    assert [row[f"{one}_{other}"] for one in ("near", "away") for other in ("target", "none")] == [
        *(9, 30, 3, 14)
    ]
    near, away = sorted((one.x for one in marks(found, Dot)), reverse=True)
    assert (near, away) == (pytest.approx(9 / 39), pytest.approx(3 / 17))
    assert row["yules_q"] == pytest.approx(expected()["response_contingency"]["yules_q"])


def test_contingencies_of_many_sessions_are_added_up():
    sessions = [seen(random_session("abr", k), f"S{k}") for k in range(30)]
    (row,) = table(figure("contingency-response_contingency", *sessions))
    each = [
        table(figure("contingency-response_contingency", one))[0]["near_target"] for one in sessions
    ]
    assert row["near_target"] == sum(each)


def test_arrows_are_probabilities_of_what_follows(worked):
    rows = table(figure("transitions-state_transitions", worked))
    counts = {f"{row['from_code']}>{row['to_code']}": row["count"] for row in rows}
    assert counts == expected()["state_transitions"]["counts"]
    leaving = {}
    for row in rows:
        leaving[row["from_code"]] = leaving.get(row["from_code"], 0) + row["probability"]
    assert set(leaving.values()) == {1}


def test_cells_of_a_grid_share_all_its_time():
    found = figure("state_space-state_space", seen(random_session("still_face", 1)))
    for panel in found.panels:
        cells = [one for one in panel.marks if isinstance(one, Shade)]
        assert sum(one.share for one in cells) == pytest.approx(1)
        assert len(cells) == len(panel.x.categories) * len(panel.y.categories)


def test_a_line_for_each_dyad_that_came_twice():
    sessions = [
        seen(random_session("abr", k), f"S{k}", dyad=f"D{k // 2}", visit=str(2 - k % 2))
        for k in range(4)
    ]
    found = figure("visit_slopes-bid_rate", *sessions)
    assert len(marks(found, Line)) == 2
    first = [row for row in table(found) if row["dyad_id"] == "D0"]
    assert [row["session_id"] for row in first] == ["S1", "S0"]  # by visit, not as they came
    alone = figure("visit_slopes-bid_rate", sessions[0])
    assert (alone.panels, alone.caption) == (
        (),
        "Nothing to show: no dyad has two visits with a number.",
    )


def test_nothing_coded_is_a_figure_that_says_so():
    blank = seen(coded([]))
    for topic in topics_of(blank.coded):
        found = figure(topic.id, blank)
        assert not found.panels, topic.id
        assert found.caption.startswith("Nothing to show")


def test_profiles_over_lags_are_those_of_the_measure():
    session = seen(random_session("still_face", 2))
    found = figure("cross_correlation-synchrony", session)
    episodes = {
        one.section.kind: {
            point.lag_us / S: point.value for point in one.result.lags if point.series == "r"
        }
        for one in session.of_measure("synchrony")
        if one.result.lags
    }
    assert episodes
    for episode, values in episodes.items():
        mine = [row for row in table(found) if (row["episode"], row["series"]) == (episode, "r")]
        assert {row["lag_s"]: row["mean"] for row in mine} == values


def test_how_often_both_say_the_same_is_drawn_from_nothing_to_all():
    measure = {
        "id": "same", "label": "Same", "kind": "recurrence_profile", "per": ["session"],
        "tracks": ["infant_engagement", "caregiver_engagement"], "bin_s": 1, "max_lag_s": 3,
        "statistic": ["recurrence_lag0"],
    }  # fmt: skip
    events = random_events(scheme("still_face"), np.random.default_rng(1), 60)
    document = {**scheme("still_face").document, "derived": [measure]}
    found = figure(
        "cross_correlation-same",
        seen(coded(events, of="still_face", until_s=60, document=document)),
    )
    (panel,) = found.panels
    assert (panel.y.low, panel.y.high) == (0, 1)
    assert len(found.rows) == 7
    assert "say the same code" in found.caption
