"""The table of measures, on the worked example."""

import pytest
from PySide6.QtCore import Qt

from coded_sessions import expected
from imhcode.domain.study import Coder
from imhcode.services.studies import StudyService
from imhcode.ui.measures.numbers_model import (
    CENSORED,
    DENOMINATOR,
    MEASURE,
    REASON,
    UNIT,
    VALUE,
    N,
)

pytestmark = pytest.mark.gui
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def worked(researcher, worked_path):
    researcher.open(worked_path)
    return researcher


def read(number):
    return str(number) if isinstance(number, int) else f"{number:.3f}"


def test_every_number_of_the_worked_example_is_in_the_table(worked):
    numbers = expected()
    table = numbers.pop("response_contingency")
    transitions = numbers.pop("state_transitions")
    assert worked.cell("attunement_index", DENOMINATOR) == f"{numbers.pop('codable_s'):.1f}"
    for measure_id, value in numbers.items():
        if isinstance(value, float):
            assert worked.cell(measure_id, VALUE) == read(value), measure_id
            continue
        for statistic, one in value.items():
            said = worked.cell(measure_id, VALUE, statistic)
            assert float(said) == pytest.approx(one, abs=5e-4), (measure_id, statistic)
    for cell, wanted in zip("abcd", (*table["table"][0], *table["table"][1]), strict=True):
        assert worked.cell("response_contingency", VALUE, f"table_{cell}") == str(wanted)
    for name in ("p_given", "p_outside", "yules_q", "odds_ratio"):
        assert worked.cell("response_contingency", VALUE, name) == read(table[name])
    for pair, wanted in transitions["counts"].items():
        assert worked.cell("state_transitions", VALUE, f"counts:{pair}") == str(wanted)


def test_a_number_says_its_unit_its_n_what_was_cut_and_why_it_is_missing(worked):
    assert worked.cell("attunement_index", UNIT) == "proportion"
    assert worked.cell("answer_rate", N) == "10"
    assert worked.cell("repair_latency", CENSORED, "kaplan_meier_median") == "1"
    assert worked.cell("repair_latency", UNIT, "kaplan_meier_median") == "s"
    assert worked.cell("infant_led_repairs", VALUE) == "–"
    assert worked.cell("infant_led_repairs", REASON) == "initiator not coded"


def test_an_index_prints_its_formula_and_its_sentence_has_a_reference(worked):
    label = worked.cell("attunement_index", MEASURE)
    assert label == "Attunement index = attuned / codable time"
    words = worked.page.page.words.text()
    assert words.startswith("Attunement index (proportion): time of attuned (dyad_state)")
    assert "Bakeman" in words


def test_a_measure_is_found_by_typing_and_escape_shows_all_again(worked):
    before = worked.lines()
    worked.press(Qt.Key.Key_F, CTRL)
    worked.type("repair latency")
    found = [words for words, value in worked.lines() if value]
    assert found
    assert {words.split(":")[0] for words in found} == {
        "Repair latency",
        "Mismatch-to-match latency",  # state_repair_latency
    }
    worked.press(Qt.Key.Key_Escape)
    assert worked.lines() == before
    assert worked.page.isVisible()


def test_sorting_goes_by_the_numbers_and_empty_ones_come_last(worked):
    worked.press(Qt.Key.Key_F9)
    worked.press(Qt.Key.Key_F9)
    lines = [value for _, value in worked.lines()[1:]]
    there = [float(one.replace("−", "-")) for one in lines if one != "–"]
    assert there == sorted(there)
    assert lines[-1] == "–"
    worked.press(Qt.Key.Key_F9, SHIFT)
    lines = [value for _, value in worked.lines()[1:]]
    there = [float(one.replace("−", "-")) for one in lines if one != "–"]
    assert there == sorted(there, reverse=True)
    assert lines[-1] == "–"


def test_where_one_stood_one_stands_after_sorting(worked):
    model = worked.table.numbers
    worked.table.setCurrentIndex(model.index_of("repair_rate", "value"))
    worked.press(Qt.Key.Key_F9)
    assert worked.table.line.measure_id == "repair_rate"


def test_a_lab_number_changes_the_measures_is_kept_with_the_study_and_logged(worked):
    assert worked.cell("response_latency", VALUE, "n") == "8"
    worked.press(Qt.Key.Key_L, CTRL)
    worked.type("2")
    worked.press(Qt.Key.Key_Return)
    worked.wait()
    assert worked.cell("response_latency", VALUE, "n") == "7"
    (line,) = worked.study.file.log_of_study().entries()
    assert (line.edit.kind, line.coder_id) == ("parameters", "anna")
    assert line.edit.after == {"parameter/abr/response_window_s": "2.0"}
    # what is coded from now on is offered and checked by the same window
    rule = worked.window.space.model.observation.scheme.link("answers")
    assert rule.window.until_us(None) == 2_000_000
    worked.page.page.parameters.back.click()
    worked.wait()
    assert worked.cell("response_latency", VALUE, "n") == "8"
    assert not worked.page.page.parameters.back.isEnabled()


def test_the_table_goes_to_the_video_where_a_number_begins(worked):
    worked.table.setCurrentIndex(worked.table.numbers.index_of("bid_rate", "value"))
    asked = []
    worked.page.moment_asked.connect(asked.append)
    worked.press(Qt.Key.Key_Return)
    assert [(one.session_id, one.time_us) for one in asked] == [("S01", 0)]


def test_all_tables_are_written_and_say_what_was_chosen(worked, tmp_path):
    worked.page.export_tables_to(tmp_path / "out")
    worked.qtbot.waitUntil(lambda: not worked.page.computing.is_busy, timeout=20_000)
    assert (tmp_path / "out" / "measures.csv").read_text("utf-8").count("attunement_index") == 1
    assert '"scheme"' in (tmp_path / "out" / "measures_manifest.json").read_text("utf-8")
    assert "files written to" in worked.page.strip.words


def test_stopping_an_export_leaves_nothing_behind(worked, tmp_path):
    worked.page.export_tables_to(tmp_path / "out")
    work = worked.page.computing._work
    worked.press(Qt.Key.Key_X, CTRL | SHIFT)
    work.wait()
    assert not worked.page.computing.is_busy
    assert not list(tmp_path.glob("out/*"))


def test_what_has_to_stay_hidden_is_not_measured(researcher, demo_path):
    with StudyService.open(demo_path) as study:
        study.file.add(Coder(id="anna"))
        study.file.add(Coder(id="tom", role="trainer"))
    researcher.open(demo_path)
    assert {one.coder_id for one in researcher.page.page.found.rows} == {"anna"}
    assert researcher.page.page.choice.coder.count() == 1


def test_the_study_can_be_closed_while_it_is_measured(worked, clip_of):
    worked.page.compute_again()
    assert worked.page.computing.is_busy
    worked.window.open([clip_of("cfr25").path])
    worked.qtbot.waitUntil(lambda: worked.window.study.is_draft, timeout=20_000)
    assert not worked.page.computing.is_busy
    assert not worked.page.isVisible()
    assert worked.page.page.found is None
