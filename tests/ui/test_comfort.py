"""What makes long work lighter: sizes, light, rest, and the studies opened lately."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from imhcode import settings as settings_module
from imhcode.services.demo import make_demo
from imhcode.settings import Settings
from imhcode.ui.coding.camera_look import Look
from imhcode.ui.coding.code_button import CodeButton
from imhcode.ui.coding.remembered_looks import look_in, text_of
from imhcode.ui.main_window import MainWindow
from imhcode.ui.rest_clock import RestClock

pytestmark = pytest.mark.gui

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def coder(driver, clip_of):
    driver.open(clip_of("cfr25").path)
    return driver


# ---- words -------------------------------------------------------------------------------------


def test_words_grow_and_shrink_by_keys_and_are_remembered(coder):
    usual = QApplication.font().pointSizeF()
    for _ in range(6):
        coder.press(Qt.Key.Key_Plus, ALT)
    assert QApplication.font().pointSizeF() == pytest.approx(2 * usual)
    assert settings_module.load().text_percent == 200
    coder.press(Qt.Key.Key_Minus, ALT)
    assert settings_module.load().text_percent == 175
    coder.window.run("next_theme")
    assert QApplication.font().pointSizeF() == pytest.approx(1.75 * usual)
    coder.press(Qt.Key.Key_0, ALT)
    assert QApplication.font().pointSizeF() == pytest.approx(usual)


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_the_window_fits_a_small_screen_with_words_of_any_size(coder, percent):
    coder.window.comfort.set_text(percent)
    coder.qtbot.wait(50)
    assert coder.window.minimumSizeHint().width() <= 1280
    assert coder.window.minimumSizeHint().height() <= 800
    buttons = coder.space.pad.findChildren(CodeButton)
    line = buttons[0].fontMetrics().height()
    assert len(buttons) == len(coder.model.keys())
    assert all(button.height() >= line for button in buttons)


# ---- light, zoom, place ------------------------------------------------------------------------


def test_the_picture_is_lit_by_keys_and_what_is_stored_stays(coder):
    view = coder.space.picture.lead_view
    stored = np.array(view.painted.pixels)
    shown = view.grab().toImage()
    coder.press(Qt.Key.Key_F6, CTRL)
    coder.press(Qt.Key.Key_F8, CTRL)
    assert (view.look.brightness, view.look.contrast) == (10, 10)
    assert view.grab().toImage() != shown
    assert np.array_equal(view.painted.pixels, stored)
    coder.press(Qt.Key.Key_F9, CTRL)
    assert view.look.is_natural
    for _ in range(30):
        coder.press(Qt.Key.Key_F5, CTRL)
    assert view.look.brightness == -100


def test_the_picture_is_zoomed_and_moved_by_keys(coder):
    view = coder.space.picture.lead_view
    coder.press(Qt.Key.Key_Right, CTRL | SHIFT)
    assert view.look == Look()
    for _ in range(4):
        coder.press(Qt.Key.Key_PageUp, CTRL | SHIFT)
    before = view.look
    coder.press(Qt.Key.Key_Right, CTRL | SHIFT)
    coder.press(Qt.Key.Key_Up, CTRL | SHIFT)
    assert before.zoom > 2
    assert view.look.x > before.x
    assert view.look.y < before.y
    coder.press(Qt.Key.Key_Home, CTRL | SHIFT)
    assert view.look == Look()


def test_each_recording_is_looked_at_as_it_was_last_time(driver, tmp_path):
    demo = make_demo(tmp_path / "demo")
    driver.open(demo)
    driver.window.run("picture_brighter")
    driver.window.run("picture_zoom_in")
    look = driver.space.picture.lead_view.look
    driver.window.show_session("S02")
    driver.qtbot.waitUntil(lambda: driver.window.study.session_id == "S02")
    assert driver.space.picture.lead_view.look == Look()
    driver.window.close()
    again = MainWindow(Settings())
    driver.qtbot.addWidget(again)
    again.show()
    again.open([demo])
    driver.qtbot.waitUntil(lambda: again.space.picture.painted is not None, timeout=10_000)
    assert again.space.picture.lead_view.look == look
    again.close()


@pytest.mark.parametrize("text", ["", "[", "[1]", "[99, 0, 0, 0, 0]", "[1, 2, 0.5, 0, 0]", "{}"])
def test_a_strange_look_means_the_usual_one(text):
    assert look_in(text) == Look()


def test_a_look_comes_back_as_it_was_kept():
    look = Look(zoom=2.5, x=0.3, y=0.7, brightness=-20, contrast=40)
    assert look_in(text_of(look)) == look


# ---- studies opened lately ---------------------------------------------------------------------


def recent_buttons(window) -> list[str]:
    return [one.text() for one in window.start.recent.findChildren(QPushButton)][1:]


def test_a_study_opened_is_offered_again_on_the_page_and_in_the_menu(driver, tmp_path):
    demo = make_demo(tmp_path / "demo")
    driver.open(demo)
    (action,) = driver.window.recent_menu.actions()
    assert demo.stem in action.text()
    assert settings_module.load().recent == (str(demo),)
    window = MainWindow(settings_module.load())
    driver.qtbot.addWidget(window)
    assert recent_buttons(window) == [demo.stem]
    window.close()


def test_no_name_of_a_recording_is_written_to_the_settings(coder, clip_of, own_settings):
    name = clip_of("cfr25").path.stem
    coder.window.run("picture_brighter")
    coder.window.close()
    kept = [path for path in own_settings.rglob("*") if path.is_file()]
    written = [path for path in kept if path.suffix in {".toml", ".ini", ".conf"}]
    assert all(name not in path.read_text("utf-8") for path in written)


def test_the_list_is_forgotten_and_nothing_is_remembered_where_that_is_not_wanted(driver, tmp_path):
    driver.open(make_demo(tmp_path / "demo"))
    driver.window.run("toggle_remembering")
    assert settings_module.load().recent == ()
    assert not driver.window.recent_menu.actions()[0].isEnabled()
    driver.open(make_demo(tmp_path / "other"))
    assert settings_module.load().recent == ()


# ---- rest --------------------------------------------------------------------------------------


def worked(clock: RestClock, minutes: float) -> list[str]:
    return [due for _ in range(round(minutes * 2)) if (due := clock.pass_time(30, worked=True))]


def test_eyes_are_due_after_twenty_minutes_and_hands_after_fifty():
    clock = RestClock(20 * 60, 50 * 60)
    assert worked(clock, 19.5) == []
    assert worked(clock, 40.5) == ["eyes", "eyes", "hands"]
    assert clock.today_s == 3_600


def test_looking_away_rests_the_eyes_and_a_pause_the_hands():
    clock = RestClock(20 * 60, 50 * 60)
    worked(clock, 19)
    clock.pass_time(30, worked=False)
    assert worked(clock, 19) == []
    assert worked(clock, 2) == ["eyes"]
    for _ in range(10):
        clock.pass_time(30, worked=False)
    assert "hands" not in worked(clock, 45)


def test_a_computer_that_slept_has_not_worked():
    clock = RestClock(20 * 60, 50 * 60)
    clock.pass_time(8 * 3_600, worked=True)
    assert clock.today_s == 0


def test_the_reminder_is_a_quiet_line_that_leaves_the_message_and_the_keys_alone(coder):
    message = coder.window.strip.words
    assert message  # a draft says so
    rest = coder.window.comfort.rest
    for _ in range(40):
        coder.press(Qt.Key.Key_Shift)
        rest.look(30)
    assert "Rest your eyes" in coder.window.strip.words_beside
    assert "20 min" in coder.window.strip.words_beside
    assert coder.window.strip.words == message
    assert QApplication.activeModalWidget() is None
    coder.press(Qt.Key.Key_A)
    assert len(coder.events) == 1


def test_without_keys_and_picture_nothing_is_counted(coder):
    rest = coder.window.comfort.rest
    rest.look(30)
    before = rest.clock.today_s
    rest.look(30)
    assert rest.clock.today_s == before


def test_who_does_not_want_it_is_not_reminded_and_the_day_is_counted_on(coder):
    coder.window.run("toggle_rest")
    assert not settings_module.load().rest_reminder
    rest = coder.window.comfort.rest
    for _ in range(130):
        coder.press(Qt.Key.Key_Shift)
        rest.look(30)
    assert coder.window.strip.words_beside == ""
    assert rest.today_in_words() == "Coded today: 1 h 5 min."
    window = MainWindow(settings_module.load())
    coder.qtbot.addWidget(window)
    assert window.comfort.rest.today_in_words() == "Coded today: 1 h 5 min."
    window.close()
