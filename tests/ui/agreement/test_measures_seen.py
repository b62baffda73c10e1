"""Measures compared in the window: worked out when looked at, every value a door."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from imhcode.analysis.measuring import Measured
from imhcode.services.agreement import agreement
from imhcode.services.agreement_pairs import Choice
from imhcode.services.measures import Measuring
from imhcode.ui.agreement.index_groups import measure_key

from .lab_studies import measured_twice
from .test_ratings_seen import lines

pytestmark = pytest.mark.gui


@pytest.fixture
def compared(trainer, demo, request):
    trainer.open(measured_twice(demo, f"{request.node.name}.imh"))
    trainer.compare()
    return trainer


@pytest.fixture
def seen(compared):
    look_at_measures(compared)
    return compared


def look_at_measures(trainer):
    trainer.press(Qt.Key.Key_F6)  # the table of tracks has the keys already: on to the next
    overview = trainer.page.overview
    assert overview.measures.hasFocus()
    wait_for_measures(trainer)


def wait_for_measures(trainer):
    overview = trainer.page.overview
    trainer.qtbot.waitUntil(
        lambda: overview.overview is not None and overview.overview.is_measured, timeout=20_000
    )
    assert not trainer.page.comparing.is_busy


def stand_on(trainer, asked):
    """Walk down, as a person does, to a statistic of a measure."""
    table = trainer.page.overview.measures
    trainer.press(Qt.Key.Key_Home)
    for _ in range(table.topLevelItemCount()):
        if table.group == measure_key(asked):
            return
        trainer.press(Qt.Key.Key_Down)
    pytest.fail(f"{asked} is not in the table")


def furthest_apart(overview):
    """The measure that S01, on which the records differ, says most about."""
    for asked, some in overview.measures.items():
        if not asked[2] and len(some) == 3 and some[0].apart:
            return asked
    pytest.fail("no measure differs")


def test_measures_are_worked_out_only_when_they_are_looked_at(compared):
    overview = compared.page.overview
    assert not overview.overview.is_measured
    assert not compared.page.comparing.is_busy
    assert {overview.measures.topLevelItem(n).text(1) for n in range(3)} == {"not measured yet"}
    curve = overview.curve.points
    look_at_measures(compared)
    assert overview.overview.records.measured
    assert overview.curve.points == curve
    assert not compared.page.progress.isVisible()


def test_every_index_of_measures_is_what_the_service_says(seen):
    (comparison,) = agreement(seen.study, Choice(measures=True)).comparisons
    shown = seen.page.overview.overview
    assert shown.comparison.rows == comparison.rows
    assert shown.comparison.measures_digest == comparison.measures_digest
    asked = furthest_apart(shown)
    rows = {
        one.index: one
        for one in comparison.rows
        if (one.track_id, one.code, one.unit) == (asked[0], asked[1], "measure")
    }
    stand_on(seen, asked)
    top = seen.page.overview.measures.currentItem()
    assert top.text(1) == f"{rows['icc_2_1'].value:.2f}".replace("-", "−")
    assert top.text(2)
    assert top.text(3) == "3"
    seen.press(Qt.Key.Key_Right)  # unfolds
    assert top.isExpanded()
    forms = {top.child(row).text(0): top.child(row).text(1) for row in range(top.childCount())}
    assert forms["ICC(3,k)"] == f"{rows['icc_3_k'].value:.2f}".replace("-", "−")
    assert len(forms) == 5


def test_no_measure_is_empty_without_its_reason(seen):
    said = lines(seen.page.overview.measures)
    assert all(cells[0] for cells in said.values())
    assert "not measured yet" not in {cells[0] for cells in said.values()}


def test_a_measure_opens_what_each_record_gives_and_a_session_its_disagreements(seen):
    overview = seen.page.overview
    asked = furthest_apart(overview.overview)
    stand_on(seen, asked)
    seen.press(Qt.Key.Key_Return)
    given = overview.measure.given
    assert given.hasFocus()
    assert [given.headerItem().text(column) for column in (2, 3)] == ["anna", "ben"]
    numbers = {
        (one.about.session_id, one.about.coder_id): _number(one.measured, asked)
        for one in Measuring(seen.study).sittings()
    }
    rows = [
        [given.topLevelItem(row).text(column) for column in (0, 2, 3)]
        for row in range(given.topLevelItemCount())
    ]
    assert [row[0] for row in rows] == ["S01", "S02", "S03"]  # the furthest apart first
    for session, anna, ben in rows:
        assert float(anna) == pytest.approx(numbers[session, "anna"], abs=0.001)
        assert float(ben) == pytest.approx(numbers[session, "ben"], abs=0.001)
    assert given.topLevelItem(1).text(4) == "·"
    seen.press(Qt.Key.Key_Return)
    seen.wait_for_list()
    assert {one.session_id for one in seen.found} == {"S01"}
    assert seen.heading.endswith("S01")


def _number(found: tuple[Measured, ...], asked):
    (value,) = (
        number.value
        for one in found
        if one.measure_id == asked[0] and one.section is not None and not one.section.kind
        for number in one.result.numbers
        if number.statistic == asked[1]
    )
    return value


def test_who_stops_measuring_can_ask_again(compared):
    page = compared.page
    compared.press(Qt.Key.Key_F6)
    assert page.comparing.is_busy
    ctrl_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(page.overview.measures, Qt.Key.Key_X, ctrl_shift)
    assert not page.comparing.is_busy
    assert not page.progress.isVisible()
    assert not page.overview.overview.is_measured
    compared.press(Qt.Key.Key_Return)
    wait_for_measures(compared)


def test_another_tolerance_keeps_the_measures(seen):
    page = seen.page
    before = page.overview.overview
    page.overview.choice.tolerance.setValue(2.0)
    seen.qtbot.waitUntil(lambda: page.overview.overview is not before, timeout=20_000)
    after = page.overview.overview
    assert after.records is before.records
    assert after.is_measured
    assert after.measures.keys() == before.measures.keys()
