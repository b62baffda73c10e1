"""A wall of cameras with the playback of the one that leads, without the rest of the window."""

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from imhcode.domain.study import Recording
from imhcode.media.picture import Picture
from imhcode.ui.coding.camera_followers import Cameras
from imhcode.ui.coding.cameras import CameraWall
from imhcode.ui.coding.playback import Playback

PATIENCE_MS = 20_000


class Stage:
    """A wall, the playback of its leading camera, and the cameras that follow."""

    def __init__(self, qtbot: QtBot, size: tuple[int, int]) -> None:
        self.qtbot = qtbot
        self.window = QWidget()
        self.wall = CameraWall()
        self.playback = Playback(self.window)
        self.cameras = Cameras(self.playback, self.wall, self.now_us, self.window)
        column = QVBoxLayout(self.window)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.wall)
        self.playback.picture_due.connect(self.wall.show_picture)
        self.wall.size_wanted.connect(self.playback.set_size)
        self.wall.lead_asked.connect(self.lead)
        self.troubles: list[str] = []
        self.cameras.trouble.connect(self.troubles.append)
        self.files: list[tuple[Recording, Path | None]] = []
        qtbot.addWidget(self.window)
        self.window.resize(*size)
        self.window.show()
        qtbot.waitExposed(self.window)

    def now_us(self) -> int:
        return self.playback.now_us()

    def open(self, *files: tuple[Recording, Path | None], lead: int = 0, at_us: int = 0) -> None:
        self.files = list(files)
        self.lead(files[lead][0].id, at_us)

    def lead(self, recording_id: str, at_us: int | None = None) -> None:
        if at_us is None:
            at_us = self.playback.stamp_of(self.wall.painted).time_us
        ((recording, path),) = [one for one in self.files if one[0].id == recording_id]
        self.playback.open(recording, path, at_us)
        self.cameras.open(self.files, recording_id)
        self.qtbot.waitUntil(
            lambda: self.playback.frame_times is not None and self.wall.painted is not None,
            timeout=PATIENCE_MS,
        )
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(self.cameras.is_in_step, timeout=PATIENCE_MS)

    def go_to_frame(self, frame: int) -> None:
        self.playback.seek_frame(frame)
        self.qtbot.waitUntil(
            lambda: self.wall.painted is not None and self.wall.painted.frame == frame,
            timeout=PATIENCE_MS,
        )
        self.settle()

    def painted(self, recording_id: str) -> Picture | None:
        return self.wall.frame(recording_id).view.painted

    def words(self, recording_id: str) -> str:
        return self.wall.frame(recording_id).view.words

    def close(self) -> None:
        self.playback.close()
        self.cameras.close()
