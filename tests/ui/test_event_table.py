"""The event table as a person meets it: keys, selection, filter, editing."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from imhcode.domain.edit import Edit, Step
from imhcode.domain.event import Event
from imhcode.domain.observation import Observation
from imhcode.ui.coding.event_table import EventTable
from imhcode.ui.coding.event_table_words import Column
from small_scheme import SMALL

pytestmark = pytest.mark.gui

BLANK = Observation(id="o1", session_id="s1", coder_id="kl", scheme=SMALL)
S = 1_000_000


def bid(event_id: str, at_us: int, code: str = "look", **more: object) -> Event:
    return Event(
        id=event_id, track="infant_bid", code=code, onset_us=at_us, offset_us=at_us, **more
    )


BIDS = [
    bid("a", S, comment="first"),
    bid("b", 2 * S, "smile"),
    bid("c", 3 * S),
    bid("d", 4 * S, "smile"),
]


class Window(QWidget):
    """Collects the keys that nobody below wanted, as the coding window would get them."""

    def __init__(self) -> None:
        super().__init__()
        self.table = EventTable()
        self.keys: list[str] = []
        QVBoxLayout(self).addWidget(self.table)
        self.resize(1100, 400)

    def keyPressEvent(self, event):
        self.keys.append(event.text() or Qt.Key(event.key()).name)


@pytest.fixture
def window(qtbot):
    window = Window()
    qtbot.addWidget(window)
    window.table.show_observation(BLANK.with_events(BIDS))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.table.view.setFocus()
    assert window.table.view.hasFocus()
    return window


@pytest.fixture
def table(window):
    return window.table


def said_by(signal) -> list[object]:
    told: list[object] = []
    signal.connect(lambda *values: told.append(values[0] if len(values) == 1 else values))
    return told


def click(
    qtbot,
    table: EventTable,
    row: int,
    column: Column = Column.TRACK,
    held=Qt.KeyboardModifier.NoModifier,
):
    at = table.view.visualRect(table.model.index(row, column)).center()
    qtbot.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, held, at)


def double_click(qtbot, table: EventTable, row: int, column: Column):
    at = table.view.visualRect(table.model.index(row, column)).center()
    qtbot.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def editor_of(table: EventTable, kind: type[QWidget]) -> QWidget:
    (editor,) = table.view.viewport().findChildren(kind)
    return editor


def test_letters_digits_and_transport_keys_pass_to_the_window(window, table, qtbot):
    table.set_selected("a")
    for key in (
        Qt.Key.Key_A,
        Qt.Key.Key_S,
        Qt.Key.Key_1,
        Qt.Key.Key_Space,
        Qt.Key.Key_Left,
        Qt.Key.Key_Backspace,
    ):
        qtbot.keyClick(table.view, key)
    assert window.keys == ["a", "s", "1", " ", "Key_Left", "\b"]
    assert not table.is_editing()
    assert table.selected_ids() == ("a",)


def test_a_click_selects_and_says_so_without_going_anywhere(table, qtbot):
    selected, activated = said_by(table.event_selected), said_by(table.event_activated)
    click(qtbot, table, 1)
    assert (selected, activated) == (["b"], [])


def test_a_double_click_on_any_cell_and_enter_go_to_the_frame(table, qtbot):
    activated = said_by(table.event_activated)
    for column in (Column.ONSET, Column.CODE, Column.COMMENT):
        double_click(qtbot, table, 2, column)
        assert not table.is_editing()
    qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert activated == ["c", "c", "c", "c"]


def test_arrows_walk_and_say_which_event(table, qtbot):
    table.set_selected("a")
    selected = said_by(table.event_selected)
    qtbot.keyClick(table.view, Qt.Key.Key_Down)
    qtbot.keyClick(table.view, Qt.Key.Key_Down)
    assert selected == ["b", "c"]


def test_being_told_the_selection_is_not_told_on(table):
    selected = said_by(table.event_selected)
    table.set_selected("c")
    assert table.selected_ids() == ("c",)
    table.set_selected(None)
    assert table.selected_ids() == ()
    assert selected == []


def test_selecting_scrolls_to_the_row(table):
    table.show_observation(BLANK.with_events([bid(f"e{n:03}", n * S) for n in range(500)]))
    table.set_selected("e400")
    row = table.view.visualRect(table.model.index(400, 0))
    assert table.view.viewport().rect().contains(row.center())


def test_several_rows_stay_selected_when_the_window_echoes_one(table, qtbot):
    table.event_selected.connect(table.set_selected)
    click(qtbot, table, 0)
    click(qtbot, table, 2, held=Qt.KeyboardModifier.ShiftModifier)
    assert table.selected_ids() == ("a", "b", "c")


def test_delete_asks_for_all_selected_rows(table, qtbot):
    deleted = said_by(table.delete_asked)
    click(qtbot, table, 1)
    click(qtbot, table, 3, held=Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(table.view, Qt.Key.Key_Delete)
    assert deleted == [("b", "d")]
    assert table.model.rowCount() == 4


def test_a_deleted_selection_is_not_handed_to_its_neighbour_and_comes_back_with_undo(table, qtbot):
    click(qtbot, table, 1)
    selected = said_by(table.event_selected)
    gone = Edit("delete", (Step(BIDS[1], None),))
    without = BLANK.with_events([BIDS[0], BIDS[2], BIDS[3]])
    table.show_edit(without, gone)
    assert table.selected_ids() == ()
    table.show_edit(BLANK.with_events(BIDS), gone.inverse)
    assert table.selected_ids() == ("b",)
    assert selected == []


def test_a_new_event_above_leaves_the_selection_where_it_is(table, qtbot):
    click(qtbot, table, 2)
    selected = said_by(table.event_selected)
    new = bid("new", S // 2)
    table.show_edit(BLANK.with_events([*BIDS, new]), Edit("press", (Step(None, new),)))
    assert table.selected_ids() == ("c",)
    assert selected == []


def test_sorting_by_a_click_on_the_header_keeps_the_selection(table, qtbot):
    table.set_selected("b")
    header = table.view.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(Column.CODE) + 30, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [table.model.event_at(row).code for row in range(4)] == [
        "look",
        "look",
        "smile",
        "smile",
    ]
    assert table.selected_ids() == ("b",)
    assert table.view.currentIndex().row() == 2


def test_the_filter_narrows_and_escape_shows_all_again(table, qtbot):
    table.set_selected("b")
    selected = said_by(table.event_selected)
    table.focus_filter()
    assert table.filter.hasFocus()
    qtbot.keyClicks(table.filter, "look")
    assert table.model.rowCount() == 2
    assert table.selected_ids() == ()
    qtbot.keyClick(table.filter, Qt.Key.Key_Escape)
    assert table.model.rowCount() == 4
    assert table.selected_ids() == ("b",)
    assert table.view.hasFocus()
    assert selected == []


def test_typing_into_the_filter_codes_nothing(window, table, qtbot):
    table.focus_filter()
    qtbot.keyClicks(table.filter, "qq 1")
    assert table.filter.text() == "qq 1"
    assert window.keys == []
    assert table.is_editing()


def test_the_empty_table_teaches(qtbot):
    table = EventTable()
    qtbot.addWidget(table)
    teaching = table._teaching
    assert "Open a session" in teaching.text()
    table.show_observation(BLANK)
    assert teaching.text() == "No events yet. Press a key on the pad to code the first one."
    table.show_edit(BLANK.with_events(BIDS[:1]), Edit("press", (Step(None, BIDS[0]),)))
    assert teaching.isHidden()
    assert table._count.text() == "1 event"
    table.filter.setText("zzz")
    assert "zzz" in teaching.text()
    assert not teaching.isHidden()


def test_control_e_edits_a_comment_and_enter_asks_for_it(window, table, qtbot):
    comments = said_by(table.comment_asked)
    click(qtbot, table, 0)  # the track takes no text, so the comment is meant
    qtbot.keyClick(table.view, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert table.is_editing()
    line = editor_of(table, QLineEdit)
    assert line.text() == "first"
    qtbot.keyClicks(line, "aha <i>q</i>")
    with qtbot.waitSignal(table.comment_asked):
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert comments == [("a", "aha <i>q</i>")]
    qtbot.waitUntil(lambda: not table.is_editing())
    assert window.keys == ["Key_Control"]


def test_escape_gives_an_edit_up(table, qtbot):
    comments = said_by(table.comment_asked)
    click(qtbot, table, 0, Column.COMMENT)
    assert table.view.edit_cell()
    line = editor_of(table, QLineEdit)
    qtbot.keyClicks(line, "never mind")
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not table.view.is_editing())
    assert comments == []


def test_an_edit_elsewhere_does_not_write_over_what_is_being_typed(table, qtbot):
    click(qtbot, table, 0, Column.COMMENT)
    table.view.edit_cell()
    line = editor_of(table, QLineEdit)
    qtbot.keyClicks(line, "half a sent")
    changed = replace(BIDS[0], code="smile")
    table.show_edit(
        BLANK.with_events([changed, *BIDS[1:]]), Edit("recode", (Step(BIDS[0], changed),))
    )
    assert line.text() == "half a sent"


def test_a_bad_onset_is_refused_and_a_good_one_asked_for(table, qtbot):
    onsets, refused = said_by(table.onset_asked), said_by(table.refused)
    for text in ("half past", "0:02.5"):
        table.set_selected("b")
        table.view.edit_cell(Column.ONSET)
        line = editor_of(table, QLineEdit)
        qtbot.keyClicks(line, text)
        qtbot.keyClick(line, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not table.view.findChildren(QLineEdit))
    assert onsets == [("b", 2_500_000)]
    assert len(refused) == 1
    assert "half past" in refused[0]


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")
def test_the_code_editor_offers_the_codes_of_the_track(table, qtbot):
    codes = said_by(table.code_change_asked)
    table.set_selected("a")
    assert table.view.edit_cell(Column.CODE)
    box = editor_of(table, QComboBox)
    assert [box.itemText(n) for n in range(box.count())] == ["Look", "Smile"]
    assert box.currentText() == "Look"
    qtbot.waitUntil(lambda: box.view().isVisible())
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert codes == [("a", "smile")]
    box.hidePopup()


def test_the_menu_offers_what_the_row_takes(table):
    table.set_selected("a")
    words = {
        action.text().split("\t")[0]: action
        for action in table.view.menu().actions()
        if action.text()
    }
    assert list(words) == [
        "Go to its frame",
        "Change onset",
        "Change offset",
        "Change code",
        "Write comment",
        "Delete",
    ]
    deleted = said_by(table.delete_asked)
    words["Delete"].trigger()
    assert deleted == [("a",)]
    words["Write comment"].trigger()
    assert table.view.is_editing()


def test_columns_are_remembered(table, qtbot):
    table.view.setColumnWidth(Column.TRACK, 301)
    table.view.sortByColumn(Column.CODE, Qt.SortOrder.DescendingOrder)
    saved = table.save_columns()
    again = EventTable()
    qtbot.addWidget(again)
    assert again.restore_columns(saved)
    again.show_observation(BLANK.with_events(BIDS))
    assert again.view.columnWidth(Column.TRACK) == 301
    assert [again.model.event_at(row).id for row in range(4)] == ["d", "b", "c", "a"]
    assert not again.restore_columns(b"nonsense")
