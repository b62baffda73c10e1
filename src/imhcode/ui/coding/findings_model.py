"""Findings in groups of one rule each, as a tree of two levels."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from imhcode.domain.checks.finding import SEVERITIES, Finding, Severity
from imhcode.domain.scheme import Scheme
from imhcode.ui import theme
from imhcode.ui.coding.findings_words import MARKS, heading_of, sentence_of

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_GROUP = 2**31  #: internal id of a group; a finding's is the number of its group


class FindingsModel(QAbstractItemModel):
    """The findings, gravest first; below each heading, those of its rule by time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: list[list[Finding]] = []
        self._scheme: Scheme | None = None

    def show_findings(self, findings: Sequence[Finding], scheme: Scheme | None) -> None:
        """Take another list."""
        self.beginResetModel()
        self._scheme = scheme

        def order(one: Finding) -> tuple[int, str, int]:
            at_us = -1 if one.from_us is None else one.from_us
            return SEVERITIES.index(one.severity), one.rule, at_us

        in_groups = groupby(sorted(findings, key=order), key=lambda one: (one.severity, one.rule))
        self._groups = [list(some) for _, some in in_groups]
        self.endResetModel()

    # -- asked by the panel ------------------------------------------------------------------

    def in_order(self) -> list[Finding]:
        """Every finding in the order of the rows."""
        return [finding for group in self._groups for finding in group]

    def finding(self, index: Index) -> Finding | None:
        """The finding in a row; ``None`` for a heading."""
        if not index.isValid() or index.internalId() == _GROUP:
            return None
        return self._groups[index.internalId()][index.row()]

    def rule_of(self, group: Index) -> str:
        """The rule that a heading stands for."""
        return self._groups[group.row()][0].rule

    def index_of(self, number: int) -> QModelIndex:
        """The row of a finding by its number in :meth:`in_order`."""
        for group, findings in enumerate(self._groups):
            if number < len(findings):
                return self.createIndex(number, 0, group)
            number -= len(findings)
        return QModelIndex()

    def number_of(self, index: Index) -> int:
        """The number in :meth:`in_order` of the finding in a row, or of a heading's first one."""
        if index.internalId() == _GROUP:
            group, row = index.row(), 0
        else:
            group, row = index.internalId(), index.row()
        return sum(len(some) for some in self._groups[:group]) + row

    # -- asked by Qt -------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        if not parent.isValid():
            return len(self._groups)
        return len(self._groups[parent.row()]) if parent.internalId() == _GROUP else 0

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        del parent
        return 1

    def index(self, row: int, column: int, parent: Index = _NO_PARENT) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() if parent.isValid() else _GROUP)

    def parent(self, index: Index | None = None) -> Any:
        if index is None:
            return super().parent()
        if not index.isValid() or index.internalId() == _GROUP:
            return QModelIndex()
        return self.createIndex(index.internalId(), 0, _GROUP)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        finding = self.finding(index)
        if finding is None:
            return self._heading(self._groups[index.row()], role)
        return self._row(finding, role)

    def _heading(self, group: list[Finding], role: int) -> Any:
        severity = group[0].severity
        match role:
            case Qt.ItemDataRole.DisplayRole:
                words = heading_of(group[0])
                return f"{MARKS[severity]}  {words}" + (f"  · {len(group)}" if group[1:] else "")
            case Qt.ItemDataRole.ForegroundRole:
                return QColor(_colour(severity))
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._spoken(severity)}: {heading_of(group[0])}, {len(group)}"
        return None

    def _row(self, finding: Finding, role: int) -> Any:
        if self._scheme is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return sentence_of(finding, self._scheme, heading=False)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return sentence_of(finding, self._scheme)
        return None

    def _spoken(self, severity: Severity) -> str:
        return {
            "error": self.tr("error"),
            "warning": self.tr("warning"),
            "info": self.tr("note"),
        }[severity]


def _colour(severity: Severity) -> str:
    tokens = theme.current()
    return {"error": tokens.danger, "warning": tokens.warning, "info": tokens.text_dim}[severity]
