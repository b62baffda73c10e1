"""Episodes marked, moved and taken back through the real window, on a real study."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from imhcode.services.studies import StudyService
from imhcode.settings import Settings
from imhcode.ui.main_window import MainWindow
from shipped_study import study_with

pytestmark = pytest.mark.gui

CTRL = Qt.KeyboardModifier.ControlModifier
FRAME_US = 40_000


@pytest.fixture
def path(tmp_path, clip_of):
    return study_with(tmp_path, "still_face", clip_of("cfr25").path)


@pytest.fixture
def marker(driver, path):
    driver.open(path)
    assert driver.model.pass_id == "procedure"
    return driver


def keys(driver, characters):
    for character in characters:
        QTest.keyClicks(driver.space.picture, character)


def procedure(driver):
    """Play from frame 10, still face from 40, reunion from 80; why the still face ended."""
    for frame, key in ((10, "1"), (40, "2"), (80, "3")):
        driver.go_to_frame(frame)
        keys(driver, key)
    keys(driver, "1")


def marked(driver):
    return [
        (one.kind, one.onset_us // FRAME_US, one.offset_us and one.offset_us // FRAME_US)
        for one in driver.space.whole.episodes.episodes
    ]


def stored(path):
    with StudyService.open(path, writing=False) as study:
        return study.file.episodes_of("S01")


def typed(words):
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    QTest.keyClicks(field, words)
    QTest.keyClick(field, Qt.Key.Key_Return)


WHOLE = [("play", 10, 40), ("still_face", 40, 80), ("reunion", 80, None)]


def test_the_schemes_keys_mark_the_procedure_and_a_digit_says_why_it_ended(marker, path):
    procedure(marker)
    assert marked(marker) == WHOLE
    marker.go_to_frame(110)
    keys(marker, "3")
    card = marker.space.whole.card
    assert card.title == "Why did “Reunion” end?"
    assert QApplication.activeModalWidget() is None
    keys(marker, "2")
    assert not card.is_open
    assert marker.events == []
    kept = marker.space.whole.episodes.episodes
    marker.window.close()
    assert stored(path) == kept
    assert [one.end_reason for one in kept] == ["", "full_time", "infant_distress"]


def test_the_reason_can_be_left_open_and_coding_goes_on(marker):
    procedure(marker)
    marker.go_to_frame(100)
    keys(marker, "3x")
    assert len(marker.events) == 1
    marker.press(Qt.Key.Key_Escape)
    assert not marker.space.whole.card.is_open
    assert marker.space.whole.episodes.episodes[-1].end_reason == ""


def test_undo_takes_back_what_was_done_last_whatever_it_was(marker):
    marker.go_to_frame(10)
    keys(marker, "1x")
    marker.press(Qt.Key.Key_Escape)  # the question that the event asks
    marker.go_to_frame(40)
    keys(marker, "2")
    marker.press(Qt.Key.Key_Z, CTRL)
    assert marked(marker) == [("play", 10, None)]
    marker.press(Qt.Key.Key_Z, CTRL)
    assert (len(marker.events), marked(marker)) == (0, [("play", 10, None)])
    marker.press(Qt.Key.Key_Z, CTRL)
    assert marked(marker) == []
    for _ in range(3):
        marker.press(Qt.Key.Key_Y, CTRL)
    assert (len(marker.events), marked(marker)) == (1, [("play", 10, 40), ("still_face", 40, None)])


def test_undo_goes_on_after_a_restart(marker, path, qtbot):
    marker.go_to_frame(10)
    keys(marker, "x")
    marker.press(Qt.Key.Key_Escape)
    keys(marker, "1")
    marker.window.close()
    window = MainWindow(Settings())
    qtbot.addWidget(window)
    window.open([path])
    space = window.space
    assert len(space.whole.episodes.episodes) == 1
    window.run("undo")
    assert (len(space.whole.episodes.episodes), len(space.model.observation.timeline)) == (0, 1)
    window.run("undo")
    assert len(space.model.observation.timeline) == 0
    window.run("redo")
    window.run("redo")
    assert (len(space.whole.episodes.episodes), len(space.model.observation.timeline)) == (1, 1)
    window.close()


def test_the_order_of_the_procedure_is_kept(marker):
    procedure(marker)
    marker.go_to_frame(100)
    keys(marker, "1")
    assert marked(marker) == WHOLE
    assert "comes after" in marker.window.strip.words


def test_the_keys_act_only_where_episodes_are_marked(marker):
    marker.model.choose_pass("infant_gaze")
    keys(marker, "1")
    assert marked(marker) == []
    marker.press(Qt.Key.Key_F11)
    keys(marker, "1")
    assert marked(marker) == [("play", 0, None)]


def test_an_episode_of_ones_own_is_named_and_taken_out_of_codable_time(marker):
    marker.go_to_frame(5)
    marker.press(Qt.Key.Key_F11)
    keys(marker, "o")
    typed("feeding break")
    assert marked(marker) == [("feeding break", 5, None)]
    marker.go_to_frame(20)
    for key in "]x":
        marker.press(Qt.Key.Key_F11)
        keys(marker, key)
    assert marked(marker) == [("feeding break", 5, 20)]
    (episode,) = marker.space.whole.episodes.episodes
    assert episode.excluded


def test_an_edge_is_moved_by_key_and_what_touches_it_moves_along(marker):
    procedure(marker)
    marker.press(Qt.Key.Key_F11, Qt.KeyboardModifier.ControlModifier)
    marker.qtbot.waitUntil(lambda: marker.frame() == 40)
    marker.go_to_frame(45)
    marker.press(Qt.Key.Key_F11)
    keys(marker, "[")
    assert marked(marker) == [("play", 10, 45), ("still_face", 45, 80), ("reunion", 80, None)]
    marker.press(Qt.Key.Key_Z, CTRL)
    assert marked(marker) == WHOLE


def test_an_edge_is_dragged_frame_by_frame_with_the_picture(marker):
    procedure(marker)
    band = marker.space.whole.band
    marker.qtbot.waitUntil(lambda: band.width() > 600)
    still_face = marker.space.whole.episodes.episodes[1]
    start = QPoint(round(band.box_of(still_face).left()) + 1, band.height() // 2)
    scale, left = marker.space.timeline.scale, marker.space.timeline.left_px
    end = QPoint(round(left + scale.x_of(50 * FRAME_US + 9_000)), start.y())
    QTest.mousePress(band, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(band, end)
    marker.qtbot.waitUntil(lambda: marker.frame() == 50)
    assert marked(marker) == WHOLE
    QTest.mouseRelease(band, Qt.MouseButton.LeftButton, pos=end)
    assert marked(marker) == [("play", 10, 50), ("still_face", 50, 80), ("reunion", 80, None)]


def test_an_edge_in_hand_is_let_go_with_escape(marker):
    procedure(marker)
    band = marker.space.whole.band
    still_face = marker.space.whole.episodes.episodes[1]
    start = QPoint(round(band.box_of(still_face).left()) + 1, band.height() // 2)
    QTest.mousePress(band, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(band, start + QPoint(60, 0))
    marker.press(Qt.Key.Key_Escape)
    QTest.mouseRelease(band, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 0))
    assert marked(marker) == WHOLE


def test_the_band_counts_down_the_nominal_length(marker):
    procedure(marker)
    marker.go_to_frame(55)
    assert marker.space.whole.band.countdown == "02:00 left"
    marker.go_to_frame(66)
    assert marker.space.whole.band.countdown == "01:59 left"
    marker.go_to_frame(0)
    assert marker.space.whole.band.countdown == ""


def test_ratings_are_about_the_episodes_once_there_are_some(driver, tmp_path, clip_of):
    driver.open(study_with(tmp_path, "global_ratings", clip_of("cfr25").path))
    whole = driver.space.whole
    driver.space.choose_pass("rate")
    assert whole.ratings.n_lacking() == 18
    for frame, key in ((10, "1"), (60, "2")):
        driver.go_to_frame(frame)
        driver.press(Qt.Key.Key_F11)
        keys(driver, key)
    assert whole.ratings.n_lacking() == 36
    assert [one.words for one in whole.ratings.abouts()] == [
        "Whole session",
        "1 · Play",
        "2 · Task",
    ]
    play, task = whole.episodes.episodes
    assert whole.ratings.about == play.id
    keys(driver, "4v2")
    assert {(one.episode, one.value) for one in driver.model.observation.ratings.values()} == {
        (play.id, 4.0),
        (task.id, 2.0),
    }


def test_the_age_is_written_down_in_the_window_and_holds_at_once(marker, path):
    assert marker.model.setting.age_months is None
    marker.press(Qt.Key.Key_S, CTRL | Qt.KeyboardModifier.AltModifier)
    typed("nine")
    assert "not an age" in marker.window.strip.words
    typed("9.5")
    assert marker.model.setting.age_months == 9.5
    keys(marker, "x")
    assert len(marker.events) == 1
    marker.window.close()
    with StudyService.open(path, writing=False) as study:
        assert study.session("S01").session.child_age_months == 9.5
