"""People down, uses across: how consent stands, in words and days."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from imhcode.domain.consent import USES, Use
from imhcode.domain.family import Person
from imhcode.ui import theme
from imhcode.ui.family.columns import set_in, spread
from imhcode.ui.family.words import days_words, relation_words, state_words, use_words
from imhcode.ui.widgets.airy_rows import AiryRows

if TYPE_CHECKING:
    from imhcode.services.consent import Matrix

_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
WHO, RELATION, PRESENT, FIRST_USE = range(4)
_USE_COLUMNS = range(FIRST_USE, FIRST_USE + len(USES))


class ConsentModel(QAbstractTableModel):
    """One person a row; after what is known of them, one use a column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matrix: Matrix | None = None
        self._present: Collection[str] = ()
        self._session_id = ""

    def show_matrix(self, matrix: "Matrix", present: Collection[str], session_id: str) -> None:
        """Show how everything stands; ``present`` are those who are in the session."""
        self.beginResetModel()
        self.matrix, self._present, self._session_id = matrix, present, session_id
        self.endResetModel()

    @property
    def people(self) -> tuple[Person, ...]:
        """Row by row."""
        return self.matrix.people if self.matrix is not None else ()

    def use_of(self, column: int) -> Use | None:
        """The use of a column, if it is one of a use."""
        return USES[column - FIRST_USE] if column >= FIRST_USE else None

    def is_present(self, person: Person) -> bool:
        """Whether somebody is in the session."""
        return person.id in self._present

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.people)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else FIRST_USE + len(USES)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        use = self.use_of(section)
        if use is not None:
            return use_words()[use]
        there = self.tr("in {session}").format(session=self._session_id)
        return (self.tr("who"), self.tr("is"), there)[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.matrix is None:
            return None
        person, use = self.people[index.row()], self.use_of(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(person, index.column(), use)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = self._words(person, index.column(), use).replace("\n", " ")
            return f"{person.label}, {self.headerData(index.column(), _ACROSS)}: {words}"
        if role == Qt.ItemDataRole.ForegroundRole and self._waits(person, index.column(), use):
            return QColor(theme.current().text_dim)
        return None

    def _words(self, person: Person, column: int, use: Use | None) -> str:
        if use is not None and self.matrix is not None:
            found = self.matrix.cells[person.id, use]
            return f"{state_words(found.state)}\n{days_words(found)}".rstrip("\n")
        there = self.tr("yes") if self.is_present(person) else "–"
        return (person.label, relation_words()[person.relation], there)[column]

    def _waits(self, person: Person, column: int, use: Use | None) -> bool:
        if use is not None and self.matrix is not None:
            return self.matrix.state(person.id, use) == "not_asked"
        return column == PRESENT and not self.is_present(person)


_ACROSS = Qt.Orientation.Horizontal


class ConsentMatrix(QTableView):
    """The table, walked cell by cell.

    Signals
    -------
    asked(str, int)
        Return on a cell: the person's id, and the column.
    present_asked(str)
        Space: whether a person is in the session is to be the other way round.
    chosen(str)
        Another person is stood on; empty for none.
    """

    asked = Signal(str, int)
    present_asked = Signal(str)
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.consent = ConsentModel()
        self.setModel(self.consent)
        self.setAccessibleName(self.tr("People, and what they have agreed to"))
        self.setItemDelegate(AiryRows(self))
        set_in(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit(self.person_id))
        self.doubleClicked.connect(lambda _: self._ask())

    @property
    def person(self) -> Person | None:
        """Who is stood on."""
        index = self.currentIndex()
        return self.consent.people[index.row()] if index.isValid() else None

    @property
    def person_id(self) -> str:
        """Their id; empty for nobody."""
        return self.person.id if self.person else ""

    def show_matrix(self, matrix: "Matrix", present: Collection[str], session_id: str) -> None:
        """Show how everything stands; the cell that is stood on stays so."""
        before, index = self.person_id, self.currentIndex()
        row, column = max(index.row(), 0), max(index.column(), 0)
        self.consent.show_matrix(matrix, present, session_id)
        spread(self, _USE_COLUMNS)
        ids = [one.id for one in self.consent.people]
        if ids:
            row = ids.index(before) if before in ids else min(row, len(ids) - 1)
            self.setCurrentIndex(self.consent.index(row, column))
        self.chosen.emit(self.person_id)

    def go_to(self, person_id: str, column: int = WHO) -> None:
        """Stand on a cell of somebody."""
        ids = [one.id for one in self.consent.people]
        if person_id in ids:
            self.setCurrentIndex(self.consent.index(ids.index(person_id), column))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        spread(self, _USE_COLUMNS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
        elif event.key() == Qt.Key.Key_Space and self.person_id:
            self.present_asked.emit(self.person_id)
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        if self.person_id:
            self.asked.emit(self.person_id, self.currentIndex().column())
