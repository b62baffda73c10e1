"""Speed, shuttle, loop and sound, as the window has them."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from beeping_clips import make_beeping_clip
from imhcode.domain.study import Recording
from imhcode.media.sound_recorder import RecordingSink
from imhcode.ui.coding.playback import Playback
from imhcode.ui.coding.sound_controls import SoundControls

pytestmark = pytest.mark.gui
OFFSET_US = 2_000_000
FRAME_US = 40_000


@pytest.fixture(scope="module")
def beeping(tmp_path_factory) -> Path:
    return make_beeping_clip(tmp_path_factory.mktemp("beeps") / "beeps.mp4", (0.4,), n_frames=75)


@pytest.fixture
def playback(qtbot: QtBot, beeping: Path):
    made = Playback(sink=lambda: RecordingSink(works=False))
    recording = Recording(
        id="r1",
        session_id="S01",
        path=beeping.name,
        offset_us=OFFSET_US,
        frames=75,
        end_us=3_000_000,
    )
    with qtbot.waitSignal(made.picture_due):
        made.open(recording, beeping, OFFSET_US)
    yield made
    made.close()


def test_slower_and_faster_go_through_the_speeds_and_stop_at_their_ends(playback):
    for wanted in (0.75, 0.5, 0.25, 0.1, 0.1):
        playback.slower()
        assert playback.speed == wanted
    playback.natural_speed()
    for wanted in (1.25, 1.5, 2, 3, 4, 4):
        playback.faster()
        assert playback.speed == wanted


def test_the_shuttle_goes_up_and_down_its_ladder_through_a_standstill(playback, qtbot):
    playback.set_speed(0.5)
    playback.shuttle(1)
    assert (playback.speed, playback.is_playing) == (1, True)
    playback.shuttle(1)
    assert playback.speed == 2
    playback.shuttle(-1)
    with qtbot.waitSignal(playback.playing_changed):
        playback.shuttle(-1)
    assert not playback.is_playing
    assert playback.speed == 0.5  # the one the coder chose
    playback.seek(OFFSET_US + 2_000_000)
    playback.shuttle(-1, slow=True)
    assert (playback.speed, playback.is_playing) == (-0.1, True)
    playback.pause()
    assert playback.speed == 0.5


def test_a_missing_device_is_said_once_and_playing_goes_on(playback, qtbot):
    told = []
    playback.sound_trouble.connect(told.append)
    with qtbot.waitSignal(playback.sound_trouble):
        playback.play()
    playback.pause()
    playback.play()
    with qtbot.waitSignal(playback.picture_due):
        pass
    assert len(told) == 1
    assert "without sound" in told[0]


def test_a_stretch_of_the_session_is_played_and_its_last_frame_stays(playback, qtbot):
    frames = []
    playback.picture_due.connect(lambda picture: frames.append(picture.frame))
    with qtbot.waitSignal(playback.playing_changed):
        playback.play_stretch(OFFSET_US + 10 * FRAME_US, OFFSET_US + 14 * FRAME_US)
    with qtbot.waitSignal(playback.playing_changed):
        pass
    assert frames[-1] == 13
    assert not playback.is_playing


def test_the_row_shows_and_sets_speed_and_sound(playback, qtbot):
    row = SoundControls(playback)
    qtbot.addWidget(row)
    assert row.speed.currentText() == "1×"
    playback.slower()
    assert row.speed.currentText() == "0.75×"
    row.speed.activated.emit(row.speed.findData(2.0))
    assert playback.speed == 2
    row.mute.click()
    row.volume.setValue(40)
    assert playback.listening.muted
    assert playback.listening.volume == 0.4
    playback.listening.set_muted(False)
    assert not row.mute.isChecked()
    row._fill_menu()
    texts = [action.text() for action in row._menu.actions()]
    assert {"All", "Only 1", "Only 2", "+6 dB", "Hear single steps"} <= set(texts)


def test_while_it_shuttles_the_row_says_how_fast(playback, qtbot):
    row = SoundControls(playback)
    qtbot.addWidget(row)
    playback.seek(OFFSET_US + 2_000_000)
    playback.shuttle(-1)
    playback.shuttle(-1)
    assert row.speed.placeholderText() == "−2×"
    assert row.speed.currentIndex() == -1


def test_without_a_recording_the_sound_cannot_be_set(playback, qtbot):
    row = SoundControls(playback)
    qtbot.addWidget(row)
    assert row.mute.isEnabled()
    playback.close()
    assert not row.mute.isEnabled()
    assert row.speed.isEnabled()
