"""A tape is prepared by keyboard: moments are marked, put into words, put in order, and chosen."""

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from imhcode.domain.event import Event, Link
from imhcode.services.consent import Consents
from imhcode.services.family import People, Present
from imhcode.services.goals import Goals
from imhcode.services.private_notes import PrivateNotes
from imhcode.services.review import moments
from imhcode.services.studies import StudyService
from imhcode.ui.review.consent_words import today

pytestmark = pytest.mark.gui

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
S = 1_000_000
FRAME_US = 40_000


def on_disk(path, tmp_path):
    """The moments as another program would find them if this one were killed now."""
    copy = tmp_path / "killed.imh"
    for one in path.parent.glob(f"{path.name}*"):
        shutil.copyfile(one, copy.with_name(one.name.replace(path.name, copy.name)))
    with StudyService.open(copy) as study:
        notes = PrivateNotes(study.file, "S1", "x")
        return [(one, notes.of(one.id)) for one in moments(study, "S1")]


def test_a_study_without_a_scheme_for_reviewing_is_offered_the_shipped_one(clinician, study_path):
    clinician.window.open([study_path])
    QTest.keyClick(clinician.window.space.picture, Qt.Key.Key_R, CTRL | ALT)
    page = clinician.page
    assert page.model.scheme is None
    assert page.strip.words
    page.strip.offer_taken.emit("take_shipped_scheme")
    assert page.model.scheme.id == "strengths_review"
    assert page.strip.words == ""
    assert clinician.study.scheme().id == "abr"  # what the lab codes with stays the first


def test_in_and_out_keys_mark_the_frames_on_screen(clinician, study_path):
    clinician.open(study_path)
    clinician.mark(25, 75)
    (one,) = clinician.model.moments
    assert (one.onset_us, one.offset_us) == (25 * FRAME_US, 75 * FRAME_US)
    assert (one.event.onset_frame, one.event.offset_frame) == (25, 75)
    assert (one.kind, one.status) == ("connection", "candidate")
    clinician.mark(80, 100, Qt.Key.Key_R)  # the key of a kind begins and ends its own
    assert [one.kind for one in clinician.model.moments] == ["connection", "comfort"]
    assert clinician.moments.list.topLevelItemCount() == 2


def test_marking_does_not_pause(clinician, study_path):
    clinician.open(study_path)
    clinician.press(Qt.Key.Key_Space)
    clinician.qtbot.waitUntil(lambda: clinician.moments.tape.playback.is_playing, timeout=10_000)
    clinician.press(Qt.Key.Key_I)
    assert clinician.moments.tape.playback.is_playing
    (one,) = clinician.model.moments
    assert one.offset_us is None


def test_what_is_typed_is_on_disk_at_once_also_if_the_program_is_killed(
    clinician, study_path, tmp_path
):
    clinician.open(study_path)
    clinician.mark(25, 75, Qt.Key.Key_Z)
    clinician.press(Qt.Key.Key_2)
    clinician.press(Qt.Key.Key_F2)
    clinician.type("Wait for me")
    clinician.press(Qt.Key.Key_Tab)
    clinician.moments.form.fields["childs_words"].setFocus()
    clinician.type("Again!")
    clinician.press(Qt.Key.Key_Return)
    clinician.press(Qt.Key.Key_F3)
    clinician.type("My own impatience")
    note = clinician.moments.form.note
    clinician.qtbot.waitUntil(lambda: not note.document().isModified(), timeout=3_000)
    assert note.hasFocus()  # while it is still being typed
    ((one, private),) = on_disk(study_path, tmp_path)
    assert (one.title, one.childs_words, one.status) == ("Wait for me", "Again!", "chosen")
    assert private == "My own impatience"


def test_keys_put_moments_in_order_and_undo_takes_the_latest_thing_back(clinician, study_path):
    clinician.open(study_path)
    first, second = clinician.mark(10, 20), clinician.mark(30, 40)
    clinician.press(Qt.Key.Key_Up, ALT)
    assert [one.id for one in clinician.model.moments] == [second, first]
    clinician.press(Qt.Key.Key_4)
    assert clinician.model.moment(second).status == "kept_back"
    clinician.press(Qt.Key.Key_Z, CTRL)
    clinician.press(Qt.Key.Key_Z, CTRL)
    assert [one.id for one in clinician.model.moments] == [first, second]
    assert clinician.model.moment(second).status == "candidate"
    clinician.press(Qt.Key.Key_Y, CTRL)
    assert [one.id for one in clinician.model.moments] == [second, first]
    clinician.moments.list.choose(first)
    clinician.press(Qt.Key.Key_Delete)
    assert [one.id for one in clinician.model.moments] == [second]


def test_a_moment_plays_with_a_little_before_it_and_is_looped(clinician, study_path):
    clinician.open(study_path)
    clinician.mark(50, 60)
    frames = []
    tape = clinician.moments.tape
    tape.playback.picture_due.connect(lambda one: frames.append(one.frame))
    clinician.press(Qt.Key.Key_Space, SHIFT)
    clinician.qtbot.waitUntil(lambda: bool(frames) and not tape.playback.is_playing, timeout=10_000)
    assert frames[0] == 25
    assert frames[-1] == 59
    clinician.press(Qt.Key.Key_L)
    assert tape.playback.is_looping


def test_what_was_coded_becomes_moments_after_it_was_looked_at(clinician, study_path):
    with StudyService.open(study_path) as study:
        coding = study.coding("S1", "ria", scheme=study.scheme("abr"))
        bid = Event(id="b", track="infant_bid", code="look", onset_us=2 * S, offset_us=2 * S)
        answer = Event(
            id="a",
            track="caregiver_response",
            code="joins",
            onset_us=2_600_000,
            offset_us=2_600_000,
            links=(Link("answers", "b"),),
        )
        coding.add([bid, answer])
    clinician.open(study_path)
    clinician.press(Qt.Key.Key_K, CTRL)
    panel = clinician.moments.candidates
    assert panel.query.findText("bids met within 1 s") >= 0
    clinician.type("bids met within 1 s")
    clinician.press(Qt.Key.Key_Return)
    assert panel.list.topLevelItemCount() == 1
    clinician.press(Qt.Key.Key_Return)  # looks at it
    tape = clinician.moments.tape
    clinician.qtbot.waitUntil(lambda: tape.playback.is_playing, timeout=10_000)
    assert clinician.model.moments == ()
    clinician.press(Qt.Key.Key_Space)
    clinician.press(Qt.Key.Key_Space)
    panel.take()
    (one,) = clinician.model.moments
    assert one.onset_us <= 2 * S < one.offset_us
    assert one.status == "candidate"
    clinician.press(Qt.Key.Key_K, CTRL)
    clinician.type("nonsense")
    clinician.press(Qt.Key.Key_Return)
    assert "nonsense" in clinician.page.strip.words


def test_goals_of_the_family_and_consent_stand_beside_the_moment(clinician, study_path):
    clinician.open(study_path)
    goal = Goals(clinician.study.file, "D1", "kim").add("Quiet evenings")
    clinician.model.refresh_goals()
    clinician.mark(25, 75)
    form = clinician.moments.form
    box = form.fields["theme"]
    box.setFocus()
    clinician.press(Qt.Key.Key_Down)
    box.activated.emit(box.currentIndex())
    assert clinician.model.moments[0].goal_id == goal.id
    assert form.consent.text() == "Consent: Nobody has said who is in the picture."
    mother = People(clinician.study.file, "D1", "kim").add("mother", "parent")
    Present(clinician.study.file, "S1", "kim").add(mother.id)
    clinician.model.refresh_goals()
    assert form.consent.text() == "Consent: mother has not been asked about treatment."
    Consents(clinician.study.file, "D1", "kim").grant(mother.id, "treatment", today())
    clinician.model.refresh_goals()
    assert form.consent.text() == "Consent: mother: agreed to watching it together."


def test_one_log_has_one_writer_though_two_windows_show_it(clinician, study_path):
    clinician.open(study_path)
    clinician.mark(25, 75)
    window = clinician.window
    entry = next(
        one
        for one in clinician.study.session("S1").observations
        if one.id == clinician.model.coding.observation.id
    )
    window.show_session("S1", entry)
    clinician.mark(80, 90)
    assert len(window.space.model.observation.timeline.in_order()) == 2
    window.run("undo")
    window.run("undo")
    assert len(clinician.model.moments) < 2
    n = len(clinician.model.moments)
    clinician.mark(100, 110)
    assert len(clinician.model.moments) == n + 1
    assert len(moments(clinician.study, "S1")) == n + 1
