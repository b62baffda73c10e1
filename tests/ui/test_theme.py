"""Every pair of colours that meets on the screen can be told apart, in every theme."""

import subprocess
import sys
from dataclasses import fields

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from imhcode.ui import theme
from imhcode.ui.theme import DARK, HIGH_CONTRAST, THEMES, contrast
from imhcode.ui.widgets.key_cap import KeyCap

GROUNDS = ("window", "panel", "panel_raised", "lane", "lane_alt")
TEXT = [(words, ground) for words in ("text", "text_dim") for ground in GROUNDS] + [
    *((words, ground) for words in ("warning", "danger", "ok") for ground in GROUNDS[:3]),
    ("accent", "panel"),
    ("accent_text", "accent"),
    ("selection_text", "selection"),
]
GRAPHICS = [
    *(("outline", ground) for ground in GROUNDS),
    *(("focus", ground) for ground in GROUNDS),
    *(("playhead", ground) for ground in (*GROUNDS[3:], "panel")),
    *(("accent", ground) for ground in GROUNDS),
]
DECORATION = {"line", "grid", "gap", "picture_surround"}  # says nothing that is not said elsewhere


@pytest.fixture(params=THEMES.values(), ids=list(THEMES))
def some_theme(request):
    return request.param


def test_words_have_a_contrast_of_four_and_a_half(some_theme):
    found = {
        pair: contrast(getattr(some_theme, pair[0]), getattr(some_theme, pair[1])) for pair in TEXT
    }
    assert {pair: round(value, 2) for pair, value in found.items() if value < 4.5} == {}


def test_graphics_have_a_contrast_of_three(some_theme):
    found = {
        pair: contrast(getattr(some_theme, pair[0]), getattr(some_theme, pair[1]))
        for pair in GRAPHICS
    }
    assert {pair: round(value, 2) for pair, value in found.items() if value < 3} == {}


def test_no_colour_escapes_the_two_tests_above():
    colours = {field.name for field in fields(DARK) if field.type == "str" or field.type is str} - {
        "name"
    }
    tested = {name for pair in TEXT + GRAPHICS for name in pair}
    assert colours - tested - DECORATION == set()


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_the_picture_is_the_brightest_thing_in_the_dark_window():
    grounds = [getattr(DARK, name) for name in GROUNDS]
    assert theme.luminance(DARK.picture_surround) < min(theme.luminance(one) for one in grounds)
    assert max(theme.luminance(one) for one in grounds) < 0.03


def test_applying_a_theme_dresses_every_group_of_the_palette(qapp: QApplication, some_theme):
    theme.apply(qapp, some_theme)
    palette = qapp.palette()
    assert theme.current() is some_theme
    assert palette.color(QPalette.ColorRole.Window).name() == some_theme.window
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        assert palette.color(group, QPalette.ColorRole.Text).name() == some_theme.text
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text).name()
    assert disabled not in {some_theme.text, some_theme.panel}


@pytest.mark.gui
@pytest.mark.parametrize("kind", [QPushButton, QLineEdit])
def test_focus_is_visible(qtbot: QtBot, qapp: QApplication, kind, some_theme):
    theme.apply(qapp, some_theme)
    window = QWidget()
    layout = QVBoxLayout(window)
    one, other = kind(), kind()
    layout.addWidget(one)
    layout.addWidget(other)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    one.setFocus()
    qtbot.waitUntil(one.hasFocus)
    image = one.grab().toImage()
    ring = {image.pixelColor(image.width() // 2, row).name() for row in (0, 1)}
    image = other.grab().toImage()
    bare = {image.pixelColor(image.width() // 2, row).name() for row in (0, 1)}
    assert some_theme.focus in ring
    assert some_theme.focus not in bare


@pytest.mark.gui
def test_a_key_cap_shows_a_letter_as_on_the_keyboard(qtbot: QtBot):
    cap = KeyCap("d")
    qtbot.addWidget(cap)
    assert cap.text() == "D"
    assert "D" in cap.accessibleName()
    cap.show_key("Ctrl+Z")
    assert cap.text() == "Ctrl+Z"
    cap.show_key("<b>")
    assert cap.text() == "<b>"


def test_words_grow_on_request(qapp: QApplication):
    theme.apply(qapp, HIGH_CONTRAST, text_scale=2)
    assert qapp.font().pointSizeF() == pytest.approx(2 * theme.BODY_PT)
    assert theme.small(qapp.font()).pointSizeF() == pytest.approx(2 * theme.SMALL_PT)
    theme.apply(qapp, DARK)
    assert qapp.font().pointSizeF() == pytest.approx(theme.BODY_PT)


def test_the_timeline_loads_no_heavy_library():
    heavy = ["pandas", "scipy", "pyqtgraph", "cv2", "sqlalchemy", "av", "pydantic", "ruamel"]
    code = f"import sys, imhcode.ui.coding.timeline_view; print([m for m in {heavy} if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
