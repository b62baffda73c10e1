"""Lists of a few columns of words, walked by arrows; Return does what the row is for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from imhcode.ui import theme
from imhcode.ui.family.columns import set_in, spread
from imhcode.ui.widgets.airy_rows import AiryRows

_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes
    ----------
    id : str
        Of what it shows.
    cells : tuple of str
        What it says, column by column.
    dim : bool
        Whether it may wait, and is painted in the dim colour.
    """

    id: str
    cells: tuple[str, ...]
    dim: bool = False


class RowsModel(QAbstractTableModel):
    """Rows under headings."""

    def __init__(self, headings: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headings = tuple(headings)
        self.rows: list[Row] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.headings[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.cells[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and row.dim:
            return QColor(theme.current().text_dim)
        return None


class Rows(QTableView):
    """The rows; what is stood on stays so when they are shown anew.

    Signals
    -------
    asked(str)
        Return was pressed, or a row clicked twice; the id.
    chosen(str)
        Another row is stood on; the id, empty for none.
    """

    asked = Signal(str)
    chosen = Signal(str)

    def __init__(
        self, name: str, headings: Sequence[str], wide: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows = RowsModel(headings)
        self.setModel(self.rows)
        self.setAccessibleName(name)
        self.setItemDelegate(AiryRows(self))
        set_in(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self._wide = tuple(wide)
        self._showing = False
        self.selectionModel().currentRowChanged.connect(lambda *_: self._tell())
        self.doubleClicked.connect(lambda _: self.ask())

    @property
    def current_id(self) -> str:
        """Id of the row that is stood on; empty for none."""
        index = self.currentIndex()
        return self.rows.rows[index.row()].id if index.isValid() else ""

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        before, row = self.current_id, self.currentIndex().row()
        self._showing = True
        self.rows.show_rows(rows)
        self._showing = False
        spread(self, self._wide)
        if rows:
            ids = [one.id for one in rows]
            at = ids.index(before) if before in ids else min(max(row, 0), len(rows) - 1)
            self.setCurrentIndex(self.rows.index(at, 0))
        self._tell()

    def go_to(self, row_id: str) -> None:
        """Stand on the row of something."""
        for at, one in enumerate(self.rows.rows):
            if one.id == row_id:
                self.setCurrentIndex(self.rows.index(at, 0))

    def ask(self) -> None:
        """Do what the row is for."""
        if self.current_id:
            self.asked.emit(self.current_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        spread(self, self._wide)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.ask()
            return
        super().keyPressEvent(event)

    def _tell(self) -> None:
        if not self._showing:
            self.chosen.emit(self.current_id)
