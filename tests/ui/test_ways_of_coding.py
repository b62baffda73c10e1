"""Holding a key, marking first, coding late, several persons, hidden partners, links by hand."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import walking_coder
from imhcode.domain.event import Event, Link
from imhcode.domain.observation import Observation
from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme
from imhcode.services.studies import StudyService
from imhcode.ui.coding.timeline_arcs import MOST_ARCS, arcs_between
from walking_coder import true_bids

pytestmark = pytest.mark.gui

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def coder(driver, clip_of):
    driver.open(clip_of("cfr25").path)
    return driver


@pytest.fixture
def holding(driver, tmp_path, clip_of):
    """A study in which bids last as long as their key is held."""
    text = find_scheme("abr").read_text(encoding="utf-8")
    changed = text.replace("  - id: infant_bid\n", "  - id: infant_bid\n    entry: hold\n")
    assert changed != text
    scheme_file = tmp_path / "abr.yaml"
    scheme_file.write_text(changed, encoding="utf-8")
    path = tmp_path / "hold.imh"
    with StudyService.create(path, [load_scheme(scheme_file)]) as study:
        study.add_recording(clip_of("cfr25").path, "S01")
    driver.open(path)
    driver.model.choose_pass("bids")
    return driver


def edges(driver):
    return [(one.code, one.onset_frame, one.offset_frame) for one in driver.events]


def test_what_is_held_lasts_until_the_key_is_let_go(holding):
    holding.go_to_frame(20)
    QTest.keyPress(holding.space.picture, Qt.Key.Key_Q)
    QTest.keyPress(holding.space.picture, Qt.Key.Key_Right)
    holding.qtbot.waitUntil(lambda: holding.frame() == 21)
    holding.go_to_frame(40)
    QTest.keyRelease(holding.space.picture, Qt.Key.Key_Q)
    assert edges(holding) == [("look", 20, 40)]
    holding.press(Qt.Key.Key_Z, CTRL)
    assert edges(holding) == [("look", 20, None)]


def test_letting_go_elsewhere_ends_it_too(holding):
    holding.go_to_frame(20)
    QTest.keyPress(holding.space.picture, Qt.Key.Key_Q)
    holding.go_to_frame(30)
    QApplication.sendEvent(holding.window, QEvent(QEvent.Type.WindowDeactivate))
    assert edges(holding) == [("look", 20, 30)]


def test_elsewhere_letting_go_means_nothing(coder):
    coder.go_to_frame(10)
    QTest.keyPress(coder.space.picture, Qt.Key.Key_A)
    coder.go_to_frame(20)
    QTest.keyRelease(coder.space.picture, Qt.Key.Key_A)
    assert edges(coder) == [("attuned", 10, None)]


def test_a_moment_is_marked_first_and_named_later(coder):
    coder.model.choose_pass("bids")
    coder.go_to_frame(12)
    coder.press(Qt.Key.Key_Slash)
    assert coder.events == []
    coder.go_to_frame(50)
    coder.press(Qt.Key.Key_Q)
    assert edges(coder) == [("look", 12, None)]
    coder.press(Qt.Key.Key_W)  # nothing waits any more: here
    assert edges(coder)[1] == ("vocal", 50, None)


def test_stretches_are_marked_first_and_named_in_their_order(coder):
    for frame in (10, 30, 45):
        coder.go_to_frame(frame)
        coder.press(Qt.Key.Key_Apostrophe)
    assert coder.events == []
    assert "2 marked" in coder.space.timeline._note
    coder.press(Qt.Key.Key_A)
    coder.press(Qt.Key.Key_D)
    assert edges(coder) == [("attuned", 10, 30), ("out_of_step", 30, 45)]
    coder.press(Qt.Key.Key_Escape)
    assert coder.space.timeline._marks.pending == ()


def test_escape_forgets_what_was_marked_and_nothing_else(coder):
    coder.press(Qt.Key.Key_A)
    coder.go_to_frame(20)
    coder.press(Qt.Key.Key_Slash)
    coder.press(Qt.Key.Key_Escape)
    assert coder.space.marking.marks == []
    assert coder.model.observation.timeline.running()


def test_a_late_key_counts_earlier_while_playing_and_says_so(coder):
    coder.space.passing.set_late_ms(200)
    coder.press(Qt.Key.Key_Space)
    coder.qtbot.waitUntil(lambda: (coder.frame() or 0) > 15)
    seen = coder.frame()
    coder.press(Qt.Key.Key_A)
    assert coder.space.playback.is_playing
    coder.press(Qt.Key.Key_Space)
    (event,) = coder.events
    assert 5 <= seen - event.onset_frame <= 6
    assert event.onset_us == event.onset_frame * 40_000
    assert event.comment == "reaction −200 ms"
    coder.go_to_frame(40)
    coder.press(Qt.Key.Key_D)  # while it stands, nobody is late
    assert edges(coder)[1] == ("out_of_step", 40, None)
    assert coder.events[1].comment == ""


def test_persons_are_named_and_changed_by_a_key(coder):
    coder.model.choose_pass("invites")
    coder.press(Qt.Key.Key_F9)
    field = coder.space.pass_panel._field
    coder.qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, "mother")
    QTest.keyClick(field, Qt.Key.Key_Return)
    coder.space.picture.setFocus()
    coder.press(Qt.Key.Key_Q)
    coder.space.passing.persons.name("father")
    coder.go_to_frame(10)
    coder.press(Qt.Key.Key_Q)
    coder.press(Qt.Key.Key_F9)  # round to nobody in particular
    coder.go_to_frame(20)
    coder.press(Qt.Key.Key_Q)
    coder.press(Qt.Key.Key_A)  # of the infant there is only one
    assert [(one.track, one.instance) for one in coder.events] == [
        ("caregiver_invite", "mother"),
        ("caregiver_invite", "father"),
        ("caregiver_invite", ""),
        ("infant_uptake", ""),
    ]


def test_a_pass_brings_its_speed_its_sound_and_its_lanes(driver, tmp_path, clip_of):
    path = tmp_path / "still.imh"
    with StudyService.create(path, [load_scheme(find_scheme("still_face"))]) as study:
        study.add_recording(clip_of("cfr25").path, "S01")
    driver.open(path)
    listening = driver.space.playback.listening
    driver.model.choose_pass("infant_gaze")
    assert driver.space.playback.speed == 0.5
    assert listening.muted
    assert not listening.muted_by_hand
    assert [row.track.id for row in driver.space.timeline._lanes.rows] == ["infant_gaze"]
    driver.press(Qt.Key.Key_M, CTRL)  # the coder may listen all the same
    assert not listening.muted
    driver.model.choose_pass("caregiver_states")
    assert not listening.muted
    driver.press(Qt.Key.Key_L, CTRL | Qt.KeyboardModifier.AltModifier)
    assert len(driver.space.timeline._lanes.rows) == 7


def test_who_is_hidden_is_drawn_once_and_hidden_from_then_on(driver, tmp_path, clip_of):
    path = tmp_path / "still.imh"
    with StudyService.create(path, [load_scheme(find_scheme("still_face"))]) as study:
        study.add_recording(clip_of("cfr25").path, "S01")
    driver.open(path)
    driver.model.choose_pass("infant_states")
    assert "Ctrl+Shift+M" in driver.window.strip.words
    view = driver.space.picture.lead_view
    driver.press(Qt.Key.Key_M, CTRL | SHIFT)
    place = view._place()
    middle = place.center().toPoint()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    QTest.mouseMove(view, place.bottomRight().toPoint() - QPoint(20, 20))
    QTest.mouseRelease(
        view,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        place.bottomRight().toPoint() - QPoint(20, 20),
    )
    driver.press(Qt.Key.Key_M, CTRL | SHIFT)
    inside = QPointF(place.center() + QPointF(30, 20)).toPoint()
    covered = QColor(view.grab().toImage().pixel(inside))
    assert covered.lightness() < 20
    driver.model.choose_pass("procedure")  # hides nobody
    assert view.cover.region is None
    driver.window._let_go()
    driver.open(path)
    driver.model.choose_pass("infant_states")
    region = driver.space.picture.lead_view.cover.region
    assert abs(region.left() - 0.5) < 0.02
    assert abs(region.top() - 0.5) < 0.02


def test_the_pass_is_the_one_it_was_when_the_study_was_closed(driver, tmp_path, clip_of):
    path = tmp_path / "passes.imh"
    with StudyService.create(path, [load_scheme(find_scheme("abr"))]) as study:
        study.add_recording(clip_of("cfr25").path, "S01")
    driver.open(path)
    driver.window.run("next_choice_of_passes")
    driver.window.run("next_choice_of_passes")
    driver.window.run("next_choice_of_passes")  # the clinic's: watch, states, repair
    ids = []
    for _ in range(4):
        ids.append(driver.model.pass_id)
        driver.press(Qt.Key.Key_PageDown, CTRL)
    assert ids == ["watch", "states", "repair", ""]
    driver.press(Qt.Key.Key_PageUp, CTRL)
    driver.window._let_go()
    driver.open(path)
    assert driver.model.pass_id == ""
    assert driver.window.bar.passing.count() == 4


# -- links -------------------------------------------------------------------------------------


@pytest.fixture
def linked(driver, tmp_path):
    path = walking_coder.make_study(tmp_path / "links.imh")
    driver.open(path)
    driver.model.choose_pass("responses")
    driver.window.run("toggle_walk")
    return driver


def respond(driver, frame: int, character: str) -> Event:
    driver.go_to_frame(frame)
    driver.press(Qt.Key(ord(character.upper())))
    return driver.model.selected_event()


def test_two_events_are_linked_and_unlinked_by_a_key(linked):
    first, second, *_ = true_bids()
    one = respond(linked, (first.onset_us + 2_000_000) // 40_000, "a")
    assert [link.target for link in one.links] == [first.id]  # suggested
    linked.press(Qt.Key.Key_N, CTRL | SHIFT)
    assert linked.model.selected_event().links == ()
    linked.model.choose((first.id, one.id))
    linked.press(Qt.Key.Key_N, CTRL)
    assert [link.target for link in linked.model.observation.timeline.get(one.id).links] == [
        first.id
    ]
    linked.press(Qt.Key.Key_P, CTRL)
    assert linked.model.selected_id == first.id
    linked.press(Qt.Key.Key_P, CTRL)
    assert linked.model.selected_id == one.id
    linked.model.choose((second.id, one.id))
    linked.press(Qt.Key.Key_N, CTRL)  # an answer does not come before its bid
    assert "must begin" in linked.window.strip.words


def test_links_are_drawn_and_a_broken_one_is_drawn_as_such(linked):
    first, *_ = true_bids()
    one = respond(linked, (first.onset_us + 2_000_000) // 40_000, "a")
    model, view = linked.model, linked.space.timeline
    (arc,) = arcs_between(model.observation, 0, 20_000_000)
    assert (arc.source.id, arc.target.id, arc.is_sound) == (one.id, first.id, True)
    model.select("")
    with_arc = view.grab().toImage()
    model.select(one.id)
    assert view.grab().toImage() != with_arc  # both ends stand out
    model.delete((first.id,))
    (arc,) = arcs_between(model.observation, 0, 20_000_000)
    assert arc.target is None
    assert not arc.is_sound
    linked.press(Qt.Key.Key_Z, CTRL)
    (arc,) = arcs_between(model.observation, 0, 20_000_000)
    assert arc.is_sound


def test_a_crowd_of_links_costs_no_more_than_can_be_seen():
    scheme = load_scheme(find_scheme("abr"))
    events = []
    for number in range(5_000):
        at_us = number * 1_000_000
        events.append(
            Event(id=f"b{number}", track="infant_bid", code="look", onset_us=at_us, offset_us=at_us)
        )
        events.append(
            Event(
                id=f"r{number}",
                track="caregiver_response",
                code="joins",
                onset_us=at_us + 500_000,
                offset_us=at_us + 500_000,
                links=(Link("answers", f"b{number}"),),
            )
        )
    blank = Observation(id="o1", session_id="S01", coder_id="KL", scheme=scheme)
    crowd = blank.with_events(events)
    assert len(list(arcs_between(crowd, 0, 5_000_000_000))) <= MOST_ARCS
    near = list(arcs_between(crowd, 100_000_000, 110_000_000))
    assert {f"r{number}" for number in range(100, 110)} <= {arc.source.id for arc in near}
