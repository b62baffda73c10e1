"""Several cameras, speeds and the lane of sound in the real window, by keyboard."""

import random
from fractions import Fraction
from itertools import pairwise

import pytest
from benchmarks.sample_frames import mark_reader
from PySide6.QtCore import Qt

from imhcode.services.demo import make_demo
from imhcode.ui.coding.sound_lane import SoundView

pytestmark = pytest.mark.gui

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def cameras(driver, tmp_path):
    """The demo's session with two cameras, in a window so large that the marks can be read."""
    driver.window.resize(2800, 2000)
    driver.window.open([make_demo(tmp_path)])
    driver.window.show_session("S02")
    driver.qtbot.waitUntil(lambda: driver.space.picture.painted is not None, timeout=20_000)
    driver.qtbot.waitUntil(driver.space.cameras.is_in_step, timeout=20_000)
    return driver


def numbers(driver) -> dict[str, int]:
    read = mark_reader()
    wall = driver.space.picture
    return {
        name: read(wall.frame(f"S02-{name}").view.painted.pixels)
        for name in ("camera_infant", "camera_caregiver")
    }


def test_both_cameras_show_the_frames_of_one_session_time(cameras):
    rng = random.Random(5)
    times = cameras.space.playback.frame_times
    other = cameras.space.cameras.follower("S02-camera_caregiver")
    for _ in range(40):
        frame = rng.randrange(60, len(times))
        cameras.go_to_frame(frame)
        cameras.qtbot.waitUntil(cameras.space.cameras.is_in_step, timeout=20_000)
        due = other.frame_due(times.time_of(frame))
        if due is not None:
            assert numbers(cameras) == {"camera_infant": frame, "camera_caregiver": due}


def test_an_event_takes_the_frame_of_the_camera_that_leads(cameras):
    cameras.go_to_frame(300)
    cameras.press(Qt.Key.Key_A)
    cameras.press(Qt.Key.Key_C, CTRL_SHIFT)
    cameras.qtbot.waitUntil(
        lambda: cameras.space.playback.recording.id == "S02-camera_caregiver", timeout=20_000
    )
    cameras.qtbot.waitUntil(lambda: cameras.frame() is not None, timeout=20_000)
    cameras.go_to_frame(600)
    cameras.press(Qt.Key.Key_D)
    first, second = cameras.events
    assert (first.recording, first.onset_frame) == ("S02-camera_infant", 300)
    assert (second.recording, second.onset_frame) == ("S02-camera_caregiver", 600)
    times = cameras.space.playback.frame_times
    assert second.onset_us == times.time_of(600) + 1_480_000


def test_an_offset_moves_the_pictures_and_leaves_the_events(cameras):
    cameras.go_to_frame(300)
    cameras.press(Qt.Key.Key_A)
    before = cameras.events
    cameras.window.run("sync_cameras")
    cameras.space.sync_panel.nudge_asked.emit(1)
    recordings = {one.id: one for one in cameras.window.study.service.session("S02").recordings}
    assert recordings["S02-camera_caregiver"].offset_us > 1_480_000
    assert cameras.events == before
    cameras.space.sync_panel.undo_asked.emit()
    recordings = {one.id: one for one in cameras.window.study.service.session("S02").recordings}
    assert recordings["S02-camera_caregiver"].offset_us == 1_480_000


def test_another_cameras_sound_lies_where_its_pictures_do(cameras):
    wall, playback = cameras.space.picture, cameras.space.playback
    own = playback._player.sound.track
    wall.frame("S02-camera_caregiver").hear_asked.emit("S02-camera_caregiver")
    heard = playback._player.sound.track
    assert heard.path.name == "camera_caregiver.mp4"
    source = cameras.space.cameras.follower("S02-camera_caregiver").sound_track
    assert heard.zero_s - source.zero_s == Fraction(-1_480_000, 1_000_000)
    assert wall.frame("S02-camera_caregiver").is_heard
    wall.frame("S02-camera_caregiver").mute_asked.emit("S02-camera_caregiver", True)
    assert playback.listening.muted
    wall.frame("S02-camera_infant").hear_asked.emit("S02-camera_infant")
    assert playback._player.sound.track == own
    assert not playback.listening.muted


def test_speed_keys_change_the_speed_and_codes_keep_their_letters(driver, clip_of):
    driver.open(clip_of("cfr25").path)
    driver.press(Qt.Key.Key_Minus)
    assert driver.space.playback.speed == 0.75
    driver.press(Qt.Key.Key_Equal)
    driver.press(Qt.Key.Key_Equal)
    assert driver.space.playback.speed == 1.25
    driver.press(Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert driver.space.playback.speed == 1.0
    driver.go_to_frame(60)
    driver.press(Qt.Key.Key_J)
    driver.qtbot.waitUntil(lambda: driver.frame() < 55, timeout=10_000)
    driver.press(Qt.Key.Key_K)
    driver.qtbot.waitUntil(lambda: not driver.space.playback.is_playing)
    driver.press(Qt.Key.Key_A)
    (event,) = driver.events
    assert event.onset_frame == driver.frame()


def test_an_event_is_played_in_a_loop_until_it_is_stopped(driver, clip_of):
    driver.open(clip_of("cfr25").path)
    driver.go_to_frame(40)
    driver.press(Qt.Key.Key_A)
    driver.go_to_frame(50)
    driver.press(Qt.Key.Key_BracketRight)
    seen = []
    driver.space.playback.picture_due.connect(lambda picture: seen.append(picture.frame))
    driver.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    driver.qtbot.waitUntil(lambda: sum(b < a for a, b in pairwise(seen)) >= 2, timeout=20_000)
    assert max(seen) < 50
    driver.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert not driver.space.playback.is_playing


def test_the_lane_of_sound_goes_through_its_views(driver, clip_of):
    driver.open(clip_of("cfr25").path)
    lane = driver.space.timeline.sound
    seen = []
    for _ in range(3):
        seen.append(lane.view)
        driver.press(Qt.Key.Key_W, CTRL_SHIFT)
    assert set(seen) == set(SoundView)
