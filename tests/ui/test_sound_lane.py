"""The lane of sound above the tracks, on the real timeline with a real recording."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clips import make_clip
from imhcode.ui import theme
from imhcode.ui.coding.sound_lane import SoundView
from imhcode.ui.coding.sound_lane_colours import oklab, spectrogram_ramp, waveform_ramp
from imhcode.ui.coding.timeline_art import pixels_of
from imhcode.ui.coding.timeline_view import TimelineView
from imhcode.ui.theme import DARK, THEMES, contrast
from ui.abr_fixture import abr, abr_events

__all__ = ["abr"]
pytestmark = pytest.mark.gui

RATE = 16_000
S = 1_000_000
BEEP_S = (4, 5)
OFFSET_US = 10 * S


def write_sound(path: Path, sound: np.ndarray) -> Path:
    """A file with sound only, -1 to 1, shape (samples,)."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray((sound * 32767).astype(np.int16)[None], "s16", "mono")
        frame.sample_rate, frame.time_base = RATE, Fraction(1, RATE)
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


@pytest.fixture
def beep(tmp_path: Path) -> Path:
    """Twelve seconds of silence with a beep of 1 kHz from 4 to 5 s."""
    at = np.arange(12 * RATE) / RATE
    on = (at >= BEEP_S[0]) & (at < BEEP_S[1])
    return write_sound(tmp_path / "beep.wav", 0.5 * np.sin(2 * np.pi * 1000 * at) * on)


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication, abr) -> Iterator[TimelineView]:
    theme.apply(qapp, DARK)
    view = TimelineView()
    qtbot.addWidget(view)
    view.resize(1280, 300)
    view.set_range(0, 60 * S)
    view.show_observation(abr, abr.scheme.tracks)
    with qtbot.waitExposed(view):
        view.show()
    yield view
    view.sound.close()
    theme.apply(qapp, DARK)


def listen(view: TimelineView, qtbot: QtBot, path: Path, shown: SoundView, **given) -> None:
    view.sound.show_as(shown)
    view.sound.listen(path, path.parent / "kept", **given)
    qtbot.waitUntil(lambda: not view.sound.words(), timeout=20_000)
    QApplication.processEvents()


def lane_of(view: TimelineView) -> QRect:
    frame = view._frame
    return QRect(frame.left, frame.ruler, frame.width, frame.top - frame.ruler - 1)


def strength(view: TimelineView) -> np.ndarray:
    """How far the pixels of the lane are from its ground, shape (height, width).

    Without the playhead and the ring of the focus, which are painted above it.
    """
    view.grab()
    image = view._still.pixmap.toImage().copy(lane_of(view))
    pixels = pixels_of(image.convertToFormat(QImage.Format.Format_RGB32))
    shades = np.stack([(pixels >> shift) & 255 for shift in (16, 8, 0)]).astype(int)
    ground = QColor(theme.current().lane)
    return np.abs(shades - np.array([*ground.getRgb()[:3]])[:, None, None]).sum(axis=0)


def reach(view: TimelineView) -> np.ndarray:
    """How many pixels of each column are painted strongly, shape (width,)."""
    return (strength(view) > 60).sum(axis=0)


def test_no_lane_is_shown_and_no_file_is_read_before_it_is_asked_for(view, beep):
    before = view._frame.top
    view.sound.listen(beep, beep.parent)
    assert view.sound._pictures.working_on == ""
    assert view._frame.top == view._frame.ruler == before
    assert view.accessibleDescription().endswith("same events.")


def test_the_lane_takes_its_room_above_the_tracks_and_gives_it_back(view, qtbot, beep):
    lanes, hint = view._frame.top, view.sizeHint().height()
    listen(view, qtbot, beep, SoundView.WAVEFORM)
    tall = view._frame.top - lanes
    assert 40 <= tall <= 50
    assert view.sizeHint().height() == hint + tall
    view.sound.show_as(SoundView.SPECTROGRAM)
    assert view._frame.top - lanes > tall
    view.sound.show_as(SoundView.OFF)
    assert view._frame.top == lanes


@pytest.mark.parametrize("shown", [SoundView.WAVEFORM, SoundView.SPECTROGRAM])
def test_a_beep_stands_where_the_session_clock_says(view, qtbot, beep, shown):
    listen(view, qtbot, beep, shown, offset_us=OFFSET_US)
    for _ in range(3):
        loud = np.flatnonzero(reach(view) > 3)
        left = view.scale.x_of(OFFSET_US + BEEP_S[0] * S)
        right = view.scale.x_of(OFFSET_US + BEEP_S[1] * S)
        slack = 2 + 20_000 / view.scale.us_per_px  # a window of the spectrogram reaches so far
        assert loud[0] == pytest.approx(left, abs=slack)
        assert loud[-1] == pytest.approx(right, abs=slack)
        view.set_playhead(OFFSET_US + BEEP_S[0] * S)
        view.zoom_in()
    view.sound.set_offset(OFFSET_US + S)
    loud = np.flatnonzero(reach(view) > 3)
    assert loud[0] == pytest.approx(view.scale.x_of(OFFSET_US + 5 * S), abs=2 + slack)


def test_silence_is_a_line_and_where_there_is_no_recording_there_is_none(view, qtbot, beep):
    listen(view, qtbot, beep, SoundView.WAVEFORM, offset_us=OFFSET_US)
    painted = strength(view) > 25
    inside = painted[:, round(view.scale.x_of(OFFSET_US + S)) + 3]
    assert inside.sum() in (1, 2)
    assert abs(int(np.flatnonzero(inside)[0]) - len(inside) // 2) <= 1
    beyond = painted[:, round(view.scale.x_of(OFFSET_US + 13 * S)) : -40]
    assert beyond.any(axis=0).mean() < 0.02  # grid lines


def test_the_pitch_decides_the_height_in_the_spectrogram(view, qtbot, tmp_path):
    at = np.arange(8 * RATE) / RATE
    sound = np.where(at < 4, np.sin(2 * np.pi * 500 * at), np.sin(2 * np.pi * 3000 * at)) * 0.05
    listen(view, qtbot, write_sound(tmp_path / "two.wav", sound), SoundView.SPECTROGRAM)
    view.set_range(0, 8 * S)
    view.sound._pictures._waveform = None  # without the line of loudness
    view.sound.changed.emit()
    low, high = (
        strength(view)[:, round(view.scale.x_of(time_us))].argmax() for time_us in (2 * S, 6 * S)
    )
    tall = lane_of(view).height()
    assert 0.7 * tall < low < 0.85 * tall
    assert 0.3 * tall < high < 0.5 * tall


def test_pitches_of_voices_stand_out_unless_that_is_switched_off(view, qtbot, tmp_path):
    noise = np.random.default_rng(2).normal(0, 0.2, 8 * RATE).clip(-1, 1)
    listen(view, qtbot, write_sound(tmp_path / "noise.wav", noise), SoundView.SPECTROGRAM)
    view.set_range(0, 8 * S)
    top = strength(view)[:4, 20:-80].mean()
    view.sound.emphasise_speech(False)
    assert strength(view)[:4, 20:-80].mean() > 1.5 * top


def test_the_lane_says_how_far_the_work_is(view, qtbot, tmp_path):
    path = write_sound(tmp_path / "long.wav", np.zeros(1_200 * RATE))
    view.sound.show_as(SoundView.WAVEFORM)
    said: list[str] = []
    view.sound.changed.connect(lambda: said.append(view.sound.words()))
    view.sound.listen(path, tmp_path / "kept")
    assert "being worked out" in view.accessibleDescription()
    qtbot.waitUntil(lambda: not view.sound.words(), timeout=60_000)
    percents = [int(words.split()[1]) for words in said if words]
    assert all(words.startswith("sound ") and words.endswith(" %") for words in said if words)
    assert percents == sorted(percents)
    assert len(set(percents)) > 1  # on a busy machine not many are seen
    assert "how loud" in view.accessibleDescription()


def test_a_film_without_sound_says_why_there_is_no_picture(view, qtbot, tmp_path):
    path = make_clip(tmp_path, "cfr25").path
    view.sound.show_as(SoundView.WAVEFORM)
    view.sound.listen(path, tmp_path / "kept")
    qtbot.waitUntil(lambda: "no sound" in view.sound.words(), timeout=20_000)
    assert view.sound.words() == "This recording has no sound."
    assert view.accessibleDescription().endswith("Sound lane: This recording has no sound.")
    assert (strength(view) > 200).sum() > 50  # the words


def test_a_missing_file_says_so(view, qtbot, tmp_path):
    view.sound.show_as(SoundView.SPECTROGRAM)
    view.sound.listen(tmp_path / "gone.mp4", None)
    qtbot.waitUntil(lambda: "There is no file" in view.sound.words(), timeout=20_000)


def test_without_a_recording_the_lane_says_so(view):
    view.sound.show_as(SoundView.WAVEFORM)
    assert view.sound.words() == "No recording is open."
    assert (strength(view) > 200).sum() > 50


def test_our_own_mistake_is_not_swallowed(view, qtbot, beep, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("imhcode.media.waveform.read_waveform", broken)
    view.sound.show_as(SoundView.WAVEFORM)
    with qtbot.captureExceptions() as caught:
        view.sound.listen(beep, None)
        qtbot.waitUntil(lambda: bool(caught), timeout=20_000)
    assert caught[0][0] is ZeroDivisionError


def test_another_recording_takes_the_place_of_the_one_being_worked_out(view, qtbot, beep, tmp_path):
    long = write_sound(tmp_path / "long.wav", np.full(1200 * RATE, 0.3))
    view.sound.show_as(SoundView.WAVEFORM)
    view.sound.listen(long, None)
    listen(view, qtbot, beep, SoundView.WAVEFORM)
    assert view.sound._pictures.waveform.end_us == 12 * S


def test_a_click_in_the_lane_seeks(view, qtbot, beep):
    listen(view, qtbot, beep, SoundView.WAVEFORM)
    at = lane_of(view).center()
    with qtbot.waitSignal(view.seek_requested) as said:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert said.args[0] == view.scale.us_at(at.x() - view._frame.left)


def test_events_are_found_where_they_are_painted_below_the_lane(view, qtbot, beep):
    event = abr_events()[0]
    before = view._event_boxes(event)[0].center()
    listen(view, qtbot, beep, SoundView.WAVEFORM)
    after = view._event_boxes(event)[0].center()
    assert after.y() - before.y() == view._frame.top - view._frame.ruler
    assert view._event_at(after).id == event.id
    assert view._event_at(QPointF(after.x(), view._frame.ruler + 5)) is None


def test_the_playhead_crosses_the_lane_without_painting_it_again(view, qtbot, beep):
    listen(view, qtbot, beep, SoundView.WAVEFORM)
    view.set_playhead(20 * S)
    view.grab()
    still = view._still.pixmap.cacheKey()
    view.set_playhead(40 * S)
    image = view.grab().toImage()
    x = view._frame.left + int(view.scale.x_of(40 * S))
    lane = lane_of(view)
    assert all(
        image.pixelColor(x, y).name() == DARK.playhead for y in range(lane.top(), lane.bottom())
    )
    assert view._still.pixmap.cacheKey() == still


def test_the_name_stands_beside_the_lane(view, qtbot, beep):
    listen(view, qtbot, beep, SoundView.WAVEFORM)
    lane = lane_of(view)
    image = view.grab().toImage()
    names = QRect(0, lane.top(), view._frame.left - 8, lane.height())
    inks = {
        image.pixelColor(x, y).name()
        for x in range(names.left(), names.right())
        for y in range(names.top(), names.bottom())
    }
    assert {DARK.panel, DARK.text} <= inks


def test_a_low_timeline_keeps_room_for_the_tracks(view, qtbot, beep):
    listen(view, qtbot, beep, SoundView.SPECTROGRAM)
    view.resize(1280, 90)
    assert view._frame.height >= view._frame.top - view._frame.ruler
    assert not view.grab().isNull()


def test_lanes_with_larger_words_are_taller(view, qtbot, qapp, beep):
    listen(view, qtbot, beep, SoundView.WAVEFORM)
    usual = lane_of(view).height()
    view.resize(1280, 600)
    theme.apply(qapp, DARK, text_scale=2)
    assert lane_of(view).height() > 1.6 * usual


@pytest.mark.parametrize("name", THEMES)
def test_every_theme_shows_the_beep_in_its_own_colours(view, qtbot, qapp, beep, name):
    listen(view, qtbot, beep, SoundView.WAVEFORM)
    theme.apply(qapp, THEMES[name])
    view.set_playhead(50 * S)
    lane = lane_of(view)
    at = QPoint(lane.left() + round(view.scale.x_of(int(4.5 * S))), lane.center().y())
    core = view.grab().toImage().pixelColor(at).name()
    assert contrast(core, THEMES[name].lane) > 1.5
    silent = view.grab().toImage().pixelColor(at.x() + 200, lane.top() + 3).name()
    assert silent in {THEMES[name].lane, THEMES[name].grid}


@pytest.mark.parametrize("now", THEMES.values(), ids=list(THEMES))
def test_equal_steps_of_the_spectrogram_look_equal(now):
    lightness = np.array(
        [oklab(f"#{pixel & 0xFFFFFF:06x}")[0] for pixel in spectrogram_ramp(now)[::8]]
    )
    steps = np.diff(lightness)
    even = (lightness[-1] - lightness[0]) / len(steps)
    assert np.sign(even) == (1 if now.dark else -1)
    far_from_black = lightness[:-1] > 0.15  # 8 bits have no finer steps there
    assert np.abs(steps - even)[far_from_black].max() < 0.25 * abs(even)
    assert abs(lightness[-1] - lightness[0]) > 0.5


@pytest.mark.parametrize("now", THEMES.values(), ids=list(THEMES))
def test_the_outline_of_loudness_can_be_seen(now):
    outline = f"#{int(waveform_ramp(now)[-1]) & 0xFFFFFF:06x}"
    assert contrast(outline, now.lane) >= 4.5
