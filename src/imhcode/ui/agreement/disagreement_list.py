"""The list of disagreements, the weightiest first, with what was decided about each."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from imhcode.domain.scheme import Scheme
from imhcode.domain.timecode import as_clock
from imhcode.services.consensus import Decided
from imhcode.ui import theme
from imhcode.ui.agreement.deciding import Found
from imhcode.ui.agreement.disagreement_words import decision_words, what_differs, where_it_is
from imhcode.ui.widgets.airy_rows import AiryRows

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_WHERE_PX = 112
DONE, WHAT, WHERE, WHEN, SESSION, WEIGHT = range(6)


class DisagreementModel(QAbstractTableModel):
    """Rows in the order they are given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.found: Sequence[Found] = ()
        self._scheme: Scheme | None = None
        self._decided: Callable[[Found], Decided | None] = lambda _: None

    def show_found(
        self,
        found: Sequence[Found],
        scheme: Scheme,
        decided: Callable[[Found], Decided | None],
    ) -> None:
        """Take another list."""
        self.beginResetModel()
        self.found, self._scheme, self._decided = found, scheme, decided
        self.endResetModel()

    def show_decided(self) -> None:
        """Something was decided, or taken back."""
        if self.found:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.found) - 1, WEIGHT))

    @property
    def any_decided(self) -> bool:
        """Whether anything is."""
        return any(self._decided(one) is not None for one in self.found)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.found)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else WEIGHT + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (
            self.tr("Decided"),
            self.tr("Difference"),
            self.tr("Track"),
            self.tr("At"),
            self.tr("Session"),
            self.tr("Weight"),
        )[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._scheme is None:
            return None
        one = self.found[index.row()]
        decided = self._decided(one)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(one, decided, index.column())
        if role == Qt.ItemDataRole.ForegroundRole and decided is not None:
            return QColor(theme.current().text_dim)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._whole(one, decided)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == WEIGHT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _cell(self, one: Found, decided: Decided | None, column: int) -> str:
        assert self._scheme is not None  # noqa: S101  (asked by data only)
        match column:
            case 0:
                words = decision_words(decided.decision.choice, one.coders) if decided else ""
                return f"✓ {words}" if decided else ""
            case 1:
                return what_differs(one.difference, self._scheme, one.coders)
            case 2:
                return where_it_is(one.difference, self._scheme)
            case 3:
                return as_clock(one.stretch_us[0]) if one.stretch_us else "–"
            case 4:
                return one.session_id
        return f"{one.difference.weight:.2f}"

    def _whole(self, one: Found, decided: Decided | None) -> str:
        cells = [self._cell(one, decided, column) for column in (WHAT, WHERE, WHEN, SESSION, DONE)]
        if decided is not None and decided.decision.note:
            cells.append(decided.decision.note)
        return "\n".join(cell for cell in cells if cell)


class DisagreementList(QTreeView):
    """A list that keeps the keys for walking and lets all others pass to the window.

    Signals
    -------
    chosen(int)
        The row that is stood on now.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = DisagreementModel(self)
        self.setModel(self.rows)
        self.setAccessibleName(self.tr("Disagreements"))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setItemDelegate(AiryRows(self))
        self.setAllColumnsShowFocus(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setTabKeyNavigation(False)
        self.header().setStretchLastSection(False)

    def show_found(
        self,
        found: Sequence[Found],
        scheme: Scheme,
        decided: Callable[[Found], Decided | None],
    ) -> None:
        """Take another list; nothing is stood on yet."""
        self.rows.show_found(found, scheme, decided)
        header = self.header()
        for column in (DONE, WHEN, SESSION, WEIGHT):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(WHERE, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(WHERE, theme.scaled(_WHERE_PX))
        header.setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        self.show_decided()
        self.setColumnHidden(SESSION, len({one.session_id for one in found}) < 2)

    def show_decided(self) -> None:
        """Something was decided, or taken back; while nothing is, no room is kept for it."""
        self.rows.show_decided()
        self.setColumnHidden(DONE, not self.rows.any_decided)

    @property
    def row(self) -> int:
        """Where one stands; -1: nowhere."""
        return self.currentIndex().row() if self.currentIndex().isValid() else -1

    def go_to(self, row: int) -> None:
        """Stand on a row."""
        index = self.rows.index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.chosen.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
            Qt.Key.Key_Home,
            Qt.Key.Key_End,
            Qt.Key.Key_PageUp,
            Qt.Key.Key_PageDown,
        ):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def keyboardSearch(self, search: str) -> None:
        """Letters decide, they do not search."""
