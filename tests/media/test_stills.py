"""A folder of still images is a recording: each image one frame, in the order people count."""

import threading

import cv2
import numpy as np
import pytest

from clips import numbered_pixels, read_number
from imhcode.media import errors
from imhcode.media.opening import open_recording
from imhcode.media.player import Player
from imhcode.media.sound import open_sound
from imhcode.media.sound_recorder import RecordingSink
from imhcode.media.stills import open_stills

PATIENCE_S = 20


def write(path, number, size=(128, 64)):
    pixels = cv2.cvtColor(numbered_pixels(number, *size), cv2.COLOR_RGB2BGR)
    _, data = cv2.imencode(path.suffix, pixels)
    path.write_bytes(data.tobytes())


@pytest.fixture
def lapse(tmp_path):
    folder = tmp_path / "Zeitraffer ä"
    folder.mkdir()
    for number in range(25):
        write(folder / f"IMG_{number}.jpg", number)
    return folder


def test_stills_are_counted_as_people_count(lapse):
    source = open_stills(lapse, interval_us=500_000)
    assert [read_number(source.picture(n).pixels) for n in range(25)] == list(range(25))
    assert source.frame_times.times_us.tolist() == [500_000 * n for n in range(25)]
    assert (source.probe.frames, source.probe.end_us) == (25, 12_500_000)
    assert (source.probe.width, source.probe.height, source.probe.audio) == (128, 64, None)
    source.close()


@pytest.mark.parametrize("suffix", [".png", ".tif", ".bmp", ".webp", ".JPG"])
def test_all_usual_kinds_of_stills_are_read(tmp_path, suffix):
    for number in (9, 10):
        write(tmp_path / f"{number}{suffix}", number)
    source = open_stills(tmp_path, interval_us=1_000_000)
    assert [read_number(source.picture(n).pixels) for n in range(2)] == [9, 10]


def test_what_is_no_still_is_passed_over(lapse):
    (lapse / "._IMG_3.jpg").write_bytes(b"resource fork")
    (lapse / "notes.txt").write_text("cloudy")
    (lapse / "IMG_26.jpg").mkdir()
    assert len(open_stills(lapse, interval_us=40_000).stills) == 25


def test_a_picture_fits_the_size_asked_for(lapse):
    write(lapse / "IMG_25.jpg", 25, size=(1280, 640))
    write(lapse / "A.jpg", 99, size=(1280, 640))  # the first: its size is the recording's
    source = open_stills(lapse, interval_us=40_000)
    assert (source.probe.width, source.probe.height) == (1280, 640)
    for size, shape in [
        ((100, 100), (50, 100)),
        ((640, 640), (320, 640)),
        ((5000, 5000), (640, 1280)),
    ]:
        picture = source.picture(0, size)
        assert picture.pixels.shape[:2] == shape
        assert read_number(picture.pixels) == 99
    assert source.picture(1, (5000, 5000)).pixels.shape[:2] == (64, 128)


def test_a_camera_held_upright_gives_an_upright_picture(tmp_path):
    write(tmp_path / "a.jpg", 7)
    data = (tmp_path / "a.jpg").read_bytes()
    turn = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
    body = b"Exif\0\0" + turn
    (tmp_path / "a.jpg").write_bytes(
        data[:2] + b"\xff\xe1" + (len(body) + 2).to_bytes(2) + body + data[2:]
    )
    source = open_stills(tmp_path, interval_us=40_000)
    assert (source.probe.width, source.probe.height) == (64, 128)
    assert read_number(np.rot90(source.picture(0).pixels)) == 7


def test_a_damaged_still_is_told_and_the_others_stay(lapse):
    (lapse / "IMG_7.jpg").write_bytes(b"not a picture")
    source = open_stills(lapse, interval_us=40_000)
    with pytest.raises(errors.UnreadableStill, match=r"IMG_7\.jpg"):
        source.picture(7)
    assert read_number(source.picture(8).pixels) == 8
    with pytest.raises(errors.FrameOutOfRange):
        source.picture(25)


def test_a_still_that_has_gone_is_told(lapse):
    source = open_stills(lapse, interval_us=40_000)
    (lapse / "IMG_4.jpg").unlink()
    with pytest.raises(errors.UnreadableRecording, match=r"IMG_4\.jpg"):
        source.picture(4)


def test_a_folder_without_stills_and_no_folder_are_told(tmp_path):
    with pytest.raises(errors.NoStills):
        open_stills(tmp_path, interval_us=40_000)
    with pytest.raises(errors.MissingRecording):
        open_stills(tmp_path / "none", interval_us=40_000)
    with pytest.raises(ValueError, match="some time"):
        open_stills(tmp_path, interval_us=0)


# ---- played like any film -----------------------------------------------------------------------


def test_a_folder_opens_by_the_same_door_as_a_film(lapse, clip):
    source = open_recording(lapse, interval_us=500_000)
    assert (source.probe.frames, source.sound_track) == (25, None)
    source.check_there()
    source.close()
    film = open_recording(clip("cfr25").path)
    assert film.probe.frames == 120
    film.close()
    with pytest.raises(errors.RecordingIsFolder):
        open_recording(lapse)
    with pytest.raises(ValueError, match="some time"):
        open_recording(lapse, interval_us=-1)


def test_a_player_steps_plays_and_scrubs_through_stills(lapse):
    now_us, word, troubles = [0], threading.Semaphore(0), []
    source = open_recording(lapse, interval_us=40_000)
    player = Player(
        source,
        on_picture=lambda _: word.release(),
        on_trouble=troubles.append,
        now_ns=lambda: now_us[0] * 1_000,
        sound=open_sound(source, RecordingSink(), on_trouble=troubles.append),
    )
    player.set_size((64, 64))
    assert word.acquire(timeout=PATIENCE_S)
    player.step(7)
    assert word.acquire(timeout=PATIENCE_S)
    shown = player.take()
    assert (shown.frame, read_number(np.kron(shown.pixels, np.ones((2, 2, 1))))) == (7, 7)
    player.play()
    seen = []
    while player.is_playing and now_us[0] < 5_000_000:
        assert player._decoder.wait_until_ready(PATIENCE_S)
        picture = player.take()
        seen += [picture.frame] if picture else []
        now_us[0] += 10_000
    assert seen == list(range(8, 25))
    player.scrub_frame(3)
    assert player._decoder.wait_until_ready(PATIENCE_S)
    while (picture := player.take()) is None or not picture.is_exact:
        assert word.acquire(timeout=PATIENCE_S)
    assert picture.frame == 3
    player.close()
    assert troubles == []


def test_stills_around_are_ready_before_they_are_asked_for(lapse):
    source = open_recording(lapse, interval_us=40_000)
    source.picture(10)
    source.prefetch(wanted=lambda: True)
    for still in source.stills:
        still.unlink()
    assert [read_number(source.picture(n).pixels) for n in range(24, -1, -1)] == list(
        range(24, -1, -1)
    )
    near = source.coarse_picture(3)
    assert near is None
    source.close()


def test_while_a_still_is_read_the_nearest_one_stands_in(lapse):
    source = open_recording(lapse, interval_us=40_000)
    assert source.coarse_picture(20) is None
    source.picture(18)
    near = source.coarse_picture(20)
    assert (near.frame, near.is_exact, read_number(near.pixels)) == (18, False, 18)
    source.close()


def test_a_folder_that_has_gone_is_told(lapse):
    source = open_recording(lapse, interval_us=40_000)
    lapse.rename(lapse.with_name("elsewhere"))
    with pytest.raises(errors.MissingRecording):
        source.check_there()
    source.close()
