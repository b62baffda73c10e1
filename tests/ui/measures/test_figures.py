"""Figures live: every mark says what it is and goes to the video; by key and by mouse."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from imhcode.analysis.figure import Bar, Dot

pytestmark = pytest.mark.gui
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def seen(researcher, demo_path):
    """The demo's gold standard, beside its video."""
    researcher.open(demo_path)
    space = researcher.window.space
    researcher.qtbot.waitUntil(lambda: space.picture.painted is not None, timeout=20_000)
    return researcher


def marks(seen, kind):
    return [one for one in seen.figures.view.marks() if isinstance(one, kind)]


def test_a_click_on_an_event_shows_its_frame_and_selects_it(seen):
    assert seen.figures.topic.id == "timeline"
    dot = next(one for one in marks(seen, Dot) if "Voice bid" in one.says)
    (origin,) = dot.origins
    place = seen.figures.view.place_of(dot).toPoint()
    QTest.mouseClick(seen.figures.view, Qt.MouseButton.LeftButton, pos=place)
    space = seen.window.space
    seen.qtbot.waitUntil(
        lambda: space.picture.painted is not None and space.stamp().time_us == origin.time_us,
        timeout=20_000,
    )
    assert seen.window.study.observation.id == origin.observation_id
    assert space.model.selected_id == origin.event_id


def test_arrows_walk_from_event_to_event_and_enter_goes_to_the_video(seen):
    seen.press(Qt.Key.Key_F7)
    view = seen.figures.view
    assert view.hasFocus()
    seen.press(Qt.Key.Key_Home)
    first = view.current
    seen.press(Qt.Key.Key_Right)
    second = view.current
    assert second.origins[0].time_us > first.origins[0].time_us
    assert view.accessibleDescription() == second.says
    seen.press(Qt.Key.Key_Down)
    assert view.place_of(view.current).y() > view.place_of(second).y()
    wanted = view.current.origins[0].time_us
    seen.press(Qt.Key.Key_Return)
    space = seen.window.space
    seen.qtbot.waitUntil(lambda: space.stamp().time_us == wanted, timeout=20_000)


def test_what_is_pointed_at_says_what_it_is(seen):
    seen.show_figure("time_bars-dyad_state")
    view = seen.figures.view
    bar = marks(seen, Bar)[0]
    at, none = view.place_of(bar), Qt.MouseButton.NoButton
    moved = QMouseEvent(
        QEvent.Type.MouseMove, at, view.mapToGlobal(at), none, none, Qt.KeyboardModifier(0)
    )
    QApplication.sendEvent(view, moved)
    assert view.toolTip() == bar.says
    assert view.cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert "Attuned" in bar.says


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")
def test_a_mark_of_several_moments_asks_which(seen):
    seen.show_figure("latencies-response_latency")
    view = seen.figures.view
    bar = max(marks(seen, Bar), key=lambda one: len(one.origins))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.place_of(bar).toPoint())
    menu = seen.page.moments
    assert len(menu.actions()) == len(bar.origins)
    assert menu.actions()[0].text().startswith("S01 · 00:")
    asked = []
    seen.page.moment_asked.connect(asked.append)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert asked == [bar.origins[1]]
    menu.close()


def test_the_figure_of_a_measure_comes_with_its_line(seen):
    table = seen.table
    table.setCurrentIndex(table.numbers.index_of("repair_latency", "kaplan_meier_median"))
    seen.wait()
    assert seen.figures.topic.id == "survival-repair_latency"
    assert seen.figures.caption.text().startswith("Repair latency: share still waiting")


def test_the_numbers_behind_a_figure_are_a_table(seen):
    seen.show_figure("contingency-response_contingency")
    seen.press(Qt.Key.Key_D, CTRL)
    rows = seen.figures.rows
    assert seen.figures.table.hasFocus()
    names = [rows.headerData(k, Qt.Orientation.Horizontal) for k in range(rows.columnCount())]
    assert names[:2] == ["session_id", "episode"]
    assert rows.data(rows.index(0, 0)) == "S01"


def test_figures_are_gone_through_by_key_and_found_by_name(seen):
    seen.press(Qt.Key.Key_PageDown, CTRL)
    seen.wait()
    assert seen.figures.topic.id == "time_bars-dyad_state"
    seen.press(Qt.Key.Key_PageUp, CTRL)
    seen.wait()
    assert seen.figures.topic.id == "timeline"
    seen.press(Qt.Key.Key_P, CTRL | Qt.KeyboardModifier.ShiftModifier)
    seen.type("transitions")
    seen.press(Qt.Key.Key_Return)
    seen.wait()
    assert seen.figures.topic.kind == "transitions"


def test_the_figure_is_written_as_drawing_and_numbers(seen, tmp_path):
    seen.show_figure("time_bars-dyad_state")
    seen.page.export_figure_to(tmp_path / "out")
    seen.qtbot.waitUntil(lambda: not seen.page.computing.is_busy, timeout=60_000)
    names = {one.suffix for one in (tmp_path / "out").glob("time_bars-dyad_state.*")}
    assert names == {".svg", ".pdf", ".png", ".csv"}


def test_the_gold_standard_comes_before_a_trainee(seen):
    bar = seen.page.page.choice
    assert bar.role.currentData() == "gold"
    bar.role.setCurrentIndex(bar.role.findData("training"))
    bar.role.activated.emit(bar.role.currentIndex())
    seen.wait()
    assert {one.coder_id for one in seen.page.page.found.rows} == {"trainee"}
