"""What both coders gave on one scale, or their records for one measure, session by session."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from imhcode.services.agreement_pairs import ChosenPair
from imhcode.ui import theme
from imhcode.ui.widgets.airy_rows import AiryRows

_WHOSE = Qt.ItemDataRole.UserRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Given:
    """A row: what both gave.

    Attributes
    ----------
    within : str
        Where in the session; empty for all of it.
    first, second, apart : str
        In words.
    by : float
        How far apart they are; 0 where they do not differ.
    """

    pair: ChosenPair
    within: str
    first: str
    second: str
    apart: str
    by: float

    @property
    def where(self) -> str:
        """The session, and where in it."""
        return " · ".join(filter(None, (self.pair.entry.session.id, self.within)))


class ScoresGiven(QTreeWidget):
    """A row a session or episode; the furthest apart first.

    Parameters
    ----------
    name : str
        For screen readers.

    Signals
    -------
    asked(object)
        Enter or a double click: the `Given`.
    """

    asked = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setItemDelegate(AiryRows(self))
        self.setAllColumnsShowFocus(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.header().setStretchLastSection(False)
        self.doubleClicked.connect(lambda _: self._ask())

    def show_given(self, given: Sequence[Given], coders: tuple[str, str]) -> None:
        """Take other scores."""
        self.clear()
        first, second = coders
        names = first or self.tr("first"), second or self.tr("second")
        self.setHeaderLabels([self.tr("Session"), self.tr("Coders"), *names, self.tr("apart")])
        self.setColumnHidden(1, bool(first))
        for one in sorted(given, key=lambda each: -each.by):
            who = f"{one.pair.a.coder_id} × {one.pair.b.coder_id}"
            item = QTreeWidgetItem([one.where, who, one.first, one.second, one.apart])
            item.setData(0, _WHOSE, one)
            for column in (2, 3, 4):
                item.setTextAlignment(column, _RIGHT)
                if not one.by:
                    item.setForeground(column, QColor(theme.current().text_dim))
            self.addTopLevelItem(item)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(2, 5):
            self.headerItem().setTextAlignment(column, _RIGHT)
        for column in range(1, 5):
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        first_row = self.topLevelItem(0)
        if first_row is not None:
            self.setCurrentItem(first_row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
        elif event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        item = self.currentItem()
        if item is not None:
            self.asked.emit(item.data(0, _WHOSE))

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands, not a search."""
