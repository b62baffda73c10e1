"""The definition card: all a scheme says about a code, without getting in the way."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from imhcode.domain.scheme import Code
from imhcode.ui.coding.card import CodeCard
from imhcode.ui.widgets.key_cap import KeyCap
from small_scheme import SMALL

pytestmark = pytest.mark.gui

TRACK = SMALL.track("infant_bid")
LOOK = Code(
    id="look",
    label="Look bid",
    key="q",
    definition="Turns eyes to the <b>face</b>.",
    start="First frame of gaze.",
    stop="First frame without.",
    include=("up from a toy", "back after turning away"),
    exclude=("at a noise",),
    examples=("Stops mouthing the block.",),
    min_duration_us=500_000,
)


class Window(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.keys: list[str] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.resize(900, 640)
        self.card = CodeCard(self)

    def keyPressEvent(self, event):
        self.keys.append(event.text())


@pytest.fixture
def window(qtbot):
    window = Window()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.setFocus()
    return window


def words(card: CodeCard) -> list[str]:
    body = card.findChild(QScrollArea).widget()
    return [label.text() for label in body.findChildren(QLabel) if label.text() != "•"]


def test_the_card_says_everything_as_plain_text(window):
    window.card.show_code(SMALL, TRACK, LOOK)
    assert words(window.card) == [
        "Turns eyes to the <b>face</b>.",
        "Starts",
        "First frame of gaze.",
        "Stops",
        "First frame without.",
        "Lasts at least",
        "0.5 s",
        "Counts",
        "up from a toy",
        "back after turning away",
        "Does not count",
        "at a noise",
        "Examples",
        "Stops mouthing the block.",
        "Modifiers",
        "Signal clarity: Clear, Faint (needed)",
    ]
    assert window.card.findChild(KeyCap).text() == "Q"
    assert all(
        label.textFormat() == Qt.TextFormat.PlainText for label in window.card.findChildren(QLabel)
    )


def test_another_code_takes_the_place_of_the_first(window):
    window.card.show_code(SMALL, TRACK, LOOK)
    window.card.show_code(SMALL, TRACK, Code(id="smile", label="Smile"))
    assert words(window.card)[0] == "The scheme gives no definition for this code."
    assert window.card.findChild(KeyCap).isHidden()


def test_the_card_leaves_the_keyboard_where_it_was(window):
    window.card.show_code(SMALL, TRACK, LOOK)
    assert window.card.isVisible()
    assert not window.card.isWindow()
    assert window.hasFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F2])
def test_escape_and_f2_close_it_and_letters_pass(window, qtbot, key):
    window.card.show_code(SMALL, TRACK, LOOK)
    area = window.card.findChild(QScrollArea)
    area.setFocus()
    qtbot.keyClicks(area, "qs")
    assert window.keys == ["q", "s"]
    with qtbot.waitSignal(window.card.closed):
        qtbot.keyClick(area, key)
    assert window.card.isHidden()
    assert not window.card.close_card()


def test_a_long_card_stays_inside_the_window_and_scrolls(window, qtbot):
    long = replace(LOOK, examples=tuple(f"Example {n} of what this looks like." for n in range(60)))
    window.card.show_code(SMALL, TRACK, long)
    assert window.rect().contains(window.card.geometry())
    window.resize(500, 300)
    qtbot.waitUntil(lambda: window.rect().contains(window.card.geometry()))
    bar = window.card.findChild(QScrollArea).verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)


def test_a_short_card_needs_no_scroll_bar(window, qtbot):
    window.resize(1200, 900)
    window.card.show_code(SMALL, TRACK, LOOK)
    qtbot.waitUntil(lambda: window.card.height() > 200)
    assert window.card.findChild(QScrollArea).verticalScrollBar().maximum() == 0
