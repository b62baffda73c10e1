"""What both coders gave on one scale, session by session."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from imhcode.analysis.rating_differences import RatingDifference
from imhcode.services.agreement_pairs import ChosenPair
from imhcode.ui import theme
from imhcode.ui.agreement.disagreement_words import score_words
from imhcode.ui.widgets.airy_rows import AiryRows

_WHOSE = Qt.ItemDataRole.UserRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
Given = tuple[ChosenPair, RatingDifference]


class ScoresGiven(QTreeWidget):
    """A row a session or episode; the furthest apart first.

    Signals
    -------
    asked(object)
        Enter or a double click: the pair of observations, and what both gave.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Scores of both coders by session"))
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
        for pair, one in sorted(given, key=lambda each: -_apart(each[1])):
            where = " · ".join(filter(None, (pair.entry.session.id, one.episode)))
            who = f"{pair.a.coder_id} × {pair.b.coder_id}"
            apart = f"{one.weight:g}" if one.differs else "·"
            cells = [where, who, score_words(one.first), score_words(one.second), apart]
            item = QTreeWidgetItem(cells)
            item.setData(0, _WHOSE, (pair, one))
            for column in (2, 3, 4):
                item.setTextAlignment(column, _RIGHT)
                if not one.differs:
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


def _apart(one: RatingDifference) -> float:
    return one.weight if one.differs else 0.0
