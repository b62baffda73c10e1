"""The edits of an observation as rows; a row is read from the log when it comes into view."""

from datetime import date

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QColor, QFont

from imhcode.services.edit_history import BEGINNING, EditHistory
from imhcode.ui import theme
from imhcode.ui.coding.just_now import in_words
from imhcode.ui.coding.observation_view_model import ObservationViewModel
from imhcode.ui.history_words import gesture_in_words, instant_in_words

WHEN, DONE, WHAT, WHO = range(4)
_Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractTableModel):
    """Row 0 is the beginning; then the edits that stand, then those taken back.

    Where the whole log is shown instead, every line of it is a row, and none can be gone to.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._observed: ObservationViewModel | None = None
        self._shows_all = False
        self._n_rows = 0
        self._today = date.min

    @property
    def shows_all(self) -> bool:
        """Whether every line of the log is shown."""
        return self._shows_all

    @property
    def current_row(self) -> int:
        """The row of the last edit that stands."""
        if self._history is None:
            return -1
        return self._n_rows - 1 if self._shows_all else self._history.n_standing

    def show_observation(
        self, observed: ObservationViewModel | None, *, everything: bool = False
    ) -> None:
        """Show the edits of an observation, or its whole log."""
        self.beginResetModel()
        self._observed, self._shows_all = observed, everything
        self._today = date.today()  # noqa: DTZ011  (the day of the person who looks)
        self._n_rows = self._wanted()
        self.endResetModel()

    def follow(self) -> None:
        """An edit was done, undone or redone."""
        wanted = self._wanted()
        last = self._n_rows - 1
        if wanted > self._n_rows:
            self.beginInsertRows(QModelIndex(), self._n_rows, wanted - 1)
            self._n_rows = wanted
            self.endInsertRows()
        elif wanted < self._n_rows:
            self.beginRemoveRows(QModelIndex(), wanted, last)
            self._n_rows = wanted
            self.endRemoveRows()
        if self._n_rows:
            now = min(self.current_row, self._n_rows - 1)
            self.dataChanged.emit(self.index(max(now - 1, 0), 0), self.index(self._n_rows - 1, 3))

    def line_at(self, row: int) -> int:
        """The line of the log to go to from a row; -1 where there is nowhere to go."""
        if self._history is None or self._shows_all or not 0 <= row < self._n_rows:
            return -1
        return BEGINNING if row == 0 else self._history.line_of(row - 1)

    @property
    def _history(self) -> EditHistory | None:
        return None if self._observed is None else self._observed.edit_history

    def _wanted(self) -> int:
        if self._history is None:
            return 0
        if self._shows_all:
            return self._history.n_lines
        return 1 + self._history.n_standing + self._history.n_taken_back

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._n_rows

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("When"), self.tr("Done"), self.tr("What"), self.tr("Who"))[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = index.row()
        if not 0 <= row < self._n_rows:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._words(row)[index.column()]
        taken_back = not self._shows_all and row > self.current_row
        if role == Qt.ItemDataRole.ForegroundRole and taken_back:
            return QColor(theme.current().text_dim)
        if role == Qt.ItemDataRole.FontRole and (taken_back or row == self.current_row):
            font = QFont()
            font.setItalic(taken_back)
            font.setBold(not taken_back)
            return font
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and taken_back:
            return self.tr("taken back")
        return None

    def _words(self, row: int) -> tuple[str, str, str, str]:
        if self._observed is None or self._history is None:
            return ("", "", "", "")
        if not self._shows_all and row == 0:
            return ("", self.tr("The beginning"), "", "")
        line = row + 1 if self._shows_all else self._history.line_of(row - 1)
        entry = self._history.entry(line)
        return (
            instant_in_words(entry.at_utc, self._today),
            gesture_in_words(entry.edit.gesture, entry.cause),
            in_words(self._observed.observation, entry.edit),
            entry.coder_id,
        )
