"""The panel that lays cameras on one clock: what is asked for is done, saved and seen."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.sample_frames import mark_reader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from camera_stage import PATIENCE_MS, Stage
from imhcode.domain.study import Recording, Session
from imhcode.services.syncing import SyncingService
from imhcode.store.study_file import StudyFile
from imhcode.ui import theme
from imhcode.ui.coding.camera_syncing import CameraSyncing
from imhcode.ui.coding.sync_panel import SyncPanel

pytestmark = pytest.mark.gui

SAMPLES = Path(__file__).parents[2] / "sample_videos"
INFANT, CAREGIVER = "camera_infant", "camera_caregiver"
FRAME_US = 33_367
read_mark = mark_reader()


class Desk(Stage):
    """The two sample cameras, both thought to begin at 0, and the panel to set that right."""

    def __init__(self, qtbot: QtBot, path: Path) -> None:
        super().__init__(qtbot, (1320, 600))
        self.study = StudyFile.create(path)
        self.study.add(Session(id="S02"))
        facts = json.loads((SAMPLES / "manifest.json").read_text())["recordings"]
        self.service_of = lambda: SyncingService(self.study, "S02", "cara")
        for name in (INFANT, CAREGIVER):
            (frames,) = [one["frames"] for one in facts if one["path"] == f"{name}.mp4"]
            self.study.add(
                Recording(
                    id=name,
                    session_id="S02",
                    path=f"{name}.mp4",
                    frames=frames,
                    end_us=round(frames * 1_001_000 / 30),
                )
            )
        self.panel = SyncPanel()
        qtbot.addWidget(self.panel)
        self.panel.resize(340, 420)
        self.panel.show()
        self.syncing = CameraSyncing(self.panel, self.cameras, self.wall, self.playback)
        self.syncing.lead_wanted.connect(self.lead)
        self.said: list[tuple[str, str]] = []
        self.syncing.said.connect(lambda words, tone: self.said.append((words, tone)))
        self.open(*((one, SAMPLES / one.path) for one in self.study.all(Recording)))
        self.syncing.open(self.service_of(), lambda one: SAMPLES / one.path)

    def offset_us(self) -> int:
        return self.study.get(Recording, CAREGIVER).offset_us

    def click(self, button) -> None:
        assert button.isEnabled()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def words_in_panel(self) -> str:
        labels = self.panel.findChildren(QLabel)
        return " ".join(one.text() for one in labels if one.isVisible())

    def lead(self, recording_id: str, at_us: int | None = None) -> None:
        self.files = [
            (self.study.get(Recording, recording.id), path) for recording, path in self.files
        ]
        super().lead(recording_id, at_us)

    def close(self) -> None:
        self.syncing.close()
        super().close()
        self.study.close()


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    theme.apply(qapp, theme.DARK)
    made = Desk(qtbot, tmp_path / "study.imh")
    yield made
    made.close()


def numbers(desk: Desk) -> tuple[int, int]:
    return tuple(read_mark(desk.painted(name).pixels) for name in (INFANT, CAREGIVER))


def test_a_typed_offset_moves_the_camera_and_is_saved(desk):
    desk.go_to_frame(300)  # 10.010 s
    assert numbers(desk) == (300, 300)
    desk.panel.offset.clear()
    QTest.keyClicks(desk.panel.offset, "1.48")
    QTest.keyClick(desk.panel.offset, Qt.Key.Key_Return)
    desk.settle()
    assert desk.offset_us() == 1_480_000
    assert numbers(desk) == (300, 255)
    desk.panel.offset_typed.emit("nonsense")
    assert desk.said[-1][1] == "refused"
    assert desk.panel.offset.text() == "1.48"


def test_one_frame_nudges_and_undo_show_at_once(desk):
    desk.go_to_frame(300)
    desk.click(desk.panel.later)
    desk.click(desk.panel.later)
    desk.settle()
    assert numbers(desk) == (300, 298)
    desk.click(desk.panel.earlier)
    desk.settle()
    assert numbers(desk) == (300, 299)
    desk.click(desk.panel.undo)
    desk.click(desk.panel.undo)
    desk.settle()
    assert numbers(desk) == (300, 299)
    desk.click(desk.panel.undo)
    assert desk.offset_us() == 0
    assert not desk.panel.undo.isEnabled()
    desk.click(desk.panel.redo)
    assert desk.offset_us() == FRAME_US


def test_marking_the_same_moment_in_two_pictures_syncs_them(desk):
    desk.go_to_frame(444)
    desk.click(desk.panel.mark)
    assert "frame 444" in desk.words_in_panel()
    desk.qtbot.waitUntil(lambda: desk.playback.recording.id == CAREGIVER, timeout=PATIENCE_MS)
    desk.go_to_frame(400)
    assert desk.offset_us() == 0
    desk.click(desk.panel.mark)
    desk.settle()
    assert desk.offset_us() == round(44 * 1_001_000 / 30)
    assert numbers(desk) == (444, 400)
    assert "frame 444" not in desk.words_in_panel()


def test_the_moment_of_one_camera_alone_can_be_forgotten(desk):
    desk.click(desk.panel.mark)
    desk.click(desk.panel.unmark)
    assert desk.offset_us() == 0
    assert "frame 0" not in desk.words_in_panel()
    assert desk.panel.mark.isEnabled()


def test_the_sound_proposes_is_looked_at_and_taken(desk):
    desk.go_to_frame(600)
    desk.click(desk.panel.propose)
    desk.qtbot.waitUntil(desk.panel.take.isVisible, timeout=PATIENCE_MS)
    assert "Confidence 0." in desk.words_in_panel()
    desk.click(desk.panel.preview)
    desk.settle()
    shown = numbers(desk)
    assert abs(shown[1] - (600 - 44.4)) < 1
    assert desk.offset_us() == 0, "looking saves nothing"
    desk.click(desk.panel.preview)
    desk.settle()
    assert numbers(desk) == (600, 600)
    desk.click(desk.panel.take)
    desk.settle()
    assert abs(desk.offset_us() - 1_480_000) < FRAME_US / 2
    assert numbers(desk) == shown
    assert not desk.panel.take.isVisible()


def test_the_leading_camera_is_never_looked_at_where_it_is_not_saved(desk):
    desk.click(desk.panel.propose)
    desk.qtbot.waitUntil(desk.panel.take.isVisible, timeout=PATIENCE_MS)
    desk.click(desk.panel.preview)
    desk.lead(CAREGIVER)
    assert not desk.panel.preview.isEnabled()
    assert not desk.panel.preview.isChecked()
    assert desk.playback.recording.offset_us == 0
    desk.panel.preview_asked.emit(True)
    assert desk.playback.recording.offset_us == 0
    desk.lead(INFANT)
    assert desk.panel.preview.isEnabled()


def test_a_proposal_that_is_left_leaves_everything_as_it_was(desk):
    desk.go_to_frame(600)
    desk.click(desk.panel.propose)
    desk.qtbot.waitUntil(desk.panel.leave.isVisible, timeout=PATIENCE_MS)
    desk.click(desk.panel.preview)
    desk.panel.close_asked.emit()
    desk.settle()
    assert not desk.panel.isVisible()
    assert desk.offset_us() == 0
    assert numbers(desk) == (600, 600)
    assert not desk.service_of().history.can_undo


def test_a_silent_recording_is_said_kindly(desk, monkeypatch, tmp_path):
    from clips import make_clip

    silent = make_clip(tmp_path, "cfr25").path
    desk.syncing.open(desk.service_of(), lambda _: silent)
    desk.click(desk.panel.propose)
    desk.qtbot.waitUntil(lambda: "no sound" in desk.words_in_panel(), timeout=PATIENCE_MS)
    assert desk.panel.propose.isEnabled()
    assert not desk.panel.take.isVisible()


def test_reopening_the_session_finds_offset_and_history(desk):
    desk.panel.offset_typed.emit("+1.48")
    desk.syncing.open(desk.service_of(), lambda one: SAMPLES / one.path)
    assert desk.panel.offset.text() == "1.48"
    desk.click(desk.panel.undo)
    assert desk.offset_us() == 0
