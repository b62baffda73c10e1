"""Every number of the worked example, from its forty-two events."""

import pytest

from coded_sessions import coded, expected, number, worked_events
from imhcode.analysis.measuring import compute

EXPECTED = expected()
PLAIN = [name for name, value in EXPECTED.items() if isinstance(value, float)]


@pytest.fixture(scope="module")
def session():
    return coded(worked_events())


def test_codable_time_is_what_could_be_seen(session):
    assert session.codable.length_us == EXPECTED["codable_s"] * 1_000_000


@pytest.mark.parametrize("measure_id", PLAIN)
def test_a_measure_with_one_number_gives_it(session, measure_id):
    assert number(session, measure_id).value == pytest.approx(EXPECTED[measure_id], abs=1e-12)


@pytest.mark.parametrize(
    "measure_id", ["response_latency", "repair_latency", "state_repair_latency"]
)
def test_a_latency_gives_each_of_its_numbers(session, measure_id):
    for statistic, value in EXPECTED[measure_id].items():
        found = number(session, measure_id, statistic).value
        assert found == pytest.approx(value, abs=1e-12), statistic


def test_the_contingency_table_and_its_numbers(session):
    wanted = EXPECTED["response_contingency"]
    result = compute(session.measures["response_contingency"], session, session.session)
    (square,) = result.squares
    assert [[square.a, square.b], [square.c, square.d]] == wanted["table"]
    values = {one.statistic: one.value for one in result.numbers}
    assert [values[f"table_{cell}"] for cell in "abcd"] == [
        *wanted["table"][0],
        *wanted["table"][1],
    ]
    for statistic in ("p_given", "p_outside", "yules_q", "odds_ratio"):
        assert values[statistic] == pytest.approx(wanted[statistic], abs=1e-12)


def test_transitions_are_counted_by_pair_and_per_minute(session):
    wanted = EXPECTED["state_transitions"]
    result = compute(session.measures["state_transitions"], session, session.session)
    counts = {f"{one.from_code}>{one.to_code}": one.count for one in result.passages if one.count}
    assert counts == wanted["counts"]
    values = {one.statistic: one.value for one in result.numbers}
    assert {name: values[f"counts:{name}"] for name in counts} == counts
    assert values["transitions_per_min"] == pytest.approx(wanted["transitions_per_min"])


def test_no_number_of_the_worked_example_is_left_untested():
    tested = {*PLAIN, "codable_s", "response_contingency", "state_transitions"}
    tested |= {"response_latency", "repair_latency", "state_repair_latency"}
    assert set(EXPECTED) == tested
