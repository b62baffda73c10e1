"""What becomes of each code of a file: a table whose last column is chosen by the person."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from imhcode.domain.scheme import Scheme
from imhcode.services.counterparts import Counterpart
from imhcode.services.file_words import Word
from imhcode.ui import theme

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
TRACK, CODE, EVENTS, BECOMES = range(4)


class MappingModel(QAbstractTableModel):
    """Codes of the file with what each becomes.

    Signals
    -------
    corrected()
        The person chose otherwise.
    """

    corrected = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Counterpart] = []
        self._scheme: Scheme | None = None
        self.codes: dict[Word, Word | None] = {}

    def show_rows(self, rows: Sequence[Counterpart], scheme: Scheme | None) -> None:
        """Show a proposal; what was chosen before is forgotten."""
        self.beginResetModel()
        self._rows, self._scheme = list(rows), scheme
        self.codes = {one.word: one.to for one in rows}
        self.endResetModel()

    def choices(self) -> list[tuple[str, Word | None]]:
        """Everything that a code can become, with its words."""
        found: list[tuple[str, Word | None]] = [(self.tr("kept as a note"), None)]
        if self._scheme is not None:
            found += [
                (f"{track.label} · {code.label}", (track.id, code.id))
                for track in self._scheme.tracks
                for code in track.codes
            ]
        return found

    def chosen(self, row: int) -> Word | None:
        """What the code in a row becomes."""
        return self.codes[self._rows[row].word]

    def choose(self, row: int, to: Word | None) -> None:
        """Let the code in a row become something else."""
        word = self._rows[row].word
        if self.codes[word] != to:
            self.codes[word] = to
            at = self.index(row, BECOMES)
            self.dataChanged.emit(at, at)
            self.corrected.emit()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (
                self.tr("Track"),
                self.tr("Code"),
                self.tr("Events"),
                self.tr("becomes"),
            )[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section == EVENTS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == BECOMES else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        to = self.codes[row.word]
        if role == Qt.ItemDataRole.DisplayRole:
            words = self._words(to)
            if row.sureness == "alike" and to == row.to:
                words = self.tr("{code} (only alike)").format(code=words)
            return (row.word[0], row.word[1], str(row.events), words)[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == EVENTS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == BECOMES and to is None:
            return QColor(theme.current().warning)
        if role == Qt.ItemDataRole.ToolTipRole and row.sureness == "alike":
            return self.tr("Only alike: look whether it is meant.")
        return None

    def _words(self, to: Word | None) -> str:
        if to is None:
            return self.tr("kept as a note")
        track = self._scheme.track(to[0]) if self._scheme else None
        code = track.code(to[1]) if track else None
        return f"{track.label} · {code.label}" if track and code else f"{to[0]} · {to[1]}"


class MappingTable(QTableView):
    """The table; Return or F2 opens the choices of a row."""

    def __init__(self, model: MappingModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setItemDelegateForColumn(BECOMES, _Chooser(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        for column in (TRACK, CODE, EVENTS):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(BECOMES, QHeaderView.ResizeMode.Stretch)
        self.setAccessibleName(self.tr("What becomes of the words"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.edit(self._model.index(self.currentIndex().row(), BECOMES))
            return
        super().keyPressEvent(event)


class _Chooser(QStyledItemDelegate):
    """A list of everything that a code can become."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        del option
        box = QComboBox(parent)
        model = index.model()
        if isinstance(model, MappingModel):
            for words, to in model.choices():
                box.addItem(words, to)
        box.setAccessibleName(self.tr("becomes"))
        box.activated.connect(lambda _: self._take(box))
        QTimer.singleShot(0, box, box.showPopup)  # closed, an arrow key would choose at once
        return box

    def _take(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model = index.model()
            to = model.chosen(index.row()) if isinstance(model, MappingModel) else None
            targets = [one for _, one in model.choices()] if isinstance(model, MappingModel) else []
            editor.setCurrentIndex(targets.index(to) if to in targets else 0)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox) and isinstance(model, MappingModel):
            to = editor.currentData()
            model.choose(index.row(), tuple(to) if to else None)
