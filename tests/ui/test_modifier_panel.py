"""The modifier panel: digits choose, the keyboard stays with the coding."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from imhcode.domain.event import Event
from imhcode.domain.scheme import Modifier, ModifierValue
from imhcode.ui.coding.modifier_panel import ModifierPanel
from imhcode.ui.coding.modifier_question import Choice, digits_of

pytestmark = pytest.mark.gui


def values(*ids: str) -> tuple[ModifierValue, ...]:
    return tuple(ModifierValue(id=one, label=one.capitalize()) for one in ids)


CLARITY = Modifier(
    id="clarity",
    label="Clarity",
    type="choice",
    required=True,
    default="clear",
    values=values("clear", "faint", "mixed"),
)
HOW = Modifier(
    id="how", label="How", type="multi", required=True, values=values("voice", "face", "touch")
)
PACE = Modifier(id="pace", label="Pace", type="choice", values=values("slow", "fast"))
NOTE = Modifier(id="note", label="Note", type="text", max_length=20)
STRENGTH = Modifier(id="strength", label="Strength", type="number")
ALL = (CLARITY, HOW, PACE, NOTE, STRENGTH)
EVENT = Event(
    id="e1",
    track="t",
    code="c",
    onset_us=42_160_000,
    offset_us=42_160_000,
    modifiers=(("clarity", ("clear",)),),
)


class Window(QWidget):
    """Does what is asked, as the service would, and collects the keys nobody wanted."""

    def __init__(self, modifiers=ALL) -> None:
        super().__init__()
        self.panel = ModifierPanel()
        self.event_shown, self.modifiers = EVENT, modifiers
        self.asked: list[tuple[str, str, tuple[str, ...]]] = []
        self.keys: list[str] = []
        self.panel.modifier_chosen.connect(self.do)
        QVBoxLayout(self).addWidget(self.panel)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.resize(380, 600)

    def do(self, event_id, modifier_id, chosen):
        self.asked.append((event_id, modifier_id, chosen))
        self.show_event(self.event_shown.having(modifier_id, chosen))

    def show_event(self, event):
        self.event_shown = event
        self.panel.show_event(event, self.modifiers, "Look")

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
    window.show_event(EVENT)
    return window


@pytest.fixture
def panel(window):
    return window.panel


def choice(panel: ModifierPanel, label: str) -> Choice:
    return next(
        one
        for one in panel.findChildren(Choice)
        if one.accessibleName() == label and not one.isHidden()
    )


def line(panel: ModifierPanel, label: str) -> QLineEdit:
    return next(one for one in panel.findChildren(QLineEdit) if one.accessibleName() == label)


def test_digits_choose_one_modifier_after_another(window, panel):
    assert panel.asking == "clarity"
    assert panel.press_digit("2")
    assert panel.asking == "how"
    assert panel.press_digit("1")
    assert panel.press_digit("3")
    assert panel.asking == "how"
    assert panel.press_digit("0")
    assert panel.asking == "pace"
    assert panel.press_digit("2")
    assert panel.asking is None
    assert window.asked == [
        ("e1", "clarity", ("faint",)),
        ("e1", "how", ("voice",)),
        ("e1", "how", ("voice", "touch")),
        ("e1", "pace", ("fast",)),
    ]


def test_a_digit_takes_a_value_of_several_off_again(window, panel):
    panel.press_digit("0")
    panel.press_digit("2")
    panel.press_digit("2")
    assert window.asked == [("e1", "how", ("face",)), ("e1", "how", ())]


def test_confirming_the_default_goes_on_and_asks_for_no_edit(window, panel):
    assert panel.press_digit("1")
    assert panel.asking == "how"
    assert window.asked == []


def test_digits_that_mean_nothing_are_left_to_the_window(panel):
    assert not panel.press_digit("7")
    panel.close_prompt()
    assert not panel.press_digit("1")
    panel.show_nothing()
    assert not panel.press_digit("0")


def test_escape_closes_the_prompt_once_and_zero_asks_again(panel):
    assert panel.close_prompt()
    assert not panel.close_prompt()
    assert panel.press_digit("0")
    assert panel.asking == "clarity"


def test_undo_shows_the_old_value_and_asks_for_it_again(window, panel):
    panel.press_digit("2")
    assert choice(panel, "Faint").isChecked()
    window.show_event(EVENT)
    assert choice(panel, "Clear").isChecked()
    assert not choice(panel, "Faint").isChecked()
    assert panel.asking == "clarity"


def test_a_new_event_asks_from_the_first_open_modifier(window, panel):
    panel.press_digit("2")
    answered = EVENT.having("clarity", ("mixed",)).having("how", ("face",))
    window.show_event(
        Event(id="e2", track="t", code="c", onset_us=0, offset_us=0, modifiers=answered.modifiers)
    )
    assert panel.asking == "pace"


def test_a_refused_choice_is_not_shown_as_chosen(qtbot):
    panel = ModifierPanel()  # nobody does what it asks for
    qtbot.addWidget(panel)
    panel.show_event(EVENT, ALL, "Look")
    qtbot.mouseClick(choice(panel, "Faint"), Qt.MouseButton.LeftButton)
    assert choice(panel, "Clear").isChecked()
    assert not choice(panel, "Faint").isChecked()


def test_a_click_chooses_and_leaves_the_keyboard_alone(window, panel, qtbot):
    qtbot.mouseClick(choice(panel, "Fast"), Qt.MouseButton.LeftButton)
    assert window.asked == [("e1", "pace", ("fast",))]
    assert window.hasFocus()
    qtbot.mouseClick(choice(panel, "Fast"), Qt.MouseButton.LeftButton)
    assert window.asked[-1] == ("e1", "pace", ())


def test_a_needed_choice_cannot_be_clicked_away(window, panel, qtbot):
    qtbot.mouseClick(choice(panel, "Clear"), Qt.MouseButton.LeftButton)
    assert window.asked == []
    assert choice(panel, "Clear").isChecked()


def test_showing_an_event_never_takes_the_keyboard(window, panel):
    assert window.hasFocus()
    panel.press_digit("2")
    panel.show_nothing()
    window.show_event(EVENT)
    assert window.hasFocus()


def test_letters_and_digits_on_a_focused_choice_pass_to_the_window(window, panel, qtbot):
    faint = choice(panel, "Faint")
    faint.setFocus()
    qtbot.keyClicks(faint, "qa2")
    assert window.keys == ["q", "a", "2"]
    assert window.asked == []


def test_words_are_kept_with_enter_and_given_up_with_escape(window, panel, qtbot):
    note = line(panel, "Note")
    note.setFocus()
    qtbot.keyClicks(note, "soft <b>coo</b>")
    qtbot.keyClick(note, Qt.Key.Key_Return)
    assert window.asked == [("e1", "note", ("soft <b>coo</b>",))]
    assert not note.hasFocus()
    note.setFocus()
    qtbot.keyClicks(note, "xx")
    qtbot.keyClick(note, Qt.Key.Key_Escape)
    assert note.text() == "soft <b>coo</b>"
    assert len(window.asked) == 1
    assert window.keys == []


def test_typing_not_yet_kept_goes_to_its_own_event_when_another_is_shown(window, panel, qtbot):
    note = line(panel, "Note")
    note.setFocus()
    qtbot.keyClicks(note, "hm")
    panel.modifier_chosen.disconnect()
    told = []
    panel.modifier_chosen.connect(lambda *said: told.append(said))
    panel.show_event(Event(id="e2", track="t", code="c", onset_us=0, offset_us=0), ALL, "Look")
    assert told == [("e1", "note", ("hm",))]
    assert line(panel, "Note").text() == ""


def test_numbers_are_read_with_comma_or_point_and_words_refused(window, panel, qtbot):
    refused = []
    panel.refused.connect(refused.append)
    strength = line(panel, "Strength")
    for text in ("2,5", "much"):
        strength.setFocus()
        strength.selectAll()
        qtbot.keyClicks(strength, text)
        qtbot.keyClick(strength, Qt.Key.Key_Return)
    assert window.asked == [("e1", "strength", ("2.5",))]
    assert strength.text() == "2.5"
    assert refused == ["“much” is not a number. Write it in digits, such as 3 or 2.5."]


def test_needed_modifiers_without_an_answer_say_so(window, panel):
    needed = [one for one in panel._questions if one._state.text() == "needed"]
    assert [one._modifier.id for one in needed] == ["how"]
    window.show_event(EVENT.having("how", ("face",)))
    assert not [one for one in panel._questions if one._state.text() == "needed"]


def test_the_panel_explains_itself(window, panel):
    assert panel._hint.text() == "1 to 3 choose · 0 goes on · Esc leaves it"
    panel.press_digit("0")
    assert "switch on and off" in panel._hint.text()
    panel.show_nothing()
    assert panel._hint.text() == "Code or select an event to say more about it."
    panel.show_event(EVENT, (), "Look")
    assert panel._hint.text() == "There is nothing more to choose for this code."


def test_digits_come_from_the_scheme_or_count_from_one():
    own = Modifier(
        id="m", label="M", type="choice", values=(ModifierValue(id="a", label="A", key="4"),)
    )
    many = Modifier(id="m", label="M", type="choice", values=values(*"abcdefghij"))
    assert [digit for _, digit in digits_of(own)] == ["4"]
    assert [digit for _, digit in digits_of(many)] == [*"123456789", ""]
