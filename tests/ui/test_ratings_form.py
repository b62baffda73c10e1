"""A whole rating session on the form beside the picture, by keyboard only."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from imhcode.domain.rating import Rating
from imhcode.services.studies import StudyService
from imhcode.services.submitting import reasons_of
from imhcode.settings import Settings
from imhcode.ui.main_window import MainWindow
from shipped_study import study_with

pytestmark = pytest.mark.gui

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def path(tmp_path, clip_of):
    return study_with(tmp_path, "global_ratings", clip_of("cfr25").path)


@pytest.fixture
def rater(driver, path):
    """Two moments are marked, and the pass that rates is on."""
    driver.open(path)
    mark(driver)
    return driver


def keys(driver, characters):
    for character in characters:
        QTest.keyClicks(driver.space.picture, character)


def enter(driver, modifier=NONE):
    driver.press(Qt.Key.Key_Return, modifier)


def mark(driver):
    """Marks at 0.8 s and 3.6 s, dropped in the first pass; then on to the third."""
    for frame, key in ((20, "q"), (90, "w")):
        driver.go_to_frame(frame)
        keys(driver, key)
    to_rate(driver)


def to_rate(driver):
    while driver.model.pass_id != "rate":
        driver.press(Qt.Key.Key_PageDown, CTRL)


def given(driver) -> dict[str, Rating]:
    return {one.scale: one for one in driver.model.observation.ratings.values()}


def stored(path) -> tuple[dict[str, Rating], str]:
    with StudyService.open(path, writing=False) as study:
        (entry,) = study.file.observations()
        return {one.scale: one for one in study.file.ratings_of(entry.id)}, entry.status


def said_on_the_card(driver) -> list[str]:
    return [label.text() for label in driver.space.whole.form.card.findChildren(QLabel)]


def typed(driver, words):
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, words)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_the_form_takes_the_room_of_the_codes_in_a_pass_that_only_rates(rater):
    form, pad = rater.space.whole.form, rater.space.pad
    assert form.isVisible()
    assert not pad.isVisible()
    assert form.count == "Still to rate: 18 · Enter goes to the next"
    rater.press(Qt.Key.Key_PageUp, CTRL)
    assert pad.isVisible()
    assert not form.isVisible()


def test_eighteen_scales_are_rated_by_keyboard_submitted_and_found_again(driver, path, qtbot):
    driver.open(path)
    mark(driver)
    n_before = driver.window.keys.n_presses
    whole = driver.space.whole
    for number in range(18):
        scale = whole.ratings.focus
        if scale.id == "distress_response":
            keys(driver, "n1")
        else:
            keys(driver, f"{number % 3 + 2}wa")
        enter(driver)
    assert driver.window.keys.n_presses - n_before <= 18 * 4
    assert whole.form.count == "Every rating is given · Ctrl+Return submits"
    ratings = given(driver)
    assert len(ratings) == 18
    assert ratings["sensitivity"].value == 2
    assert ratings["sensitivity"].confidence == "medium"
    assert ratings["distress_response"].na_reason == "no distress of 3 s or more"
    assert ratings["distress_response"].value is None
    second = next(one for one in driver.events if one.onset_frame == 90)
    assert ratings["warmth"].evidence == (second.id,)
    enter(driver, CTRL)
    assert driver.model.observation.status == "submitted"
    keys(driver, "5")
    assert given(driver) == ratings
    driver.window.close()
    assert stored(path) == (ratings, "submitted")
    window = MainWindow(Settings())
    qtbot.addWidget(window)
    window.open([path])
    assert {one.scale: one for one in window.space.model.observation.ratings.values()} == ratings
    window.close()


def test_every_change_is_one_edit_that_undo_takes_back_where_it_was_made(rater):
    n = rater.model.n_edits
    keys(rater, "4")
    enter(rater)
    assert rater.space.whole.ratings.focus.id == "distress_response"
    keys(rater, "3e")
    assert rater.model.n_edits == n + 3
    assert given(rater)["distress_response"].confidence == "high"
    rater.press(Qt.Key.Key_Z, CTRL)
    rater.press(Qt.Key.Key_Z, CTRL)
    assert set(given(rater)) == {"sensitivity"}
    rater.press(Qt.Key.Key_Z, CTRL)
    assert given(rater) == {}
    assert rater.space.whole.ratings.focus.id == "sensitivity"
    rater.press(Qt.Key.Key_Y, CTRL)
    assert given(rater)["sensitivity"].value == 4


def test_a_rating_says_what_it_still_needs(rater):
    form = rater.space.whole.form
    keys(rater, "4")
    assert "needs evidence, confidence" in form.words_of("sensitivity")
    keys(rater, "q")
    assert "needs evidence" in form.words_of("sensitivity")
    keys(rater, "a")
    assert form.words_of("sensitivity") == "Sensitivity to signals · 4"


def test_moments_are_found_attached_and_taken_off_by_key(rater):
    first, second = sorted(rater.events, key=lambda one: one.onset_us)
    rater.go_to_frame(0)
    keys(rater, "d")
    rater.qtbot.waitUntil(lambda: rater.frame() == 20)
    keys(rater, "ad")
    rater.qtbot.waitUntil(lambda: rater.frame() == 90)
    keys(rater, "a")
    assert given(rater)["sensitivity"].evidence == (first.id, second.id)
    rater.press(Qt.Key.Key_Delete)
    assert given(rater)["sensitivity"].evidence == (first.id,)
    assert len(rater.events) == 2
    keys(rater, "aa")
    assert "No mark lies within 2 seconds" in rater.window.strip.words


def test_the_moment_is_played_from_the_form(rater):
    keys(rater, "a")
    rater.go_to_frame(0)
    keys(rater, "s")
    assert rater.space.playback.is_playing
    rater.press(Qt.Key.Key_Space)


def test_rating_goes_on_while_the_picture_plays(rater):
    rater.go_to_frame(0)
    rater.press(Qt.Key.Key_Space)
    keys(rater, "4")
    assert rater.space.playback.is_playing
    assert given(rater)["sensitivity"].value == 4
    rater.press(Qt.Key.Key_Space)


def test_up_and_down_go_from_scale_to_scale_and_the_open_one_is_in_view(rater):
    whole = rater.space.whole
    for _ in range(17):
        rater.press(Qt.Key.Key_Down)
    assert whole.ratings.focus.id == "repair_ease"
    form = whole.form
    rater.qtbot.waitUntil(
        lambda: form.rect().contains(form.card.mapTo(form, form.card.rect().center()))
    )
    rater.press(Qt.Key.Key_Up)
    assert whole.ratings.focus.id == "tension"


def test_why_it_is_not_applicable_may_be_said_in_own_words(rater):
    keys(rater, "n")
    card = rater.space.whole.card
    assert card.is_open
    keys(rater, card.answers()[-1][0])
    typed(rater, "camera on the wall")
    assert given(rater)["sensitivity"].na_reason == "camera on the wall"
    keys(rater, "3w")
    assert given(rater)["sensitivity"].na_reason == ""
    keys(rater, "n1")
    assert given(rater)["sensitivity"].confidence == ""
    keys(rater, "3n")
    rater.press(Qt.Key.Key_Escape)
    assert given(rater)["sensitivity"].value == 3


def test_a_comment_is_typed_without_coding_anything(rater):
    rater.press(Qt.Key.Key_K, CTRL)
    typed(rater, "quick 4 now")
    rating = given(rater)["sensitivity"]
    assert (rating.comment, rating.value) == ("quick 4 now", None)


def test_z_and_x_go_a_score_down_and_up(rater):
    keys(rater, "x")
    assert given(rater)["sensitivity"].value == 3
    keys(rater, "xx")
    assert given(rater)["sensitivity"].value == 5
    keys(rater, "xz")
    assert given(rater)["sensitivity"].value == 4


def test_the_variant_with_seven_points_is_another_measure(rater):
    keys(rater, "b7")
    assert given(rater)["sensitivity_seven_point"].value == 7
    assert rater.space.whole.ratings.n_lacking() == 18
    keys(rater, "wa")
    assert rater.space.whole.ratings.n_lacking() == 17
    keys(rater, "b")
    keys(rater, "7")
    assert "sensitivity" not in given(rater)


def test_a_flagged_score_prompts_calmly(rater):
    rater.space.whole.ratings.focus_on("child_avoidance")
    keys(rater, "3")
    assert not any("supervisor" in words for words in said_on_the_card(rater))
    keys(rater, "4")
    assert any("supervisor" in words for words in said_on_the_card(rater))
    assert QApplication.activeModalWidget() is None


def test_submitting_what_is_not_ready_asks_and_can_lead_there(rater):
    keys(rater, "4qa")
    enter(rater, CTRL)
    card = rater.space.whole.card
    assert card.title == "Submit? Ratings not ready: 17. Errors found: 0."
    assert rater.model.observation.status == "draft"
    keys(rater, "2")
    assert rater.space.whole.ratings.focus.id == "distress_response"
    enter(rater, CTRL)
    keys(rater, "1")
    assert rater.model.observation.status == "submitted"


def test_a_submitted_observation_is_taken_back_only_with_a_reason(rater, path):
    enter(rater, CTRL)
    keys(rater, "1")
    keys(rater, "4")
    assert "has been submitted" in rater.window.strip.words
    enter(rater, CTRL)
    typed(rater, "")
    assert rater.model.observation.status == "submitted"
    enter(rater, CTRL)
    typed(rater, "forgot a scale")
    assert rater.model.observation.status == "draft"
    keys(rater, "4")
    assert given(rater)["sensitivity"].value == 4
    rater.window.close()
    with StudyService.open(path) as study:
        (entry,) = study.file.observations()
        assert list(reasons_of(study.file, entry.id).values()) == ["forgot a scale"]


def others(study: StudyService) -> None:
    coding = study.coding("S01", "MM")
    coding.rate("sensitivity", value=5, confidence="high")
    me = study.coding("S01", Settings().coder)
    assert me.observation.coder_id != "MM"


def test_others_ratings_stay_hidden_until_ones_own_are_submitted(driver, tmp_path, clip_of):
    path = study_with(tmp_path, "global_ratings", clip_of("cfr25").path, others)
    driver.open(path)
    theirs = next(
        one
        for one in driver.window.study.service.session("S01").observations
        if one.coder_id == "MM"
    )
    driver.window.show_session("S01", theirs)
    driver.space.choose_pass("rate")
    form = driver.space.whole.form
    assert driver.space.whole.ratings.is_hidden
    assert form.card is None
    keys(driver, "1")
    assert given(driver)["sensitivity"].value == 5
    mine = next(
        one
        for one in driver.window.study.service.session("S01").observations
        if one.coder_id != "MM"
    )
    driver.window.show_session("S01", mine)
    driver.space.choose_pass("rate")
    enter(driver, CTRL)
    keys(driver, "1")
    assert driver.model.observation.status == "submitted"
    driver.window.show_session("S01", theirs)
    driver.space.choose_pass("rate")
    assert not driver.space.whole.ratings.is_hidden
    assert "5" in form.words_of("sensitivity")
