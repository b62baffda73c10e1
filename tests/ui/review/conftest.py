"""The review window on a real study with a real recording, reached from the coding window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from beeping_clips import make_beeping_clip
from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme
from imhcode.services.studies import StudyService
from imhcode.settings import Settings
from imhcode.ui import theme
from imhcode.ui.main_window import MainWindow
from imhcode.ui.review.review_window import ReviewWindow

NONE = Qt.KeyboardModifier.NoModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("review") / "room.mp4"
    return make_beeping_clip(path, (1.0, 2.0), n_frames=150)


@pytest.fixture
def study_path(tmp_path: Path, film: Path) -> Path:
    """A study with one recording and a scheme for research; none for reviewing."""
    path = tmp_path / "study.imh"
    with StudyService.create(path, [load_scheme(find_scheme("abr"))]) as study:
        study.add_recording(film, "S1", dyad_id="D1")
    return path


class Clinician:
    """Somebody who prepares a tape and watches it with a parent, by keyboard."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot

    @property
    def page(self) -> ReviewWindow:
        assert self.window.review.page is not None
        return self.window.review.page

    @property
    def moments(self):
        return self.page.moments

    @property
    def model(self):
        return self.page.model

    @property
    def study(self) -> StudyService:
        assert self.window.study is not None
        return self.window.study.service

    def open(self, path: Path) -> None:
        self.window.open([path])
        QTest.keyClick(self.window.space.picture, Qt.Key.Key_R, CTRL | ALT)
        if self.model.scheme is None:
            self.page.take_shipped_scheme()
        self.wait_for_picture()

    def wait_for_picture(self) -> None:
        picture = self.moments.tape.picture
        self.qtbot.waitUntil(lambda: picture.painted is not None, timeout=10_000)

    def press(self, key, modifier=NONE) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(self.page.focusWidget() or self.page, key, modifier)

    def type(self, words: str) -> None:
        QTest.keyClicks(self.page.focusWidget(), words)

    def go_to_frame(self, frame: int) -> None:
        tape = self.moments.tape
        tape.playback.pause()
        tape.playback.seek_frame(frame)
        self.qtbot.waitUntil(
            lambda: tape.picture.painted is not None and tape.picture.painted.frame == frame,
            timeout=10_000,
        )

    def mark(self, first: int, end: int, key=None) -> str:
        """Mark the frames from ``first`` to before ``end``; the moment's id."""
        self.moments.list.setFocus()
        self.go_to_frame(first)
        self.press(key or Qt.Key.Key_I)
        self.go_to_frame(end)
        self.press(key or Qt.Key.Key_O)
        return self.moments.list.chosen_id

    def show_parent(self) -> None:
        self.press(Qt.Key.Key_V, CTRL | SHIFT)
        self.qtbot.waitExposed(self.page.screen_of_parent.view)
        self.sit_down()

    def sit_down(self) -> None:
        """Have the keyboard in the review window."""
        self.page.activateWindow()
        self.qtbot.waitUntil(self.page.isActiveWindow, timeout=5_000)

    def play_for_parent(self) -> None:
        self.page.showing.play()
        view = self.page.screen_of_parent.view
        self.qtbot.waitUntil(lambda: not view.picture.is_empty, timeout=10_000)


@pytest.fixture
def clinician(qtbot: QtBot, qapp) -> Iterator[Clinician]:
    theme.apply(qapp, theme.DARK)
    window = MainWindow(Settings())
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    yield Clinician(window, qtbot)
    window.close()
