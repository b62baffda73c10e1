"""The palette itself: a field and what it finds, over the window; the picture goes on behind it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QLineEdit,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from imhcode.ui import theme
from imhcode.ui.palette.entries import Entry
from imhcode.ui.palette.matching import misfit

_MOST = 200  #: rows shown; who wants another types one more letter
_WIDTH_EM = 62
_ROWS = 14
_MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class CommandPalette(QFrame):
    """Type, choose with the arrows, ``Enter`` does it, ``Esc`` leaves.

    Parameters
    ----------
    parent : QWidget
        What it lies over.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._under = parent
        self._entries: list[Entry] = []
        self._found: list[Entry] = []
        self._came_from: QWidget | None = None
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("A command, code, pass, session or study"))
        self.field.setAccessibleName(self.tr("Find a command"))
        self.model = QStandardItemModel(0, 3, self)
        self.list = QTreeView()
        self.list.setModel(self.model)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setAccessibleName(self.tr("What was found"))
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.field.textChanged.connect(self._look)
        self.field.installEventFilter(self)
        self.list.clicked.connect(self._do)
        parent.installEventFilter(self)
        self.hide()

    def open(self, entries: Sequence[Entry]) -> None:
        """Offer these."""
        if not self.isVisible():
            self._came_from = QApplication.focusWidget()
        self._entries = list(entries)
        self.field.clear()
        self._look("")
        self._settle()
        self.show()
        self.raise_()
        self.field.setFocus()

    def close_palette(self) -> bool:
        """Put it away and give the keys back; whether it was there."""
        there = self.isVisible()
        self.hide()
        if there and self._came_from is not None:
            self._came_from.setFocus()
        self._came_from = None
        return there

    def found(self) -> list[str]:
        """What is offered now, in order."""
        return [entry.words for entry in self._found]

    # -- inside ------------------------------------------------------------------------------

    def _look(self, typed: str) -> None:
        fits = []
        for at, entry in enumerate(self._entries):
            badly = misfit(typed, entry.words)
            if badly is None:
                further = misfit(typed, f"{entry.words} {entry.kind}")
                badly = None if further is None else further + 10_000
            if badly is not None:
                fits.append((badly, at))
        self._found = [self._entries[at] for _, at in sorted(fits)[:_MOST]]
        self.model.removeRows(0, self.model.rowCount())
        dim = QColor(theme.current().text_dim)
        for entry in self._found:
            row = [QStandardItem(words) for words in (entry.words, entry.kind, entry.keys)]
            row[1].setForeground(dim)
            row[2].setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.model.appendRow(row)
        self.list.setCurrentIndex(self.model.index(0, 0))

    def _do(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._found):
            entry = self._found[index.row()]
            self.close_palette()
            entry.do()

    def _settle(self) -> None:
        room = self._under.rect().adjusted(16, 16, -16, -16)
        metrics = self.fontMetrics()
        width = min(room.width(), metrics.horizontalAdvance("n") * _WIDTH_EM)
        height = min(room.height(), (metrics.height() + theme.UNIT_PX) * _ROWS)
        self.resize(width, height)
        self.move(room.center().x() - width // 2, room.top() + theme.UNIT_PX)
        header = self.list.header()
        header.setStretchLastSection(False)
        for section, mode in enumerate(
            (
                QHeaderView.ResizeMode.Stretch,
                QHeaderView.ResizeMode.ResizeToContents,
                QHeaderView.ResizeMode.ResizeToContents,
            )
        ):
            header.setSectionResizeMode(section, mode)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._under and event.type() == QEvent.Type.Resize and self.isVisible():
            self._settle()
        if watched is self.field and self.isVisible():
            if event.type() == QEvent.Type.FocusOut:
                self.hide()
            elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._press(event)
        return False

    def _press(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.close_palette()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do(self.list.currentIndex())
        elif event.key() in _MOVES:
            QApplication.sendEvent(self.list, event)
        else:
            return False
        return True
