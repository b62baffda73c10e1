"""The moments of a session, in the order in which they are to be shown."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from imhcode.domain.moment import GOAL, Moment
from imhcode.domain.scheme import Scheme
from imhcode.ui.review.moment_words import status_words, value_words, when_words
from imhcode.ui.widgets.airy_rows import AiryRows

_ID = Qt.ItemDataRole.UserRole


class MomentList(QTreeWidget):
    """One line a moment: title with the child's words below, kind, goal, when, status.

    Signals
    -------
    chosen(str)
        The moment with this id is looked at; empty for none.
    play_asked()
        Enter, or a double click.
    """

    chosen = Signal(str)
    play_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Moments, in the order of showing"))
        self.setHeaderLabels(
            [self.tr("Moment"), self.tr("When"), self.tr("Goal"), self.tr("Status")]
        )
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(False)
        self.setAllColumnsShowFocus(True)
        self.setItemDelegate(AiryRows(self))
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Interactive)
        self.currentItemChanged.connect(lambda *_: self.chosen.emit(self.chosen_id))
        self.itemActivated.connect(lambda *_: self.play_asked.emit())

    @property
    def chosen_id(self) -> str:
        """The moment that is looked at; empty for none."""
        item = self.currentItem()
        return "" if item is None else str(item.data(0, _ID))

    def show_moments(self, moments: Sequence[Moment], scheme: Scheme | None) -> None:
        """Show these; the one that was looked at stays so."""
        before = self.chosen_id
        self.blockSignals(True)
        self.clear()
        for number, one in enumerate(moments, start=1):
            item = QTreeWidgetItem(_cells(number, one, scheme))
            item.setData(0, _ID, one.id)
            item.setToolTip(0, one.code_label)
            self.addTopLevelItem(item)
        self.choose(before)
        first = self.topLevelItem(0)
        if not self.chosen_id and first is not None:
            self.setCurrentItem(first)
        self.blockSignals(False)
        if self.chosen_id != before:
            self.chosen.emit(self.chosen_id)

    def choose(self, moment_id: str) -> None:
        """Look at the moment with this id."""
        for row in range(self.topLevelItemCount()):
            item = self.topLevelItem(row)
            if item is not None and item.data(0, _ID) == moment_id:
                self.setCurrentItem(item)


def _cells(number: int, one: Moment, scheme: Scheme | None) -> list[str]:
    below = [one.code_label] if one.title and one.title != one.code_label else []
    below += [f"“{one.childs_words}”"] if one.childs_words else []
    title = f"{number}  {one.title or one.code_label}"
    if below:
        title += f"\n    {' · '.join(below)}"
    if scheme is None:
        return [title, when_words(one), "", one.status]
    goal = value_words(scheme, GOAL, one.goal_id) if one.goal_id else ""
    return [title, when_words(one), goal, status_words(one, scheme)]
