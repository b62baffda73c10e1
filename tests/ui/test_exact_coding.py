"""The first promise: the frame shown is the time stored, by the number in the pixels."""

import random

import pytest
from PySide6.QtCore import Qt

from clips import read_number
from imhcode.ui.keys.profiles import profile

pytestmark = pytest.mark.gui

KINDS = ["ntsc_long_gop", "vfr_rotated_90", "h264_avi"]


def painted_number(driver) -> int:
    return read_number(driver.space.picture.painted.pixels)


@pytest.mark.parametrize("kind", KINDS)
def test_five_hundred_keys_on_random_frames_store_what_was_seen(driver, clip_of, kind):
    clip = clip_of(kind)
    driver.open(clip.path)
    driver.window.key_commands.use(profile("two-hands"))
    driver.model.choose_pass("bids")
    rng = random.Random(7)
    for _ in range(500):
        frame = rng.randrange(len(clip.numbers))
        driver.go_to_frame(frame)
        before = driver.model.observation.timeline
        driver.press(Qt.Key.Key_Q)
        number = painted_number(driver)
        assert number == clip.numbers[frame]
        if before == driver.model.observation.timeline:  # coded there already: no second event
            continue
        event = driver.model.selected_event()
        assert event.onset_frame == frame == number
        assert event.onset_us == driver.space.playback.frame_times.time_of(frame)
        if clip.times_us:
            assert event.onset_us == clip.times_us[frame]
    for event in driver.events:
        driver.space._activate(event.id)
        driver.qtbot.waitUntil(lambda at=event.onset_frame: driver.frame() == at, timeout=10_000)
        assert painted_number(driver) == event.onset_frame


@pytest.mark.parametrize("kind", KINDS)
def test_keys_while_playing_store_the_picture_on_screen(driver, clip_of, kind):
    clip = clip_of(kind)
    driver.open(clip.path)
    driver.model.choose_pass("bids")
    driver.space.playback.set_speed(1.0)  # the pass is watched at half speed
    seen = []

    def press_on_every_third(picture):
        if picture.frame % 3 == 0 and driver.space.playback.is_playing:
            driver.press(Qt.Key.Key_E)
            seen.append((driver.space.picture.painted.frame, painted_number(driver)))

    driver.space.playback.picture_due.connect(press_on_every_third)
    driver.press(Qt.Key.Key_Space)
    driver.qtbot.waitUntil(lambda: not driver.space.playback.is_playing, timeout=20_000)
    assert len(seen) > 10
    assert [event.onset_frame for event in driver.events] == [frame for frame, _ in seen]
    assert all(number == frame for frame, number in seen)
    for event in driver.events:
        assert event.onset_us == driver.space.playback.frame_times.time_of(event.onset_frame)
