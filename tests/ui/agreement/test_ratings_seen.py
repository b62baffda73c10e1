"""Ratings compared in the window: every index with its reason, every score a door."""

import pytest
from PySide6.QtCore import Qt

from imhcode.services.agreement import agreement

from .lab_studies import rated_twice

pytestmark = pytest.mark.gui

SCALE = "Sensitivity to signals"


@pytest.fixture
def seen(trainer, tmp_path, clip_of):
    trainer.open(rated_twice(tmp_path, clip_of("cfr25").path))
    trainer.compare_ratings()
    return trainer


def lines(table):
    """What the table says: by what a group and a line are called, the cells after it."""
    found = {}
    for place in range(table.topLevelItemCount()):
        top = table.topLevelItem(place)
        found[top.text(0), ""] = [top.text(column) for column in range(1, table.columnCount())]
        for row in range(top.childCount()):
            item = top.child(row)
            found[top.text(0), item.text(0)] = [item.text(1), item.text(2)]
    return found


def test_every_index_of_ratings_is_what_the_service_says(seen):
    (comparison,) = agreement(seen.study).comparisons
    assert seen.page.overview.overview.comparison.rows == comparison.rows
    by_index = {one.index: one for one in comparison.rows if one.track_id == "sensitivity"}
    said = lines(seen.page.overview.ratings)
    assert said[SCALE, ""][2:] == ["3", "3", "3"]
    for words, index in (
        ("κ weighted, quadratic", "kappa_weighted_quadratic"),
        ("within one point", "within_one"),
        ("ICC(2,1)", "icc_2_1"),
        ("ICC(3,k)", "icc_3_k"),
        ("α ordinal", "alpha_ordinal"),
    ):
        row = by_index[index]
        assert said[SCALE, words][0] == f"{row.value:.2f}".replace("-", "−")
        has_interval = bool(said[SCALE, words][1])
        assert has_interval == (row.ci_low is not None)
    assert said[SCALE, "within one point"][0] == "0.67"


def test_no_cell_is_empty_without_its_reason(seen):
    said = lines(seen.page.overview.ratings)
    for (group, line), cells in said.items():
        has_lines = any(one == group and each for one, each in said)
        assert cells[0] or (not line and has_lines), (group, line)
    assert said["Tension", ""][0] == "not rated"


def test_the_scores_of_each_session_stand_there_the_furthest_apart_first(seen):
    given = seen.page.overview.rating.given
    rows = [
        [given.topLevelItem(row).text(column) for column in (0, 2, 3, 4)]
        for row in range(given.topLevelItemCount())
    ]
    assert rows == [["S03", "1", "3", "2"], ["S01", "4", "5", "1"], ["S02", "2", "2", "·"]]
    shown = seen.page.overview.rating.map.shown
    assert shown.cells[shown.codes.index("4"), shown.codes.index("5")] == 1


def test_a_rating_opens_what_both_raters_gave_and_their_evidence(seen):
    seen.press(Qt.Key.Key_F8)
    assert seen.page.overview.rating.given.hasFocus()
    seen.press(Qt.Key.Key_Return)
    page = seen.page.disagreements
    seen.qtbot.waitUntil(lambda: page.current is not None, timeout=20_000)
    (one,) = page.found
    assert (one.session_id, one.difference.scale, one.difference.weight) == (
        "S03",
        "sensitivity",
        2,
    )
    assert page.heading.text() == "1 disagreement · Sensitivity to signals: S03"
    assert page.stage.words.text().splitlines() == [
        SCALE,
        "anna: 1 · medium · anna on sensitivity",
        "ben: 3 · medium · ben on sensitivity",
    ]
    shown = page.stage.timeline._lanes.observation
    assert sorted(event.onset_us for event in shown.timeline) == [800_000, 1_200_000]
    assert not page.stage.playback.is_looping  # a score of a session has no place in it


def test_a_cell_and_a_scale_are_doors_too(seen):
    seen.press(Qt.Key.Key_F7)
    the_map = seen.page.overview.rating.map
    assert the_map.hasFocus()
    the_map.go_to("4", "5")
    seen.press(Qt.Key.Key_Return)
    page = seen.page.disagreements
    seen.qtbot.waitUntil(lambda: page.current is not None, timeout=20_000)
    assert [one.session_id for one in page.found] == ["S01"]
    seen.press(Qt.Key.Key_Escape)
    seen.press(Qt.Key.Key_F6)
    seen.page.overview.ratings.setFocus()
    item = seen.page.overview.ratings.findItems("Warmth", Qt.MatchFlag.MatchExactly, 0)[0]
    seen.page.overview.ratings.setCurrentItem(item)
    seen.press(Qt.Key.Key_Return)
    seen.qtbot.waitUntil(lambda: len(page.found) == 2, timeout=20_000)
    assert {one.difference.scale for one in page.found} == {"warmth"}
    assert {one.session_id for one in page.found} == {"S02", "S03"}


def test_chosen_tracks_are_compared_without_ratings(seen):
    seen.page.overview.choice.tracks.choose(["evidence"])
    seen.qtbot.waitUntil(lambda: not seen.page.comparing.is_busy, timeout=20_000)
    assert seen.page.overview.ratings.topLevelItemCount() == 0
    assert seen.page.overview.tables.currentWidget() is seen.page.overview.table
