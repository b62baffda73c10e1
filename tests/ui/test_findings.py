"""Findings as one codes: counted quietly, listed, and played one after the other."""

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from imhcode.domain.event import Event

pytestmark = pytest.mark.gui


@pytest.fixture
def coder(driver, clip_of):
    driver.open(clip_of("cfr25").path)
    return driver


@pytest.fixture
def findings(coder):
    return coder.space.findings


def settled(coder):
    watch = coder.space.findings.watch
    coder.qtbot.waitUntil(lambda: watch.is_settled, timeout=10_000)
    return coder.space.findings.badge.words()


def bid(coder, frame):
    """Code a bid at a frame; nobody answers it."""
    coder.model.choose_pass("bids")
    coder.go_to_frame(frame)
    coder.press(Qt.Key.Key_Q)


def answer(coder, frame):
    coder.model.choose_pass("responses")
    coder.go_to_frame(frame)
    coder.press(Qt.Key.Key_A)
    coder.press(Qt.Key.Key_1)


def rows(findings):
    model = findings.panel.model
    shown = []
    for group in range(model.rowCount()):
        heading = model.index(group, 0)
        shown.append(model.data(heading))
        shown += [
            model.data(model.index(row, 0, heading)) for row in range(model.rowCount(heading))
        ]
    return shown


def test_a_bid_without_an_answer_is_counted_as_one_codes_and_goes_with_its_answer(coder, findings):
    assert settled(coder) == ""
    bid(coder, 25)
    assert settled(coder) == "● 1"
    assert rows(findings) == ["●  A bid has no response code", "“Look bid” at 00:01.000"]
    answer(coder, 30)
    assert settled(coder) == ""
    coder.model.undo()
    coder.model.undo()
    assert settled(coder) == "● 1"


def test_nothing_interrupts_and_what_runs_is_no_finding(coder):
    coder.press(Qt.Key.Key_A)
    assert settled(coder) == ""
    before = coder.window.focusWidget()
    bid(coder, 50)
    assert settled(coder) == "● 1"
    assert coder.window.focusWidget() is before
    assert QApplication.activeModalWidget() is None
    assert not coder.space.findings.panel.isVisible()


def test_the_keys_play_one_doubt_after_the_other_and_select_its_event(coder, findings):
    bid(coder, 50)
    bid(coder, 100)
    settled(coder)
    first, second = coder.events
    coder.press(Qt.Key.Key_F6)
    assert coder.space.playback.is_looping
    assert coder.model.selected_id == first.id
    coder.qtbot.waitUntil(lambda: coder.frame() is not None and 25 <= coder.frame() < 50)
    coder.press(Qt.Key.Key_F6)
    assert coder.model.selected_id == second.id
    coder.qtbot.waitUntil(lambda: coder.frame() is not None and 75 <= coder.frame() < 100)
    coder.press(Qt.Key.Key_F6)
    assert coder.model.selected_id == first.id  # after the last comes the first
    coder.press(Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert coder.model.selected_id == second.id
    assert findings.badge.words() == "● 2  2/2"
    assert coder.space.just_now.text() == "“Look bid” at 00:04.000: A bid has no response code"
    coder.press(Qt.Key.Key_Space)
    assert not coder.space.playback.is_playing


def test_when_a_doubt_is_mended_the_next_one_takes_its_place(coder, findings):
    bid(coder, 50)
    bid(coder, 100)
    settled(coder)
    first, second = coder.events
    coder.press(Qt.Key.Key_F6)
    coder.press(Qt.Key.Key_Space)
    coder.model.delete((first.id,))
    assert settled(coder) == "● 1"
    coder.press(Qt.Key.Key_F6)
    assert coder.model.selected_id == second.id
    assert findings.badge.words() == "● 1  1/1"
    coder.press(Qt.Key.Key_Space)
    coder.model.delete((second.id,))
    settled(coder)
    coder.press(Qt.Key.Key_F6)  # there is none: nothing happens
    assert not coder.space.playback.is_playing


def test_a_click_or_enter_in_the_list_plays_and_letters_still_code(coder, findings):
    bid(coder, 50)
    bid(coder, 100)
    settled(coder)
    first, second = coder.events
    QTest.mouseClick(findings.badge, Qt.MouseButton.LeftButton)
    view = findings.panel.view
    assert view.isVisible()
    coder.qtbot.waitUntil(lambda: view.viewport().width() > 100)
    heading = findings.panel.model.index(0, 0)
    place = view.visualRect(findings.panel.model.index(1, 0, heading)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert coder.model.selected_id == second.id
    assert coder.space.playback.is_looping
    view.setFocus()
    coder.qtbot.waitUntil(view.hasFocus)
    QTest.keyClick(view, Qt.Key.Key_Up)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert coder.model.selected_id == first.id
    coder.space.playback.pause()
    before = len(coder.events)
    QTest.keyClick(view, Qt.Key.Key_W)
    assert len(coder.events) == before + 1
    assert {one.code for one in coder.events} == {"look", "vocal"}


def test_a_heading_folds_and_stays_folded_when_the_list_changes(coder, findings):
    bid(coder, 50)
    settled(coder)
    findings.toggle()
    view, model = findings.panel.view, findings.panel.model
    coder.qtbot.waitUntil(lambda: view.viewport().width() > 100)
    heading = view.visualRect(model.index(0, 0)).topLeft() + QPoint(20, 5)
    assert view.isExpanded(model.index(0, 0))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=heading)
    assert not view.isExpanded(model.index(0, 0))
    bid(coder, 100)
    settled(coder)
    assert model.rowCount(model.index(0, 0)) == 2
    assert not view.isExpanded(model.index(0, 0))


def test_the_lists_give_their_room_back_when_none_is_shown(coder, findings):
    space = coder.space
    timeline = space.desk.panels["timeline"]

    def lies_at_the_bottom() -> bool:
        return timeline.geometry().bottom() == space.desk.rect().bottom()

    coder.window.run("toggle_table")
    coder.qtbot.waitUntil(lies_at_the_bottom)
    coder.press(
        Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert findings.panel.isVisible()
    assert not lies_at_the_bottom()
    assert findings.badge.isChecked()
    coder.window.run("toggle_findings")
    coder.qtbot.waitUntil(lies_at_the_bottom)
    coder.window.run("toggle_table")
    assert space.table.isVisible()


def test_the_model_is_a_sound_tree(coder, findings, qtmodeltester):
    bid(coder, 50)
    bid(coder, 100)
    coder.model.modify(coder.events[0].id, "clarity", ())
    assert settled(coder) == "● 2  ▲ 1"
    model = findings.panel.model
    qtmodeltester.check(model, force_py=True)
    assert [model.number_of(model.index_of(n)) for n in range(3)] == [0, 1, 2]
    assert model.finding(QModelIndex()) is None


def test_thousands_of_events_are_looked_at_while_the_window_goes_on(coder):
    at_us = [n * 400 for n in range(6000)]
    coder.model._service.add(
        Event(id=f"b{n}", track="infant_bid", code="look", onset_us=us, offset_us=us)
        for n, us in enumerate(at_us)
    )
    assert not coder.space.findings.watch.is_settled
    ticks = []
    timer = QTimer()
    timer.setInterval(1)
    timer.timeout.connect(lambda: ticks.append(1))
    timer.start()
    settled(coder)
    assert len(ticks) > 5
    counted = coder.space.findings.badge.words()
    assert counted.startswith("● 6000  ▲ ")
    assert not coder.space.findings.panel.view.isExpanded(
        coder.space.findings.panel.model.index(0, 0)
    )


def test_another_session_begins_with_its_own_findings(coder, clip_of):
    bid(coder, 50)
    assert settled(coder) == "● 1"
    before = coder.model
    coder.window.open([clip_of("mjpeg_avi").path])
    coder.qtbot.waitUntil(lambda: coder.model not in (None, before), timeout=10_000)
    assert settled(coder) == ""
