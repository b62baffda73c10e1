"""Key maps: every action on any key, profiles, bouncing keys, and the page that changes them."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from imhcode import settings as settings_module
from imhcode.ui.actions import ACTIONS, ACTIONS_BY_ID, PROFILES
from imhcode.ui.errors import NoKeyMap
from imhcode.ui.keys.chords import chords_of, read_chord
from imhcode.ui.keys.key_map_files import key_map_called, read_key_map, write_key_map
from imhcode.ui.keys.key_table_model import KEYS
from imhcode.ui.keys.profiles import profile, profile_name

pytestmark = pytest.mark.gui

PAD = Qt.KeyboardModifier.KeypadModifier
NONE = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
MANUAL = Path(__file__).parents[2] / "docs" / "manual" / "keys.md"


def key_press(key, modifiers=NONE, text="", at_ms=0, scan=0) -> QKeyEvent:
    event = QKeyEvent(QEvent.Type.KeyPress, key, modifiers, scan, 0, 0, text)
    event.setTimestamp(at_ms)
    return event


@pytest.fixture
def coder(driver, clip_of):
    driver.open(clip_of("cfr25").path)
    return driver


def send(coder, *given, **also) -> None:
    QApplication.sendEvent(coder.space.picture, key_press(*given, **also))


# ---- chords ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "chords"),
    [
        (key_press(Qt.Key.Key_F13), ("F13",)),
        (key_press(Qt.Key.Key_MediaTogglePlayPause), ("Toggle Media Play/Pause",)),
        (key_press(Qt.Key.Key_7, PAD, "7"), ("Num+7", "7")),
        (key_press(Qt.Key.Key_Home, PAD), ("Num+7", "Home")),
        (key_press(Qt.Key.Key_Comma, PAD, ",", scan=91), ("Num+.",)),
        (key_press(Qt.Key.Key_Plus, PAD | SHIFT, "+"), ("Shift+Num++", "Shift++", "+")),
        (key_press(Qt.Key.Key_Shift, SHIFT), ()),
        (key_press(Qt.Key.Key_Backtab, SHIFT), ("Shift+Tab",)),
        (key_press(Qt.Key.Key_Equal, SHIFT, "=", scan=19), ("Shift+=", "=")),
        # a French keyboard: the place of ; types m, and Ctrl+M is the m that is printed
        (key_press(Qt.Key.Key_M, NONE, "m", scan=47), (";",)),
        (key_press(Qt.Key.Key_M, CTRL, "\r", scan=47), ("Ctrl+;", "Ctrl+M")),
        # Dvorak: where J is printed is no place of the pad, so it shuttles nothing
        (key_press(Qt.Key.Key_J, NONE, "j", scan=54), ()),
    ],
)
@pytest.mark.skipif("sys.platform != 'linux'", reason="the numbers of places are those of Linux")
def test_a_press_goes_by_its_place_its_pad_or_what_is_printed(event, chords):
    assert chords_of(event) == chords


@pytest.mark.parametrize("profile_id", PROFILES)
def test_no_profile_has_two_meanings_for_a_chord_and_all_are_chords(profile_id):
    key_map = profile(profile_id)
    assert list(key_map.clashes()) == []
    for action, chords in key_map.keys.items():
        assert action in ACTIONS_BY_ID
        assert [read_chord(chord) for chord in chords] == list(chords)


@pytest.mark.parametrize("profile_id", ["datavyu-pad", "elan"])
def test_the_manual_tells_what_a_profile_has_different(profile_id):
    section = MANUAL.read_text("utf-8").partition(f"### {profile_name(profile_id)}\n")[2]
    table = section.partition("\n#")[0]
    told = dict(re.findall(r"^\| (`.+`) \| ([^|]+) \|$", table, re.MULTILINE))
    usual = {spec.id: spec.keys for spec in ACTIONS}
    done = {}
    for action, chords in profile(profile_id).keys.items():
        own = [f"`{chord}`" for chord in chords if chord not in usual[action]]
        if own:
            done[" ".join(own)] = ACTIONS_BY_ID[action].text.rstrip("…")
    assert told == done


# ---- profiles in the window --------------------------------------------------------------------


def test_the_number_pad_moves_the_picture_with_numlock_on_and_off(coder):
    coder.window.key_commands.use(profile("datavyu-pad"))
    coder.go_to_frame(20)
    send(coder, Qt.Key.Key_3, PAD, "3")
    coder.qtbot.waitUntil(lambda: coder.frame() == 21)
    send(coder, Qt.Key.Key_PageDown, PAD)
    coder.qtbot.waitUntil(lambda: coder.frame() == 22)
    coder.press(Qt.Key.Key_A)
    coder.go_to_frame(30)
    send(coder, Qt.Key.Key_9, PAD, "9")
    (event,) = coder.events
    assert (event.onset_frame, event.offset_frame) == (22, 30)


def test_a_digit_of_the_number_pad_answers_a_question_that_is_open(coder):
    coder.window.key_commands.use(profile("datavyu-pad"))
    coder.model.choose_pass("bids")
    coder.press(Qt.Key.Key_Q)
    send(coder, Qt.Key.Key_2, PAD, "2")
    assert coder.events[0].modifier("clarity") == ("faint",)
    assert not coder.space.playback.is_playing


def test_elans_chords_hold_and_what_they_displaced_is_elsewhere(coder):
    coder.window.key_commands.use(profile("elan"))
    coder.go_to_frame(20)
    coder.press(Qt.Key.Key_Right, CTRL)
    coder.qtbot.waitUntil(lambda: coder.frame() == 21)
    coder.press(Qt.Key.Key_Space, CTRL)
    assert coder.space.playback.is_playing
    coder.press(Qt.Key.Key_Space, CTRL)


def test_a_foot_pedal_that_is_a_function_key_does_what_it_was_bound_to(coder):
    coder.window.key_commands.use(
        profile("arrows").called("mine", "Mine", "arrows").having("frame_forward", ("F13",))
    )
    coder.go_to_frame(20)
    send(coder, Qt.Key.Key_F13)
    coder.qtbot.waitUntil(lambda: coder.frame() == 21)
    coder.press(Qt.Key.Key_Right)
    assert coder.frame() == 21


def test_the_menu_says_the_keys_that_hold(coder):
    def written(action: str) -> str:
        return coder.window._menu_actions[action].text().partition("\t")[2]

    assert written("frame_back") == "Left  M"
    coder.window.run("next_profile")
    assert written("frame_back") == "Left"
    (button,) = [
        one
        for one in coder.space.transport.findChildren(QToolButton)
        if "frame back" in one.toolTip()
    ]
    assert button.toolTip().endswith(" Left")


# ---- keys that bounce --------------------------------------------------------------------------


def test_a_key_that_bounces_codes_once_and_says_so(coder):
    coder.model.choose_pass("bids")
    send(coder, Qt.Key.Key_Q, NONE, "q", at_ms=1_000)
    coder.go_to_frame(60)
    with coder.qtbot.waitSignal(coder.window.keys.bounced):
        send(coder, Qt.Key.Key_Q, NONE, "q", at_ms=1_149)
    assert len(coder.events) == 1
    send(coder, Qt.Key.Key_Q, NONE, "q", at_ms=1_150)
    assert len(coder.events) == 2


def test_two_codes_in_quick_succession_are_both_coded(coder):
    coder.model.choose_pass("bids")
    send(coder, Qt.Key.Key_Q, NONE, "q", at_ms=1_000)
    send(coder, Qt.Key.Key_W, NONE, "w", at_ms=1_010)
    assert len(coder.events) == 2


def test_debouncing_can_be_switched_off(coder):
    coder.window.keys.debounce_ms = 0
    coder.model.choose_pass("bids")
    send(coder, Qt.Key.Key_Q, NONE, "q", at_ms=1_000)
    coder.go_to_frame(60)
    send(coder, Qt.Key.Key_Q, NONE, "q", at_ms=1_001)
    assert len(coder.events) == 2


# ---- the page of keys --------------------------------------------------------------------------


@pytest.fixture
def page(coder):
    coder.model.choose_pass("bids")
    coder.window.run("edit_keys")
    editor = coder.window.key_commands.editor
    coder.qtbot.waitExposed(editor)
    yield editor
    if coder.window.key_commands.editor is not None:
        editor.close()


def capture(coder, page, action: str, *presses) -> None:
    page.choose(action)
    page.set_key()
    coder.qtbot.waitUntil(page.capture.hasFocus)
    for press in presses:
        QTest.keyClick(page.capture, *press)


def test_pressing_a_key_gives_it_to_the_action_at_once_and_for_good(coder, page):
    capture(coder, page, "jump_back", (Qt.Key.Key_F21,))
    assert coder.window.keys.key_map.keys_of("jump_back") == ("F21",)
    chosen = settings_module.load().key_profile
    assert key_map_called(chosen).keys_of("jump_back") == ("F21",)
    assert key_map_called(chosen).based_on == "two-hands"
    at = page.model.index(page.model.row_of("jump_back"), KEYS)
    assert at.data() == "F21"


def test_a_key_of_another_action_is_taken_only_when_it_is_said_twice(coder, page):
    capture(coder, page, "jump_back", (Qt.Key.Key_Z, CTRL))
    assert "Undo" in page.capture.text()
    assert coder.window.keys.key_map.action_of("Ctrl+Z") == "undo"
    QTest.keyClick(page.capture, Qt.Key.Key_Return)
    assert coder.window.keys.key_map.action_of("Ctrl+Z") == "jump_back"
    assert coder.window.keys.key_map.keys_of("undo") == ()


def test_escape_leaves_the_keys_as_they_are(coder, page):
    before = coder.window.keys.key_map
    capture(coder, page, "jump_back", (Qt.Key.Key_Z, CTRL), (Qt.Key.Key_Escape,))
    assert coder.window.keys.key_map is before
    assert page.isVisible()
    assert page.table.hasFocus()


def test_a_key_that_a_code_wants_is_given_with_a_warning(coder, page):
    capture(coder, page, "jump_back", (Qt.Key.Key_Q,))
    assert coder.window.keys.key_map.action_of("Q") == "jump_back"
    label = coder.model.keys()["q"].code.label
    assert label in page.capture.text()
    row = page.model.row_of("jump_back")
    assert label in page.model.index(row, 2).data()


def test_tab_can_be_bound_too(coder, page):
    capture(coder, page, "jump_back", (Qt.Key.Key_Tab,))
    assert coder.window.keys.key_map.keys_of("jump_back") == ("Tab",)


def test_keys_travel_in_a_file(coder, page, tmp_path):
    capture(coder, page, "jump_back", (Qt.Key.Key_F21,))
    path = tmp_path / "for_anna.toml"
    page.export_to(path)
    mine = coder.window.keys.key_map
    page.delete_map()
    assert coder.window.keys.key_map == profile("two-hands")
    page.import_from(path)
    again = coder.window.keys.key_map
    assert (again.name, again.keys) == (mine.name, mine.keys)


def test_as_shipped_takes_back_one_action_only(coder, page):
    capture(coder, page, "jump_back", (Qt.Key.Key_F21,))
    capture(coder, page, "jump_forward", (Qt.Key.Key_F22,))
    page.choose("jump_back")
    page.as_shipped()
    assert coder.window.keys.key_map.keys_of("jump_back") == ("Ctrl+Left", "P")
    assert coder.window.keys.key_map.keys_of("jump_forward") == ("F22",)


@pytest.mark.parametrize(
    "text",
    [
        "no toml at all [",
        'name = "x"',
        'based_on = "arrows"\n[keys]\nundo = ["Foo+7"]',
        'based_on = "arrows"\n[keys]\nundo = "Ctrl+Z"',
        'based_on = "arrows"\n[keys]\nundo = ["F5"]\nredo = ["F5"]',
    ],
)
def test_a_file_that_is_no_key_map_is_refused_in_words(tmp_path, text):
    path = tmp_path / "odd.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NoKeyMap) as refused:
        read_key_map(path)
    assert "odd.toml" in refused.value.text()


def test_a_map_keeps_only_what_differs_and_actions_of_the_future_are_left_out(tmp_path):
    path = tmp_path / "mine.toml"
    mine = profile("elan").called("mine", "Mine", "elan").having("undo", ("F5", "Ctrl+Z"))
    write_key_map(mine, path)
    assert "redo" not in path.read_text("utf-8")
    with path.open("a", encoding="utf-8") as file:
        file.write('fly = ["F9"]\n')
    assert read_key_map(path) == mine


def test_the_search_finds_by_words_and_by_key(coder, page):
    page.search.setText("ctrl+z")
    assert page.chosen() == ACTIONS_BY_ID["undo"]
    page.search.setText("back one frame")
    assert page.chosen() == ACTIONS_BY_ID["frame_back"]
