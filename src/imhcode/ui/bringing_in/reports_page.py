"""What came in before: the imports of the study, and the whole report of each."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from imhcode.services.import_report import lines_of
from imhcode.ui import theme

if TYPE_CHECKING:
    from imhcode.store.import_log import KeptReport


class ReportsPage(QWidget):
    """Imports at the left, the newest first; the report of the chosen one at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Imports"))
        self.list.setWordWrap(True)
        self.list.setFixedWidth(theme.UNIT_PX * 40)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Report"))
        row = QHBoxLayout()
        row.setSpacing(theme.UNIT_PX * 2)
        row.addWidget(self.list)
        row.addWidget(self.text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row, 1)
        self.list.currentItemChanged.connect(lambda *_: self._show())

    def show_reports(self, kept: "Sequence[KeptReport]") -> None:
        """Show these, the last one open."""
        self.list.clear()
        for one in reversed(kept):
            counts = self.tr("{imported} of {found} came in")
            said = counts.format(
                imported=one.report.get("imported", 0), found=one.report.get("found", 0)
            )
            at = one.at_utc[:16].replace("T", " ")
            item = QListWidgetItem(f"{one.file}\n{at} · {said}")
            item.setData(Qt.ItemDataRole.UserRole, _whole(one.report))
            self.list.addItem(item)
        if self.list.count():
            self.list.setCurrentRow(0)
        else:
            self.text.setPlainText(
                self.tr("Nothing has been imported into this study. Drop a file onto the window.")
            )

    def _show(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.text.setPlainText(str(item.data(Qt.ItemDataRole.UserRole)))


def _whole(report: Mapping[str, Any]) -> str:
    """A report with its sum on top."""
    *lines, counts = lines_of(report)
    return "\n".join([counts, "", *lines])
