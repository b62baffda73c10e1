"""A table whose columns were guessed wrongly: corrected in the window by keyboard, read again."""

import pytest
from PySide6.QtCore import Qt

from answering_scheme import ANSWERING
from imhcode.services.studies import StudyService

pytestmark = pytest.mark.gui

TABLE = "A,B,C\n1000,look,x\n2000,smile,y\n3000,look,x\n"


@pytest.fixture
def window(driver, tmp_path):
    StudyService.create(tmp_path / "study.imh", [ANSWERING]).close()
    driver.window.open([tmp_path / "study.imh"])
    return driver.window


def ready(page, qtbot):
    qtbot.waitUntil(lambda: page.go.isEnabled() or bool(page.strip.words), timeout=20_000)


def test_columns_are_shown_corrected_and_brought_in(window, qtbot, tmp_path):
    table = tmp_path / "lab.csv"
    table.write_text(TABLE, encoding="utf-8")
    window.bringing_in.bring_in([table])
    page = window.bringing_in.page
    ready(page, qtbot)
    line = page.page.columns
    assert line.isVisible()
    assert line.accessibleName() == "Columns"
    assert line.text() == "onset=A,code=B,unit=s"
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "onset=A,code=C,comment=B,unit=ms")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    ready(page, qtbot)
    qtbot.waitUntil(lambda: page.page.model.rowCount() == 2, timeout=20_000)
    qtbot.waitUntil(lambda: ("events", "x") in page.page.model.codes, timeout=20_000)
    qtbot.waitUntil(page.go.isEnabled, timeout=20_000)
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.reports, timeout=20_000)
    (entry,) = window.study.service.session("lab").observations
    events = window.study.service.observation(entry).timeline.in_order()
    assert [(one.code, one.onset_us, one.comment) for one in events] == [
        ("x", 1_000_000, "look"),
        ("y", 2_000_000, "smile"),
        ("x", 3_000_000, "look"),
    ]


def test_columns_that_are_none_are_refused_and_the_line_stays(window, qtbot, tmp_path):
    table = tmp_path / "lab.csv"
    table.write_text(TABLE, encoding="utf-8")
    window.bringing_in.bring_in([table])
    page = window.bringing_in.page
    ready(page, qtbot)
    page.page.columns.setFocus()
    page.page.columns.selectAll()
    qtbot.keyClicks(page.page.columns, "onset=Z")
    qtbot.keyClick(page.page.columns, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "it has no column “Z”" in page.strip.words, timeout=20_000)
    assert page.page.columns.isVisible()
    assert not page.go.isEnabled()
