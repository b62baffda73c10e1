"""The lists of the coding window show what a coder may see, and no more."""

import pytest

from imhcode.domain.study import Coder
from imhcode.services.assigning import assign
from imhcode.services.studies import StudyService

pytestmark = pytest.mark.gui


def lab(path, *, drawn=False):
    """The demo as a study of several people: tom trains, cara and dan code."""
    with StudyService.open(path) as study:
        for coder in (Coder(id="cara"), Coder(id="dan"), Coder(id="tom", role="trainer")):
            study.file.add(coder)
        if drawn:
            assign(study.file, study.scheme(), ["cara", "dan"], share=1.0, seed=1)


def choices(trainer):
    return [one.words for one in trainer.window.study.observation_choices()]


def test_a_coder_begins_their_own_and_sees_nobody_elses(trainer, study_path):
    lab(study_path)
    trainer.open(study_path)
    observation = trainer.window.space.model.observation
    assert observation.coder_id == "cara"
    assert choices(trainer) == ["cara"]
    assert len(observation.timeline) == 0


def test_a_trainer_sees_everything(trainer, study_path):
    lab(study_path)
    trainer.window.settings = trainer.window.settings.__class__(coder="tom")
    trainer.open(study_path)
    assert choices(trainer)[:2] == ["gold · gold", "trainee · training"]


def test_which_observation_is_the_second_is_not_shown(trainer, study_path):
    lab(study_path, drawn=True)
    trainer.open(study_path)
    for session in ("S01", "S02", "S03"):
        trainer.window.show_session(session)
        assert choices(trainer) == ["cara"]  # no word of a role
    roles = {one.role for one in trainer.study.file.observations() if one.coder_id == "cara"}
    assert "reliability" in roles  # though the program drew so


def test_what_stays_hidden_cannot_be_opened_either(trainer, study_path):
    lab(study_path)
    trainer.open(study_path)
    (gold,) = [one for one in trainer.study.session("S01").observations if one.role == "gold"]
    before = trainer.window.space.model
    trainer.window.show_session("S01", gold)
    words = trainer.window.strip.words
    assert "for trainers and investigators" in words or "stays hidden" in words
    assert trainer.window.space.model is before  # what was open stays open


def test_a_session_that_is_refused_leaves_the_one_that_is_open(trainer, study_path):
    lab(study_path)
    trainer.open(study_path)
    (gold,) = [one for one in trainer.study.session("S01").observations if one.role == "gold"]
    trainer.window.show_session("S02")
    painted = trainer.window.study.recording
    trainer.window.show_session("S01", gold)
    assert trainer.window.study.session_id == "S02"
    assert trainer.window.study.recording == painted
    assert trainer.window.space.model.observation.session_id == "S02"
