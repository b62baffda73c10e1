"""The walk through disagreements to a consensus, by keyboard alone."""

import pytest
from PySide6.QtCore import Qt

from imhcode.services.agreement import agreement

from .conftest import hand_everything_in

pytestmark = pytest.mark.gui

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def walker(trainer, study_path):
    hand_everything_in(study_path)
    trainer.open(study_path)
    trainer.compare()
    trainer.press(Qt.Key.Key_D, CTRL)
    trainer.wait_for_list()
    return trainer


def page(walker):
    return walker.page.disagreements


def consensus(walker):
    (entry,) = [one for one in walker.study.session("S01").observations if one.role == "consensus"]
    return walker.study.observation(entry)


def original(walker, coder):
    (entry,) = [one for one in walker.study.session("S01").observations if one.coder_id == coder]
    return walker.study.observation(entry)


def test_each_key_decides_and_goes_on_to_the_next(walker):
    kinds = []
    before = {coder: original(walker, coder) for coder in ("gold", "trainee")}
    rows = agreement(walker.study).comparisons[0].rows
    while page(walker)._deciding.left(walker.found):
        kinds.append(page(walker).current.difference.kind)
        walker.press(Qt.Key.Key_2)
    assert len(kinds) == 39
    assert page(walker).bar.progress.text() == "39 of 39 decided"
    said = {
        (e.track, e.code, e.onset_us, e.offset_us) for e in original(walker, "trainee").timeline
    }
    assert {(e.track, e.code, e.onset_us, e.offset_us) for e in consensus(walker).timeline} == said
    assert {coder: original(walker, coder) for coder in ("gold", "trainee")} == before
    assert agreement(walker.study).comparisons[0].rows == rows  # always on the originals
    walker.press(Qt.Key.Key_Return, CTRL)
    assert consensus(walker).status == "submitted"


def test_the_list_is_sorted_by_weight_and_walked_by_the_arrows(walker):
    weights = [one.difference.weight for one in walker.found]
    assert weights == sorted(weights, reverse=True)
    walker.press(Qt.Key.Key_Down)
    walker.press(Qt.Key.Key_Down)
    assert page(walker).list.row == 2
    walker.press(Qt.Key.Key_P)
    assert page(walker).list.row == 1
    one = page(walker).current
    assert page(walker).stage.stretch_us == one.stretch_us


def test_space_stands_still_and_frames_are_stepped(walker):
    stage = page(walker).stage
    walker.press(Qt.Key.Key_Space)
    assert not stage.playback.is_playing
    walker.qtbot.waitUntil(lambda: stage.picture.painted is not None, timeout=10_000)
    frame = stage.picture.painted.frame
    walker.press(Qt.Key.Key_Right)
    walker.qtbot.waitUntil(lambda: stage.picture.painted.frame == frame + 1, timeout=10_000)
    walker.press(Qt.Key.Key_L)
    assert stage.playback.is_looping


def test_undo_and_redo_take_a_decision_back_and_bring_it_again(walker):
    key = page(walker).current.difference.key
    walker.press(Qt.Key.Key_2)
    after = consensus(walker).timeline
    walker.press(Qt.Key.Key_Z, CTRL)
    assert page(walker).current.difference.key == key
    assert page(walker).bar.progress.text() == "0 of 39 decided"
    assert consensus(walker).timeline == original(walker, "gold").timeline
    walker.press(Qt.Key.Key_Y, CTRL)
    assert consensus(walker).timeline == after
    assert page(walker).bar.progress.text() == "1 of 39 decided"


def test_what_was_decided_is_found_again_another_day(walker, study_path, clip_of):
    walker.press(Qt.Key.Key_1)
    walker.press(Qt.Key.Key_1)
    left = page(walker).current.difference.key
    walker.window.open([clip_of("cfr25").path])  # something else meanwhile
    walker.qtbot.waitUntil(lambda: walker.window.study.is_draft, timeout=20_000)
    walker.open(study_path)
    walker.compare()
    walker.press(Qt.Key.Key_D, CTRL)
    walker.wait_for_list()
    assert page(walker).bar.progress.text() == "2 of 39 decided"
    assert page(walker).current.difference.key == left  # one goes on where one stopped


def test_a_note_goes_with_the_decision(walker):
    walker.press(Qt.Key.Key_K, CTRL)
    walker.type("Looked 3 times")
    walker.press(Qt.Key.Key_Return)
    one = page(walker).current
    walker.press(Qt.Key.Key_1)
    decided = page(walker)._deciding.decided(one)
    assert (decided.decision.note, decided.coder_id) == ("Looked 3 times", "cara")


def test_a_third_code_is_chosen_by_its_key(walker):
    one = page(walker).current
    assert one.difference.kind == "confused"
    walker.press(Qt.Key.Key_5)
    card = page(walker).card
    assert card.is_open
    assert ("d", "Out of step") in card.answers()
    walker.press(Qt.Key.Key_D)
    decided = page(walker)._deciding.decided(one)
    assert decided.decision.choice == "third"
    painted = consensus(walker).timeline.lane("dyad_state").covering(one.difference.from_us)
    assert [event.code for event in painted] == ["out_of_step"]


def test_a_bare_digit_answers_an_open_question_and_decides_nothing(walker):
    walker.press(Qt.Key.Key_5)
    walker.press(Qt.Key.Key_1)
    assert page(walker).card.is_open
    assert page(walker).bar.progress.text() == "0 of 39 decided"
    walker.press(Qt.Key.Key_Escape)
    assert not page(walker).card.is_open
    assert walker.page.pages.currentWidget() is page(walker)


def test_a_boundary_between_the_two_is_set_at_the_frame_on_the_screen(walker):
    rows = [
        row
        for row, one in enumerate(walker.found)
        if one.difference.kind == "late" and one.difference.track_id == "dyad_state"
    ]
    page(walker).list.go_to(rows[0])
    one, stage = page(walker).current, page(walker).stage
    middle_us = (one.difference.from_us + one.difference.until_us) // 2
    stage.seek(middle_us)
    walker.qtbot.waitUntil(
        lambda: bool(stage.stamp()) and abs(stage.stamp().time_us - middle_us) < 40_000,
        timeout=10_000,
    )
    at = stage.stamp()
    walker.press(Qt.Key.Key_5)
    decided = page(walker)._deciding.decided(one)
    assert decided.decision.choice == "third"
    edges = {event.onset_us for event in consensus(walker).timeline.lane("dyad_state")}
    assert at.time_us in edges


def test_the_consensus_stands_below_both_coders_once_it_is_begun(walker):
    lanes = page(walker).stage.timeline._lanes
    assert len(lanes.rows) == 2
    walker.press(Qt.Key.Key_1)
    scheme = lanes.observation.scheme
    assert [scheme.subject_label(row.track.subject) for row in lanes.rows] == [
        "gold",
        "trainee",
        "consensus",
    ]


def test_not_everything_decided_cannot_be_handed_in(walker):
    walker.press(Qt.Key.Key_1)
    walker.press(Qt.Key.Key_Return, CTRL)
    assert "38 disagreements are not decided yet" in walker.page.strip.words


def test_drafts_can_be_looked_at_but_not_decided(trainer, study_path):
    trainer.open(study_path)
    trainer.compare()
    trainer.press(Qt.Key.Key_D, CTRL)
    trainer.wait_for_list()
    trainer.press(Qt.Key.Key_1)
    assert "is still a draft" in trainer.page.strip.words
    assert trainer.page.disagreements.bar.progress.text() == "0 of 39 decided"


def test_a_consensus_that_is_open_for_coding_too_is_shown_as_it_is_now(walker):
    walker.press(Qt.Key.Key_1)
    (entry,) = [one for one in walker.study.session("S01").observations if one.role == "consensus"]
    walker.window.show_session("S01", entry)
    walker.page.activateWindow()
    walker.press(Qt.Key.Key_2)
    model = walker.window.space.model
    assert model.observation.timeline == consensus(walker).timeline
    model.recode(model.observation.timeline.lane("infant_bid").at(0).id, "smile")
    page(walker).look_again()
    walker.press(Qt.Key.Key_2)  # on what was coded by hand meanwhile
    stored = consensus(walker).timeline
    assert stored.lane("infant_bid").at(0).code == "smile"
    assert walker.window.space.model.observation.timeline == stored
    assert page(walker)._deciding.consensus(page(walker).current.pair).timeline == stored


def test_a_consensus_is_never_opened_for_coding_by_itself(walker, study_path, clip_of):
    walker.press(Qt.Key.Key_1)
    walker.window.open([clip_of("cfr25").path])
    walker.qtbot.waitUntil(lambda: walker.window.study.is_draft, timeout=20_000)
    walker.open(study_path)
    assert walker.window.space.model.observation.role != "consensus"
