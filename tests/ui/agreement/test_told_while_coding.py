"""A trainee is told of each event while coding it, where the practice set says so."""

import pytest
from PySide6.QtCore import Qt

from imhcode.domain.keys import CodeKey
from imhcode.services import submitting
from imhcode.services.practice_sets import practice_set
from imhcode.services.training import progress_of

from .test_training_round import golden, sit_down

pytestmark = pytest.mark.gui

CTRL = Qt.KeyboardModifier.ControlModifier


def begin(trainer, path, feedback, coder="tom"):
    golden(path, feedback=feedback, trainee=coder)
    sit_down(trainer, path, coder)
    trainer.press(Qt.Key.Key_Return)  # to the coding window
    space = trainer.window.space
    trainer.qtbot.waitUntil(lambda: space.picture.painted is not None, timeout=20_000)
    assert (space.model.observation.coder_id, space.model.observation.role) == (coder, "training")
    return space


def go_to(trainer, second):
    space = trainer.window.space
    space.seek(second * 1_000_000)
    trainer.qtbot.waitUntil(
        lambda: space.picture.painted is not None and space.stamp().time_us == second * 1_000_000,
        timeout=10_000,
    )


def code(trainer, second, track_id, code_id):
    """Code as a click on the pad does, on the frame that is on the screen."""
    go_to(trainer, second)
    model = trainer.window.space.model
    track = model.observation.scheme.track(track_id)
    model.code(CodeKey(track, track.code(code_id)))
    return trainer.window.strip.words


def test_each_event_is_told_as_it_is_coded(trainer, study_path):
    begin(trainer, study_path, "while_coding")
    assert code(trainer, 0, "dyad_state", "side_by_side").startswith(
        "Comfortably apart: as in the gold standard."
    )
    assert code(trainer, 7, "infant_bid", "vocal").startswith(
        "Voice bid: as in the gold standard. Ah-goo, and waits."
    )
    assert code(trainer, 12, "infant_bid", "look").startswith(
        "Look bid: the gold standard has Smile bid here."
    )
    assert code(trainer, 10, "infant_bid", "look").startswith(
        "Look bid: the gold standard has nothing here."
    )
    words = code(trainer, 5, "dyad_state", "attuned")
    assert words == "Attuned: begins 25 frames later than the gold standard."


def test_what_was_told_counts_to_no_criterion(trainer, study_path):
    space = begin(trainer, study_path, "while_coding")
    code(trainer, 7, "infant_bid", "vocal")
    study = trainer.study
    coding = study.coding("S01", "tom", role="training")
    submitting.submit(study.file, coding, "tom")
    (one,) = progress_of(study, practice_set(study.file, "first steps"), "tom").judged
    assert (one.verdict, one.why) == ("not counted", "told while coding")
    assert space is trainer.window.space


@pytest.mark.parametrize("feedback", ["off", "at_end", "at_once"])
def test_other_sets_tell_nothing_meanwhile(trainer, study_path, feedback):
    begin(trainer, study_path, feedback)
    before = trainer.window.strip.words
    assert code(trainer, 7, "infant_bid", "look") == before
    assert "gold standard" not in before


def test_nothing_is_told_of_ones_own_work_outside_practice(trainer, study_path):
    golden(study_path, feedback="while_coding", trainee="tom")
    trainer.window.settings = trainer.window.settings.__class__(coder="tom")
    trainer.open(study_path)  # tom's own observation, role primary
    observation = trainer.window.space.model.observation
    assert observation.coder_id == "trainee" or observation.role == "primary"
    assert "gold standard" not in code(trainer, 7, "infant_bid", "look")
