"""What a family works towards, in its words."""

import pytest
from PySide6.QtCore import Qt

from imhcode.services.goals import Strategies, goals_of

from .families import CTRL, rows_of

pytestmark = pytest.mark.gui
GOAL = "he looks to us when he is tired"


@pytest.fixture
def goals(clinician, family):
    clinician.open(family)
    clinician.press(Qt.Key.Key_2, CTRL)
    return clinician.page.goals


def test_a_goal_is_written_down_reworded_and_reached(clinician, goals):
    clinician.press(Qt.Key.Key_N, CTRL)
    clinician.answer(text="more singing", since="2026-03-01")
    assert ("more singing", "open", "2026-03-01") in rows_of(goals.goals)
    clinician.press(Qt.Key.Key_Return)
    clinician.answer(text="singing every evening", status="reached")
    assert rows_of(goals.goals)[-1] == ("singing every evening", "reached", "2026-03-01")
    assert goals.goals.rows.rows[-1].dim  # what is reached steps back
    found = goals_of(clinician.study.file, "D014")
    assert [(one.text, one.status) for one in found][-1] == ("singing every evening", "reached")


def test_a_goal_without_words_is_refused_on_the_card(clinician, goals):
    before = rows_of(goals.goals)
    clinician.press(Qt.Key.Key_N, CTRL)
    clinician.press(Qt.Key.Key_Return)
    assert "It needs words" in clinician.card.trouble.text()
    clinician.press(Qt.Key.Key_Escape)
    assert rows_of(goals.goals) == before


def test_what_was_tried_is_kept_with_its_session_and_how_it_went_comes_later(clinician, goals):
    assert goals.goals.rows.rows[0].cells[0] == GOAL
    clinician.press(Qt.Key.Key_T, CTRL)
    assert clinician.card.title.endswith(GOAL)
    clinician.answer(text="a quiet corner", on="2026-02-01")
    assert rows_of(goals.tried)[-1] == ("2026-02-01", "S1", "a quiet corner", "–")
    assert clinician.page.focusWidget() is goals.tried
    clinician.press(Qt.Key.Key_Return)
    clinician.answer(how="he came back twice")
    tried = Strategies(clinician.study.file, "D014", "kim").values[-1]
    assert (tried.text, tried.session_id, tried.how_it_went) == (
        "a quiet corner", "S1", "he came back twice",
    )  # fmt: skip


def test_what_was_tried_is_that_of_the_goal_one_stands_on(clinician, goals):
    assert len(rows_of(goals.tried)) == 1
    clinician.press(Qt.Key.Key_Down)
    assert rows_of(goals.tried) == []
    assert goals.tried_words.text() == "Nothing was tried for it yet."


def test_undo_is_of_this_page_only_and_the_open_coding_knows_the_goals(clinician, goals):
    def offered():
        scheme = clinician.window.space.model.observation.scheme
        theme = next(one for one in scheme.modifiers if one.id == "theme")
        return [one.label for one in theme.values]

    clinician.press(Qt.Key.Key_N, CTRL)
    clinician.answer(text="more singing")
    assert "more singing" in offered()
    clinician.press(Qt.Key.Key_Z, CTRL)
    assert "more singing" not in offered()
    assert all(one[0] != "more singing" for one in rows_of(goals.goals))
    clinician.press(Qt.Key.Key_Y, CTRL)
    assert "more singing" in offered()
    clinician.press(Qt.Key.Key_1, CTRL)
    assert len(clinician.cells()) == 3
