"""The window of clips on a real study with a real recording, reached from the coding window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from beeping_clips import make_beeping_clip
from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme
from imhcode.services.consent import Consents
from imhcode.services.family import People, Present
from imhcode.services.studies import StudyService
from imhcode.settings import Settings
from imhcode.ui import theme
from imhcode.ui.clips.clip_window import ClipWindow
from imhcode.ui.main_window import MainWindow

NONE = Qt.KeyboardModifier.NoModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clip") / "room.mp4"
    return make_beeping_clip(path, (1.0, 2.0), n_frames=100)


@pytest.fixture
def study_path(tmp_path: Path, film: Path) -> Path:
    """A study with one recording, of one infant for whom watching together is agreed to."""
    path = tmp_path / "study.imh"
    with StudyService.create(path, [load_scheme(find_scheme("abr"))]) as study:
        study.add_recording(film, "S1", dyad_id="D1")
        study.ensure_session("S1", "D1")
        infant = People(study.file, "D1", "AB").add("infant", "child")
        Present(study.file, "S1", "AB").add(infant.id)
        Consents(study.file, "D1", "AB").grant(infant.id, "treatment", "2020-01-01")
    return path


class Maker:
    """Somebody who makes a clip by keyboard."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot

    @property
    def page(self) -> ClipWindow:
        page = self.window.handing_on.clips.page
        assert page is not None
        return page

    @property
    def shown(self):
        return self.page.view.preview

    def open(self, path: Path) -> None:
        self.window.open([path])
        picture = self.window.space.picture
        self.qtbot.waitUntil(lambda: picture.painted is not None, timeout=10_000)

    def mark(self, first: int, last: int) -> None:
        """Mark a stretch in the coding window, and ask for a clip of it."""
        space = self.window.space
        for frame, key in ((first, Qt.Key.Key_BracketLeft), (last, Qt.Key.Key_BracketRight)):
            space.jump_to(f"f{frame}")
            self.qtbot.waitUntil(
                lambda frame=frame: space.picture.painted.frame == frame, timeout=10_000
            )
            QTest.keyClick(space.picture, key, ALT)
        QTest.keyClick(space.picture, Qt.Key.Key_V, CTRL | ALT)
        self.wait()

    def wait(self) -> None:
        """Until the picture of the clip that is wanted is shown."""
        self.qtbot.waitUntil(
            lambda: (
                self.shown is not None
                and self.shown.plan is self.page._plan
                and self.shown.number == self.page.number
            ),
            timeout=10_000,
        )

    def press(self, key, modifier=NONE, times: int = 1) -> None:
        """Press a key where the focus is, and wait for the picture."""
        for _ in range(times):
            QTest.keyClick(self.page.focusWidget() or self.page, key, modifier)
        self.wait()

    def write(self, to: Path) -> None:
        self.page.export_to(to)
        self.qtbot.waitUntil(lambda: not self.page.writing.is_busy, timeout=60_000)


@pytest.fixture
def maker(qtbot: QtBot, qapp, study_path) -> Iterator[Maker]:
    theme.apply(qapp, theme.DARK)
    window = MainWindow(Settings())
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    found = Maker(window, qtbot)
    found.open(study_path)
    yield found
    window.close()
