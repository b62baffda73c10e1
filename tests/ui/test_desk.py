"""The panels of the window: where they lie, and that they lie there again."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from imhcode.settings import Settings
from imhcode.ui import theme
from imhcode.ui.desk.belonging import window_of
from imhcode.ui.desk.desk import Desk
from imhcode.ui.local_state import local_state
from imhcode.ui.main_window import MainWindow

pytestmark = pytest.mark.gui


@pytest.fixture
def coder(driver, clip_of):
    driver.open(clip_of("cfr25").path)
    return driver


def sizes(desk: Desk) -> dict[str, tuple[int, int]]:
    QApplication.processEvents()
    return {
        name: (one.width(), one.height()) for name, one in desk.panels.items() if one.isVisible()
    }


def test_the_picture_takes_and_gives_when_the_window_grows(coder):
    desk = coder.space.desk
    before, picture = sizes(desk), desk.stage.size()
    coder.window.resize(1600, 1000)
    after = sizes(desk)
    assert after["pad"][0] == before["pad"][0]
    assert after["timeline"][1] == before["timeline"][1]
    assert desk.stage.width() == picture.width() + 320
    assert desk.stage.height() == picture.height() + 200


def test_a_panel_that_comes_and_goes_leaves_the_others_as_they_were(coder):
    before = sizes(coder.space.desk)
    for action in ("toggle_history", "toggle_findings", "toggle_table"):
        coder.window.run(action)
        assert sizes(coder.space.desk) != before
        coder.window.run(action)
        assert sizes(coder.space.desk) == before, action


def test_each_task_has_its_own_arrangement_and_gets_it_back(coder):
    desk, window = coder.space.desk, coder.window
    coding = sizes(desk)
    window.run("arrange_review")
    assert coder.space.findings.panel.isVisible()
    window.run("toggle_history")
    reviewing = sizes(desk)
    assert "history" in reviewing
    window.run("arrange_code")
    assert sizes(desk) == coding
    window.run("arrange_review")
    assert sizes(desk) == reviewing
    window.run("reset_panels")
    assert "history" not in sizes(desk)


def test_the_window_opens_as_it_was_left(coder, qtbot, clip_of):
    coder.window.run("arrange_review")
    coder.window.run("toggle_table")
    left = sizes(coder.space.desk)
    coder.window.close()
    again = MainWindow(Settings())
    qtbot.addWidget(again)
    again.show()
    qtbot.waitExposed(again)
    again.resize(1280, 800)  # the screen of the tests is smaller than that
    again.open([clip_of("cfr25").path])
    qtbot.waitUntil(lambda: again.space.picture.painted is not None, timeout=10_000)
    assert again.space.desk.arrangement == "review"
    assert sizes(again.space.desk) == left
    again.close()


def test_what_was_kept_by_another_program_or_is_broken_means_the_first_arrangement(coder):
    desk = coder.space.desk
    first = sizes(desk)
    coder.window.run("arrange_walk")
    local_state().setValue("desk/code/state", b"not a state of any window")
    local_state().setValue("desk/code/extents", ["pad=-3", "nonsense", "=5"])
    coder.window.run("arrange_code")
    assert sizes(desk) == first


def test_panels_stay_where_they_are_until_they_are_to_be_arranged(coder):
    desk = coder.space.desk
    panel = desk.panels["timeline"]

    def drag() -> None:
        title = panel.mapToGlobal(QPoint(60, 8))
        target = panel.mapFromGlobal(title)
        QTest.mousePress(panel, Qt.MouseButton.LeftButton, pos=target)
        for by in (10, 60, 160):
            QTest.mouseMove(panel, target + QPoint(0, -by))
        QTest.mouseRelease(panel, Qt.MouseButton.LeftButton, pos=target + QPoint(0, -160))
        QTest.mouseDClick(panel, Qt.MouseButton.LeftButton, pos=QPoint(60, 8))

    height = panel.content.height()
    drag()
    assert not panel.isFloating()
    coder.window.run("arrange_panels")
    QApplication.processEvents()
    assert panel.content.height() < height  # a title to drag it by
    QTest.mouseDClick(panel, Qt.MouseButton.LeftButton, pos=QPoint(60, 8))
    assert panel.isFloating()


@pytest.mark.parametrize("is_loose", [False, True])
def test_closing_the_window_of_a_panel_puts_it_back(coder, is_loose):
    desk = coder.space.desk
    desk.loosen(is_loose)
    before, panel = sizes(desk), desk.panels["timeline"]
    place = panel.geometry()
    panel.setFloating(True)
    QApplication.processEvents()
    assert panel.window() is not coder.window
    panel.close()
    coder.qtbot.waitUntil(lambda: sizes(desk) == before and panel.geometry() == place)
    assert coder.space.timeline.isVisible()


def test_codes_are_coded_with_the_picture_in_a_window_of_its_own(coder):
    coder.go_to_frame(5)
    coder.window.run("picture_away")
    coder.qtbot.waitExposed(coder.space.desk.window_of_picture)
    assert coder.space.picture.window() is not coder.window
    assert window_of(coder.space.picture) is coder.window
    QTest.keyClick(coder.space.picture, Qt.Key.Key_Right)
    coder.qtbot.waitUntil(lambda: coder.frame() == 6, timeout=10_000)
    key = next(iter(coder.model.keys()))
    QTest.keyClick(coder.space.picture, Qt.Key(ord(key.upper())))
    assert [one.onset_frame for one in coder.events] == [6]


def test_the_picture_comes_back_to_where_it_was(coder):
    desk = coder.space.desk
    before, picture = sizes(desk), desk.stage.size()
    coder.window.run("picture_away")
    assert sizes(desk)["pad"][0] > before["pad"][0]  # nothing lies fallow
    coder.window.run("toggle_findings")
    coder.window.run("toggle_findings")
    desk.window_of_picture.close()
    assert not desk.is_picture_away
    assert sizes(desk) == before
    assert desk.stage.size() == picture
    coder.window.run("picture_full_screen")
    assert desk.window_of_picture.isFullScreen()
    coder.window.run("picture_full_screen")
    assert sizes(desk) == before


def test_a_picture_left_on_a_second_screen_is_here_when_there_is_none(coder, qtbot):
    desk = coder.space.desk
    coder.window.run("picture_full_screen")
    desk.keep()
    coder.window.run("arrange_walk")
    assert not desk.is_picture_away
    coder.window.run("arrange_code")  # the offscreen platform has one screen
    assert not desk.is_picture_away
    assert coder.space.picture.window() is coder.window


def test_a_panel_left_where_no_screen_is_any_more_lies_in_its_place(coder):
    desk = coder.space.desk
    panel = desk.panels["table"]
    panel.setFloating(True)
    panel.move(9000, 9000)
    QApplication.processEvents()
    coder.window.run("arrange_walk")
    coder.window.run("arrange_code")
    coder.qtbot.waitUntil(lambda: panel.window() is coder.window or _is_seen(panel))


def _is_seen(panel) -> bool:
    return QApplication.screenAt(panel.frameGeometry().center()) is not None


def test_geometry_is_kept_beside_the_settings_of_a_person(coder, own_settings):
    coder.window.close()
    assert (own_settings / "config" / "window.ini").exists()


def test_at_twice_the_size_of_words_every_panel_is_still_seen(coder, qapp):
    theme.apply(qapp, theme.DARK, text_scale=2.0)
    try:
        QApplication.processEvents()
        desk = coder.space.desk
        inside = desk.rect()
        for name, panel in desk.panels.items():
            if panel.isVisible():
                assert inside.contains(panel.geometry()), name
        assert desk.stage.width() > 300
    finally:
        theme.apply(qapp, theme.DARK)
