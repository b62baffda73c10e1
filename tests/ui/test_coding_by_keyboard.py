"""Coding through the real filter, view model, service and study file."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from imhcode.store.errors import DiskIsFull
from imhcode.store.study_file import StudyFile

pytestmark = pytest.mark.gui


@pytest.fixture
def coder(driver, clip_of):
    driver.open(clip_of("cfr25").path)
    return driver


def auto_repeat(driver, key, text) -> None:
    for _ in range(5):
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text, True)
        QApplication.sendEvent(driver.space.picture, event)


def test_a_key_becomes_a_saved_event_at_the_frame_on_screen(coder):
    coder.go_to_frame(50)
    coder.press(Qt.Key.Key_A)
    (event,) = coder.events
    assert (event.track, event.code) == ("dyad_state", "attuned")
    assert (event.onset_us, event.onset_frame, event.offset_us) == (2_000_000, 50, None)
    path = coder.window.study.service.path
    coder.window.close()
    study = StudyFile.open(path)
    (entry,) = study.observations()
    assert study.events_of(entry.id) == [event]
    study.close()


def test_the_next_state_closes_the_running_one_and_one_undo_takes_back_both(coder):
    coder.press(Qt.Key.Key_A)
    coder.go_to_frame(25)
    coder.press(Qt.Key.Key_D)
    assert [(e.code, e.onset_frame, e.offset_frame) for e in coder.events] == [
        ("attuned", 0, 25),
        ("out_of_step", 25, None),
    ]
    coder.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [(e.code, e.offset_us) for e in coder.events] == [("attuned", None)]
    coder.press(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert [e.code for e in coder.events] == ["attuned", "out_of_step"]


def test_auto_repeat_never_codes_but_steps_frames(coder):
    coder.model.choose_pass("bids")
    auto_repeat(coder, Qt.Key.Key_Q, "q")
    assert coder.events == []
    coder.go_to_frame(10)
    auto_repeat(coder, Qt.Key.Key_Right, "")
    coder.qtbot.waitUntil(lambda: coder.frame() == 15)
    auto_repeat(coder, Qt.Key.Key_Space, " ")
    assert not coder.space.playback.is_playing


def test_typing_into_a_field_codes_nothing(coder):
    field = coder.space.transport.jump
    assert isinstance(field, QLineEdit)
    field.setFocus()
    coder.qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, "asdf q")
    assert coder.events == []
    assert field.text() == "asdf q"
    assert not coder.space.playback.is_playing


def test_the_active_pass_decides_what_a_letter_means(coder):
    coder.model.choose_pass("bids")
    coder.press(Qt.Key.Key_A)
    coder.model.choose_pass("responses")
    coder.press(Qt.Key.Key_A)
    assert [(e.track, e.code, e.pass_id) for e in coder.events] == [
        ("caregiver_response", "joins", "responses"),
        ("infant_bid", "distress_signal", "bids"),
    ]


def test_capital_letters_code_the_same(coder):
    coder.press(Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    assert [e.code for e in coder.events] == ["attuned"]


def test_chords_do_not_code(coder):
    for modifier in (
        Qt.KeyboardModifier.ControlModifier,
        Qt.KeyboardModifier.AltModifier,
        Qt.KeyboardModifier.MetaModifier,
    ):
        coder.press(Qt.Key.Key_A, modifier)
    assert coder.events == []


def test_digits_answer_the_modifier_that_is_asked_and_the_picture_goes_on(coder):
    coder.model.choose_pass("bids")
    coder.press(Qt.Key.Key_Space)
    coder.qtbot.waitUntil(lambda: (coder.frame() or 0) > 3)
    coder.press(Qt.Key.Key_Q)
    coder.press(Qt.Key.Key_2)
    assert coder.space.playback.is_playing
    (event,) = coder.events
    assert event.modifier("clarity") == ("faint",)
    coder.press(Qt.Key.Key_Space)


def test_two_hands_moves_the_picture_and_arrows_leaves_the_letters_alone(coder):
    coder.go_to_frame(20)
    coder.press(Qt.Key.Key_Period)
    coder.qtbot.waitUntil(lambda: coder.frame() == 21)
    coder.press(Qt.Key.Key_M)
    coder.qtbot.waitUntil(lambda: coder.frame() == 20)
    coder.window.run("next_profile")
    assert coder.window.keys.key_map.id == "arrows"
    coder.press(Qt.Key.Key_Period)
    coder.press(Qt.Key.Key_Right)
    coder.qtbot.waitUntil(lambda: coder.frame() == 21)


def test_brackets_set_onset_and_offset_to_the_frame_on_screen(coder):
    coder.go_to_frame(30)
    coder.press(Qt.Key.Key_A)
    coder.go_to_frame(28)
    coder.press(Qt.Key.Key_BracketLeft)
    coder.go_to_frame(60)
    coder.press(Qt.Key.Key_BracketRight)
    (event,) = coder.events
    assert (event.onset_frame, event.offset_frame) == (28, 60)
    coder.press(Qt.Key.Key_BraceLeft, Qt.KeyboardModifier.ShiftModifier)
    (event,) = coder.events
    assert (event.onset_frame, event.onset_us) == (27, 27 * 40_000)


def test_a_second_press_of_the_state_that_holds_changes_nothing_and_says_so(coder):
    coder.press(Qt.Key.Key_A)
    coder.go_to_frame(10)
    coder.press(Qt.Key.Key_A)
    assert [(e.code, e.offset_us) for e in coder.events] == [("attuned", None)]
    assert "nothing changed" in coder.space.just_now.text()


def test_escape_closes_the_question_first_and_then_what_runs(coder):
    coder.press(Qt.Key.Key_A)
    coder.model.choose_pass("bids")
    coder.go_to_frame(40)
    coder.press(Qt.Key.Key_Q)
    coder.press(Qt.Key.Key_Escape)
    assert coder.model.observation.timeline.running()
    coder.press(Qt.Key.Key_Escape)
    assert not coder.model.observation.timeline.running()


def test_delete_takes_the_selected_event_and_undo_brings_it_back(coder):
    coder.press(Qt.Key.Key_A)
    (event,) = coder.events
    coder.press(Qt.Key.Key_Delete)
    assert coder.events == []
    coder.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert coder.events == [event]


def test_trouble_reaches_the_person_and_changes_nothing(coder, monkeypatch):
    def full_disk(*_):
        raise DiskIsFull(path="study.imh", why="disk full")

    monkeypatch.setattr(coder.model._service._log, "append", full_disk)
    coder.press(Qt.Key.Key_A)
    assert coder.events == []
    assert "full" in coder.window.strip.words
    monkeypatch.undo()
    coder.press(Qt.Key.Key_A)
    assert len(coder.events) == 1


def test_undo_lasts_across_a_restart(driver, clip_of):
    path = clip_of("cfr25").path
    driver.open(path)
    driver.press(Qt.Key.Key_A)
    driver.go_to_frame(25)
    driver.press(Qt.Key.Key_D)
    driver.window._let_go()
    driver.open(path)
    assert [e.code for e in driver.events] == ["attuned", "out_of_step"]
    driver.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    driver.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert driver.events == []


def test_ten_quick_steps_are_ten_frames(coder):
    coder.go_to_frame(30)
    for _ in range(10):
        coder.press(Qt.Key.Key_Left)
    coder.qtbot.waitUntil(lambda: coder.frame() == 20)


def test_every_action_is_done_by_somebody(driver):
    from imhcode.ui.actions import ACTIONS

    for spec in ACTIONS:
        assert any(hasattr(one, spec.id) for one in driver.window.command_sets), spec.id


def test_no_key_does_two_things():
    from imhcode.ui.actions import ACTIONS

    keys = [key for spec in ACTIONS for key in spec.keys]
    pads = [spec.pad for spec in ACTIONS if spec.pad]
    assert len(keys) == len(set(keys))
    assert len(pads) == len(set(pads))


def test_everything_that_can_be_pressed_has_a_name_for_a_screen_reader(coder):
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QTableView

    for kind in (QAbstractButton, QLineEdit, QComboBox, QTableView):
        for widget in coder.window.findChildren(kind):
            if widget.isVisible():
                named = widget.accessibleName() or getattr(widget, "text", str)()
                assert named, f"{widget} {widget.parent()}"
