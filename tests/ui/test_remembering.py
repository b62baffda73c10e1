"""How a person listens and looks is as it was at the next start."""

import pytest

from beeping_clips import make_beeping_clip
from imhcode.settings import Settings, load
from imhcode.ui.coding.playback import SPEEDS
from imhcode.ui.coding.sound_lane import SoundView
from imhcode.ui.main_window import MainWindow
from imhcode.ui.remembering import speeds_of

pytestmark = pytest.mark.gui


@pytest.fixture
def next_start(driver, qtbot):
    """Close the window and start again with what was written down."""
    windows = []

    def start() -> MainWindow:
        driver.window.close()
        window = MainWindow(load())
        qtbot.addWidget(window)
        windows.append(window)
        return window

    yield start
    for window in windows:
        window.close()


def test_sound_and_layout_are_as_they_were(driver, next_start):
    listening = driver.space.playback.listening
    listening.set_volume(0.3)
    listening.set_gain_db(12)
    listening.set_muted(True)
    listening.set_grains(False)
    driver.window.run("next_sound_view")
    driver.window.run("next_layout")
    space = next_start().space
    listening = space.playback.listening
    assert (listening.volume, listening.gain_db) == (0.3, 12)
    assert (listening.muted, listening.grains) == (True, False)
    assert space.timeline.sound.view is SoundView.SPECTROGRAM
    assert space.picture.arrangement == "one-large"
    assert space.sound.volume.value() == 30


def test_what_was_never_changed_is_not_written_down(driver, next_start):
    assert next_start().settings == Settings()


def test_which_camera_leads_and_its_channel_are_kept_with_the_study(driver, clip_of, tmp_path):
    beeping = make_beeping_clip(tmp_path / "beeps.mp4", (0.4,), n_frames=75)
    driver.open(clip_of("cfr25").path)
    driver.window.adding.add_to_session([beeping])
    driver.qtbot.waitUntil(lambda: len(driver.window.study.files()) == 2, timeout=10_000)
    driver.window.run("next_lead")
    driver.qtbot.waitUntil(lambda: driver.space.playback.listening.n_channels > 1, timeout=10_000)
    driver.space.playback.listening.set_channel(1)
    kept = tmp_path / "kept.imh"
    driver.window.remembering.write()
    driver.window.window_commands.keep_draft_as(kept)
    driver.window._let_go()
    driver.open(kept)
    assert driver.window.study.recording.id == "S01-beeps"
    assert driver.space.playback.listening.channel == 1
    driver.window.run("next_lead")
    driver.qtbot.waitUntil(lambda: driver.space.playback.frame_times is not None)
    assert driver.space.playback.listening.channel is None
    driver.window._let_go()
    driver.open(kept)
    assert driver.window.study.recording.id == "S01-cfr25"


def test_speeds_of_ones_own_are_what_slower_and_faster_go_by(driver, qtbot):
    window = MainWindow(Settings(speeds=("0.5", "0.2", "2")))
    qtbot.addWidget(window)
    playback = window.space.playback
    for wanted in (0.5, 0.2, 0.2):
        playback.slower()
        assert playback.speed == wanted
    playback.set_speed(1)
    playback.faster()
    assert playback.speed == 2
    box = window.space.sound.speed
    assert [box.itemData(at) for at in range(box.count())] == [0.2, 0.5, 1.0, 2.0]
    window.close()


@pytest.mark.parametrize("speeds", [("quick",), ("0",), ("-1", "2"), ("9",), ("nan",)])
def test_speeds_that_are_none_mean_the_usual_ones(speeds):
    assert speeds_of(Settings(speeds=speeds)) == SPEEDS


def test_strange_values_in_the_settings_do_no_harm(qtbot, driver):
    window = MainWindow(Settings(volume=7, gain_db=-5, sound_view="opera", camera_layout="heap"))
    qtbot.addWidget(window)
    assert window.space.playback.listening.volume == 1
    assert window.space.timeline.sound.view is SoundView.WAVEFORM
    window.close()
