"""At a glance, and through every door, on the demo's gold and trainee."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from imhcode.services.agreement import agreement
from imhcode.services.studies import StudyService
from imhcode.ui.agreement.overview_table import EVENT, TIME

pytestmark = pytest.mark.gui


@pytest.fixture
def seen(trainer, study_path):
    trainer.open(study_path)
    trainer.compare()
    return trainer


def cell(trainer, row, column):
    model = trainer.page.overview.table.rows
    return model.data(model.index(row, column))


def test_kappa_by_time_and_by_event_stand_side_by_side_as_the_service_says(seen):
    (comparison,) = agreement(seen.study).comparisons
    by_place = {
        (one.track_id, one.index): one.value
        for one in reversed(comparison.rows)
        if one.level == "pooled" and not one.code and one.direction == "both"
    }
    time = by_place["dyad_state", "kappa_time"]
    event = by_place["dyad_state", "kappa_event"]
    assert (cell(seen, 0, TIME), cell(seen, 0, EVENT)) == (f"{time:.2f}", f"{event:.2f}")
    assert cell(seen, 1, TIME) == "instants"  # never an event index without saying why alone
    assert cell(seen, 1, EVENT) == f"{by_place['infant_bid', 'kappa_event']:.2f}"


def test_the_window_and_the_service_work_out_one_and_the_same(seen):
    (comparison,) = agreement(seen.study).comparisons
    assert seen.page.overview.overview.comparison.rows == comparison.rows


def test_the_margins_of_the_heat_map_are_what_each_coder_coded(seen):
    shown = seen.page.overview.map.shown
    assert shown.coders == ("gold", "trainee")
    attuned = shown.codes.index("attuned")
    with_study = seen.study
    lanes = {
        one.coder_id: with_study.observation(one).timeline.lane("dyad_state")
        for one in with_study.session("S01").observations
    }
    blind = {
        "gold": [e for e in lanes["gold"] if e.code == "uncodable"],
        "trainee": [e for e in lanes["trainee"] if e.code == "uncodable"],
    }
    unseen = [(e.onset_us, e.offset_us) for some in blind.values() for e in some]

    def coded_s(coder):
        total = 0
        for event in lanes[coder]:
            if event.code == "attuned":
                total += event.duration_us
                total -= sum(
                    max(0, min(event.offset_us, b) - max(event.onset_us, a)) for a, b in unseen
                )
        return total / 1e6

    assert shown.cells[attuned].sum() == pytest.approx(coded_s("gold"), abs=1e-6)
    assert shown.cells[:, attuned].sum() == pytest.approx(coded_s("trainee"), abs=1e-6)


def test_a_cell_opens_its_disagreements_by_keyboard(seen):
    seen.press(Qt.Key.Key_F7)
    the_map = seen.page.overview.map
    assert the_map.hasFocus()
    seen.press(Qt.Key.Key_Down)
    assert the_map.cell == ("side_by_side", "attuned")
    seen.press(Qt.Key.Key_Return)
    seen.wait_for_list()
    (one,) = seen.found
    assert (one.difference.code_a, one.difference.code_b) == ("side_by_side", "attuned")
    assert seen.heading == ("1 disagreement · Dyad state: gold Comfortably apart – trainee Attuned")
    seen.press(Qt.Key.Key_Escape)
    assert seen.page.pages.currentWidget() is seen.page.overview


def test_a_click_on_a_cell_opens_it_too(seen):
    the_map = seen.page.overview.map
    origin, wide, high = the_map._places()
    row, column = the_map.shown.codes.index("repairing"), the_map.shown.codes.index("out_of_step")
    at = QPoint(round(origin.x() + (column + 0.5) * wide), round(origin.y() + (row + 0.5) * high))
    QTest.mouseClick(the_map, Qt.MouseButton.LeftButton, pos=at)
    seen.wait_for_list()
    assert {(one.difference.code_a, one.difference.code_b) for one in seen.found} == {
        ("repairing", "out_of_step")
    }


def test_events_without_a_partner_open_what_was_missed(seen):
    table = seen.page.overview.table
    table.setCurrentIndex(table.rows.index(1, 0))
    the_map = seen.page.overview.map
    the_map.go_to("vocal", "")
    seen.press(Qt.Key.Key_F7)
    seen.press(Qt.Key.Key_Return)
    seen.wait_for_list()
    assert [(one.difference.kind, one.difference.event_a) for one in seen.found] == [
        ("missed", "b12")
    ]


def test_a_point_of_the_curve_opens_what_remains_at_its_tolerance(seen):
    for _ in range(1):
        seen.press(Qt.Key.Key_F8)
    curve = seen.page.overview.curve
    assert curve.hasFocus()
    event = [one.event for one in curve.points]
    assert event == sorted(event)
    seen.press(Qt.Key.Key_End)
    seen.press(Qt.Key.Key_Return)
    seen.wait_for_list()
    assert {one.difference.kind for one in seen.found} == {"confused"}


def test_a_bar_opens_the_boundaries_in_it(seen):
    seen.press(Qt.Key.Key_F8)
    seen.press(Qt.Key.Key_F8)
    histogram = seen.page.overview.histogram
    assert histogram.hasFocus()
    seen.press(Qt.Key.Key_Home)
    first, last = histogram.current.opens
    seen.press(Qt.Key.Key_Return)
    seen.wait_for_list()
    assert seen.found
    assert all(first <= one.difference.by_us < last for one in seen.found)


def test_a_point_of_the_drift_opens_its_session(seen):
    for _ in range(3):
        seen.press(Qt.Key.Key_F8)
    drift = seen.page.overview.drift
    assert drift.hasFocus()
    assert drift.current.words.startswith("S01 · trainee: κ 0.79")  # gold does not drift
    seen.press(Qt.Key.Key_Return)
    seen.wait_for_list()
    assert {one.session_id for one in seen.found} == {"S01"}


def test_all_documented_differences_are_listed_and_the_video_loops_them(seen):
    seen.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    seen.wait_for_list()
    assert len(seen.found) == 39  # as sample_videos/differences.csv
    page = seen.page.disagreements
    one = page.current
    seen.qtbot.waitUntil(lambda: page.stage.picture.painted is not None, timeout=20_000)
    assert page.stage.stretch_us == (one.difference.from_us, one.difference.until_us)
    before = one.difference.from_us
    seen.qtbot.waitUntil(  # the lead-in
        lambda: 0 < before - page.stage.stamp().time_us <= 1_000_000, timeout=20_000
    )
    labels = [row.track.label for row in page.stage.timeline._lanes.rows]
    assert labels == ["Dyad state", "Dyad state"]  # one above the other


def test_another_tolerance_is_taken_without_reading_the_study_again(seen):
    before = seen.page.overview.overview
    seen.page.overview.choice.set_tolerance_us(2_000_000)
    seen.qtbot.waitUntil(lambda: seen.page.overview.overview not in (None, before), timeout=20_000)
    after = seen.page.overview.overview
    assert after.records is before.records
    assert after.tables["dyad_state"].tolerance_us == 2_000_000


def test_only_chosen_tracks_are_compared(seen):
    seen.page.overview.choice.tracks.choose(["infant_bid"])
    seen.wait_for_numbers()
    table = seen.page.overview.table
    assert [
        table.rows.track(table.rows.index(row, 0)).id for row in range(table.rows.rowCount())
    ] == ["infant_bid"]
    assert seen.page.overview.map.shown.unit == ""  # instants have no length


def test_a_comparison_can_be_stopped(seen):
    seen.page.compare_again()
    assert seen.page.comparing.is_busy
    assert seen.page.progress.words == "Comparing the coders"
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    seen.press(Qt.Key.Key_X, modifiers)
    assert not seen.page.comparing.is_busy
    assert seen.page.progress.words == ""


def test_what_has_to_stay_hidden_is_not_compared(trainer, study_path):
    with StudyService.open(study_path) as study:
        from imhcode.domain.study import Coder

        study.file.add(Coder(id="cara"))
        study.file.add(Coder(id="tom", role="trainer"))
    trainer.open(study_path)
    QTest.keyClick(
        trainer.window.space.picture,
        Qt.Key.Key_G,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert "stays hidden until you have submitted" in trainer.page.strip.words
    assert trainer.page.overview.overview is None


def test_the_study_can_be_closed_while_it_is_compared(seen, clip_of):
    seen.page.compare_again()
    seen.window.open([clip_of("cfr25").path])
    seen.qtbot.waitUntil(lambda: seen.window.study.is_draft, timeout=20_000)
    assert not seen.page.comparing.is_busy
    assert not seen.page.isVisible()
