"""The parent's screen: what it does, and how it is watched over."""

import time

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton

from clips import read_number
from imhcode.media.sound_recorder import RecordingSink
from imhcode.ui import theme
from imhcode.ui.parent.guard import PANIC_KEY, Guard
from imhcode.ui.parent.parent_view import SMALLEST_PX
from living_room import LivingRoom, moments_of

pytestmark = pytest.mark.gui


def number_on_screen(picture) -> int | None:
    """The frame number that can be read off the picture as it is painted."""
    image = picture._image.convertToFormat(picture._image.Format.Format_RGB888)
    pixels = np.frombuffer(image.constBits(), np.uint8)
    rows = pixels.reshape(image.height(), image.bytesPerLine())[:, : image.width() * 3]
    return read_number(rows.reshape(image.height(), image.width(), 3))


def test_it_begins_with_a_card_and_plays_one_moment_from_its_first_to_its_last_frame(room, beeping):
    room.show(moments_of(beeping))
    assert (room.showing.state, room.view.title.text()) == ("card", "Moment 1")
    assert not room.view.picture.isVisible()
    room.showing.next()
    frames = []
    room.showing.picture_due.connect(lambda one: frames.append(one.frame))
    room.play()
    room.qtbot.waitUntil(lambda: room.showing.state == "paused", timeout=10_000)
    assert frames[0] == 50
    assert frames[-1] == 59  # the last one before 2.4 s
    assert number_on_screen(room.view.picture) == 59
    assert room.did[-2:] == ["played", "ended"]


def test_it_goes_on_where_it_was_paused_and_ends_where_the_moment_ends(room, beeping):
    room.show(moments_of(beeping))
    room.play()
    room.showing.pause()
    paused_at = room.frame
    frames = []
    room.showing.picture_due.connect(lambda one: frames.append(one.frame))
    room.showing.play()
    room.qtbot.waitUntil(lambda: len(frames) > 3, timeout=10_000)
    assert paused_at <= frames[0] <= paused_at + 2
    assert room.did[-3:] == ["played", "paused", "went_on"]
    room.showing.go_to(1)
    assert room.view.picture.is_empty
    assert room.view.title.text() == "Moment 2"


def test_keys_do_what_the_buttons_do(room, beeping):
    room.show(moments_of(beeping))
    room.play()
    QTest.keyClick(room.view, Qt.Key.Key_Return)
    assert room.showing.state == "paused"
    QTest.keyClick(room.view, Qt.Key.Key_Period)
    assert room.showing.state == "still"
    assert not room.view.controls.isVisible()
    assert not room.view.title.isVisible()
    QTest.keyClick(room.view, Qt.Key.Key_A)  # any key brings title and controls back
    assert room.showing.state == "paused"
    QTest.keyClick(room.view, Qt.Key.Key_Minus)
    assert room.showing.speed == 0.5
    QTest.keyClick(room.view, Qt.Key.Key_Backspace)
    assert room.did[-1] == "played_again"
    QTest.keyClick(room.view, Qt.Key.Key_Right)
    assert room.showing.place == 1
    QTest.keyClick(room.view, Qt.Key.Key_Left)
    assert room.showing.place == 0


@pytest.mark.parametrize("where", ["view", "field", "dialog"])
def test_the_panic_key_blanks_at_once_whatever_has_the_focus(room, beeping, where):
    guard = Guard(room.view, 5)
    clinician = QLineEdit()
    dialog = QDialog(clinician)
    try:
        room.show(moments_of(beeping))
        guard.begin()
        clinician.show()
        dialog.show()
        room.play()
        target = {"view": room.view.buttons["toggle"], "field": clinician, "dialog": dialog}[where]
        began = time.perf_counter()
        QTest.sendKeyEvent(QTest.KeyAction.Press, target, PANIC_KEY, "", Qt.KeyboardModifier(0))
        took_s = time.perf_counter() - began  # no event loop has turned meanwhile
        assert took_s < 0.1
        assert room.showing.state == "blank"
        assert room.view.picture.is_empty
        assert not room.showing.playback.is_playing
        seen = {one for one in room.view.findChildren(QPushButton) if one.isVisible()}
        seen |= {one for one in room.view.findChildren(QLabel) if one.isVisible()}
        assert not seen
        assert dialog.isVisible()  # the key that blanks does nothing else
        QApplication.processEvents()
        assert room.view.picture.is_empty
    finally:
        guard.end()
        dialog.close()
        clinician.close()


def test_a_blank_screen_is_one_colour_and_comes_back_paused(room, beeping):
    room.show(moments_of(beeping))
    room.play()
    room.showing.blank()
    image = room.view.grab().toImage()
    colours = {
        image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)
    }
    assert len(colours) == 1
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Right):
        QTest.keyClick(room.view, key)
    QTest.mouseClick(room.view, Qt.MouseButton.LeftButton)
    assert room.showing.state == "blank"
    room.showing.show_again()
    assert room.showing.state == "paused"
    assert not room.view.picture.is_empty
    assert not room.showing.playback.is_playing


def test_nothing_is_heard_once_it_is_blank(qtbot, qapp, beeping):
    sink = RecordingSink()
    room = LivingRoom(qtbot, sink)
    try:
        room.show(moments_of(beeping))
        room.showing.play()
        qtbot.waitUntil(lambda: room.showing.state == "playing", timeout=10_000)
        for at_us in range(0, 1_500_000, 10_000):  # past the first beep
            sink.advance_to(at_us)
            QTest.qWait(10)  # the sound is read meanwhile, perhaps on a busy machine
        assert np.abs(sink.heard).max() > 0.05
        n_before = len(sink.heard)
        room.showing.blank()
        sink.advance_to(4_000_000)  # past the second
        assert not np.abs(sink.heard[n_before + 2_400 :]).max(initial=0.0) > 0
    finally:
        room.leave()


def test_it_goes_blank_after_idle_minutes_but_not_while_a_picture_moves(room, beeping):
    guard = Guard(room.view, 0.005)
    room.show(moments_of(beeping))
    guard.begin()
    try:
        room.play()
        states = []
        room.showing.state_changed.connect(states.append)
        room.qtbot.waitUntil(lambda: room.showing.state == "blank", timeout=15_000)
        assert states[:2] == ["paused", "blank"]  # the end of the moment first
    finally:
        guard.end()


def test_it_stays_on_its_screen_and_is_not_closed_from_there(room, beeping):
    room.show(moments_of(beeping))
    room.play()
    whole = room.view.screen().geometry()
    room.view.showNormal()
    room.view.setGeometry(40, 40, 300, 200)
    room.qtbot.waitUntil(lambda: room.view.geometry() == whole, timeout=5_000)
    event = QCloseEvent()
    room.view.closeEvent(event)
    assert not event.isAccepted()
    assert room.view.isVisible()
    assert room.showing.state == "blank"
    flags = room.view.windowFlags()
    assert flags & Qt.WindowType.WindowStaysOnTopHint
    assert flags & Qt.WindowType.FramelessWindowHint
    assert room.view.parent() is None


@pytest.mark.parametrize("name", list(theme.THEMES))
@pytest.mark.parametrize("height", [800, 1080])
def test_words_can_be_read_across_a_living_room(room, beeping, qapp, name, height):
    theme.apply(qapp, theme.THEMES[name])
    room.showing.open(moments_of(beeping))
    room.view.resize(height * 16 // 10, height)
    room.view._dress()
    room.view.ensurePolished()
    widgets = [room.view.title, *room.view.buttons.values()]
    for one in widgets:
        one.ensurePolished()
        assert one.font().pixelSize() >= SMALLEST_PX
    tokens = theme.current()
    ground = tokens.picture_surround if tokens.dark else tokens.window
    assert theme.contrast(tokens.text, ground) >= 7
    assert theme.contrast(tokens.text, tokens.panel_raised) >= 7
    wide = sum(one.sizeHint().width() for one in room.view.buttons.values())
    assert wide + 16 * 7 <= room.view.width()


def test_a_missing_or_broken_recording_is_told_to_the_clinician_only(room, tmp_path):
    broken = tmp_path / "HIPPOPOTAMUS.mp4"
    broken.write_bytes(b"no film at all" * 100)
    room.show(moments_of(broken))
    room.showing.play()
    room.qtbot.waitUntil(lambda: bool(room.troubles), timeout=10_000)
    assert "HIPPOPOTAMUS" in room.troubles[0]
    assert room.showing.state == "card"
    assert room.view.picture.is_empty
    assert room.view.title.text() == "Moment 1"
    room.showing.open(moments_of(None))
    room.showing.play()
    assert room.showing.state == "card"
