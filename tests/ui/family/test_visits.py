"""A family over time, and two moments of different visits side by side."""

import pytest
from PySide6.QtCore import Qt

from clips import read_number
from imhcode.domain.study import Coder
from imhcode.services.across_visits import across
from imhcode.services.studies import StudyService
from imhcode.ui.family.over_time import OverTime
from imhcode.ui.family.record import FamilyRecord

from .families import CTRL, S, rows_of

pytestmark = pytest.mark.gui


@pytest.fixture
def visits(clinician, family):
    clinician.open(family)
    clinician.press(Qt.Key.Key_3, CTRL)
    return clinician.page.visits


def lines(tree):
    found = []
    for at in range(tree.topLevelItemCount()):
        top = tree.topLevelItem(at)
        found.append(tuple(top.text(k) for k in range(3)))
        found += [tuple(top.child(n).text(k) for k in range(3)) for n in range(top.childCount())]
    return found


def playing(clinician, visits, *sides):
    """Until these sides play and no other does."""
    players = visits.stage.sides
    clinician.qtbot.waitUntil(
        lambda: [one.playback.is_playing for one in players] == [n in sides for n in (0, 1)],
        timeout=10_000,
    )


def side_by_side(clinician, visits):
    """The first moment of the first session, and that of the last."""
    clinician.press(Qt.Key.Key_Return)
    playing(clinician, visits, 0)
    clinician.press(Qt.Key.Key_End)
    clinician.press(Qt.Key.Key_Return)
    playing(clinician, visits, 0, 1)
    return visits.stage.sides


def test_sessions_and_visits_stand_in_order_with_counts_and_no_scores(clinician, visits):
    assert lines(visits.tree) == [
        ("2026-01-05 · S1 · visit 1", "Connection 1 · Finding each other again 1",
         "candidate 1 · chosen 1"),
        ("00:00.2–00:00.6", "You two together · Connection", "chosen"),
        ("00:00.7–00:01.2", "You found each other again · Finding each other again", "candidate"),
        ("2026-01-20 · visit 1", "watched together: Parent says 1", ""),
        ("2026-02-05 · S2 · visit 2", "Connection 1", "shown 1"),
        ("00:00.4–00:00.9", "You two together · Connection", "shown"),
    ]  # fmt: skip
    found = across(clinician.study, "D014")
    assert [len(one.moments) for one in found.sessions] == [2, 1]


def test_the_parents_words_and_the_goals_stand_beside_them(clinician, visits):
    assert [one[:3] for one in rows_of(visits.said)] == [
        ("2026-01-20", "1", "“he was looking for me”")
    ]
    goal, tried, other = rows_of(visits.goals)
    assert goal == ("2026-01-05", "he looks to us when he is tired", "open")
    assert (tried[1].strip(), tried[2]) == (
        "waiting for his look first", "twice he looked before she spoke",
    )  # fmt: skip
    assert other[1] == "meals without hurry"


def test_two_moments_of_different_sessions_play_side_by_side_on_their_own_clocks(clinician, visits):
    left, right = side_by_side(clinician, visits)
    assert (left.moment.session_id, right.moment.session_id) == ("S1", "S2")
    assert left.stretch_us == (200_000, 200_000 + S)  # so short that it would be over at once
    assert right.stretch_us == (400_000, 400_000 + S)
    assert left.playback.is_looping
    assert right.playback.is_looping
    clinician.qtbot.waitUntil(
        lambda: left.picture.painted is not None and right.picture.painted is not None,
        timeout=10_000,
    )
    for side in (left, right):
        begin_us, end_us = side.stretch_us
        number = read_number(side.picture.painted.pixels)
        assert begin_us // 40_000 <= number < end_us // 40_000
    assert "2026-02-05 · S2 · You two together" in right.words.text()


def test_each_side_is_played_and_paused_by_its_key_and_both_by_space(clinician, visits):
    side_by_side(clinician, visits)
    clinician.press(Qt.Key.Key_L)
    playing(clinician, visits, 1)
    clinician.press(Qt.Key.Key_R)
    playing(clinician, visits)
    clinician.press(Qt.Key.Key_Space)
    playing(clinician, visits, 0, 1)
    clinician.press(Qt.Key.Key_Space)
    playing(clinician, visits)


def test_one_side_is_heard_at_a_time(clinician, visits):
    left, right = side_by_side(clinician, visits)
    assert (left.playback.listening.muted, right.playback.listening.muted) == (False, True)
    clinician.press(Qt.Key.Key_M)
    assert (left.playback.listening.muted, right.playback.listening.muted) == (True, False)


def test_digits_choose_the_side_and_escape_puts_both_away(clinician, visits):
    clinician.press(Qt.Key.Key_2)
    playing(clinician, visits, 1)
    assert visits.stage.sides[0].moment is None
    clinician.press(Qt.Key.Key_Escape)
    assert visits.stage.isHidden()
    assert visits.stage.sides[1].playback.recording is None
    assert clinician.page.isVisible()
    clinician.press(Qt.Key.Key_Escape)
    assert clinician.page.isHidden()


def test_another_page_lets_both_stand_still_and_its_letters_are_letters_again(clinician, visits):
    side_by_side(clinician, visits)
    clinician.press(Qt.Key.Key_1, CTRL)
    playing(clinician, visits)
    clinician.press(Qt.Key.Key_N, CTRL)
    clinician.qtbot.keyClicks(clinician.page.focusWidget(), "Lora 12")
    assert clinician.page.focusWidget().text() == "Lora 12"
    playing(clinician, visits)


def test_what_has_to_stay_hidden_from_the_clinician_is_not_shown(clinician, family):
    with StudyService.open(family) as study:
        study.file.add(Coder(id="ines", role="investigator"))  # somebody watches over blindness
        study.coding("S1", "rae", scheme=study.scheme("strengths_review"), role="reliability")
        lines_of = {}
        for coder in ("ines", "rae"):
            found = OverTime(FamilyRecord(study, "S1", coder, "2026-06-15"))
            lines_of[coder] = [one.by_kind for one in found.meetings if one.session_id == "S1"]
    assert lines_of == {"ines": ["Connection 1 · Finding each other again 1"], "rae": [""]}


def test_a_recording_that_is_not_there_is_said_in_its_picture(clinician, visits, tmp_path):
    (tmp_path / "cam2.avi").unlink()
    clinician.press(Qt.Key.Key_End)
    clinician.press(Qt.Key.Key_Return)
    assert "not here" in visits.stage.sides[0].picture.words
