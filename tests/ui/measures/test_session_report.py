"""The report of a session, written from both windows."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from imhcode.ui.measures import report_place

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def saving(monkeypatch, tmp_path):
    """What the dialog is answered with: a name, and the kind at a place of its list."""

    def answer(name: str, kind: int = 0) -> Path:
        path = tmp_path / name
        chosen = list(report_place.kinds())[kind]
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), chosen))
        return path

    return answer


def written(researcher, path):
    researcher.qtbot.waitUntil(path.exists, timeout=20_000)
    researcher.wait()
    return path


def test_the_window_of_measures_writes_the_report_of_the_session_one_stands_on(
    researcher, worked_path, saving
):
    researcher.open(worked_path)
    path = saving("S01.html")
    researcher.press(Qt.Key.Key_B, CTRL | ALT)
    page = written(researcher, path).read_text("utf-8")
    assert "S01" in page
    assert "Attunement index" in page
    assert str(path) in researcher.page.strip.words


def test_the_coding_window_writes_it_on_the_paper_that_was_chosen(researcher, worked_path, saving):
    researcher.window.open([worked_path])
    heights = {}
    for paper, height_mm in (("A4", 297), ("Letter", 279)):
        kinds = [one for _, one in report_place.kinds().values()]
        path = saving(paper, kinds.index(paper))
        QTest.keyClick(researcher.window.space.picture, Qt.Key.Key_B, CTRL | ALT)
        pdf = path.with_name(f"{paper}.pdf")  # the name had no ending
        researcher.qtbot.waitUntil(pdf.exists, timeout=20_000)
        document = QPdfDocument()
        document.load(str(pdf))
        heights[paper] = document.pagePointSize(0).height() / 72 * 25.4
        assert heights[paper] == pytest.approx(height_mm, abs=1)
        document.close()
        researcher.qtbot.waitUntil(
            lambda name=str(pdf): name in researcher.window.strip.words, timeout=5_000
        )


def test_of_several_sessions_somebody_has_to_say_which(researcher, worked_path, saving):
    from coded_sessions import scheme, worked_events
    from imhcode.services.studies import StudyService

    with StudyService.open(worked_path) as study:
        study.ensure_session("S02", "D02")
        study.coding("S02", "anna", scheme=scheme("abr")).add(worked_events())
    researcher.open(worked_path)
    path = saving("S02.html")
    researcher.figures.choose("survival-repair_latency")
    researcher.wait()
    researcher.press(Qt.Key.Key_B, CTRL | ALT)
    assert "Stand on a number of one session" in researcher.page.strip.words
    assert not path.exists()
    researcher.figures.choose("timeline")
    researcher.wait()
    session = researcher.figures.session
    session.setCurrentIndex(session.findText("S02"))
    researcher.press(Qt.Key.Key_B, CTRL | ALT)
    assert "S02" in written(researcher, path).read_text("utf-8")
