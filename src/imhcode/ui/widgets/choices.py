"""Choosing one thing, or several, of a few."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QMenu,
    QSizePolicy,
    QToolButton,
    QWidgetAction,
)


@dataclass(frozen=True, slots=True)
class Choosable:
    """One thing that can be chosen."""

    value: str
    words: str


class Several(QToolButton):
    """A menu of which any can be ticked; none ticked means all."""

    changed = Signal()

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self._boxes: list[tuple[str, QCheckBox]] = []
        self.setAccessibleName(words)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMenu(QMenu(self))

    def show_choices(self, choices: Sequence[Choosable]) -> None:
        """Offer other things; what was ticked and is still there stays so."""
        before = set(self.chosen)
        menu = QMenu(self)
        self._boxes = []
        for one in choices:
            box = QCheckBox(one.words)
            box.setChecked(one.value in before)
            box.toggled.connect(self._tell)
            action = QWidgetAction(menu)
            action.setDefaultWidget(box)
            menu.addAction(action)
            self._boxes.append((one.value, box))
        self.setMenu(menu)
        self._say()

    @property
    def chosen(self) -> tuple[str, ...]:
        """What is ticked; none: all."""
        return tuple(value for value, box in self._boxes if box.isChecked())

    def choose(self, values: Sequence[str]) -> None:
        """Tick these and no others."""
        for value, box in self._boxes:
            box.setChecked(value in values)

    def _tell(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        chosen, n = self.chosen, len(self._boxes)
        count = f"{len(chosen)}/{n}" if chosen else self.tr("all {n}").format(n=n)
        self.setText(f"{self._words}: {count}")


def combo(name: str) -> QComboBox:
    """A box of one choice, no wider than its words."""
    box = QComboBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    box.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return box


def fill(box: QComboBox, choices: Sequence[Choosable]) -> None:
    """Offer other things; what was chosen and is still there stays so."""
    before = box.currentData()
    box.clear()
    for one in choices:
        box.addItem(one.words, one.value)
    box.setCurrentIndex(max(box.findData(before), 0))
