"""What is wrong with the scheme being written; each line leads to its field."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from imhcode.ui import theme
from imhcode.ui.schemes.scheme_model import SchemeModel
from imhcode.ui.widgets.wrapped_label import WrappedLabel

_STEPS = Qt.ItemDataRole.UserRole


class MistakesList(QWidget):
    """Errors first, then warnings.

    Signals
    -------
    chosen(object)
        The steps to the field that is to be looked at.
    """

    chosen = Signal(object)

    def __init__(self, model: SchemeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.heading = WrappedLabel()
        self.heading.setFont(theme.small(self.font()))
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setAccessibleName(self.tr("What is wrong"))
        self.list.itemActivated.connect(lambda one: self.chosen.emit(tuple(one.data(_STEPS))))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.UNIT_PX, 0, theme.UNIT_PX, theme.UNIT_PX)
        column.setSpacing(2)
        column.addWidget(self.heading)
        column.addWidget(self.list, 1)

    def show_findings(self) -> None:
        """Show what is wrong now."""
        tokens = theme.current()
        found = self._model.draft.located()
        found = sorted(found, key=lambda one: one[1].severity != "error")
        row = self.list.currentRow()
        self.list.clear()
        for steps, one in found:
            is_error = one.severity == "error"
            item = QListWidgetItem(f"{'●' if is_error else '○'}  {one.message}")
            item.setForeground(QBrush(QColor(tokens.danger if is_error else tokens.warning)))
            item.setData(_STEPS, list(steps))
            self.list.addItem(item)
        if found:
            self.list.setCurrentRow(min(max(row, 0), len(found) - 1))
        errors = sum(one.severity == "error" for _, one in found)
        words = self.tr("Nothing is wrong.")
        if found:
            words = self.tr("Wrong: {errors} · to weigh: {warnings} · F8 goes to the next")
            words = words.format(errors=errors, warnings=len(found) - errors)
        self.heading.say(words)
        self.list.setVisible(bool(found))

    def go_to_next(self) -> None:
        """Go to the field of the next one."""
        count = self.list.count()
        if not count:
            return
        current = self.list.currentItem()
        row = self.list.currentRow()
        if self._told == (row, current.text()):
            row = (row + 1) % count
        self.list.setCurrentRow(row)
        item = self.list.currentItem()
        self._told = (row, item.text())
        self.chosen.emit(tuple(item.data(_STEPS)))

    _told: tuple[int, str] = (-1, "")
