"""What was noticed about a file: what is refused first, then what should be looked at."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from imhcode.formats.finding import Finding
from imhcode.ui import theme

_MOST = 500  #: lines; nobody reads more, and the report has them all


class DoubtsList(QListWidget):
    """One line a finding, each with its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setSpacing(2)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("To look at"))

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Show these in place of those before."""
        self.clear()
        tokens = theme.current()
        ordered = sorted(findings, key=lambda one: one.severity != "error")
        for one in ordered[:_MOST]:
            place = one.where or (self.tr("line {n}").format(n=one.line) if one.line > 1 else "")
            item = QListWidgetItem(f"{place}: {one.message}" if place else one.message)
            error = one.severity == "error"
            item.setForeground(QColor(tokens.danger if error else tokens.text))
            sort = self.tr("Refused") if error else self.tr("Look at it")
            item.setToolTip(f"{sort}: {item.text()}")
            self.addItem(item)
        if len(ordered) > _MOST:
            left = len(ordered) - _MOST
            self.addItem(self.tr("… and {n} more, all of them in the report").format(n=left))
        if not ordered:
            self.addItem(self.tr("Nothing is doubtful."))
