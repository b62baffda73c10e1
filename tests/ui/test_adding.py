"""Reading recordings not yet known: in the background, shown, to be stopped, nothing half done."""

import os
import shutil
import struct
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from clips import read_number
from imhcode.services.contents import content_hash
from imhcode.services.studies import StudyService

pytestmark = pytest.mark.gui
MIB = 1 << 20
SAMPLES = Path(__file__).parents[2] / "sample_videos"


def padded(clip: Path, path: Path, n_bytes: int) -> Path:
    """The same film in a file as large as those of real cameras; the padding takes no disk."""
    shutil.copyfile(clip, path)
    with path.open("ab") as file:
        file.write(struct.pack(">I4sQ", 1, b"free", n_bytes))
    os.truncate(path, path.stat().st_size - 16 + n_bytes)
    return path


@pytest.fixture
def endless(clip_of, tmp_path) -> Path:
    """A film that takes minutes to read."""
    return padded(clip_of("cfr25").path, tmp_path / "endless.mp4", 64 << 30)


def traces(own_settings: Path) -> list[Path]:
    return [path for path in (own_settings / "data").rglob("*") if path.is_file()]


def at_work() -> list[threading.Thread]:
    return [one for one in threading.enumerate() if one.name == "imhcode-long-work"]


def test_the_window_goes_on_while_a_large_film_is_read(driver, clip_of, tmp_path):
    film = padded(clip_of("cfr25").path, tmp_path / "large.mp4", 700 * MIB)
    adding, ticks, shares = driver.window.adding, [], []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.monotonic()) if adding.is_busy else None)
    timer.timeout.connect(lambda: shares.append(driver.window.progress.share))
    timer.start(5)
    began = time.monotonic()
    driver.window.open([film])
    assert time.monotonic() - began < 0.5
    driver.qtbot.waitUntil(lambda: driver.frame() == 0, timeout=60_000)
    took = ticks[-1] - ticks[0]
    longest = max(later - earlier for earlier, later in pairwise(ticks))
    assert longest < took / 4, (longest, took)
    assert len({share for share in shares if 0 < share < 1}) >= 3
    assert driver.window.progress.words == ""
    (recording,) = driver.window.study.sessions()[0].recordings
    assert (recording.frames, recording.sha256) == (120, content_hash(film))


def test_the_first_picture_is_seen_long_before_all_is_read(driver, endless):
    driver.window.open([endless])
    look = driver.window.adding.first_look
    driver.qtbot.waitUntil(lambda: look.painted is not None, timeout=30_000)
    assert driver.window.pages.currentWidget() is look
    assert QApplication.focusWidget() is look
    assert read_number(look.painted.pixels) == 0
    assert driver.window.adding.is_busy
    assert driver.space.picture.painted is None
    assert "64" in driver.window.progress.words or "68" in driver.window.progress.words


@pytest.mark.parametrize("way", ["the key", "the button", "closing the window"])
def test_what_is_stopped_leaves_no_trace(driver, endless, own_settings, way):
    driver.window.open([endless])
    driver.qtbot.waitUntil(lambda: driver.window.progress.share > 0.5, timeout=30_000)
    if way == "the key":
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        driver.press(Qt.Key.Key_X, both)
    elif way == "the button":
        driver.window.progress.cancel_asked.emit()
    else:
        driver.window.close()
        assert at_work() == []
    driver.qtbot.waitUntil(lambda: at_work() == [], timeout=10_000)
    assert not driver.window.adding.is_busy
    assert driver.window.pages.currentWidget() is driver.window.start
    assert driver.window.progress.isHidden()
    assert traces(own_settings) == []


def test_coding_goes_on_while_another_film_is_read(driver, clip_of, endless):
    driver.open(clip_of("cfr25").path)
    driver.window.open([endless])
    driver.qtbot.waitUntil(lambda: driver.window.progress.share > 0.5, timeout=30_000)
    driver.press(Qt.Key.Key_A)
    driver.go_to_frame(20)
    driver.press(Qt.Key.Key_D)
    assert [event.code for event in driver.events] == ["attuned", "out_of_step"]
    driver.window.adding.cancel()
    assert driver.window.pages.currentWidget() is driver.window.workspace


def test_another_film_takes_the_place_of_the_one_being_read(driver, clip_of, endless):
    driver.window.open([endless])
    driver.open(clip_of("vfr").path)
    assert "vfr" in driver.window.study.sessions()[0].recordings[0].path
    driver.qtbot.waitUntil(lambda: at_work() == [])


def test_a_recording_is_added_to_the_session_and_hangs_on_the_wall(driver, clip_of, tmp_path):
    driver.open(clip_of("cfr25").path)
    driver.press(Qt.Key.Key_A)
    driver.window.adding.add_to_session([clip_of("mjpeg_avi").path])
    driver.qtbot.waitUntil(lambda: len(driver.window.study.files()) == 2, timeout=10_000)
    driver.qtbot.waitUntil(driver.space.cameras.is_in_step, timeout=10_000)
    assert [event.code for event in driver.events] == ["attuned"]


def test_a_recording_that_cannot_be_played_is_not_added(driver, clip_of, tmp_path):
    driver.open(clip_of("cfr25").path)
    text = tmp_path / "text.mp4"
    text.write_bytes(b"no film\n" * 99)
    driver.window.adding.add_to_session([clip_of("vfr").path, text])
    driver.qtbot.waitUntil(lambda: "text.mp4" in driver.window.strip.words, timeout=10_000)
    assert len(driver.window.study.files()) == 1


def test_a_study_that_is_closed_gets_nothing_added(driver, clip_of, endless, tmp_path):
    driver.open(clip_of("cfr25").path)
    driver.press(Qt.Key.Key_A)
    kept = tmp_path / "kept.imh"
    driver.window.window_commands.keep_draft_as(kept)
    driver.window.adding.add_to_session([endless])
    driver.qtbot.waitUntil(lambda: driver.window.progress.share > 0.5, timeout=30_000)
    driver.window.close()
    with StudyService.open(kept) as study:
        assert len(study.sessions()[0].recordings) == 1


# -- copies -----------------------------------------------------------------------------------


@pytest.fixture
def long_group(clip_of, tmp_path, monkeypatch) -> Path:
    """A film whose keyframes count as far apart."""
    monkeypatch.setattr("imhcode.services.converting._MANY_PIXELS", 100_000)
    film = tmp_path / "visit.mp4"
    shutil.copyfile(clip_of("ntsc_long_gop").path, film)
    return film


def test_a_film_that_jumps_slowly_is_offered_a_copy_and_the_copy_is_coded_on(
    driver, long_group, own_settings
):
    before = long_group.read_bytes()
    driver.open(long_group)
    driver.qtbot.waitUntil(lambda: "keyframes" in driver.window.strip.words)
    driver.go_to_frame(100)
    driver.press(Qt.Key.Key_A)
    at_us = driver.space.stamp().time_us
    driver.window.strip._take()
    copy = long_group.with_name("visit (copy).mp4")
    driver.qtbot.waitUntil(lambda: copy.name in driver.window.strip.words, timeout=60_000)
    driver.qtbot.waitUntil(lambda: driver.frame() == 100, timeout=10_000)
    assert driver.space.stamp().time_us == at_us
    assert read_number(driver.space.picture.painted.pixels) == 100
    assert driver.window.study.service.path_of(driver.window.study.recording) == copy
    assert [(event.code, event.onset_us) for event in driver.events] == [("attuned", at_us)]
    assert long_group.read_bytes() == before
    driver.window._let_go()
    driver.open(long_group)
    assert driver.window.study.service.path_of(driver.window.study.recording) == copy
    assert "keyframes" not in driver.window.strip.words


def test_a_copy_that_is_stopped_is_not_there_and_the_film_stays_open(driver, long_group):
    shutil.copyfile(SAMPLES / "two_shot.mp4", long_group)  # long enough to be stopped on the way
    driver.open(long_group)
    files = set(long_group.parent.iterdir())
    driver.window.run("make_copy")
    driver.qtbot.waitUntil(lambda: driver.window.progress.share > 0, timeout=30_000)
    driver.window.run("cancel_work")
    driver.qtbot.waitUntil(lambda: at_work() == [], timeout=10_000)
    assert set(long_group.parent.iterdir()) == files
    driver.go_to_frame(7)


def test_a_conversion_is_not_given_up_for_another_film(driver, long_group, endless):
    driver.open(long_group)
    driver.window.run("make_copy")
    driver.window.open([endless])
    assert "copy is being made" in driver.window.strip.words
    driver.window.adding.cancel()


def test_looking_for_a_moved_film_keeps_the_window_going(driver, clip_of, endless, tmp_path):
    film = tmp_path / "visit.mp4"
    shutil.copyfile(clip_of("cfr25").path, film)
    driver.open(film)
    driver.press(Qt.Key.Key_A)
    driver.window.window_commands.relocate(endless)
    driver.qtbot.waitUntil(lambda: driver.window.progress.share > 0, timeout=10_000)
    driver.press(Qt.Key.Key_Right)
    driver.qtbot.waitUntil(lambda: driver.frame() == 1)
    driver.window.adding.cancel()
    driver.qtbot.waitUntil(lambda: at_work() == [], timeout=10_000)
