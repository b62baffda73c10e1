"""The walk along ten bids of the flagship sample: keys only, killed in the middle, taken up again."""

import os
import signal
import statistics
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

import walking_coder
from imhcode.domain.links import fault_of
from imhcode.store.study_file import StudyFile
from walking_coder import FRAME_US, N_BIDS, WalkingCoder, true_bids

pytestmark = pytest.mark.gui

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
BEFORE_THE_KILL = 5


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return walking_coder.make_study(tmp_path / "walk.imh")


@pytest.fixture
def coder(driver, study) -> WalkingCoder:
    driver.open(study)
    return WalkingCoder(driver.window, lambda holds: driver.qtbot.waitUntil(holds, timeout=20_000))


def to_the_responses(coder: WalkingCoder) -> None:
    while coder.window.space.model.pass_id != "responses":
        coder.press(Qt.Key.Key_PageDown, CTRL)


def answers(coder: WalkingCoder):
    return list(coder.window.space.model.observation.timeline.lane("caregiver_response"))


def strip(coder: WalkingCoder):
    return coder.window.space.strip.guidance


def test_ten_bids_are_answered_by_keys_and_a_kill_in_the_middle_loses_none(
    driver, study, record_property
):
    child = subprocess.run(
        [sys.executable, walking_coder.__file__, str(study), str(BEFORE_THE_KILL)],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "QT_QPA_PLATFORM": "offscreen",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert child.returncode == -signal.SIGKILL, child.stderr
    presses, *seconds = child.stdout.split()

    driver.open(study)  # the same pass, at the first bid without an answer
    space, bids = driver.window.space, true_bids()
    assert space.model.pass_id == "responses"
    assert space.passing.guide.target.id == bids[BEFORE_THE_KILL].id
    assert f"{N_BIDS - BEFORE_THE_KILL} left" in space.strip.guidance.left
    assert not space.playback.is_playing  # nobody is startled by a voice
    coder = WalkingCoder(driver.window, lambda holds: driver.qtbot.waitUntil(holds, timeout=20_000))
    coder.press(Qt.Key.Key_Backspace)
    for bid in bids[BEFORE_THE_KILL:]:
        coder.answer(bid)

    given = answers(coder)
    assert [one.code for one in given] == [bid.answer for bid in bids]
    assert [[link.target for link in one.links] for one in given] == [[bid.id] for bid in bids]
    observation = space.model.observation
    assert not any(fault_of(observation, one, link) for one in given for link in one.links)
    for one, bid in zip(given, bids, strict=True):
        assert one.onset_us == one.onset_frame * FRAME_US
        assert bid.answer_us <= one.onset_us <= bid.answer_us + 10 * FRAME_US
        assert set(one.modifier("modality")) == set(bid.modality)
    assert space.passing.guide.walking.left == ()
    n_presses = int(presses) + coder.n_presses
    driver.window.close()
    file = StudyFile.open(study)
    (entry,) = file.observations()
    assert len(file.events_of(entry.id)) == 2 * N_BIDS
    file.close()
    took = [float(one) for one in seconds] + coder.seconds
    record_property("presses_per_bid", n_presses / N_BIDS)
    record_property("seconds_per_bid", statistics.median(took))
    assert n_presses <= 6 * N_BIDS  # code, each way in which it was answered, and on
    assert statistics.median(took) < 4  # 1 s run-up, about 1 s until the answer, and the keys


def test_enter_takes_what_is_offered_at_the_end_of_the_window(coder):
    to_the_responses(coder)
    assert ("↵", "No answer") in strip(coder).offers
    coder.press(Qt.Key.Key_Return)
    (one,) = answers(coder)
    first, second, *_ = true_bids()
    assert (one.code, one.onset_us) == ("no_answer", first.onset_us + 5_000_000)
    assert one.onset_frame == one.onset_us // FRAME_US
    assert coder.walk.target.id == second.id  # nothing more is asked: on at once


def test_what_the_scheme_requires_is_asked_before_the_walk_goes_on(coder):
    to_the_responses(coder)
    first, second, *_ = true_bids()
    coder.wait(lambda: coder.seen_us() > first.onset_us)
    coder.letter("a")
    coder.press(Qt.Key.Key_Return)  # not yet: how it was answered has to be said
    assert coder.walk.target.id == first.id
    assert strip(coder).answer.endswith("?")
    coder.press(Qt.Key.Key_1)
    coder.press(Qt.Key.Key_Return)
    assert coder.walk.target.id == second.id
    assert answers(coder)[0].modifier("modality") == ("voice",)
    assert answers(coder)[0].modifier("tone") == ("warm",)  # the default, taken


def test_another_key_puts_another_answer_in_its_place_and_shift_adds_one(coder):
    to_the_responses(coder)
    coder.press(Qt.Key.Key_F5, SHIFT)  # wait after an answer
    coder.letter("u")
    coder.letter("b")
    coder.wait(lambda: coder.seen_us() > true_bids()[0].onset_us)
    assert [one.code for one in answers(coder)] == ["no_answer"]
    coder.press(Qt.Key.Key_G, SHIFT)  # beside the first, not in its place
    assert {one.code for one in answers(coder)} == {"no_answer", "partial"}
    targets = {link.target for one in answers(coder) for link in one.links}
    assert targets == {true_bids()[0].id}


def test_a_code_before_the_bid_is_no_answer_to_it(coder):
    to_the_responses(coder)
    coder.letter("a")  # in the run-up
    assert answers(coder) == []
    assert "must begin" in coder.window.strip.words
    assert coder.walk.target.id == true_bids()[0].id


def test_a_key_for_what_is_not_on_screen_yet_is_not_taken(coder):
    to_the_responses(coder)
    coder.letter("u")  # and at once, before the second bid is on screen:
    coder.press(Qt.Key.Key_U)
    assert len(answers(coder)) == 1
    assert "not on screen yet" in coder.window.strip.words
    coder.letter("u")
    assert len(answers(coder)) == 2


def test_undo_goes_back_to_the_bid_whose_answer_it_takes(coder):
    to_the_responses(coder)
    coder.letter("u")
    coder.letter("u")
    assert coder.walk.target.id == true_bids()[2].id
    coder.press(Qt.Key.Key_Z, CTRL)
    assert coder.walk.target.id == true_bids()[1].id
    assert "9 left" in strip(coder).left
    coder.press(Qt.Key.Key_Y, CTRL)
    assert "8 left" in strip(coder).left


def test_one_can_go_from_bid_to_bid_without_answering(coder):
    to_the_responses(coder)
    ids = [bid.id for bid in true_bids()]
    coder.press(Qt.Key.Key_Down, CTRL)
    coder.press(Qt.Key.Key_Down, CTRL)
    assert coder.walk.target.id == ids[2]
    coder.press(Qt.Key.Key_Up, CTRL)
    assert coder.walk.target.id == ids[1]
    coder.letter("u")
    assert coder.walk.target.id == ids[2]
    coder.press(Qt.Key.Key_End)  # somewhere else altogether
    coder.press(Qt.Key.Key_Backspace)  # and the bid once more, from its run-up
    bid = true_bids()[2]
    coder.wait(lambda: bid.onset_us - 1_040_000 <= coder.seen_us() < bid.onset_us)


def test_moving_freely_codes_answer_nothing_by_the_walk(coder):
    to_the_responses(coder)
    coder.press(Qt.Key.Key_F5)
    assert coder.walk is None
    assert coder.window.space.model.target_id == ""
    assert not coder.window.space.strip.isVisible()
    coder.press(Qt.Key.Key_F5)
    assert coder.walk.target.id == true_bids()[0].id


def test_without_bids_the_walk_says_what_to_do_first(driver, tmp_path):
    driver.open(walking_coder.sample_folder() / "two_shot.mp4")
    driver.model.choose_pass("responses")
    assert "Infant bids" in driver.window.space.strip.guidance.place
    driver.press(Qt.Key.Key_Return)
    QTest.keyClick(driver.space.picture, Qt.Key.Key_Down, CTRL)
    assert driver.events == []


def test_the_rupture_walk_offers_rupture_and_then_repaired(driver, tmp_path):
    from imhcode.services.importing import import_file
    from imhcode.services.studies import StudyService

    path = walking_coder.make_study(tmp_path / "repair.imh")
    with StudyService.open(path) as service:
        import_file(
            service, walking_coder.sample_folder() / "gold_events.csv", coder="other", role="gold"
        )
        gold = next(one for one in service.session("S01").observations if one.coder_id == "other")
        states = list(service.observation(gold).timeline.lane("dyad_state"))
        service.coding("S01", "coder1").add(states)
    driver.open(path)
    coder = WalkingCoder(driver.window, lambda holds: driver.qtbot.waitUntil(holds, timeout=20_000))
    while coder.window.space.model.pass_id != "repair":
        coder.press(Qt.Key.Key_PageDown, CTRL)
    ruptured = [one.onset_us for one in states if one.code == "ruptured"]
    assert coder.walk.target.onset_us == ruptured[0]
    coder.press(Qt.Key.Key_Return)  # rupture, as offered
    coder.press(Qt.Key.Key_2)  # too much
    coder.press(Qt.Key.Key_2)  # by the caregiver
    assert ("↵", "Repaired") in strip(coder).offers
    coder.press(Qt.Key.Key_Return)
    coder.press(Qt.Key.Key_1)  # by the infant
    coder.press(Qt.Key.Key_Return)  # on to the second one
    assert coder.walk.target.onset_us == ruptured[1]
    lane = coder.window.space.model.observation.timeline.lane("rupture_repair")
    rupture, repaired = list(lane)
    assert (rupture.code, rupture.onset_us) == ("rupture", ruptured[0])
    assert (repaired.code, repaired.onset_us) == ("repaired", 58_000_000)
    assert [link.target for link in repaired.links] == [rupture.id]
