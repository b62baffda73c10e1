"""The edit history: who did what, when; and the way back to any point of it."""

from PySide6.QtCore import QModelIndex, QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from imhcode.ui import theme
from imhcode.ui.coding.observation_view_model import ObservationViewModel
from imhcode.ui.history_model import DONE, WHAT, WHEN, HistoryModel

_EM = 58  #: width that shows a whole line, in widths of the letter n


class HistoryPanel(QWidget):
    """A list of edits; ``Enter`` on one undoes or redoes until it is the last that stands.

    Nothing is lost by that: undoing is written to the log like everything else.

    Signals
    -------
    jump_asked(int)
        The edit on this line of the log is to be the last that stands; 0: none.
    """

    jump_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = HistoryModel(self)
        self._observed: ObservationViewModel | None = None
        title = QLabel(self.tr("Edit history"))
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        self.everything = QCheckBox(self.tr("The whole log"))
        self.everything.setToolTip(
            self.tr("Every line ever written, also what was taken back and overtaken")
        )
        self.list = QTreeView()
        self.list.setModel(self.model)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.list.setAccessibleName(self.tr("Edits, oldest first"))
        header = self.list.header()
        header.setResizeContentsPrecision(0)  # what is in view, and no row is read for it
        header.setStretchLastSection(True)
        self.go = QPushButton(self.tr("Go to here"))
        self.go.setToolTip(self.tr("Undo or redo until this edit is the last that stands"))
        self.go.setEnabled(False)
        unit = theme.UNIT_PX
        top = QHBoxLayout()
        top.addWidget(title, 1)
        top.addWidget(self.everything)
        column = QVBoxLayout(self)
        column.setContentsMargins(unit, unit, unit, unit)
        column.setSpacing(unit)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addWidget(self.go)
        self.setMinimumWidth(240)
        self.everything.toggled.connect(self._show)
        self.go.clicked.connect(lambda: self._jump(self.list.currentIndex()))
        self.list.activated.connect(self._jump)
        self.list.selectionModel().currentChanged.connect(self._offer)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("n") * _EM, 400)

    def show_observation(self, observed: ObservationViewModel | None) -> None:
        """Show the edits of an observation, and follow it."""
        if observed is not self._observed:
            self._observed = observed
            if observed is not None:
                observed.observation_changed.connect(self._follow)
        if self.isVisible() or observed is None:
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    def _show(self) -> None:
        self.model.show_observation(self._observed, everything=self.everything.isChecked())
        self._to_current()
        for column in (WHEN, DONE, WHAT):  # once, not with every edit: that costs 10 ms
            self.list.resizeColumnToContents(column)

    def _follow(self) -> None:
        if self.isVisible() and self.sender() is self._observed:
            self.model.follow()
            self._to_current()

    def _to_current(self) -> None:
        now = self.model.index(self.model.current_row, 0)
        self.list.setCurrentIndex(now)
        self.list.scrollTo(now)

    def _offer(self, current: QModelIndex) -> None:
        row = current.row()
        self.go.setEnabled(self.model.line_at(row) >= 0 and row != self.model.current_row)

    def _jump(self, index: QModelIndex) -> None:
        line = self.model.line_at(index.row())
        if line >= 0:
            self.jump_asked.emit(line)
