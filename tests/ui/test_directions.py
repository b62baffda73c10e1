"""Labels of any length, and scripts that run from the right, leave the window usable."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt

from imhcode.services.studies import StudyService
from imhcode.ui import theme
from imhcode.ui.coding.code_button import CodeButton
from imhcode.ui.widgets.key_cap import KeyCap
from ui.long_labels import ARABIC, HEBREW, LONG, relabelled

pytestmark = pytest.mark.gui

RIGHT_TO_LEFT = Qt.LayoutDirection.RightToLeft
LEFT_TO_RIGHT = Qt.LayoutDirection.LeftToRight


@pytest.fixture
def look(qapp):
    """Set the direction and the size of words; both are as usual afterwards."""

    def set_look(direction: Qt.LayoutDirection, scale: float) -> None:
        qapp.setLayoutDirection(direction)
        theme.apply(qapp, theme.DARK, text_scale=scale)

    yield set_look
    set_look(LEFT_TO_RIGHT, 1.0)


@pytest.fixture
def opened(driver, clip_of, tmp_path):
    """Open a study whose labels begin with a text, and choose a pass."""

    def open_labelled(label: str, pass_id: str):
        path = tmp_path / "study.imh"
        with StudyService.create(path, [relabelled(label)]) as study:
            study.add_recording(clip_of("cfr25").path, "S01")
        driver.open(path)
        driver.model.choose_pass(pass_id)
        driver.qtbot.wait(1)
        return driver

    return open_labelled


@pytest.mark.parametrize(
    ("label", "direction", "scale"),
    [
        (HEBREW, RIGHT_TO_LEFT, 1.0),
        (ARABIC, RIGHT_TO_LEFT, 2.0),
        (LONG, LEFT_TO_RIGHT, 1.0),
        (LONG, LEFT_TO_RIGHT, 2.0),
        (LONG, RIGHT_TO_LEFT, 2.0),
    ],
)
def test_no_label_pushes_the_window_or_the_pad_apart(look, opened, label, direction, scale):
    look(direction, scale)
    coder = opened(label, "responses")
    for _, meant in list(coder.model.keys().items())[:4]:
        coder.model.code(meant)
    coder.qtbot.wait(1)
    assert (coder.window.width(), coder.window.height()) == (1280, 800)
    scroll = coder.space.desk.panels["pad"].content
    assert scroll.widget().width() <= scroll.viewport().width()
    for button in coder.space.pad.findChildren(CodeButton):
        across = QRect(button.mapTo(scroll.viewport(), QPoint(0, 0)), button.size())
        assert across.left() >= 0
        assert across.right() <= scroll.viewport().width()
    assert coder.space.picture.width() > 300
    assert coder.space.table.isVisible()


@pytest.mark.parametrize("direction", [LEFT_TO_RIGHT, RIGHT_TO_LEFT])
def test_time_runs_to_the_right_in_every_direction(look, opened, direction):
    look(direction, 1.0)
    coder = opened(HEBREW, "bids")
    space = coder.space
    transport = [button.x() for button in space.transport._tools.values()]
    assert transport == sorted(transport)
    asked: list[int] = []
    space.timeline.seek_requested.connect(asked.append)
    left, right = QPoint(400, 10), QPoint(900, 10)
    for place in (left, right):
        coder.qtbot.mouseClick(space.timeline, Qt.MouseButton.LeftButton, pos=place)
    assert asked[0] < asked[-1]


def test_a_codes_colour_and_key_stand_where_reading_begins(look, opened):
    look(LEFT_TO_RIGHT, 1.0)
    coder = opened(HEBREW, "bids")
    button = next(iter(coder.space.pad.findChildren(CodeButton)))
    from_left = button.grab().toImage()
    button.setLayoutDirection(RIGHT_TO_LEFT)
    from_right = button.grab().toImage()
    stripe = QPoint(10, button.height() // 2)
    there = QPoint(button.width() - 1 - stripe.x(), stripe.y())
    assert from_left.pixelColor(stripe) == from_right.pixelColor(there)
    assert from_left.pixelColor(stripe) != from_right.pixelColor(stripe)


def test_pad_table_and_start_page_are_read_from_the_right(look, opened):
    look(RIGHT_TO_LEFT, 1.0)
    coder = opened(ARABIC, "bids")
    buttons = coder.space.pad.findChildren(CodeButton)
    assert buttons[0].x() > buttons[1].x()
    header = coder.space.table.view.horizontalHeader()
    assert header.sectionViewportPosition(0) > header.sectionViewportPosition(1)
    for cap in coder.window.start.findChildren(KeyCap):
        assert cap.width() > 0
