"""What was noted of a visit, the latest first."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from imhcode.domain.moment import Moment
from imhcode.domain.scheme import Scheme
from imhcode.domain.visit import PARENT_STANCE, VisitEntry
from imhcode.ui.review.moment_words import clock_words, value_words
from imhcode.ui.widgets.airy_rows import AiryRows

_ID = Qt.ItemDataRole.UserRole


class VisitLogList(QTreeWidget):
    """One line a note: the visit's clock, what it was, the moment on screen, and the words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Log of the visit"))
        self.setHeaderLabels(
            [self.tr("Clock"), self.tr("What"), self.tr("Words, or the moment on the screen")]
        )
        self.setRootIsDecorated(False)
        self.setItemDelegate(AiryRows(self))
        for column in (0, 1):
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)

    @property
    def chosen_id(self) -> str:
        """The note that is looked at; empty for none."""
        item = self.currentItem()
        return "" if item is None else str(item.data(0, _ID))

    def show_entries(
        self, entries: Sequence[VisitEntry], scheme: Scheme | None, moments: Sequence[Moment]
    ) -> None:
        """Show these, the latest on top."""
        titles = {one.id: one.title for one in moments}
        labels = {code.id: code.label for track in (scheme.tracks if scheme else ())
                  for code in track.codes}  # fmt: skip
        before = self.chosen_id
        self.blockSignals(True)
        self.clear()
        for one in reversed(entries):
            stance = value_words(scheme, PARENT_STANCE, one.stance) if scheme and one.stance else ""
            shown = titles.get(one.moment_id, "") if not one.words else ""
            words = " · ".join(part for part in (one.words, stance, shown) if part)
            item = QTreeWidgetItem([clock_words(one.at_us), labels.get(one.code, one.code), words])
            item.setData(0, _ID, one.id)
            self.addTopLevelItem(item)
            if one.id == before:
                self.setCurrentItem(item)
        self.blockSignals(False)
