"""A disagreement is looked at with the camera that shows it."""

import pytest
from PySide6.QtCore import Qt

from imhcode.services.studies import StudyService

pytestmark = pytest.mark.gui


def test_the_next_camera_loops_the_same_stretch(trainer, study_path):
    with StudyService.open(study_path) as study:
        study.add_recording(study_path.with_name("camera_infant.mp4"), "S01", offset_us=2_000_000)
    trainer.open(study_path)
    trainer.compare()
    trainer.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    trainer.wait_for_list()
    stage = trainer.page.disagreements.stage
    assert stage.cameras.isVisible()
    first, stretch = stage.playback.recording, stage.stretch_us
    trainer.press(Qt.Key.Key_C)
    trainer.qtbot.waitUntil(
        lambda: stage.playback.is_looping and stage.playback.recording != first, timeout=20_000
    )
    assert stage.cameras.currentText() == "camera_infant"
    assert stage.stretch_us == stretch
    trainer.press(Qt.Key.Key_C)
    trainer.qtbot.waitUntil(lambda: stage.playback.recording == first, timeout=20_000)


def test_one_camera_needs_no_choice(trainer, study_path):
    trainer.open(study_path)
    trainer.compare()
    trainer.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    trainer.wait_for_list()
    assert not trainer.page.disagreements.stage.cameras.isVisible()
