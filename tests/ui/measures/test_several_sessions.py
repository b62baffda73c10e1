"""Choosing and grouping, on a study of three sessions of two dyads."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coded_sessions import scheme, state, worked_events
from imhcode.domain.study import Session
from imhcode.services.studies import StudyService
from imhcode.ui.measures.numbers_model import VALUE, WHERE, N

pytestmark = pytest.mark.gui
CTRL = Qt.KeyboardModifier.ControlModifier
ABR = scheme("abr")


@pytest.fixture
def three(researcher, tmp_path):
    path = tmp_path / "three.imh"
    with StudyService.create(path, [ABR]) as study:
        for session_id, dyad, visit, months in (
            ("S01", "D01", "1", 4.2),
            ("S02", "D01", "2", 6.9),
            ("S03", "D02", "1", 4.8),
        ):
            study.ensure_session(session_id, dyad)
            session = study.file.get(Session, session_id)
            study.file.change(replace(session, visit=visit, child_age_months=months))
            coding = study.coding(session_id, "anna", scheme=ABR)
            coding.add(worked_events())
        extra = study.coding("S03", "ben", role="reliability", scheme=ABR)
        extra.add([state("dyad_state", "attuned", 0, 60)])
    researcher.open(path)
    return researcher


def groups(researcher):
    model = researcher.table.numbers
    return [model.data(model.index(row, 0)) for row in range(model.rowCount())]


def test_a_line_is_the_mean_of_its_sessions_and_opens_into_them(three):
    assert three.cell("attunement_index", VALUE) == "0.429"
    assert three.cell("attunement_index", WHERE) == "3 of 3 sessions, 0.429 – 0.429"
    table, model = three.table, three.table.numbers
    at = model.index_of("attunement_index", "value")
    table.setCurrentIndex(at)
    table.setFocus()
    assert not table.isExpanded(at)
    three.press(Qt.Key.Key_Right)
    assert table.isExpanded(at)
    three.press(Qt.Key.Key_Down)
    assert table.row.session_id == "S01"
    asked = []
    three.page.moment_asked.connect(asked.append)
    three.press(Qt.Key.Key_Down)
    three.press(Qt.Key.Key_Return)
    assert [one.session_id for one in asked] == ["S02"]
    three.qtbot.waitUntil(lambda: three.window.study.session_id == "S02", timeout=10_000)


def test_numbers_are_grouped_by_episode_visit_and_age_by_key(three):
    assert groups(three) == ["Whole session"]
    three.press(Qt.Key.Key_G, CTRL)
    assert groups(three) == ["Visit 1", "Visit 2"]
    assert three.cell("bid_rate", N, group="1") == "20"  # ten bids in each of two sessions
    three.press(Qt.Key.Key_G, CTRL)
    assert groups(three) == ["4 months", "6 months"]
    three.press(Qt.Key.Key_G, CTRL)
    assert groups(three)[0] == "Attunement index = attuned / codable time"
    three.press(Qt.Key.Key_G, CTRL)
    assert groups(three) == ["Whole session"]


def test_second_codings_are_not_mixed_with_the_first(three):
    bar = three.page.page.choice
    assert [bar.role.itemData(k) for k in range(bar.role.count())] == ["primary", "reliability", ""]
    assert {one.role for one in three.page.page.found.rows} == {"primary"}
    bar.role.setCurrentIndex(2)
    bar.role.activated.emit(2)
    three.wait()
    model = three.table.numbers
    top = model.index(0, 0)
    lines = [model.line(model.index(row, 0, top)) for row in range(model.rowCount(top))]
    index = [line for line in lines if line.measure_id == "attunement_index"]
    assert sorted(line.value for line in index) == pytest.approx([3 / 7, 1.0])


def test_sessions_are_found_and_ticked_by_keyboard(three):
    choice = three.page.page.choice.sessions
    assert choice.text() == "Sessions: all 3"
    QTest.keyClicks(choice.field, "02")
    assert [item.text() for item in choice._items() if not item.isHidden()] == ["S02"]
    choice.list.setCurrentRow(1)
    QTest.keyClick(choice.list, Qt.Key.Key_Space)
    choice.menu().aboutToHide.emit()
    three.wait()
    assert choice.text() == "Sessions: 1/3"
    assert {one.session_id for one in three.page.page.found.rows} == {"S02"}
    # nothing is said of whole dyads when sessions are left out
    assert three.page.page.found.n_observations == 1


def test_a_figure_of_one_session_offers_each(three):
    pane = three.figures
    assert pane.topic.id == "timeline"
    assert [pane.session.itemText(k) for k in range(pane.session.count())] == ["S01", "S02", "S03"]
    pane.session.setCurrentIndex(2)
    pane.session.activated.emit(2)
    three.wait()
    assert {o.session_id for one in pane.view.marks() for o in one.origins} == {"S03"}


def test_what_is_compared_over_visits_has_a_line_for_each_dyad(three):
    three.show_figure("visit_slopes-bid_rate")
    dyads = {row[0] for row in three.figures.view.figure.rows}
    assert dyads == {"D01", "D02"}


def test_the_study_is_read_a_few_observations_ahead_and_no_more(three):
    three.page.compute_again()
    feed = three.page.computing._feed
    assert feed._queue.maxsize == 4
    three.wait()
    assert three.page.computing._feed is None
