"""Events changed by mouse and keys in the real window, on a real study and a real recording."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from imhcode.store.study_file import StudyFile

pytestmark = pytest.mark.gui

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton
FRAME_US = 40_000


@pytest.fixture
def coder(driver, clip_of):
    """Attuned from frame 10, out of step from 40, attuned from 70; a look at 20."""
    driver.open(clip_of("cfr25").path)
    driver.model.choose_pass("")
    for frame, key in ((10, Qt.Key.Key_A), (40, Qt.Key.Key_D), (70, Qt.Key.Key_A)):
        driver.go_to_frame(frame)
        driver.press(key)
    driver.model.choose_pass("bids")
    driver.go_to_frame(20)
    driver.press(Qt.Key.Key_Q)
    driver.model.choose_pass("")
    QApplication.processEvents()
    return driver


@pytest.fixture
def view(coder):
    return coder.space.timeline


def states(coder) -> list[tuple[str, int, int | None]]:
    lane = coder.model.observation.timeline.lane("dyad_state")
    return [(one.code, one.onset_frame, one.offset_frame) for one in lane]


def state(coder, nth: int):
    return coder.model.observation.timeline.lane("dyad_state").at(nth)


def at_frame(view, event, frame: int) -> QPoint:
    """Where a frame lies on the lane of an event."""
    y = view._event_boxes(event)[0].center().y()
    return QPoint(view._frame.left + round(view.scale.x_of(frame * FRAME_US)), round(y))


def send(view, kind, at: QPoint, buttons, held=NONE) -> None:
    where = QPointF(at)
    button = LEFT if kind is not QEvent.Type.MouseMove else Qt.MouseButton.NoButton
    event = QMouseEvent(kind, where, view.mapToGlobal(where), button, buttons, held)
    QApplication.sendEvent(view, event)


def take(view, at: QPoint, held=NONE) -> None:
    send(view, QEvent.Type.MouseButtonPress, at, LEFT, held)


def pull(view, at: QPoint, held=NONE) -> None:
    send(view, QEvent.Type.MouseMove, at, LEFT, held)


def drop(view, at: QPoint, held=NONE) -> None:
    send(view, QEvent.Type.MouseButtonRelease, at, Qt.MouseButton.NoButton, held)


def drag(view, start: QPoint, end: QPoint, held=NONE) -> None:
    take(view, start)
    for share in (0.3, 0.6, 1.0):
        pull(view, start + (end - start) * share, held)
    drop(view, end, held)


# Dragging


def test_a_dragged_edge_takes_the_neighbour_and_the_picture_along(coder, view):
    first = state(coder, 0)
    edits = coder.model.n_edits
    take(view, at_frame(view, first, 40) - QPoint(2, 0))
    for frame in (44, 47, 50):
        pull(view, at_frame(view, first, frame))
        assert coder.model.n_edits == edits, "a drag must not touch the observation"
        assert states(coder)[0][2] == 40
    edge = coder.space.by_hand.dragging._edit.steps[0].after.offset_frame
    coder.qtbot.waitUntil(lambda: coder.frame() == edge, timeout=10_000)
    drop(view, at_frame(view, first, 50))
    assert coder.model.n_edits == edits + 1
    assert abs(edge - 50) <= 1
    assert states(coder)[:2] == [("attuned", 10, edge), ("out_of_step", edge, 70)]
    event = state(coder, 0)
    assert event.offset_us == edge * FRAME_US
    coder.press(Qt.Key.Key_Z, CTRL)
    assert states(coder)[:2] == [("attuned", 10, 40), ("out_of_step", 40, 70)]


def test_what_is_dragged_is_on_the_disk(coder, view):
    first = state(coder, 0)
    drag(view, at_frame(view, first, 40) - QPoint(2, 0), at_frame(view, first, 55))
    there = coder.events
    path = coder.window.study.service.path
    coder.window.close()
    study = StudyFile.open(path)
    (entry,) = study.observations()
    assert sorted(study.events_of(entry.id), key=lambda one: one.id) == sorted(
        there, key=lambda one: one.id
    )
    study.close()


def test_escape_while_dragging_leaves_everything_and_the_picture_as_they_were(coder, view):
    coder.go_to_frame(5)
    before, edits = states(coder), coder.model.n_edits
    first = state(coder, 0)
    take(view, at_frame(view, first, 40) - QPoint(2, 0))
    pull(view, at_frame(view, first, 60))
    coder.qtbot.waitUntil(lambda: coder.frame() != 5, timeout=10_000)
    coder.press(Qt.Key.Key_Escape)
    pull(view, at_frame(view, first, 65))
    drop(view, at_frame(view, first, 65))
    assert (states(coder), coder.model.n_edits) == (before, edits)
    assert view._marks.preview is None
    coder.qtbot.waitUntil(lambda: coder.frame() == 5, timeout=10_000)


def test_a_drag_too_far_stops_one_frame_before_nothing_is_left(coder, view):
    first = state(coder, 0)
    drag(view, at_frame(view, first, 40) - QPoint(2, 0), at_frame(view, first, 95))
    assert states(coder)[:2] == [("attuned", 10, 69), ("out_of_step", 69, 70)]


def test_a_whole_event_is_moved_and_its_neighbours_fill_the_gap(coder, view):
    middle = state(coder, 1)
    drag(view, at_frame(view, middle, 55), at_frame(view, middle, 65))
    (_, _, first_until), (code, onset, offset), (_, third, _) = states(coder)
    assert code == "out_of_step"
    assert abs(onset - 50) <= 1
    assert offset - onset == 30
    assert (first_until, third) == (onset, offset)


def test_a_click_without_a_pull_selects_and_changes_nothing(coder, view):
    middle, edits = state(coder, 1), coder.model.n_edits
    drag(view, at_frame(view, middle, 55), at_frame(view, middle, 55) + QPoint(2, 0))
    assert coder.model.selected_id == middle.id
    assert coder.model.n_edits == edits


def test_lanes_of_other_passes_stay_put_and_the_corner_changes_the_way(coder, view):
    coder.model.choose_pass("bids")  # other lanes cannot be dragged now
    coder.window.run("toggle_lanes")  # and are only seen if one wants to
    first, edits = state(coder, 0), coder.model.n_edits
    drag(view, at_frame(view, first, 40) - QPoint(2, 0), at_frame(view, first, 50))
    assert coder.model.n_edits == edits
    assert coder.space.by_hand._model.editing.neighbours == "trim"
    QTest.mouseClick(view, LEFT, NONE, QPoint(5, 5))
    assert coder.space.by_hand._model.editing.neighbours == "push"
    coder.press(Qt.Key.Key_U, CTRL | SHIFT)
    assert coder.space.by_hand._model.editing.neighbours == "trim"


def test_the_pointer_shows_what_it_would_take(coder, view):
    middle = state(coder, 1)
    for frame, shape in (
        (40, Qt.CursorShape.SizeHorCursor),
        (55, Qt.CursorShape.PointingHandCursor),
        (3, Qt.CursorShape.ArrowCursor),
    ):
        send(view, QEvent.Type.MouseMove, at_frame(view, middle, frame), Qt.MouseButton.NoButton)
        assert view.cursor().shape() == shape


# Keys


def test_split_and_join_by_keys(coder):
    coder.model.select(state(coder, 0).id)
    coder.go_to_frame(25)
    coder.press(Qt.Key.Key_D, CTRL)
    assert states(coder)[:2] == [("attuned", 10, 25), ("attuned", 25, 40)]
    coder.model.choose((state(coder, 0).id, state(coder, 1).id))
    coder.press(Qt.Key.Key_J, CTRL)
    assert states(coder)[0] == ("attuned", 10, 40)


def test_several_events_get_another_code_with_two_keys(coder):
    coder.model.choose((state(coder, 0).id, state(coder, 1).id))
    coder.press(Qt.Key.Key_R, CTRL)
    edits = coder.model.n_edits
    coder.press(Qt.Key.Key_U)
    assert [one[0] for one in states(coder)] == ["uncodable", "uncodable", "attuned"]
    assert coder.model.n_edits == edits + 1
    assert len(coder.model.chosen_ids) == 2, "several that were changed stay selected"


def test_escape_leaves_a_key_that_waits(coder):
    coder.model.select(state(coder, 0).id)
    before = states(coder)
    coder.press(Qt.Key.Key_R, CTRL)
    coder.press(Qt.Key.Key_Escape)
    assert coder.space.by_hand.waiting == ""
    assert states(coder) == before


def test_a_stretch_is_marked_then_labelled(coder):
    coder.go_to_frame(20)
    coder.press(Qt.Key.Key_BracketLeft, ALT)
    coder.go_to_frame(30)
    coder.press(Qt.Key.Key_BracketRight, ALT)
    assert coder.space.by_hand.stretch == (20 * FRAME_US, 30 * FRAME_US)
    coder.press(Qt.Key.Key_I, CTRL)
    coder.press(Qt.Key.Key_U)
    assert states(coder)[:3] == [("attuned", 10, 20), ("uncodable", 20, 30), ("attuned", 30, 40)]
    assert coder.space.by_hand.stretch is None


def test_the_events_of_a_stretch_are_selected_and_deleted_at_once(coder):
    for frame, key in ((35, Qt.Key.Key_BracketLeft), (80, Qt.Key.Key_BracketRight)):
        coder.go_to_frame(frame)
        coder.press(key, ALT)
    coder.press(Qt.Key.Key_A, CTRL | ALT)
    assert len(coder.model.chosen_ids) == 3
    assert set(coder.space.table.selected_ids()) == set(coder.model.chosen_ids)
    coder.press(Qt.Key.Key_Delete)
    assert states(coder) == []
    coder.press(Qt.Key.Key_Z, CTRL)
    assert len(states(coder)) == 3


def test_an_edge_is_nudged_with_the_picture(coder):
    coder.model.select(state(coder, 1).id)
    coder.go_to_frame(38)
    coder.press(Qt.Key.Key_Left, ALT | SHIFT)
    assert states(coder)[:2] == [("attuned", 10, 39), ("out_of_step", 39, 70)]
    coder.qtbot.waitUntil(lambda: coder.frame() == 39, timeout=10_000)


def test_doubt_is_toggled(coder):
    coder.model.select(state(coder, 1).id)
    coder.press(Qt.Key.Key_U, CTRL)
    assert state(coder, 1).flagged
    coder.press(Qt.Key.Key_U, CTRL)
    assert not state(coder, 1).flagged


# Selecting


def test_a_box_selects_what_it_touches_in_timeline_and_table(coder, view):
    first, last = state(coder, 0), state(coder, 1)
    start, end = at_frame(view, first, 12), at_frame(view, last, 60)
    take(view, start, SHIFT)
    pull(view, end, SHIFT)
    assert view._marks.band is not None
    drop(view, end, SHIFT)
    assert set(coder.model.chosen_ids) == {first.id, last.id}
    assert set(coder.space.table.selected_ids()) == {first.id, last.id}
    assert view._marks.chosen.keys() == {first.id, last.id}
    assert view._marks.band is None


def test_ctrl_click_adds_and_takes_off(coder, view):
    coder.model.select("")
    coder.go_to_frame(90)  # a running state reaches to the frame on screen
    for nth, frame in enumerate((15, 50, 80)):
        QTest.mouseClick(view, LEFT, CTRL, at_frame(view, state(coder, nth), frame))
        assert coder.model.chosen_ids == tuple(state(coder, one).id for one in range(nth + 1))
    QTest.mouseClick(view, LEFT, CTRL, at_frame(view, state(coder, 1), 50))
    assert state(coder, 1).id not in coder.model.chosen_ids
    QTest.mouseClick(view, LEFT, NONE, at_frame(view, state(coder, 2), 80))
    assert coder.model.chosen_ids == (state(coder, 2).id,)


def test_what_the_filter_shows_is_selected_at_once(coder):
    coder.space.table.filter.setText("attuned")
    coder.press(Qt.Key.Key_A, CTRL)
    assert {coder.model.observation.timeline.get(one).code for one in coder.model.chosen_ids} == {
        "attuned"
    }
    assert len(coder.model.chosen_ids) == 2


# Reviewing


def test_a_review_run_goes_from_boundary_to_boundary_until_none_is_left(coder, view):
    coder.model.choose_pass("states")
    coder.go_to_frame(0)
    coder.press(Qt.Key.Key_F8)
    review = coder.space.by_hand.review
    seen = []
    while review.boundary is not None:
        seen.append(review.boundary.time_us // FRAME_US)
        assert view._note.endswith(str(4 - len(seen)))
        assert len(seen) < 9
        coder.press(Qt.Key.Key_F7)
    assert seen == [10, 40, 70]
    lane = coder.model.observation.timeline.lane("dyad_state")
    assert all(one.onset_reviewed for one in lane)
    assert view._note == ""


def test_a_boundary_is_put_right_before_it_is_accepted(coder):
    coder.model.choose_pass("states")
    coder.go_to_frame(30)
    coder.press(Qt.Key.Key_F8)
    coder.press(Qt.Key.Key_Right, ALT | SHIFT)
    assert states(coder)[:2] == [("attuned", 10, 41), ("out_of_step", 41, 70)]
    assert coder.space.by_hand.review.boundary.time_us == 41 * FRAME_US
    coder.press(Qt.Key.Key_F7)
    assert state(coder, 0).offset_reviewed
    assert state(coder, 1).onset_reviewed
    assert coder.space.by_hand.review.boundary.time_us == 70 * FRAME_US


def test_several_rows_selected_in_the_table_stay_selected_and_show_in_the_timeline(coder, view):
    table = coder.space.table.view
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Down, SHIFT)
    assert len(coder.space.table.selected_ids()) == 2
    assert set(coder.model.chosen_ids) == set(coder.space.table.selected_ids())
    assert view._marks.chosen.keys() == set(coder.model.chosen_ids)


def test_an_event_is_copied_to_another_track(coder):
    coder.model.select(state(coder, 0).id)
    coder.press(Qt.Key.Key_R, CTRL | SHIFT)
    coder.press(Qt.Key.Key_W)
    bids = list(coder.model.observation.timeline.lane("infant_bid"))
    assert [(one.code, one.onset_frame) for one in bids] == [("vocal", 10), ("look", 20)]


def test_the_selection_is_looped_with_a_lead_in(coder):
    coder.model.choose((state(coder, 0).id, state(coder, 1).id))
    coder.press(Qt.Key.Key_L, CTRL)
    assert coder.space.playback.is_looping
    coder.press(Qt.Key.Key_L, CTRL)
    assert not coder.space.playback.is_looping
