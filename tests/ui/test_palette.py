"""The palette: anything by a few letters, while the picture goes on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from imhcode.services.demo import make_demo
from imhcode.ui.palette.matching import misfit

pytestmark = pytest.mark.gui

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.mark.parametrize(
    ("typed", "better", "worse"),
    [
        ("jump", "Jump back", "Make a jump"),
        ("ba", "Jump back", "Turnbacked"),
        ("jb", "Jump back", "Jackdaw"),
        ("un", "Undo", "Sound on or off"),
    ],
)
def test_what_begins_a_word_fits_better(typed, better, worse):
    fits, other = misfit(typed, better), misfit(typed, worse)
    assert fits is not None
    assert other is None or fits < other


def test_what_does_not_fit_is_not_found():
    assert misfit("xyz", "Jump back") is None
    assert misfit("back jump", "Jump back") is not None
    assert misfit("bj", "Jump back") is None
    assert misfit("", "Jump back") == 0


@pytest.fixture
def coder(driver, clip_of):
    driver.open(clip_of("cfr25").path)
    return driver


def find(coder, words: str):
    coder.press(Qt.Key.Key_P, CTRL_SHIFT)
    finder = coder.window.finder
    coder.qtbot.waitUntil(finder.field.hasFocus)
    QTest.keyClicks(finder.field, words)
    return finder


def test_a_command_is_found_and_done_by_keyboard_and_the_keys_come_back(coder):
    coder.space.picture.setFocus()
    before = QApplication.focusWidget()
    coder.go_to_frame(60)
    finder = find(coder, "one frame b")
    QTest.keyClick(finder.field, Qt.Key.Key_Return)
    coder.qtbot.waitUntil(lambda: coder.frame() == 59)
    assert not finder.isVisible()
    assert QApplication.focusWidget() is before


def test_typing_there_neither_codes_nor_stops_the_picture(coder):
    coder.press(Qt.Key.Key_Space)
    coder.qtbot.waitUntil(lambda: (coder.frame() or 0) > 2)
    finder = find(coder, "a s d ")
    assert coder.events == []
    assert coder.space.playback.is_playing
    at = coder.frame()
    coder.qtbot.waitUntil(lambda: coder.frame() > at)
    QTest.keyClick(finder.field, Qt.Key.Key_Escape)
    assert not finder.isVisible()
    coder.press(Qt.Key.Key_A)
    assert len(coder.events) == 1
    coder.press(Qt.Key.Key_Space)


def test_a_code_is_coded_on_the_frame_that_is_on_screen_at_enter(coder):
    coder.go_to_frame(30)
    label = coder.model.keys()["d"].code.label
    finder = find(coder, label)
    assert finder.found()[0] == label
    QTest.keyClick(finder.field, Qt.Key.Key_Return)
    (event,) = coder.events
    assert (event.code, event.onset_frame) == ("out_of_step", 30)


def test_the_arrows_choose_and_a_pass_is_reached(coder):
    finder = find(coder, "pass")
    rows = finder.found()
    wanted = next(one for one in coder.model.observation.scheme.passes if one.id == "bids").label
    for _ in range(rows.index(wanted)):
        QTest.keyClick(finder.field, Qt.Key.Key_Down)
    QTest.keyClick(finder.field, Qt.Key.Key_Return)
    assert coder.model.pass_id == "bids"


def test_keys_stand_beside_what_they_do(coder):
    finder = find(coder, "undo")
    assert finder.model.index(0, 2).data() == "Ctrl+Z"


def test_sessions_and_recent_studies_are_found(driver, tmp_path):
    demo = make_demo(tmp_path / "demo")
    driver.open(demo)
    finder = find(driver, "S02")
    QTest.keyClick(finder.field, Qt.Key.Key_Return)
    assert driver.window.study.session_id == "S02"
    assert find(driver, demo.stem).found()[0] == demo.stem
