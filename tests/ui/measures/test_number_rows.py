"""Numbers of several sessions put together."""

from imhcode.ui.measures.number_rows import NumberRow, grouped, in_order_of
from imhcode.ui.measures.statistic_words import statistic_words, unit_words

PLACES = {("a", "value"): 0, ("b", "value"): 1}


def row(measure_id="a", value=0.5, **more):
    about = {
        "statistic": "value", "session_id": "S01", "dyad_id": "D01", "observation_id": "o",
        "coder_id": "anna", "role": "primary", "visit": "1", "age_months": 4.6, "episode": "",
        "episode_n": 0, "from_us": 0, "n": 3, "n_censored": None, "denominator_s": 60.0,
        "reason": "",
    }  # fmt: skip
    return NumberRow(**{**about, "measure_id": measure_id, "value": value, **more})


def test_a_line_of_several_sessions_is_their_mean_and_adds_up_what_they_rest_on():
    (group,) = grouped(
        [row(value=0.2), row(value=0.6, session_id="S02"), row(value=None, session_id="S03",
         reason="not coded", n=0)], "episode", PLACES,
    )  # fmt: skip
    (line,) = group.lines
    assert (line.value, line.n, line.denominator_s) == (0.4, 6, 180.0)
    assert line.reasons == ("not coded",)


def test_episodes_and_roles_are_never_put_into_one_line():
    rows = [row(), row(episode="play"), row(role="reliability", coder_id="ben")]
    for by in ("episode", "visit", "age", ""):
        lines = [line for group in grouped(rows, by, PLACES) for line in group.lines]
        assert [len(line.rows) for line in lines] == [1, 1, 1], by


def test_groups_stand_in_the_order_of_their_numbers():
    rows = [row(visit="10", age_months=12.0), row(visit="2", age_months=None), row(visit="")]
    assert [one.key for one in grouped(rows, "visit", PLACES)] == ["2", "10", ""]
    assert [one.key for one in grouped(rows, "age", PLACES)] == ["4", "12", ""]


def test_the_whole_session_comes_before_its_episodes():
    rows = [row(episode="still_face"), row(), row(episode="play")]
    assert [one.key for one in grouped(rows, "episode", PLACES)] == ["", "still_face", "play"]


def test_numbers_over_visits_of_a_dyad_stand_alone():
    rows = [row(session_id="", dyad_id=one) for one in ("D01", "D02")]
    (group,) = grouped(rows, "episode", PLACES)
    assert [line.rows[0].dyad_id for line in group.lines] == ["D01", "D02"]


def test_sorting_leaves_what_is_empty_at_the_end_either_way():
    (group,) = grouped([row("a", 0.3), row("b", None, reason="no")], "episode", PLACES)
    for falling in (False, True):
        lines = in_order_of(group.lines, "value", lambda line: line.measure_id, falling=falling)
        assert [one.measure_id for one in lines] == ["a", "b"]


def test_statistics_and_units_are_said_in_words():
    latency = {"kind": "survival_latency", "unit": "s"}
    assert statistic_words("kaplan_meier_median") == "Kaplan–Meier median"
    assert unit_words(latency, "kaplan_meier_median") == "s"
    assert unit_words(latency, "n_censored") == ""
    assert statistic_words("counts:attuned>out_of_step") == "counts: attuned → out of step"
    assert unit_words({"kind": "transition_matrix"}, "transitions_per_min") == "per min"
    assert unit_words({"kind": "proportion_time"}, "value") == "proportion"
