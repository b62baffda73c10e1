"""The grid of the event table: rows to walk through, and every other key left to the coding."""

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from imhcode.ui.coding.event_table_cells import CELL_LEFT_PX, CELL_RIGHT_PX, CodeCells, TextCells
from imhcode.ui.coding.event_table_model import EventTableModel
from imhcode.ui.coding.event_table_words import Column

#: Widest content each column is made for at first; it can be dragged.
_SAMPLES = {
    Column.ONSET: "0:00:00.000",
    Column.OFFSET: "0:00:00.000",
    Column.DURATION: "0:00:00.000",
    Column.TRACK: "Caregiver responses",
    Column.CODE: "M Matches feeling",
    Column.MODIFIERS: "Faint or brief · Caregiver",
    Column.LINKED: "Voice bid 00:00.000",
    Column.COMMENT: "What is seen",  # and all the room there is
    Column.FRAME: "000000",
    Column.FLAGS: "in doubt · reviewed",
}

_WALKING = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)
_WITH_CONTROL = frozenset({Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_Home, Qt.Key.Key_End})

#: Words end where those of the cells end, and the sort arrow stands behind them.
_HEADER_SHEET = "QHeaderView::section {{ padding-{first}: 6px; padding-{last}: 14px; }}"


class EventTableView(QTableView):
    """A table view that acts on a handful of keys and lets all others pass to the window.

    Signals
    -------
    event_activated(str)
        Double click or Enter.
    delete_asked(object)
        Delete was pressed or chosen: a tuple of event ids, in the order of the rows.
    """

    event_activated = Signal(str)
    delete_asked = Signal(object)

    def __init__(self, model: EventTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(TextCells(self))
        self.setItemDelegateForColumn(Column.CODE, CodeCells(self))
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setSortIndicator(Column.ONSET, Qt.SortOrder.AscendingOrder)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(Column.COMMENT, QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(48)
        self.setSortingEnabled(True)
        self.doubleClicked.connect(self._activate)
        self._dress_header()
        self._measure()

    def selected_ids(self) -> tuple[str, ...]:
        """The ids of the selected events, from the top."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self._model.event_at(row).id for row in rows)

    def is_editing(self) -> bool:
        """Whether a cell is being typed into."""
        return self.state() == QAbstractItemView.State.EditingState

    def edit_cell(self, column: Column | None = None) -> bool:
        """Open the editor of the current row; without a column, that of the current cell.

        A cell that takes no text hands over to the comment.
        """
        current = self.currentIndex()
        if not current.isValid():
            return False
        index = current if column is None else current.siblingAtColumn(column)
        if column is None and not index.flags() & Qt.ItemFlag.ItemIsEditable:
            index = current.siblingAtColumn(Column.COMMENT)
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return False
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)
        return True

    def menu(self) -> QMenu:
        """What can be done with the current row, with its keys."""
        menu = QMenu(self)
        current = self.currentIndex()
        go = menu.addAction(self.tr("Go to its frame\tEnter"))
        go.triggered.connect(lambda: self._activate(self.currentIndex()))
        menu.addSeparator()
        for words, column in (
            (self.tr("Change onset"), Column.ONSET),
            (self.tr("Change offset"), Column.OFFSET),
            (self.tr("Change code"), Column.CODE),
            (self.tr("Write comment"), Column.COMMENT),
        ):
            keys = "\tCtrl+E" if column == current.column() else ""
            action = menu.addAction(words + keys)
            editable = current.siblingAtColumn(column).flags() & Qt.ItemFlag.ItemIsEditable
            action.setEnabled(bool(editable))
            action.triggered.connect(lambda _=False, at=column: self.edit_cell(at))
        menu.addSeparator()
        chosen = len(self.selected_ids())
        words = self.tr("Delete") if chosen < 2 else self.tr("Delete {n} events").format(n=chosen)
        delete = menu.addAction(words + "\tDel")
        delete.setEnabled(chosen > 0)
        delete.triggered.connect(self._delete)
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, go, edit, delete; every other key is the window's, letters above all."""
        if self.is_editing():
            event.accept()  # what an editor leaves over must not code or move anything
            return
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = held == Qt.KeyboardModifier.NoModifier
        shift = held == Qt.KeyboardModifier.ShiftModifier
        control = held == Qt.KeyboardModifier.ControlModifier
        if (key in _WALKING and (plain or shift)) or (key in _WITH_CONTROL and control):
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            event.setAccepted(self._activate(self.currentIndex()))
        elif key == Qt.Key.Key_Delete and plain:
            event.setAccepted(self._delete())
        elif (key == Qt.Key.Key_E and control) or (key == Qt.Key.Key_F2 and shift):
            event.setAccepted(self.edit_cell())
        else:
            event.ignore()

    def keyboardSearch(self, search: str) -> None:
        """Letters code; they never search."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the menu at the pointer, or at the current row if it came from the keyboard."""
        index = self.currentIndex()
        at = event.globalPos()
        if event.reason() != QContextMenuEvent.Reason.Mouse:
            at = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft() + QPoint(8, 0))
        elif not self.indexAt(event.pos()).isValid():
            return
        if index.isValid():
            menu = self.menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(at)

    def _dress_header(self) -> None:
        first, last = ("right", "left") if self.isRightToLeft() else ("left", "right")
        self.horizontalHeader().setStyleSheet(_HEADER_SHEET.format(first=first, last=last))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._dress_header()
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._set_row_height()

    def _measure(self) -> None:
        """Rows and columns as the font wants them."""
        self._set_row_height()
        metrics, header = self.fontMetrics(), self.horizontalHeader()
        for column, sample in _SAMPLES.items():
            words = metrics.horizontalAdvance(sample) + CELL_LEFT_PX + CELL_RIGHT_PX + 10
            self.setColumnWidth(column, max(words, header.sectionSizeHint(column)))

    def _set_row_height(self) -> None:
        header = self.verticalHeader()
        height = self.fontMetrics().height() + 10
        if header.defaultSectionSize() != height:
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setMinimumSectionSize(1)
            header.setDefaultSectionSize(height)

    def _activate(self, index: QModelIndex) -> bool:
        if not index.isValid():
            return False
        self.event_activated.emit(self._model.event_at(index.row()).id)
        return True

    def _delete(self) -> bool:
        ids = self.selected_ids()
        if ids:
            self.delete_asked.emit(ids)
        return bool(ids)
