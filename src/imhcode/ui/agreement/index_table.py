"""Indices below what they are about: a scale, or a track that several have coded."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from imhcode.ui import theme
from imhcode.ui.widgets.airy_rows import AiryRows

if TYPE_CHECKING:
    from imhcode.analysis.agreement_row import AgreementRow

_ABOUT = Qt.ItemDataRole.UserRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
NAME, VALUE, INTERVAL = range(3)


@dataclass(frozen=True, slots=True)
class IndexLine:
    """One index; without a row ``why`` says why there is none."""

    words: str
    tip: str
    row: "AgreementRow | None"
    why: str


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """What some indices are about, with its counts, one a further column.

    Attributes
    ----------
    why : str
        Why it has no indices at all, where it has none.
    head : IndexLine or None
        The one that stands for it in its own row; the others are then folded away.
    """

    id: str
    words: str
    counts: Sequence[str]
    lines: Sequence[IndexLine]
    why: str = ""
    head: IndexLine | None = None


class IndexTable(QTreeWidget):
    """Walked by the arrows; every row is a door to the disagreements of its group.

    Parameters
    ----------
    name : str
        For screen readers.

    Signals
    -------
    group_chosen(str)
        The id of the group that is stood on now.
    asked(str)
        Enter or a double click: the disagreements of that group.
    """

    group_chosen = Signal(str)
    asked = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setUniformRowHeights(True)
        self.setItemDelegate(AiryRows(self))
        self.setAllColumnsShowFocus(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setIndentation(theme.UNIT_PX * 2)
        self.setTabKeyNavigation(False)
        self.header().setStretchLastSection(False)
        self.doubleClicked.connect(lambda _: self._ask())

    def show_groups(self, headings: Sequence[str], groups: Sequence[IndexGroup]) -> None:
        """Take other estimates; where one stood, one stands.

        Parameters
        ----------
        headings : sequence of str
            Of the columns: name, value, interval, and one a count.
        """
        before = self.group
        self.clear()
        self.setHeaderLabels(list(headings))
        for group in groups:
            top = self._item([group.words, group.why, "", *group.counts], group.id)
            top.setForeground(VALUE, QColor(theme.current().text_dim))
            top.setToolTip(NAME, group.words)
            if group.head is not None:
                self._say(top, group.head, group)
            bold = self.font()
            bold.setBold(True)
            top.setFont(NAME, bold)
            top.addChildren([self._line(one, group) for one in group.lines])
            self.addTopLevelItem(top)
            top.setExpanded(group.head is None)
        self.header().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column in range(VALUE, len(headings)):
            self.headerItem().setTextAlignment(column, _RIGHT)
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        ids = [group.id for group in groups]
        standing = self.topLevelItem(ids.index(before) if before in ids else 0)
        if standing is not None:
            self.setCurrentItem(standing)

    @property
    def group(self) -> str:
        """The id of the group that is stood on; empty for none."""
        item = self.currentItem()
        return "" if item is None else str(item.data(NAME, _ABOUT))

    def _line(self, one: IndexLine, group: IndexGroup) -> QTreeWidgetItem:
        item = self._item([one.words, "", "", *[""] * len(group.counts)], group.id)
        item.setToolTip(NAME, one.tip)
        self._say(item, one, group)
        return item

    def _say(self, item: QTreeWidgetItem, one: IndexLine, group: IndexGroup) -> None:
        """Put an index with its interval, or why there is none, into a row."""
        row = one.row
        value = row.value if row else None
        why = (row.null_reason if row else one.why) or "–"
        words = why if value is None else _number(value)
        interval = ""
        if row is not None and row.ci_low is not None and row.ci_high is not None:
            interval = f"{_number(row.ci_low)} – {_number(row.ci_high)}"
        item.setText(VALUE, words)
        item.setText(INTERVAL, interval)
        tip = [one.tip, row.ci_method if row and interval else ""]
        for column in (VALUE, INTERVAL):
            item.setToolTip(column, "\n".join(filter(None, tip)))
        spoken = f"{group.words}, {one.words}: {words} {interval}".strip()
        item.setData(NAME, Qt.ItemDataRole.AccessibleTextRole, spoken)
        colours = theme.current()
        item.setForeground(VALUE, QColor(colours.text_dim if value is None else colours.text))

    def _item(self, cells: Sequence[str], about: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(list(cells))
        item.setData(NAME, _ABOUT, about)
        for column in range(VALUE, len(cells)):
            item.setTextAlignment(column, _RIGHT)
        return item

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.group_chosen.emit(self.group)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
        elif event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        if self.group:
            self.asked.emit(self.group)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands, not a search."""


def _number(value: float) -> str:
    """Two places; nothing is a little below nought."""
    words = f"{value:.2f}".replace("-", "−")
    return words if words != "−0.00" else "0.00"
