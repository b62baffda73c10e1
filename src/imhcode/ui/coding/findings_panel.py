"""The list of findings: each plays the doubt it is about."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from imhcode.domain.checks.finding import Finding
from imhcode.domain.scheme import Scheme
from imhcode.ui import theme
from imhcode.ui.coding.findings_model import FindingsModel

ROW_GAP_PX = 6
OPEN_AT_MOST = 60  #: findings of a rule that are shown without being asked for

_WALKING = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)


class FindingsPanel(QWidget):
    """Findings under headings; a click or Enter asks for one to be played.

    Signals
    -------
    asked(int)
        Play the finding with this number.
    """

    asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = FindingsModel(self)
        self.view = _FindingsView()
        self.view.setModel(self.model)
        self.view.setAccessibleName(self.tr("Findings"))
        self.view.clicked.connect(self._ask)
        self.view.entered_on.connect(self._ask)
        self._nothing = QLabel(
            self.tr("No findings. The rules of the scheme are looked at as you code.")
        )
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setMargin(theme.UNIT_PX * 2)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._nothing)
        self._pages.addWidget(self.view)
        self._folded: dict[str, bool] = {}  #: by rule, where somebody has chosen
        self._filling = False
        self.view.expanded.connect(lambda index: self._remember(index, folded=False))
        self.view.collapsed.connect(lambda index: self._remember(index, folded=True))

    def show_findings(self, findings: Sequence[Finding], scheme: Scheme | None) -> None:
        """Take another list; what was folded stays so."""
        place = self.view.verticalScrollBar().value()
        self._filling = True
        self.model.show_findings(findings, scheme)
        for row in range(self.model.rowCount()):
            group = self.model.index(row, 0)
            many = self.model.rowCount(group) > OPEN_AT_MOST
            self.view.setExpanded(group, not self._folded.get(self.model.rule_of(group), many))
        self._filling = False
        self._pages.setCurrentIndex(1 if findings else 0)
        self.view.verticalScrollBar().setValue(place)

    def show_current(self, number: int | None) -> None:
        """Mark the finding that is looked at."""
        index = QModelIndex() if number is None else self.model.index_of(number)
        self.view.setCurrentIndex(index)
        if index.isValid():
            self.view.scrollTo(index)

    def _remember(self, group: QModelIndex, *, folded: bool) -> None:
        if not self._filling:
            self._folded[self.model.rule_of(group)] = folded

    def _ask(self, index: QModelIndex) -> None:
        if self.model.finding(index) is not None:
            self.asked.emit(self.model.number_of(index))
        else:
            self.view.setExpanded(index, not self.view.isExpanded(index))


class _Rows(QStyledItemDelegate):
    """Rows with a little air."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return super().sizeHint(option, index) + QSize(0, ROW_GAP_PX)


class _FindingsView(QTreeView):
    """A tree that keeps the keys for walking and lets all others pass to the window."""

    entered_on = Signal(QModelIndex)

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setRootIsDecorated(False)
        self.setIndentation(theme.UNIT_PX * 2)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(_Rows(self))
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.header().setStretchLastSection(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered_on.emit(self.currentIndex())
        elif event.key() in _WALKING:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def keyboardSearch(self, search: str) -> None:
        """Letters are codes, not a search."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()
