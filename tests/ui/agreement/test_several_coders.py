"""More than two coders of one session, compared in the window."""

import pytest
from PySide6.QtCore import Qt

from imhcode.services.agreement import agreement

from .lab_studies import coded_blind
from .test_ratings_seen import lines

pytestmark = pytest.mark.gui


@pytest.fixture
def seen(trainer, demo, request):
    trainer.open(coded_blind(demo, f"{request.node.name}.imh", coders=("anna", "ben", "cleo")))
    trainer.compare()
    return trainer


def test_several_coders_are_compared_as_the_service_says(seen):
    (comparison,) = agreement(seen.study).comparisons
    fleiss = next(one for one in comparison.rows if one.index == "kappa_fleiss")
    seen.press(Qt.Key.Key_F6)  # the table has the keys already: on to the next
    table = seen.page.overview.several
    assert table.hasFocus()
    said = lines(table)
    assert said["Dyad state", "κ of Fleiss"][0] == f"{fleiss.value:.2f}"
    assert said["Dyad state", ""][2:] == ["1", f"{fleiss.codable_s:.0f}"]
    assert said["Dyad state", "α ordinal"][0] == "no ranks"
    assert said["Infant bids", ""][0] == "instants"


def test_a_track_opens_the_disagreements_of_all_its_pairs(seen):
    seen.press(Qt.Key.Key_F6)
    seen.press(Qt.Key.Key_Return)
    seen.wait_for_list()
    assert {one.coders for one in seen.found} == {("anna", "ben"), ("anna", "cleo")}
    assert {one.difference.track_id for one in seen.found} == {"dyad_state"}
    assert "sessions of more than two coders" in seen.heading


def test_two_coders_leave_no_empty_table(seen):
    overview = seen.page.overview
    assert overview.tables.isTabVisible(overview.tables.indexOf(overview.several))
    combo = overview.choice.coders
    combo.setCurrentIndex(combo.findText("anna × ben"))
    combo.activated.emit(combo.currentIndex())
    seen.wait_for_numbers()
    assert not overview.tables.isTabVisible(overview.tables.indexOf(overview.several))
