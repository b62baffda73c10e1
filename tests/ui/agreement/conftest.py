"""The window of agreement, reached from the coding window, on the demo's gold and trainee."""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from imhcode.services import submitting
from imhcode.services.demo import make_demo
from imhcode.services.studies import StudyService
from imhcode.settings import Settings
from imhcode.ui import theme
from imhcode.ui.agreement.agreement_window import AgreementWindow
from imhcode.ui.main_window import MainWindow

_number = count()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def study_path(demo: Path) -> Path:
    """The demo study again, beside its recordings."""
    return shutil.copyfile(demo, demo.with_name(f"study{next(_number)}.imh"))


def hand_everything_in(path: Path) -> None:
    """Both the gold standard and the trainee's attempt are finished."""
    with StudyService.open(path) as study:
        for entry in study.session("S01").observations:
            scheme = study.schemes()[entry.scheme_hash]
            coding = study.coding("S01", entry.coder_id, role=entry.role, scheme=scheme)
            submitting.submit(study.file, coding, entry.coder_id)


class Trainer:
    """Somebody who compares coders by keyboard."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot

    @property
    def study(self) -> StudyService:
        assert self.window.study is not None
        return self.window.study.service

    @property
    def page(self) -> AgreementWindow:
        assert self.window.agreement.page is not None
        return self.window.agreement.page

    def open(self, path: Path) -> None:
        self.window.open([path])
        self.qtbot.waitUntil(lambda: self.window.space.picture.painted is not None, timeout=20_000)

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        target = self.page.focusWidget() or self.page
        QTest.keyClick(target, key, modifier)

    def type(self, words: str) -> None:
        QTest.keyClicks(self.page.focusWidget(), words)

    def compare(self) -> None:
        ctrl_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(self.window.space.picture, Qt.Key.Key_G, ctrl_shift)
        self.wait_for_numbers()

    def compare_ratings(self) -> None:
        """Compare coders of whom nothing but ratings is known, and look at these."""
        ctrl_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(self.window.space.picture, Qt.Key.Key_G, ctrl_shift)
        overview = self.page.overview
        self.qtbot.waitUntil(lambda: overview.ratings.topLevelItemCount() > 0, timeout=20_000)
        self.press(Qt.Key.Key_F6)
        assert overview.ratings.hasFocus()

    def wait_for_numbers(self) -> None:
        overview = self.page.overview
        self.qtbot.waitUntil(
            lambda: overview.overview is not None and not self.page.comparing.is_busy,
            timeout=20_000,
        )
        self.qtbot.waitUntil(lambda: len(overview.curve.points) > 0, timeout=20_000)

    def wait_for_list(self) -> None:
        page = self.page.disagreements
        self.qtbot.waitUntil(lambda: page.current is not None, timeout=20_000)
        self.qtbot.waitUntil(lambda: page.stage.playback.is_looping, timeout=20_000)

    @property
    def found(self):
        return self.page.disagreements.found

    @property
    def heading(self) -> str:
        return self.page.disagreements.heading.text()


@pytest.fixture
def trainer(qtbot: QtBot, qapp) -> Iterator[Trainer]:
    theme.apply(qapp, theme.DARK)
    window = MainWindow(Settings(coder="cara"))
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    yield Trainer(window, qtbot)
    window.close()
