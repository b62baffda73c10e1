"""The window of the family, reached from the coding window by keyboard."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from clips import Clip
from imhcode.services.studies import StudyService
from imhcode.settings import Settings
from imhcode.ui import theme
from imhcode.ui.family.family_window import FamilyWindow
from imhcode.ui.main_window import MainWindow

from .families import ALT, CTRL, NONE, filmed, lived_in


class Clinician:
    """Somebody who keeps a family's papers by keyboard."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot

    @property
    def study(self) -> StudyService:
        assert self.window.study is not None
        return self.window.study.service

    @property
    def page(self) -> FamilyWindow:
        assert self.window.family.page is not None
        return self.window.family.page

    @property
    def card(self):
        return self.page.card

    @property
    def matrix(self):
        return self.page.consent.matrix

    def open(self, path: Path) -> None:
        self.window.open([path])
        QTest.keyClick(self.window.space.picture, Qt.Key.Key_F, CTRL | ALT)
        self.qtbot.waitUntil(self.page.isActiveWindow)

    def press(self, key, modifier=NONE) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(self.page.focusWidget() or self.page, key, modifier)

    def answer(self, **answers: str) -> None:
        """Fill fields of the card by keyboard and keep it."""
        for name, words in answers.items():
            field = self.card.fields[name]
            field.setFocus()
            if isinstance(field, QComboBox):
                QTest.keyClick(field, Qt.Key.Key_Home)
                while field.currentText() != words:
                    before = field.currentText()
                    QTest.keyClick(field, Qt.Key.Key_Down)
                    assert field.currentText() != before, (name, words)
            else:
                field.selectAll()
                QTest.keyClick(field, Qt.Key.Key_Delete)
                QTest.keyClicks(field, words)
        self.press(Qt.Key.Key_Return)

    def stand_on(self, label: str, column: int) -> None:
        """Walk to a cell of the matrix by the arrows."""
        model = self.matrix.consent
        row = [one.label for one in model.people].index(label)
        while self.matrix.currentIndex().row() != row:
            before = self.matrix.currentIndex().row()
            self.press(Qt.Key.Key_Down if before < row else Qt.Key.Key_Up)
            assert self.matrix.currentIndex().row() != before
        while self.matrix.currentIndex().column() != column:
            before = self.matrix.currentIndex().column()
            self.press(Qt.Key.Key_Right if before < column else Qt.Key.Key_Left)
            assert self.matrix.currentIndex().column() != before

    def cells(self) -> dict[str, list[str]]:
        """What the matrix says, person by person."""
        model = self.matrix.consent
        return {
            person.label: [model.index(row, k).data() for k in range(model.columnCount())]
            for row, person in enumerate(model.people)
        }


@pytest.fixture
def film(clip_of: Callable[[str], Clip]) -> Clip:
    return clip_of("mjpeg_avi")


@pytest.fixture
def new_family(tmp_path: Path, film: Clip) -> Path:
    return filmed(tmp_path / "study.imh", film)


@pytest.fixture
def family(new_family: Path) -> Path:
    return lived_in(new_family)


@pytest.fixture
def clinician(qtbot: QtBot, qapp) -> Iterator[Clinician]:
    theme.apply(qapp, theme.DARK)
    window = MainWindow(Settings(coder="kim"))
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    yield Clinician(window, qtbot)
    window.close()
