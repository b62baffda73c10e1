"""Watching with a parent: shown, logged on a second clock, kept, and exported."""

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme
from imhcode.services.clip_register import clips_of
from imhcode.services.consent import Consents
from imhcode.services.family import People, Present
from imhcode.services.studies import StudyService
from imhcode.services.visits import entries_of, visits_of
from imhcode.ui.parent.guard import PANIC_KEY
from imhcode.ui.review.consent_words import today
from written_clips import numbers_of

pytestmark = pytest.mark.gui

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def choose_two(clinician) -> list[str]:
    ids = []
    for first, end in ((10, 60), (80, 90)):
        ids.append(clinician.mark(first, end))
        clinician.press(Qt.Key.Key_2)
    return ids


def logged(path, tmp_path):
    """What another program would find of the visit if this one were killed now."""
    copy = tmp_path / "killed.imh"
    for one in path.parent.glob(f"{path.name}*"):
        shutil.copyfile(one, copy.with_name(one.name.replace(path.name, copy.name)))
    with StudyService.open(copy) as study:
        (visit,) = visits_of(study.file, "D1")
        return visit, entries_of(study.file, visit.id)


def test_prepare_show_log_and_keep_a_visit_by_keyboard_alone(clinician, study_path, tmp_path):
    clinician.open(study_path)
    ids = choose_two(clinician)
    clinician.show_parent()
    page, showing = clinician.page, clinician.page.showing
    view = page.screen_of_parent.view
    assert page.page is page.together
    clinician.press(Qt.Key.Key_B, CTRL)
    assert page.noting.log is not None
    clinician.press(Qt.Key.Key_Space)
    clinician.qtbot.waitUntil(lambda: not view.picture.is_empty, timeout=10_000)
    clinician.press(Qt.Key.Key_Space)  # paused to talk
    frame = showing.stamp.frame
    clinician.press(Qt.Key.Key_E)  # the parent says
    clinician.press(Qt.Key.Key_F2)
    clinician.type("She waits for me")
    clinician.press(Qt.Key.Key_Return)
    clinician.press(Qt.Key.Key_4)  # the child's point of view
    clinician.press(Qt.Key.Key_A)  # I named a strength
    clinician.press(Qt.Key.Key_Space)  # on
    clinician.press(Qt.Key.Key_PageDown)
    assert showing.now.moment.id == ids[1]
    visit, entries = logged(study_path, tmp_path)
    assert visit.label == "1"
    by_code = {one.code: one for one in entries}
    assert set(by_code) == {"clip_shown", "paused", "parent_says", "affirm"}
    said = by_code["parent_says"]
    assert (said.words, said.stance) == ("She waits for me", "childs_view")
    assert (said.moment_id, said.session_id, said.frame) == (ids[0], "S1", frame)
    assert by_code["paused"].until_us is not None
    assert by_code["clip_shown"].until_us is not None
    assert said.at_us >= by_code["paused"].at_us >= by_code["clip_shown"].at_us
    assert clinician.model.moment(ids[0]).status == "shown"
    assert clinician.model.moment(ids[1]).status == "chosen"
    clinician.press(Qt.Key.Key_V, CTRL | SHIFT)
    assert not view.isVisible()


def test_a_note_without_a_visit_begins_one_and_the_same_day_goes_on_with_it(clinician, study_path):
    clinician.open(study_path)
    choose_two(clinician)
    clinician.press(Qt.Key.Key_2, CTRL)
    clinician.press(Qt.Key.Key_S)
    assert [one.code for one in clinician.page.noting.entries] == ["asked"]
    clinician.window.review.let_go()
    clinician.window.run("show_review")
    clinician.sit_down()
    clinician.press(Qt.Key.Key_2, CTRL)
    clinician.press(Qt.Key.Key_B, CTRL)
    assert [one.code for one in clinician.page.noting.entries] == ["asked"]
    assert len(visits_of(clinician.study.file, "D1")) == 1


def test_a_note_pressed_by_mistake_is_taken_away_and_brought_back(clinician, study_path):
    clinician.open(study_path)
    choose_two(clinician)
    clinician.press(Qt.Key.Key_2, CTRL)
    clinician.press(Qt.Key.Key_S)
    clinician.press(Qt.Key.Key_D)
    log = clinician.page.together.log
    log.setFocus()
    clinician.press(Qt.Key.Key_Home)
    assert log.currentItem().text(1) == "I explained"
    clinician.press(Qt.Key.Key_Delete)
    assert [one.code for one in clinician.page.noting.entries] == ["asked"]
    clinician.press(Qt.Key.Key_Z, CTRL)
    assert [one.code for one in clinician.page.noting.entries] == ["asked", "explained"]


def test_the_panic_key_works_while_the_parents_words_are_typed(clinician, study_path):
    clinician.open(study_path)
    choose_two(clinician)
    clinician.show_parent()
    clinician.play_for_parent()
    clinician.press(Qt.Key.Key_E)
    clinician.press(Qt.Key.Key_F2)
    words = clinician.page.together.words
    assert words.hasFocus()
    QTest.sendKeyEvent(QTest.KeyAction.Press, words, PANIC_KEY, "", Qt.KeyboardModifier(0))
    assert clinician.page.showing.state == "blank"
    assert clinician.page.screen_of_parent.view.picture.is_empty
    assert clinician.page.together.mirror.is_empty
    assert words.hasFocus()
    clinician.press(Qt.Key.Key_Return, CTRL)
    assert clinician.page.showing.state == "paused"
    QTest.sendKeyEvent(
        QTest.KeyAction.Press, clinician.window.space.picture, PANIC_KEY, "",
        Qt.KeyboardModifier(0),
    )  # fmt: skip
    assert clinician.page.showing.state == "blank"  # from the coding window too


def test_going_on_after_a_blank_screen_is_a_clip_shown_again(clinician, study_path):
    clinician.open(study_path)
    choose_two(clinician)
    clinician.show_parent()
    clinician.press(Qt.Key.Key_B, CTRL)
    clinician.play_for_parent()
    clinician.page.showing.blank()
    clinician.press(Qt.Key.Key_Return, CTRL)
    clinician.press(Qt.Key.Key_Space)
    shown = [one for one in clinician.page.noting.entries if one.code == "clip_shown"]
    assert [one.until_us is None for one in shown] == [False, True]


def test_a_visit_needs_a_family(clinician, tmp_path, film):
    path = tmp_path / "nobody.imh"
    with StudyService.create(path, [load_scheme(find_scheme("strengths_review"))]) as study:
        study.add_recording(film, "S1")
    clinician.open(path)
    asked = []
    clinician.page.family_asked.connect(lambda: asked.append(True))
    clinician.press(Qt.Key.Key_B, CTRL)
    assert clinician.page.noting.log is None
    assert clinician.study.dyads() == {}
    clinician.page.strip.offer_taken.emit("show_family")
    assert asked == [True]


def test_only_what_is_chosen_now_can_be_reached_by_the_parent(clinician, study_path):
    clinician.open(study_path)
    ids = choose_two(clinician)
    third = clinician.mark(100, 120)
    clinician.show_parent()
    showing = clinician.page.showing
    assert [one.moment.id for one in showing.shown] == ids
    showing.next()
    clinician.model.set_status(ids[1], "kept_back")
    assert [one.moment.id for one in showing.shown] == ids[:1]
    assert showing.now.moment.id == ids[0]
    clinician.model.set_status(third, "chosen")
    assert [one.moment.id for one in showing.shown] == [ids[0], third]
    assert showing.now.moment.id == ids[0]


def test_closing_the_study_closes_the_parents_view(clinician, study_path):
    clinician.open(study_path)
    choose_two(clinician)
    clinician.show_parent()
    clinician.play_for_parent()
    view = clinician.page.screen_of_parent.view
    clinician.window.review.let_go()
    assert not view.isVisible()
    assert view.picture.is_empty
    assert view.title.text() == ""
    assert not clinician.page.showing.playback.is_playing


def test_a_clip_is_refused_without_consent_and_exact_to_the_frame_with_it(
    clinician, study_path, tmp_path
):
    clinician.open(study_path)
    clinician.mark(10, 60)
    clinician.press(Qt.Key.Key_E, CTRL)
    clips = clinician.page.clips
    assert clips.card.is_open
    clips.card.close_card()
    clip = tmp_path / "clip.mp4"
    clips.export_to(clip)
    assert not clip.exists()
    assert "Nobody has said who is in the picture." in clinician.page.strip.words
    file = clinician.study.file
    mother = People(file, "D1", "kim").add("mother", "parent")
    Present(file, "S1", "kim").add(mother.id)
    Consents(file, "D1", "kim").grant(mother.id, "treatment", today())
    clips.export_to(clip)
    clinician.qtbot.waitUntil(lambda: not clips.is_busy, timeout=30_000)
    assert numbers_of(clip) == list(range(10, 60))
    assert str(clip) in clinician.page.strip.words
    (record,) = clips_of(file, session_id="S1")
    assert record.people == (mother.id,)
    clips.export_to(tmp_path / "second.mp4")
    clips.stop()
    assert not (tmp_path / "second.mp4").exists()
    assert len(clips_of(file, session_id="S1")) == 1
