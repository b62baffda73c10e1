"""The table of measures: groups, lines, single numbers."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from imhcode.ui import theme
from imhcode.ui.measures.number_rows import Grouping, NumberLine, NumberRow
from imhcode.ui.measures.numbers_model import (
    CENSORED,
    DENOMINATOR,
    MEASURE,
    REASON,
    UNIT,
    VALUE,
    WHERE,
    Index,
    N,
    NumbersModel,
)
from imhcode.ui.widgets.airy_rows import AiryRows

if TYPE_CHECKING:
    from imhcode.ui.measures.found import Found

_WIDTHS = {
    MEASURE: 300,
    VALUE: 68,
    UNIT: 80,
    N: 44,
    DENOMINATOR: 60,
    CENSORED: 78,
    REASON: 140,
    WHERE: 220,
}
_SORTABLE = (-1, MEASURE, VALUE, N, DENOMINATOR, CENSORED, REASON)


class NumbersTable(QTreeView):
    """Walked by the arrows; Right and Left open and close.

    Signals
    -------
    line_chosen(object)
        The line that is stood on now; none on a group.
    asked(object)
        Enter or a double click on a single number: where does it come from?
    """

    line_chosen = Signal(object)
    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.numbers = NumbersModel(self)
        self.setModel(self.numbers)
        self.setAccessibleName(self.tr("Measures"))
        self.setUniformRowHeights(True)
        self.setItemDelegate(AiryRows(self))
        self.setAllColumnsShowFocus(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setIndentation(theme.UNIT_PX * 2)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header = self.header()
        header.setStretchLastSection(True)
        header.setSectionsClickable(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in _WIDTHS.items():
            header.resizeSection(column, theme.scaled(width))
        header.sortIndicatorChanged.connect(self._sort)
        self.doubleClicked.connect(lambda _: self._ask())

    def show_found(self, found: "Found | None", by: Grouping, words: str = "") -> None:
        """Take other numbers; where one stood, one stands."""
        before = self.line
        self.numbers.show_found(found, by, words)
        self._unfold(before)

    def sort_by_next(self) -> None:
        """Sort by the next column, after the last as the scheme has them."""
        header = self.header()
        shown = header.sortIndicatorSection()
        at = _SORTABLE.index(shown) if shown in _SORTABLE else 0
        following = _SORTABLE[(at + 1) % len(_SORTABLE)]
        header.setSortIndicator(following, Qt.SortOrder.AscendingOrder)

    def sort_other_way(self) -> None:
        """Rising, or falling."""
        header = self.header()
        rising = header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        order = Qt.SortOrder.DescendingOrder if rising else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(header.sortIndicatorSection(), order)

    @property
    def line(self) -> NumberLine | None:
        """The line that is stood on."""
        return self.numbers.line(self.currentIndex())

    @property
    def row(self) -> NumberRow | None:
        """The single number that is stood on."""
        return self.numbers.row(self.currentIndex())

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        before = self.line
        self.numbers.sort(column, order)
        self._unfold(before)

    def _unfold(self, before: NumberLine | None) -> None:
        """Open the groups, not the lines; stand where one stood; hide what says nothing."""
        for column in (CENSORED, REASON, WHERE):
            self.setColumnHidden(column, not self.numbers.has(column))
        self._fit()
        self.expandToDepth(0 if self.numbers.rowCount() else -1)
        for row in range(self.numbers.rowCount()):
            self.setFirstColumnSpanned(row, self.rootIndex(), self._is_group(row))
        at = self.numbers.index(0, 0)
        if self._is_group(0):
            at = self.numbers.index(0, 0, at)
        if before is not None:
            again = self.numbers.index_of(before.measure_id, before.statistic, before.episode)
            at = again if again.isValid() else at
        if at.isValid():
            self.setCurrentIndex(at)

    def _fit(self) -> None:
        """Names get what room is left; never less than they need to be told apart."""
        header = self.header()
        shown = [one for one in range(1, header.count()) if not header.isSectionHidden(one)]
        left = self.viewport().width() - sum(theme.scaled(_WIDTHS[one]) for one in shown)
        header.resizeSection(MEASURE, max(left, theme.scaled(_WIDTHS[MEASURE])))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _is_group(self, row: int) -> bool:
        at = self.numbers.index(row, 0)
        return at.isValid() and self.numbers.line(at) is None

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.line_chosen.emit(self.numbers.line(current))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
        elif event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        row = self.row
        if row is not None:
            self.asked.emit(row)
        elif self.currentIndex().isValid():
            self.setExpanded(self.currentIndex(), not self.isExpanded(self.currentIndex()))

    def keyboardSearch(self, search: str) -> None:
        """Letters are not a search: there is a field for that."""
