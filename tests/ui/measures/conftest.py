"""The window of measures, reached from the coding window by keyboard."""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from coded_sessions import scheme, worked_events
from imhcode.services.demo import make_demo
from imhcode.services.studies import StudyService
from imhcode.settings import Settings
from imhcode.ui import theme
from imhcode.ui.main_window import MainWindow
from imhcode.ui.measures.measures_window import MeasuresWindow
from imhcode.ui.measures.numbers_model import MEASURE, VALUE

_number = count()
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def demo_path(demo: Path) -> Path:
    """The demo study again, beside its recordings."""
    return shutil.copyfile(demo, demo.with_name(f"measured{next(_number)}.imh"))


@pytest.fixture
def worked_path(tmp_path: Path) -> Path:
    """The worked example as a study of one session."""
    path = tmp_path / "worked.imh"
    with StudyService.create(path, [scheme("abr")]) as study:
        study.ensure_session("S01", "D01")
        study.coding("S01", "anna", scheme=scheme("abr")).add(worked_events())
    return path


class Researcher:
    """Somebody who reads measures by keyboard."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot

    @property
    def study(self) -> StudyService:
        assert self.window.study is not None
        return self.window.study.service

    @property
    def page(self) -> MeasuresWindow:
        assert self.window.measures.page is not None
        return self.window.measures.page

    @property
    def figures(self):
        return self.page.page.figures

    @property
    def table(self):
        return self.page.page.table

    def open(self, path: Path) -> None:
        self.window.open([path])
        QTest.keyClick(self.window.space.picture, Qt.Key.Key_M, CTRL | ALT)
        self.wait()

    def wait(self) -> None:
        """Until numbers and figure are there."""
        self.qtbot.waitUntil(
            lambda: (
                self.page.page.found is not None
                and not self.page.computing.is_busy
                and not self.page.computing.is_drawing
            ),
            timeout=20_000,
        )

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(self.page.focusWidget() or self.page, key, modifier)

    def type(self, words: str) -> None:
        QTest.keyClicks(self.page.focusWidget(), words)

    def show_figure(self, topic_id: str) -> None:
        self.figures.choose(topic_id)
        self.wait()

    def lines(self) -> list[tuple[str, str]]:
        """Measure and value of each line as they are read, groups with an empty value."""
        model, found = self.table.numbers, []
        for row in range(model.rowCount()):
            top = model.index(row, 0)
            found.append((model.data(top), model.data(model.index(row, VALUE))))
            found += [
                (model.data(model.index(k, MEASURE, top)), model.data(model.index(k, VALUE, top)))
                for k in range(model.rowCount(top))
                if model.line(top) is None
            ]
        return found

    def cell(self, measure_id, column, statistic="value", group="") -> str:
        """What the table says in one column of a measure's line."""
        model = self.table.numbers
        at = model.index_of(measure_id, statistic, group)
        assert at.isValid(), (measure_id, statistic)
        return model.data(model.index(at.row(), column, at.parent()))


@pytest.fixture
def researcher(qtbot: QtBot, qapp) -> Iterator[Researcher]:
    theme.apply(qapp, theme.DARK)
    window = MainWindow(Settings(coder="anna"))
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    yield Researcher(window, qtbot)
    window.close()
