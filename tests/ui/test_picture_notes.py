"""What is said of the picture on screen, and what a key means while it is not the exact one."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt

from clips import numbered_pixels, read_number
from imhcode.media.picture import Picture
from imhcode.ui.coding.picture_notes import notes_of
from imhcode.ui.coding.picture_view import PictureView

pytestmark = pytest.mark.gui


def test_a_key_on_a_coarse_picture_codes_what_was_on_the_screen(driver, clip_of):
    driver.open(clip_of("ntsc_long_gop").path)
    coarse: list[Picture] = []

    def press(picture: Picture) -> None:
        if not picture.is_exact and not coarse:
            coarse.append(driver.space.picture.painted)
            driver.press(Qt.Key.Key_A)

    driver.space.playback.picture_due.connect(press)
    driver.space.scrub(8_000_000)
    asked = driver.space.playback.stamp_at(8_000_000).frame
    driver.qtbot.waitUntil(lambda: driver.frame() == asked, timeout=10_000)
    (seen,) = coarse
    (event,) = driver.events
    assert seen.frame != asked
    assert read_number(seen.pixels) == event.onset_frame == seen.frame
    assert event.onset_us == driver.space.playback.stamp_of(seen).time_us
    driver.press(Qt.Key.Key_D)
    assert [one.onset_frame for one in driver.events] == [seen.frame, asked]


def exact(frame: int = 5) -> Picture:
    return Picture(frame, frame * 40_000, 128, 64, numbered_pixels(frame))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, []),
        ({"is_exact": False}, ["preview"]),
        ({"is_damaged": True}, ["damaged"]),
        ({"is_deinterlaced": True}, ["deinterlaced"]),
        ({"is_damaged": True, "is_deinterlaced": True}, ["damaged", "deinterlaced"]),
    ],
)
def test_only_what_is_out_of_the_ordinary_is_said(facts, words):
    notes = notes_of(replace(exact(), **facts))
    assert len(notes) == len(words)
    assert all(word in note for word, note in zip(words, notes, strict=True))


def test_a_note_stands_in_the_corner_and_goes_with_its_picture(driver, qtbot):
    view = PictureView()
    qtbot.addWidget(view)
    view.resize(640, 320)
    view.show()
    qtbot.waitExposed(view)

    def corner(picture: Picture) -> np.ndarray:
        view.show_picture(picture)
        image = view.grab().toImage().copy(440, 280, 200, 40)
        return np.array([image.pixel(x, y) for y in range(40) for x in range(200)])

    plain = corner(exact())
    assert (corner(replace(exact(), is_damaged=True)) != plain).sum() > 200
    assert (corner(exact()) == plain).all()


def test_combs_can_be_seen_and_that_is_remembered(driver, clip_of, tmp_path):
    driver.open(clip_of("mpeg2_interlaced_ts").path)
    assert driver.space.picture.painted.is_deinterlaced
    driver.press(Qt.Key.Key_A)
    driver.window.run("toggle_deinterlacing")
    driver.qtbot.waitUntil(lambda: not driver.space.picture.painted.is_deinterlaced)
    assert "as they are" in driver.window.strip.words
    kept = tmp_path / "kept.imh"
    driver.window.window_commands.keep_draft_as(kept)
    driver.window._let_go()
    driver.open(kept)
    assert not driver.space.picture.painted.is_deinterlaced
    driver.window.run("toggle_deinterlacing")
    driver.qtbot.waitUntil(lambda: driver.space.picture.painted.is_deinterlaced)


def test_the_pictures_dropped_in_a_run_are_said_until_the_next_one(driver, clip_of):
    driver.open(clip_of("cfr25").path)
    playback, said = driver.space.playback, driver.space.transport._length
    playback.play()
    driver.qtbot.waitUntil(lambda: (driver.frame() or 0) >= 2, timeout=10_000)
    playback._looking.stop()  # a window that is busy elsewhere for half a second
    before_us = playback.now_us()
    driver.qtbot.waitUntil(lambda: playback.now_us() > before_us + 500_000)
    playback._looking.start()
    driver.qtbot.waitUntil(lambda: playback.dropped > 0, timeout=10_000)
    playback.pause()
    dropped = playback.dropped
    driver.press(Qt.Key.Key_Left)
    driver.qtbot.waitUntil(lambda: f"{dropped} dropped" in said.text())
    playback.play()
    assert playback.dropped == 0
    driver.qtbot.waitUntil(lambda: "dropped" not in said.text())


def test_each_camera_is_deinterlaced_or_not_by_itself(driver, clip_of, tmp_path):
    film = clip_of("mpeg2_interlaced_ts").path
    driver.open(film)
    driver.press(Qt.Key.Key_A)
    driver.window.adding.add_to_session([film])
    second = "S01-mpeg2_interlaced_ts-2"
    driver.qtbot.waitUntil(
        lambda: driver.space.cameras.follower(second) is not None, timeout=10_000
    )
    driver.qtbot.waitUntil(driver.space.cameras.is_in_step, timeout=10_000)
    frame = driver.space.picture.frame(second)
    assert frame.view.painted.is_deinterlaced
    driver.space.picture.deinterlace_asked.emit(second, False)
    driver.qtbot.waitUntil(lambda: not frame.view.painted.is_deinterlaced, timeout=10_000)
    assert driver.space.picture.painted.is_deinterlaced
    kept = tmp_path / "kept.imh"
    driver.window.window_commands.keep_draft_as(kept)
    driver.window._let_go()
    driver.open(kept)
    driver.qtbot.waitUntil(driver.space.cameras.is_in_step, timeout=10_000)
    assert not driver.space.picture.frame(second).view.painted.is_deinterlaced
    assert driver.space.picture.painted.is_deinterlaced
