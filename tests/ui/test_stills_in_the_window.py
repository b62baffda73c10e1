"""A folder of still images, opened as a time-lapse."""

from pathlib import Path

import cv2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clips import numbered_pixels, read_number
from imhcode.settings import load
from imhcode.ui.main_window import MainWindow

pytestmark = pytest.mark.gui


def make_stills(folder: Path, n_stills: int = 12) -> Path:
    folder.mkdir()
    for number in range(n_stills):
        pixels = cv2.cvtColor(numbered_pixels(number), cv2.COLOR_RGB2BGR)
        (folder / f"IMG_{number + 1}.png").write_bytes(cv2.imencode(".png", pixels)[1].tobytes())
    return folder


@pytest.fixture
def stills(tmp_path) -> Path:
    return make_stills(tmp_path / "visit3")


def answer(driver, text: str) -> None:
    seconds = driver.window.adding.card.seconds
    seconds.selectAll()
    QTest.keyClicks(seconds, text)
    QTest.keyClick(seconds, Qt.Key.Key_Return)


def test_the_interval_is_asked_for_and_times_of_events_follow_from_it(driver, stills):
    driver.window.open([stills])
    card = driver.window.adding.card
    assert card.isVisible()
    answer(driver, "2.5")
    driver.qtbot.waitUntil(lambda: driver.frame() == 0, timeout=10_000)
    assert not card.isVisible()
    for _ in range(3):
        driver.press(Qt.Key.Key_Right)
    driver.qtbot.waitUntil(lambda: driver.frame() == 3)
    assert read_number(driver.space.picture.painted.pixels) == 3
    driver.press(Qt.Key.Key_A)
    (event,) = driver.events
    assert (event.onset_us, event.onset_frame) == (7_500_000, 3)
    assert driver.space.playback.extent_us() == (0, 12 * 2_500_000)


def test_the_interval_is_kept_with_the_recording_and_offered_for_the_next_folder(
    driver, stills, tmp_path
):
    driver.window.open([stills])
    answer(driver, "60")
    driver.qtbot.waitUntil(lambda: driver.frame() == 0, timeout=10_000)
    driver.press(Qt.Key.Key_A)
    kept = tmp_path / "kept.imh"
    driver.window.window_commands.keep_draft_as(kept)
    driver.window._let_go()
    driver.open(kept)
    assert driver.window.study.recording.interval_us == 60_000_000
    assert not driver.window.adding.card.isVisible()
    driver.go_to_frame(11)
    assert driver.space.stamp().time_us == 660_000_000
    driver.window.open([make_stills(tmp_path / "visit4", 3)])
    assert driver.window.adding.card.seconds.value() == 60
    assert load().stills_interval_s == 60


def test_escape_puts_the_question_away_and_nothing_is_made(driver, stills, own_settings):
    driver.window.open([stills])
    QTest.keyClick(driver.window.adding.card.seconds, Qt.Key.Key_Escape)
    assert not driver.window.adding.card.isVisible()
    assert not driver.window.adding.is_busy
    assert driver.window.pages.currentWidget() is driver.window.start
    assert not (own_settings / "data").exists()


def test_a_folder_is_added_as_another_camera(driver, clip_of, stills):
    driver.open(clip_of("cfr25").path)
    driver.window.adding.add_to_session([stills])
    answer(driver, "0.5")
    driver.qtbot.waitUntil(lambda: len(driver.window.study.files()) == 2, timeout=10_000)
    driver.qtbot.waitUntil(driver.space.cameras.is_in_step, timeout=10_000)
    driver.go_to_frame(60)
    driver.qtbot.waitUntil(driver.space.cameras.is_in_step, timeout=10_000)
    follower = driver.space.cameras.follower("S01-visit3")
    assert read_number(follower.shown.pixels) == 60 * 40_000 // 500_000


def test_a_still_that_is_exchanged_is_noticed(driver, stills):
    driver.window.open([stills])
    answer(driver, "1")
    driver.qtbot.waitUntil(lambda: driver.frame() == 0, timeout=10_000)
    driver.press(Qt.Key.Key_A)
    study, recording = driver.window.study, driver.window.study.recording
    assert study.state_of(recording) == "there"
    (stills / "IMG_5.png").unlink()
    assert study.state_of(recording) == "replaced"
    for still in stills.iterdir():
        still.unlink()
    assert study.state_of(recording) == "missing"


def test_dropping_a_folder_asks_too(driver: MainWindow, stills):
    from PySide6.QtCore import QMimeData, QPointF, QUrl
    from PySide6.QtGui import QDropEvent

    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(stills))])
    event = QDropEvent(
        QPointF(9, 9),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    driver.window.dropEvent(event)
    assert driver.window.adding.card.isVisible()


def test_the_lane_of_sound_says_that_there_is_none(driver, stills):
    driver.window.open([stills])
    answer(driver, "1")
    driver.qtbot.waitUntil(
        lambda: driver.space.timeline.sound.words() == "This recording has no sound.",
        timeout=10_000,
    )
