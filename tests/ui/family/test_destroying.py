"""A recording is destroyed from the window: said before, a word typed, certified after."""

import pytest
from PySide6.QtCore import Qt

from imhcode.services.deleting import deletions, planned

from .families import CTRL, SHIFT

pytestmark = pytest.mark.gui


@pytest.fixture
def page(clinician, family):
    clinician.open(family)
    clinician.qtbot.waitUntil(
        lambda: clinician.window.space.picture.painted is not None, timeout=10_000
    )
    clinician.press(Qt.Key.Key_Delete, CTRL | SHIFT)
    return clinician.page.destroying


def test_everything_that_would_go_and_stay_is_listed_before_anything_is_touched(
    clinician, page, tmp_path
):
    clinician.press(Qt.Key.Key_Return)
    recording = page.recordings.current_id
    plan = planned(clinician.study, recording)
    assert plan.originals == (tmp_path / "cam1.avi",)
    assert plan.derived  # the index of its frames, kept since it was opened
    text = page.text.toPlainText()
    for path in (*plan.originals, *plan.derived):
        assert str(path) in text
    assert "what was coded in the session" in text
    assert "the recording S2-cam2 of this study, which holds the same" in text
    assert (tmp_path / "cam1.avi").exists()
    assert not page.go.isEnabled()


def test_only_the_typed_word_destroys_and_the_certificate_is_shown_and_saved(
    clinician, page, tmp_path
):
    clinician.press(Qt.Key.Key_Return)
    clinician.qtbot.keyClicks(page.word, "destro")
    clinician.press(Qt.Key.Key_Return)
    assert (tmp_path / "cam1.avi").exists()
    clinician.qtbot.keyClicks(page.word, "y")
    clinician.press(Qt.Key.Key_Return)
    assert not (tmp_path / "cam1.avi").exists()
    (done,) = deletions(clinician.study)
    assert page.text.toPlainText() == done.certificate
    assert clinician.window.space.playback.recording is None  # it was open in the other window
    assert clinician.page.focusWidget() is page.save
    page.save_to(tmp_path / "certificate.txt")
    assert (tmp_path / "certificate.txt").read_text(encoding="utf-8") == done.certificate
    assert len(clinician.window.space.model.observation.timeline) == 2  # the coding stays


def test_the_coding_goes_too_where_it_is_not_wanted_and_the_coding_window_knows(clinician, page):
    assert len(clinician.window.space.model.observation.timeline) == 2
    clinician.press(Qt.Key.Key_Return)
    page.keep_coding.setFocus()
    clinician.press(Qt.Key.Key_Space)
    assert "the study’s log, which still says what was coded" in page.text.toPlainText()
    page.word.setFocus()
    clinician.qtbot.keyClicks(page.word, "destroy")
    clinician.press(Qt.Key.Key_Return)
    assert len(clinician.window.space.model.observation.timeline) == 0


def test_a_certificate_that_cannot_be_written_is_said(clinician, page, tmp_path):
    clinician.press(Qt.Key.Key_Return)
    clinician.qtbot.keyClicks(page.word, "destroy")
    clinician.press(Qt.Key.Key_Return)
    page.save_to(tmp_path / "nowhere" / "certificate.txt")
    assert "could not be written" in clinician.page.strip.words


def test_a_file_that_is_another_one_by_now_is_not_touched(clinician, page, tmp_path):
    (tmp_path / "cam1.avi").write_bytes(b"something else")
    clinician.press(Qt.Key.Key_Return)
    assert "is not the file that was added" in clinician.page.strip.words
    assert page.text.toPlainText() == ""
    assert not page.word.isEnabled()
    clinician.press(Qt.Key.Key_Escape)
    assert clinician.page.pages.currentWidget() is clinician.page.consent
