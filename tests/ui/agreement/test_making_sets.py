"""A trainer makes practice sets and retakes by keyboard, and is reminded of rechecks."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from imhcode.services import certificates
from imhcode.services.practice_sets import practice_sets
from imhcode.services.studies import StudyService

from .lab_studies import with_people
from .test_training_round import golden, line, sit_down, submit_attempt

pytestmark = pytest.mark.gui

CTRL = Qt.KeyboardModifier.ControlModifier


def clear_and_type(trainer, words):
    trainer.press(Qt.Key.Key_A, CTRL)
    trainer.type(words)


def test_a_set_is_made_by_keyboard_and_practised_at_once(trainer, study_path):
    golden(study_path, trainee="anna")
    with_people(study_path, tess="trainer", anna="coder")
    page = sit_down(trainer, study_path, "tess")
    trainer.press(Qt.Key.Key_N, CTRL)
    card = page.making.card
    assert card.is_open
    assert card.name.hasFocus()
    trainer.type("second steps, n")  # bare keys are letters here, no commands
    card.coders.setFocus()
    clear_and_type(trainer, "tom, anna")
    card.feedback.setFocus()
    trainer.press(Qt.Key.Key_End)
    assert card.feedback.currentData() == "off"
    card.threshold.setFocus()
    clear_and_type(trainer, "0.85")
    card.valid.setFocus()
    clear_and_type(trainer, "6")
    trainer.press(Qt.Key.Key_Return)
    assert not card.is_open
    made = practice_sets(trainer.study.file)[-1]
    assert (made.name, made.sessions, made.coders) == ("second steps, n", ("S01",), ("tom", "anna"))
    assert (made.feedback, made.valid_months, made.recheck_months) == ("off", 6, 6)
    assert (made.criterion.threshold, made.criterion.consecutive) == (0.85, 1)
    assert made.criterion.tracks == ()  # all count
    assert made.criterion.critical == ()  # nothing ticked: nothing critical
    assert page.sets.currentText() == "second steps, n"
    assert line(page) == "S01\nnot begun · Enter begins it"
    assert "is made" in trainer.page.strip.words


def test_a_refused_set_leaves_the_form_as_it_was(trainer, study_path):
    golden(study_path)
    with_people(study_path, tess="trainer")
    page = sit_down(trainer, study_path, "tess")
    trainer.press(Qt.Key.Key_N, CTRL)
    trainer.press(Qt.Key.Key_Return)
    assert "needs a name" in trainer.page.strip.words
    trainer.type("first steps")
    trainer.press(Qt.Key.Key_Return)
    assert "There is a practice set “first steps” already." in trainer.page.strip.words
    assert page.making.card.is_open
    assert page.making.card.name.text() == "first steps"
    trainer.press(Qt.Key.Key_Escape)
    assert not page.making.card.is_open
    assert trainer.page.pages.currentWidget() is page
    assert len(practice_sets(trainer.study.file)) == 1


def test_codes_that_must_not_be_missed_and_tracks_are_chosen(trainer, study_path):
    golden(study_path)
    with_people(study_path, tess="trainer")
    page = sit_down(trainer, study_path, "tess")
    trainer.press(Qt.Key.Key_N, CTRL)
    card = page.making.card
    trainer.type("strict")
    card.critical.choose(["infant_bid/vocal"])
    card.tracks.choose(["infant_bid", "dyad_state"])
    assert card.critical.text() == "1 code"
    card.name.setFocus()
    trainer.press(Qt.Key.Key_Return)
    made = practice_sets(trainer.study.file)[-1]
    assert made.criterion.critical == ("infant_bid/vocal",)
    assert made.criterion.tracks == ("dyad_state", "infant_bid")


def test_without_a_gold_standard_the_next_step_is_said(trainer, study_path):
    page = sit_down(trainer, study_path, "tess")
    trainer.press(Qt.Key.Key_N, CTRL)
    assert not page.making.card.is_open
    assert "No session has a frozen gold standard yet" in trainer.page.strip.words


def test_trainees_make_no_sets(trainer, study_path):
    golden(study_path)
    with_people(study_path, tess="trainer", trainee="coder")
    page = sit_down(trainer, study_path, "trainee")
    assert not page.new_set.isVisible()
    trainer.press(Qt.Key.Key_N, CTRL)
    assert not page.making.card.is_open
    assert "made by trainers" in trainer.page.strip.words


def test_a_retake_is_drawn_from_what_was_never_seen(trainer, study_path):
    golden(study_path, trainee="tom")
    with_people(study_path, tess="trainer", tom="coder", zoe="coder")
    page = sit_down(trainer, study_path, "tess")
    trainer.press(Qt.Key.Key_R, CTRL)  # the only session is in tom's first set
    card = page.making.retake_card
    assert "tom has not seen 0 sessions" in trainer.page.strip.words
    assert not card.is_open
    page.trainees.addItem("zoe", "zoe")
    page.trainees.setCurrentIndex(page.trainees.findData("zoe"))
    trainer.press(Qt.Key.Key_R, CTRL)
    assert card.is_open
    assert card.name.text() == "first steps, retake of zoe"
    assert card.count.text() == "1 of 1 never seen"
    trainer.press(Qt.Key.Key_Return)
    made = practice_sets(trainer.study.file)[-1]
    assert (made.sessions, made.coders, made.feedback) == (("S01",), ("zoe",), "off")
    assert page.sets.currentText() == "first steps, retake of zoe"


def test_rechecks_that_are_due_are_shown(trainer, study_path):
    golden(study_path)
    submit_attempt(study_path)
    with StudyService.open(study_path) as study:
        certificates.certify(study, "first steps", "trainee", today=date(2026, 1, 31))
    page = sit_down(trainer, study_path, "trainee")
    assert page.due.isVisible()
    assert page.due.text() in (
        "trainee: recheck due since 2026-07-31",
        "trainee: certificate run out on 2027-01-31",  # once that day has come
    )


def test_nobody_is_reminded_of_others(trainer, study_path):
    golden(study_path)
    submit_attempt(study_path)
    with StudyService.open(study_path) as study:
        certificates.certify(study, "first steps", "trainee", today=date(2026, 1, 31))
    page = sit_down(trainer, study_path, "somebody")
    assert not page.due.isVisible()
