"""How cells of the event table are drawn and typed into."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from imhcode.domain.scheme import Code
from imhcode.ui.coding.code_brushes import CodeLook, code_look
from imhcode.ui.coding.event_table_chip import chip
from imhcode.ui.coding.event_table_model import EventTableModel
from imhcode.ui.coding.event_table_words import Column, translated
from imhcode.ui.theme import current

AnyIndex = QModelIndex | QPersistentModelIndex
CELL_LEFT_PX, CELL_RIGHT_PX = 4, 12  #: room beside the words; the header's sort arrow needs it too


class TextCells(QStyledItemDelegate):
    """Cells of words and times; the editor is one line of plain text."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw rows, not cells: no ring round the current cell; words stand under their header."""
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus
        option.rect = option.rect.adjusted(CELL_LEFT_PX, 0, -CELL_RIGHT_PX, 0)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> QWidget:
        del option
        line = QLineEdit(parent)
        line.setFrame(False)
        line.setAutoFillBackground(True)
        if index.column() == Column.OFFSET:
            line.setPlaceholderText(translated("running"))
        elif index.column() == Column.COMMENT:
            line.setPlaceholderText(translated("Comment"))
        return line

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """Fill the line once; what a person has begun to type is never written over."""
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()


class CodeCells(TextCells):
    """Cells of codes: colour and key letter before the label; the editor lists the track's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: dict[tuple[CodeLook, int, float], QIcon] = {}

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        model = index.model()
        code = model.code_at(index.row()) if isinstance(model, EventTableModel) else None
        if code is None:
            return
        side = option.fontMetrics.height()
        option.icon = self._chip(code, side, option.widget.devicePixelRatioF())
        option.decorationSize.setWidth(side)
        option.decorationSize.setHeight(side)
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> QWidget:
        model = index.model()
        track = model.track_at(index.row()) if isinstance(model, EventTableModel) else None
        box = QComboBox(parent)
        side = option.fontMetrics.height()
        for code in () if track is None else track.codes:
            box.addItem(self._chip(code, side, parent.devicePixelRatioF()), code.label, code.id)
        box.activated.connect(lambda _: self._chosen(box))
        QTimer.singleShot(0, box, box.showPopup)  # one gesture opens the list, not two
        return box

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: object, index: AnyIndex) -> None:
        if isinstance(editor, QComboBox) and isinstance(model, EventTableModel):
            model.setData(index, editor.currentData())

    def _chosen(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)

    def _chip(self, code: Code, side: int, ratio: float) -> QIcon:
        look = code_look(code, current())
        wanted = (look, side, ratio)
        if wanted not in self._chips:
            self._chips[wanted] = chip(look, side, ratio)
        return self._chips[wanted]
