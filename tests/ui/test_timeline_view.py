"""The timeline as a person uses it: the real widget, off screen."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from imhcode.domain.edit import Edit, Step
from imhcode.domain.event import Event
from imhcode.domain.scheme import Code, Scheme, Track
from imhcode.ui import theme
from imhcode.ui.coding.code_brushes import code_look
from imhcode.ui.coding.timeline_view import TimelineView
from imhcode.ui.coding.timeline_words import tip_for
from imhcode.ui.theme import DARK, THEMES
from ui.abr_fixture import abr, abr_blank, abr_events, abr_scheme

__all__ = ["abr"]
pytestmark = pytest.mark.gui

MINUTE = 60_000_000
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Watched(TimelineView):
    """The real view; it remembers which parts of it were painted."""

    def __init__(self) -> None:
        self.painted: list[QRect] = []
        super().__init__()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += list(event.region())
        super().paintEvent(event)


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication, abr) -> Watched:
    theme.apply(qapp, DARK)
    view = Watched()
    qtbot.addWidget(view)
    view.resize(1280, 280)
    view.set_range(0, MINUTE)
    view.show_observation(abr, abr.scheme.tracks)
    with qtbot.waitExposed(view):
        view.show()
    qtbot.waitUntil(lambda: bool(view.painted))
    QApplication.processEvents()
    view.painted.clear()
    return view


def place(view: TimelineView, event_id: str) -> QPoint:
    """The middle of what was painted for an event."""
    event = view._lanes.observation.timeline.get(event_id)
    return view._event_boxes(event)[0].center().toPoint()


def ruler(view: TimelineView, time_us: int) -> QPoint:
    return QPoint(view._frame.left + round(view.scale.x_of(time_us)), 5)


def id_of(code: str, nth: int = 0) -> str:
    return [event.id for event in abr_events() if event.code == code][nth]


def turn(view: TimelineView, at: QPoint, delta: QPoint, held=NONE) -> None:
    where = QPointF(at)
    event = QWheelEvent(
        where,
        where,
        QPoint(),
        delta,
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def move(view: TimelineView, at: QPoint, buttons=Qt.MouseButton.NoButton) -> None:
    where, moved = QPointF(at), QEvent.Type.MouseMove
    event = QMouseEvent(
        moved, where, view.mapToGlobal(where), Qt.MouseButton.NoButton, buttons, NONE
    )
    QApplication.sendEvent(view, event)


def has_colour(image: QImage, area: QRect, colour: str) -> bool:
    wanted = QColor(colour).rgb()
    area = area.intersected(image.rect())
    return any(
        image.pixel(x, y) == wanted
        for x in range(area.left(), area.right() + 1)
        for y in range(area.top(), area.bottom() + 1)
    )


# Seeking and selecting


def test_a_click_on_the_ruler_seeks(view: Watched, qtbot: QtBot):
    with qtbot.waitSignal(view.seek_requested) as said:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, NONE, ruler(view, 30_000_000))
    assert abs(said.args[0] - 30_000_000) < view.scale.us_per_px


def test_a_drag_on_an_empty_lane_scrubs_and_stays_within_the_session(view: Watched, qtbot: QtBot):
    sought: list[int] = []
    view.seek_requested.connect(sought.append)
    row = view._lanes.rows[4]
    y = view._frame.top + row.top + row.height // 2
    start = QPoint(view._frame.left + 700, y)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, NONE, start)
    for x in (750, 800, 5000):
        move(view, start + QPoint(x - 700, 0), Qt.MouseButton.LeftButton)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, NONE, start)
    assert sought[0] == view.scale.us_at(700)
    assert sought == sorted(sought)
    assert sought[-1] == MINUTE
    before = len(sought)
    move(view, start)
    assert len(sought) == before


@pytest.mark.parametrize("code", ["out_of_step", "vocal", "repaired", "side_by_side"])
def test_a_click_on_an_event_selects_it_and_does_not_seek(view: Watched, qtbot: QtBot, code):
    with qtbot.assertNotEmitted(view.seek_requested), qtbot.waitSignal(view.event_selected) as said:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, NONE, place(view, id_of(code)))
    assert said.args == [id_of(code)]


def test_a_double_click_activates_an_event(view: Watched, qtbot: QtBot):
    with qtbot.waitSignal(view.event_activated) as said:
        qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, NONE, place(view, id_of("game")))
    assert said.args == [id_of("game")]


def test_the_selected_event_is_outlined_until_another_is(view: Watched):
    first, second = id_of("ruptured"), id_of("repairing")
    view.set_selected(first)
    box = view._event_boxes(view._lanes.observation.timeline.get(first))[0].toRect()
    over = QRect(box.center().x(), box.top() - 3, 1, 6)
    assert has_colour(view.grab().toImage(), over, DARK.focus)
    view.set_selected(second)
    assert not has_colour(view.grab().toImage(), over, DARK.focus)
    view.set_selected(None)
    assert not has_colour(view.grab().toImage(), view.rect().adjusted(3, 3, -3, -3), DARK.focus)


def test_a_deleted_event_is_no_longer_selected(view: Watched, abr):
    event = abr.timeline.get(id_of("ruptured"))
    view.set_selected(event.id)
    edit = Edit("delete", (Step(event, None),))
    view.show_edit(abr.after(edit), edit)
    assert not has_colour(view.grab().toImage(), view.rect().adjusted(3, 3, -3, -3), DARK.focus)


def test_the_tooltip_says_what_when_and_on_which_frame(view: Watched, qtbot: QtBot):
    move(view, place(view, id_of("out_of_step")))
    said = view.toolTip()
    for words in (
        "Out of step (D)",
        "Dyad state · Dyad",
        "00:10.000 – 00:16.000 · 6.000 s",
        "frames 250 – 400",
    ):
        assert words in said
    move(view, place(view, id_of("vocal")))
    assert "frame 50" in view.toolTip()
    move(view, ruler(view, MINUTE // 2))
    assert view.toolTip() == ""


def test_a_label_that_looks_like_html_is_shown_as_it_is():
    code = Code(id="c", label="<b>loud</b>")
    track = Track(id="t", label="T", subject="s", kind="point", codes=(code,))
    scheme = Scheme(id="x", version="1", title="X", tracks=(track,))
    event = Event(id="e", track="t", code="c", onset_us=0, offset_us=0, comment="<i>so</i>")
    said = QTextDocument()
    said.setHtml(tip_for(event, scheme))
    assert "<b>loud</b>" in said.toPlainText()
    assert "<i>so</i>" in said.toPlainText()


# Looking elsewhere


def test_zooming_with_the_wheel_keeps_the_time_under_the_pointer(view: Watched, qtbot: QtBot):
    at = QPoint(view._frame.left + 400, 100)
    before = view.scale.us_at(400)
    with qtbot.waitSignal(view.range_shown) as said:
        turn(view, at, QPoint(0, 480), CTRL)
    assert abs(view.scale.us_at(400) - before) <= 2
    assert said.args == [view.scale.from_us, view.scale.until_us]
    assert view.scale.us_per_px < MINUTE / 1280
    turn(view, at, QPoint(0, -4800), CTRL)
    assert view.scale.from_us == 0
    assert view.scale.until_us >= MINUTE


def test_the_wheel_scrolls_through_time(view: Watched):
    view.zoom_in()
    view.zoom_in()
    before = view.scale
    turn(view, QPoint(600, 100), QPoint(0, -120))
    assert view.scale.from_us > before.from_us
    assert view.scale.us_per_px == before.us_per_px
    turn(view, QPoint(600, 100), QPoint(0, 120_000))
    assert view.scale.from_us == 0


def test_shift_and_the_wheel_scroll_lanes_that_do_not_fit(view: Watched):
    turn(view, QPoint(600, 100), QPoint(0, -120), SHIFT)
    assert view._scrolled_px == 0
    view.resize(1280, 120)
    turn(view, QPoint(600, 100), QPoint(0, -12000), SHIFT)
    assert view._scrolled_px == view._lanes.height - view._frame.height > 0
    qimage = view.grab().toImage()
    last = view._lanes.rows[-1].track.codes[0]
    assert has_colour(qimage, view.rect(), code_look(last, DARK).ink)


def test_dragging_with_the_middle_button_pans(view: Watched, qtbot: QtBot):
    view.zoom_in()
    view.scroll_to(30_000_000)
    start = QPoint(view._frame.left + 500, 100)
    before = view.scale.us_at(500)
    with qtbot.assertNotEmitted(view.seek_requested):
        qtbot.mousePress(view, Qt.MouseButton.MiddleButton, NONE, start)
        move(view, start + QPoint(-40, 0), Qt.MouseButton.MiddleButton)
        assert abs(view.scale.us_at(460) - before) <= 1
        qtbot.mouseRelease(view, Qt.MouseButton.MiddleButton, NONE, start)


def test_keys_zoom_and_turn_pages(view: Watched, qtbot: QtBot):
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    closer = view.scale
    assert closer.us_per_px < MINUTE / 1280
    view.scroll_to(MINUTE)
    right = view.scale.from_us
    view.turn_page(-1)
    left = view.scale.from_us
    assert left < right
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert view.scale.from_us == right
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.scale.from_us == 0
    assert view.scale.until_us >= MINUTE


@pytest.mark.parametrize(
    "key", [*range(Qt.Key.Key_A, Qt.Key.Key_Z + 1), Qt.Key.Key_1, Qt.Key.Key_Space, Qt.Key.Key_Left]
)
def test_coding_keys_are_left_to_the_window(view: Watched, key):
    text = "" if key is Qt.Key.Key_Left else chr(key).lower()
    press = QKeyEvent(QEvent.Type.KeyPress, key, NONE, text)
    view.keyPressEvent(press)
    assert not press.isAccepted()


@pytest.mark.parametrize("key", [Qt.Key.Key_Plus, Qt.Key.Key_PageUp, Qt.Key.Key_0])
def test_chords_are_left_to_the_window(view: Watched, key):
    press = QKeyEvent(QEvent.Type.KeyPress, key, CTRL)
    view.keyPressEvent(press)
    assert not press.isAccepted()


def test_the_page_turns_when_the_playhead_leaves_it(view: Watched):
    view.set_playhead(0)
    view.zoom_in()
    view.zoom_in()
    first = view.scale
    view.set_playhead(first.until_us + 1_000_000)
    assert view.scale == first
    view.follow(True)
    view.set_playhead(first.until_us + 1_000_000)
    assert view.scale.from_us < first.until_us + 1_000_000 < view.scale.until_us
    assert view.scale.from_us > first.from_us
    page = view.scale
    view.set_playhead(first.until_us + 1_500_000)
    assert view.scale == page


def test_the_whole_session_stays_on_show_when_its_length_becomes_known(view: Watched):
    view.set_range(0, 10 * MINUTE)
    assert view.scale.until_us >= 10 * MINUTE
    view.resize(900, 280)
    assert view.scale.until_us >= 10 * MINUTE


# Painting


def test_moving_the_playhead_repaints_two_strips_and_no_lane(view: Watched, monkeypatch):
    view.set_playhead(20_000_000)
    QApplication.processEvents()
    view.painted.clear()
    still = view._still.pixmap.cacheKey()
    view.set_playhead(40_000_000)
    QApplication.processEvents()
    assert view.painted
    assert sum(rect.width() for rect in view.painted) < 50
    assert view._still.pixmap.cacheKey() == still


def test_the_playhead_stands_where_it_is_told(view: Watched):
    view.set_playhead(20_000_000)
    x = view._frame.left + int(view.scale.x_of(20_000_000))
    image = view.grab().toImage()
    line = QRect(x, view._frame.top + 2, 1, view._lanes.height - 4)
    assert all(
        image.pixel(x, y) == QColor(DARK.playhead).rgb() for y in range(line.top(), line.bottom())
    )


def test_an_edit_repaints_the_lane_it_touched_and_no_other(view: Watched, abr):
    marker = QColor("#ff00ff")
    with QPainter(view._still.pixmap) as painter:  # would be painted over if everything were
        painter.fillRect(QRect(view._frame.left, view._frame.top, 400, view._lanes.height), marker)
    event = Event(
        id="new", track="infant_uptake", code="brief", onset_us=5_000_000, offset_us=5_000_000
    )
    edit = Edit("press", (Step(None, event),))
    view.show_edit(abr.after(edit), edit)
    QApplication.processEvents()
    row = view._lanes.rows[4]
    lane = QRect(0, view._frame.top + row.top, 1280, row.height)
    assert view.painted == [lane]
    image = view.grab().toImage()
    for other in view._lanes.rows:
        middle = view._frame.top + other.top + other.height // 2
        kept = image.pixelColor(view._frame.left + 20, middle) == marker
        assert kept is (other is not row)


def test_an_edit_shows_the_event(view: Watched, abr):
    assert view._event_at(QPointF(view._frame.left + view.scale.x_of(15_000_000) + 1, 160)) is None
    event = Event(
        id="new", track="infant_uptake", code="brief", onset_us=15_000_000, offset_us=15_000_000
    )
    edit = Edit("press", (Step(None, event),))
    view.show_edit(abr.after(edit), edit)
    box = view._event_boxes(event)[0].toRect()
    brief = view._lanes.rows[4].track.code("brief")
    assert has_colour(view.grab().toImage(), box, code_look(brief, DARK).ink)
    view.show_edit(abr, edit.inverse)
    assert not has_colour(view.grab().toImage(), box, code_look(brief, DARK).ink)


def test_a_state_one_frame_long_stays_visible(view: Watched, abr):
    attuned = abr.timeline.get(id_of("attuned"))
    short = Event(
        id="s", track="dyad_state", code="repairing", onset_us=5_000_000, offset_us=5_040_000
    )
    rest = replace(attuned, id="r", onset_us=5_040_000)
    edit = Edit(
        "press",
        (Step(attuned, replace(attuned, offset_us=5_000_000)), Step(None, short), Step(None, rest)),
    )
    view.set_range(0, 60 * MINUTE)  # the frame is then a thousandth of a pixel
    view.show_edit(abr.after(edit), edit)
    box = view._event_boxes(short)[0].toRect()
    assert box.width() == 2
    ink = code_look(abr.scheme.code("dyad_state", "repairing"), DARK).ink
    assert has_colour(view.grab().toImage(), box, ink)


@pytest.mark.parametrize("to_us", [57_000_000, 53_000_000])
def test_a_running_state_reaches_to_the_playhead_and_has_no_right_edge(view: Watched, abr, to_us):
    last = abr.timeline.get(id_of("ruptured", 1))
    edit = Edit("set-offset", (Step(last, replace(last, offset_us=None, offset_frame=None)),))
    running = abr.after(edit)
    view.set_playhead(to_us)
    view.show_edit(running, edit)
    (box,) = view._event_boxes(running.timeline.get(last.id))
    assert abs(box.right() - view._frame.left - view.scale.x_of(to_us)) < 1
    image = view.grab().toImage()
    look = code_look(abr.scheme.code("dyad_state", "ruptured"), DARK)
    y = round(box.top())  # the rim
    assert image.pixelColor(round(box.left() + min(40, box.width() / 2)), y).name() == look.ink
    beyond = image.pixelColor(round(box.right()) + 30, y)
    assert beyond.name() != look.ink
    view.set_playhead(to_us + 2_000_000)
    QApplication.processEvents()
    (box,) = view._event_boxes(running.timeline.get(last.id))
    assert abs(box.right() - view._frame.left - view.scale.x_of(to_us + 2_000_000)) < 1


def test_a_gap_is_shown_only_where_every_moment_needs_a_code(view: Watched, abr):
    event = abr.timeline.get(id_of("attuned", 1))
    edit = Edit("delete", (Step(event, None),))
    box = view._event_boxes(event)[0].toRect().adjusted(4, 4, -4, -4)
    view.show_edit(abr.after(edit), edit)
    image = view.grab().toImage()
    lane = QColor(DARK.lane).rgb()
    hatched = sum(image.pixel(x, box.center().y()) != lane for x in range(box.left(), box.right()))
    assert hatched > box.width() / 4
    y = view._frame.top + view._lanes.rows[4].top + 10
    bare = sum(
        image.pixel(x, y) not in {lane, QColor(DARK.grid).rgb()}
        for x in range(box.left(), box.right())
    )
    assert bare < 20


def test_an_empty_track_says_which_keys_start_it(qtbot: QtBot, view: Watched):
    blank = abr_blank()
    area = QRect(view._frame.left + 5, view._frame.top + view._lanes.rows[1].top, 200, 30)
    view.show_observation(blank, blank.scheme.tracks)
    assert has_ink(view.grab().toImage(), area)
    view.set_active_tracks(["dyad_state"])
    assert not has_ink(view.grab().toImage(), area)


def has_ink(image: QImage, area: QRect) -> bool:
    grounds = {QColor(one).rgb() for one in (DARK.lane, DARK.lane_alt, DARK.grid)}
    found = {
        image.pixel(x, y)
        for x in range(area.left(), area.right())
        for y in range(area.top(), area.bottom())
    }
    return bool(found - grounds - {QColor(DARK.panel).rgb()})


def test_tracks_outside_the_pass_recede(view: Watched):
    bid = view._event_boxes(view._lanes.observation.timeline.get(id_of("smile")))[0].toRect()
    ink = code_look(abr_scheme().code("infant_bid", "smile"), DARK).ink
    view.set_active_tracks(["infant_bid"])
    assert has_colour(view.grab().toImage(), bid, ink)
    view.set_active_tracks(["dyad_state"])
    assert not has_colour(view.grab().toImage(), bid, ink)


def test_states_that_may_overlap_have_a_level_each(qtbot: QtBot, qapp):
    codes = tuple(
        Code(id=c, label=c, key=c, color=f"#{n}0a0{n}0") for n, c in enumerate("abc", start=5)
    )
    track = Track(id="t", label="T", subject="s", kind="state", codes=codes)
    events = [
        Event(id=c, track="t", code=c, onset_us=n * 1_000_000, offset_us=40_000_000)
        for n, c in enumerate("abc")
    ]
    scheme = Scheme(id="x", version="1", title="X", tracks=(track,))
    observation = replace(abr_blank(), scheme=scheme).with_events(events)
    view = TimelineView()
    qtbot.addWidget(view)
    view.resize(800, 160)
    view.set_range(0, MINUTE)
    view.show_observation(observation, scheme.tracks)
    view.grab()
    boxes = [view._event_boxes(event)[0] for event in events]
    assert not any(one.intersects(other) for one in boxes for other in boxes if one is not other)
    for event, box in zip(events, boxes, strict=True):
        assert view._event_at(box.center()).id == event.id


@pytest.mark.parametrize("name", THEMES)
def test_another_theme_repaints_everything(view: Watched, qapp: QApplication, name):
    theme.apply(qapp, THEMES[name])
    image = view.grab().toImage()
    empty = view._frame.left + 700, view._frame.top + view._lanes.rows[4].top + 2
    assert image.pixelColor(*empty).name() in {THEMES[name].lane, THEMES[name].grid}
    theme.apply(qapp, DARK)


def test_lanes_grow_with_the_words(view: Watched, qapp: QApplication):
    usual = view._lanes.rows[0].height
    assert 28 <= usual <= 36
    theme.apply(qapp, DARK, text_scale=2)
    assert view._lanes.rows[0].height > 1.7 * usual
    assert view._frame.left <= 0.3 * view.width()
    theme.apply(qapp, DARK)
    assert view._lanes.rows[0].height == usual


def test_the_focus_is_visible(view: Watched, qtbot: QtBot):
    edge = QRect(view.width() // 2, 0, 1, 2)
    view.clearFocus()
    assert not has_colour(view.grab().toImage(), edge, DARK.focus)
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    assert has_colour(view.grab().toImage(), edge, DARK.focus)


def test_the_timeline_has_a_name_and_points_to_the_table(view: Watched):
    assert view.accessibleName() == "Timeline"
    assert "event table" in view.accessibleDescription()


def test_a_timeline_without_an_observation_can_be_painted_and_clicked(qtbot: QtBot):
    view = TimelineView()
    qtbot.addWidget(view)
    view.resize(600, 120)
    assert not view.grab().isNull()
    with qtbot.waitSignal(view.seek_requested):
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, NONE, QPoint(300, 60))
    view.set_playhead(1)
    view.set_selected("nothing")
    view.zoom_in()
    assert not view.grab().isNull()
