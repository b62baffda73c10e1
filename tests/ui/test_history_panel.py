"""The edit history as a list, and the way back to any point of it."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from imhcode.store.study_file import StudyFile
from imhcode.ui.history_model import DONE, WHAT, WHEN, WHO
from imhcode.ui.history_words import instant_in_words

pytestmark = pytest.mark.gui

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def coder(driver, clip_of):
    """Four bids, each on its own frame, and the history beside them."""
    driver.open(clip_of("cfr25").path)
    driver.model.choose_pass("bids")
    for frame in (0, 30, 60, 90):
        driver.go_to_frame(frame)
        driver.press(Qt.Key.Key_Q)
    driver.press(Qt.Key.Key_H, CTRL)
    driver.qtbot.waitUntil(driver.window.history.list.hasFocus)
    return driver


def shown(coder, column: int) -> list[str]:
    model = coder.window.history.model
    return [model.index(row, column).data() for row in range(model.rowCount())]


def frames(coder) -> list[int]:
    return [event.onset_frame for event in coder.events]


def test_it_says_who_did_what_when(coder):
    assert shown(coder, DONE) == ["The beginning", "Coded", "Coded", "Coded", "Coded"]
    assert shown(coder, WHO)[1:] == ["coder1"] * 4
    assert "frame 30" in shown(coder, WHAT)[2]
    assert all(len(when) == len("10:20:30") for when in shown(coder, WHEN)[1:])
    assert coder.window.history.model.current_row == 4


def test_enter_goes_back_and_enter_goes_forward_again(coder):
    panel = coder.window.history
    for row, left in ((2, [0, 30]), (4, [0, 30, 60, 90]), (0, []), (3, [0, 30, 60])):
        panel.list.setCurrentIndex(panel.model.index(row, 0))
        QTest.keyClick(panel.list, Qt.Key.Key_Return)
        coder.qtbot.waitUntil(lambda left=left: frames(coder) == left)
        assert panel.model.current_row == row
        assert panel.model.rowCount() == 5


def test_going_back_only_adds_to_the_log(coder):
    panel = coder.window.history
    panel.list.setCurrentIndex(panel.model.index(1, 0))
    panel.go.click()
    coder.qtbot.waitUntil(lambda: frames(coder) == [0])
    panel.everything.setChecked(True)
    assert shown(coder, DONE) == ["Coded"] * 4 + ["Undone: Coded"] * 3
    path = coder.window.study.service.path
    coder.window.close()
    study = StudyFile.open(path)
    (entry,) = study.observations()
    assert [one.cause for one in study.log_of(entry.id).entries()] == ["do"] * 4 + ["undo"] * 3
    study.close()


def test_a_new_edit_takes_the_place_of_what_was_taken_back(coder):
    panel = coder.window.history
    coder.press(Qt.Key.Key_Z, CTRL)
    coder.press(Qt.Key.Key_Z, CTRL)
    assert (panel.model.rowCount(), panel.model.current_row) == (5, 2)
    coder.go_to_frame(45)
    coder.press(Qt.Key.Key_W)
    assert (panel.model.rowCount(), panel.model.current_row) == (4, 3)
    assert "frame 45" in shown(coder, WHAT)[3]


def test_a_long_way_back_arrives_and_reads_the_log_in_pages(coder):
    panel = coder.window.history
    for n in range(120):
        coder.model.comment(coder.events[0].id, f"note {n}")
    read = []
    real = coder.model.edit_history._coding.lines
    coder.model.edit_history._coding.lines = lambda *place: read.append(place) or real(*place)
    panel.list.setCurrentIndex(panel.model.index(4, 0))
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    coder.qtbot.waitUntil(lambda: panel.model.current_row == 4, timeout=20_000)
    assert coder.events[0].comment == ""
    assert frames(coder) == [0, 30, 60, 90]
    assert len(read) <= 5


def test_an_edit_on_the_way_ends_the_way(coder):
    for n in range(60):
        coder.model.comment(coder.events[0].id, f"note {n}")
    coder.model.go_to_edit(0)  # the first steps are taken at once, the others when there is time
    coder.model.comment(coder.events[0].id, "I was faster")
    coder.qtbot.waitUntil(lambda: coder.model.edit_history.n_taken_back == 0)
    QTest.qWait(50)
    assert coder.events[0].comment == "I was faster"


def test_what_was_done_on_another_day_has_its_date():
    at = "2026-03-04T12:00:00.000+00:00"
    today = instant_in_words(at, date(2026, 3, 4))
    assert instant_in_words(at, date(2026, 3, 5)).endswith(f" {today}")
    assert instant_in_words("long ago", date(2026, 3, 5)) == "long ago"
