"""Real files of other programs in the window, by keyboard alone: shown, mapped, in, taken back."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from answering_scheme import ANSWERING
from imhcode.services.studies import StudyService
from imhcode.ui.bringing_in.mapping_table import BECOMES

pytestmark = pytest.mark.gui

GOLDEN = Path(__file__).parents[1] / "formats" / "golden"
BORIS = GOLDEN / "boris" / "project.boris"
ELAN = GOLDEN / "elan" / "S01_anna_gold.eaf"


@pytest.fixture
def window(driver, tmp_path):
    with StudyService.create(tmp_path / "study.imh", [ANSWERING]) as service:
        service.ensure_session("S01", "D01")
    driver.window.open([tmp_path / "study.imh"])
    return driver.window


def shown(window, qtbot, path: Path):
    """The page of the import of a dropped file, once it says what would happen."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    window.dropEvent(
        QDropEvent(
            QPoint(5, 5), Qt.DropAction.CopyAction, data,
            Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip
    qtbot.waitUntil(lambda: window.bringing_in.page is not None, timeout=5000)
    page = window.bringing_in.page
    qtbot.waitUntil(lambda: page.go.isEnabled() or bool(page.strip.words), timeout=20_000)
    return page


def bring_in(page, qtbot):
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.reports, timeout=20_000)


def coded(window):
    """Every observation that has events."""
    return [one for one in window.study.service.session("S01").observations if one.n_events]


def take_back(window, page, qtbot):
    """Leave the import, open what came in, and undo once."""
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.isHidden()
    (entry,) = coded(window)
    window.show_session("S01", entry)
    before = len(window.space.model.observation.timeline)
    QTest.keyClick(window.space.picture, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    return before, len(window.space.model.observation.timeline)


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")
def test_a_project_of_boris_is_mapped_brought_in_and_taken_back_by_keyboard(window, qtbot):
    page = shown(window, qtbot, BORIS)
    assert page.page.found.text().splitlines()[:2] == [
        "5 events, 5 codes on 3 tracks",
        "Sessions: S01",
    ]
    assert page.page.counts.text() == "5 found: 5 come in, 0 as notes, 0 refused"
    table = page.page.words
    assert page.focusWidget() is table
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return):
        qtbot.keyClick(table, key)
    (box,) = table.findChildren(QComboBox)
    qtbot.waitUntil(lambda: box.view().isVisible(), timeout=5000)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Return):
        qtbot.keyClick(box.view(), key)
    assert page.page.model.index(0, BECOMES).data() == "kept as a note"
    qtbot.waitUntil(
        lambda: page.page.counts.text() == "5 found: 4 come in, 1 as notes, 0 refused", timeout=5000
    )
    qtbot.waitUntil(page.go.isEnabled, timeout=5000)
    bring_in(page, qtbot)
    report = page.reports.text.toPlainText()
    assert report.startswith("5 events found, 4 imported, 1 kept as notes, 0 refused.")
    assert "state: together" in report  # as a note, with its time
    assert take_back(window, page, qtbot) == (4, 0)


def test_a_document_of_elan_is_brought_in_and_taken_back_by_keyboard(window, qtbot):
    page = shown(window, qtbot, ELAN)
    assert page.page.counts.text() == "6 found: 6 come in, 0 as notes, 0 refused"
    assert page.focusWidget() is page.page.scheme  # it speaks our words: there are none to map
    doubts = [page.page.doubts.item(n).text() for n in range(page.page.doubts.count())]
    assert doubts == [
        "S01: 2 recordings were not found: /films/S01 a.mp4, /films/S01 b.mp4",
    ]
    bring_in(page, qtbot)
    assert "6 imported" in page.reports.text.toPlainText()
    assert take_back(window, page, qtbot) == (6, 0)


def test_a_file_that_is_refused_whole_leaves_its_report(driver, qtbot, tmp_path):
    with StudyService.create(tmp_path / "study.imh", []):
        pass
    driver.window.open([tmp_path / "study.imh"])
    page = shown(driver.window, qtbot, ELAN)
    assert page.page.counts.text() == "6 found: 0 come in, 0 as notes, 6 refused"
    bring_in(page, qtbot)
    assert "no scheme" in page.reports.text.toPlainText()
    assert "6 refused" in page.reports.text.toPlainText()


def test_the_window_goes_on_while_very_many_events_are_worked_out(window, qtbot, tmp_path):
    lines = [f"S01,anna,answering,bid,look,{n * 40}" for n in range(20_000)]
    file = tmp_path / "many.csv"
    head = "session_id,coder_id,scheme_id,track_id,code,onset_ms"
    file.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    page = shown(window, qtbot, file)
    assert page.page.counts.text() == "20000 found: 20000 come in, 0 as notes, 0 refused"
    turns: list[int] = []
    ticking = QTimer()
    ticking.timeout.connect(lambda: turns.append(1))
    page.page.snap.click()
    qtbot.waitUntil(lambda: page.work.is_rehearsing, timeout=5000)
    ticking.start(5)
    qtbot.waitUntil(lambda: not page.work.is_rehearsing, timeout=60_000)
    ticking.stop()
    assert len(turns) > 2  # in one piece it would leave room for one or two


def test_working_out_can_be_stopped_and_begins_anew_with_the_next_choice(window, qtbot, tmp_path):
    lines = [f"S01,anna,answering,bid,look,{n * 40}" for n in range(20_000)]
    file = tmp_path / "many.csv"
    head = "session_id,coder_id,scheme_id,track_id,code,onset_ms"
    file.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    page = shown(window, qtbot, file)
    page.page.snap.click()
    qtbot.waitUntil(lambda: page.work.is_rehearsing, timeout=5000)
    page.progress.cancel_asked.emit()
    assert not page.work.is_rehearsing
    assert not page.go.isEnabled()
    assert page.strip.words == "Stopped. Choose something, and it is worked out again."
    page.page.snap.click()
    qtbot.waitUntil(page.go.isEnabled, timeout=60_000)
    bring_in(page, qtbot)
    assert [one.n_events for one in coded(window)] == [20_000]
