"""A real window on a real study with a real recording."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clips import Clip, make_clip
from imhcode.settings import Settings
from imhcode.ui import theme
from imhcode.ui.collecting import MainThreadCollector
from imhcode.ui.main_window import MainWindow


@pytest.fixture(scope="session", autouse=True)
def garbage_on_the_main_thread(qapp) -> Iterator[None]:
    """As in the program: never in a decoder's thread, never while Qt goes through its widgets."""
    collector = MainThreadCollector()
    yield
    collector.stop()


@pytest.fixture(scope="session")
def clip_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Clip]:
    """Clips by kind, made once."""
    made: dict[str, Clip] = {}

    def get(kind: str) -> Clip:
        if kind not in made:
            made[kind] = make_clip(tmp_path_factory.mktemp("clips"), kind)
        return made[kind]

    return get


class Driver:
    """A window, and what a coder does with it."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self.qtbot = qtbot

    def open(self, *paths: Path) -> None:
        self.window.open(list(paths))
        self.qtbot.waitUntil(lambda: self.space.picture.painted is not None, timeout=60_000)

    @property
    def space(self):
        return self.window.space

    @property
    def model(self):
        return self.window.space.model

    @property
    def events(self):
        return self.model.observation.timeline.in_order()

    def frame(self) -> int | None:
        painted = self.space.picture.painted
        return None if painted is None else painted.frame

    def go_to_frame(self, frame: int) -> None:
        self.space.jump_to(f"f{frame}")
        self.qtbot.waitUntil(lambda: self.frame() == frame, timeout=10_000)

    def press(self, key, modifier=None) -> None:
        target = self.space.picture
        if modifier is None:
            QTest.keyClick(target, key)
        else:
            QTest.keyClick(target, key, modifier)


@pytest.fixture
def driver(qtbot: QtBot, qapp) -> Iterator[Driver]:
    theme.apply(qapp, theme.DARK)
    window = MainWindow(Settings())
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    yield Driver(window, qtbot)
    window.close()
