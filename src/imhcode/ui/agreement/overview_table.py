"""Kappa a track and code: by time and by event side by side, never one alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTreeView, QWidget

from imhcode.domain.scheme import Track
from imhcode.ui import theme
from imhcode.ui.widgets.airy_rows import AiryRows

if TYPE_CHECKING:
    from imhcode.analysis.agreement_row import AgreementRow
    from imhcode.ui.agreement.overview import Overview

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_TOP = 2**31  #: internal id of a track's row; a code's is the number of its track
NAME, TIME, EVENT, N_A, N_B, MATCHED = range(6)
_NAME_PX = 176
_NUMBERED = frozenset(range(TIME, MATCHED + 1))


@dataclass(frozen=True, slots=True)
class _Line:
    """A track or a code with its estimates."""

    name: str
    time: "AgreementRow | None"
    event: "AgreementRow | None"
    has_time: bool


class OverviewModel(QAbstractItemModel):
    """Tracks, and below each the codes that somebody used."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tracks: list[tuple[Track, _Line, list[_Line]]] = []
        self._coders = ("", "")

    def show_overview(self, overview: "Overview | None") -> None:
        """Take other estimates."""
        self.beginResetModel()
        self._tracks = []
        if overview is not None:
            self._coders = overview.records.coders
            self._tracks = [_lines(overview, track) for track in overview.records.tracks]
        self.endResetModel()

    def track(self, index: Index) -> Track | None:
        """The track that a row is about."""
        if not index.isValid():
            return None
        place = index.row() if index.internalId() == _TOP else index.internalId()
        return self._tracks[place][0]

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        if not parent.isValid():
            return len(self._tracks)
        return len(self._tracks[parent.row()][2]) if parent.internalId() == _TOP else 0

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        del parent
        return MATCHED + 1

    def index(self, row: int, column: int, parent: Index = _NO_PARENT) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() if parent.isValid() else _TOP)

    def parent(self, index: Index | None = None) -> Any:
        if index is None:
            return super().parent()
        if not index.isValid() or index.internalId() == _TOP:
            return QModelIndex()
        return self.createIndex(index.internalId(), 0, _TOP)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            first, second = self._coders
            return (
                self.tr("Track and code"),
                self.tr("κ time"),
                self.tr("κ events"),
                first or self.tr("first"),
                second or self.tr("second"),
                self.tr("both"),
            )[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return (
                "",
                self.tr("Cohen's kappa on codable time, exact; in brackets its 95 % interval"),
                self.tr("Kappa of aligned events within the tolerance; missed events count"),
                self.tr("Events of the first coder"),
                self.tr("Events of the second coder"),
                self.tr("Events with a partner; of a code, with one of the same code"),
            )[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._line(index)
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(line, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in _NUMBERED:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and self._is_dim(line, column):
            return QColor(theme.current().text_dim)
        if role == Qt.ItemDataRole.FontRole and index.internalId() == _TOP:
            font = QFont(QApplication.font())
            font.setBold(True)
            return font
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._whole(line, column)
        return None

    def _line(self, index: Index) -> _Line:
        if index.internalId() == _TOP:
            return self._tracks[index.row()][1]
        return self._tracks[index.internalId()][2][index.row()]

    def _cell(self, line: _Line, column: int) -> str:
        if column == NAME:
            return line.name
        if column == TIME:
            return kappa_words(line.time) if line.has_time else self.tr("instants")
        if column == EVENT:
            return kappa_words(line.event)
        row = line.event
        counts = (row.n_events_a, row.n_events_b, row.n_matched) if row else (None, None, None)
        n = counts[column - N_A]
        return "–" if n is None else str(n)

    def _is_dim(self, line: _Line, column: int) -> bool:
        if column not in (TIME, EVENT):
            return False
        row = line.time if column == TIME else line.event
        return row is None or row.value is None

    def _whole(self, line: _Line, column: int) -> str:
        row = line.time if column == TIME else line.event
        if column not in (TIME, EVENT) or row is None:
            return self._cell(line, column)
        parts = [f"{line.name}: {kappa_words(row)}"]
        if row.po is not None and row.pe is not None:
            observed = self.tr("observed {po}, by chance {pe}")
            parts.append(observed.format(po=f"{row.po:.3f}", pe=f"{row.pe:.3f}"))
        if row.ci_low is not None:
            parts.append(row.ci_method)
        return "\n".join(parts)


def _short(value: float) -> str:
    """Without the nought before the point: intervals need room."""
    return f"{value:.2f}".replace("0.", ".", 1).replace("-.00", ".00").replace("-", "−")


def _class_words(name: str) -> str:
    return QCoreApplication.translate("OverviewTable", "all of “{name}”").format(name=name)


def kappa_words(row: "AgreementRow | None") -> str:
    """A value with its interval, or why there is none."""
    if row is None:
        return "–"
    if row.value is None:
        return row.null_reason or "–"
    words = f"{row.value:.2f}".replace("-", "−")
    if row.ci_low is not None and row.ci_high is not None:
        words += f" [{_short(row.ci_low)}, {_short(row.ci_high)}]"
    return words


def _lines(overview: "Overview", track: Track) -> tuple[Track, _Line, list[_Line]]:
    tables = overview.tables[track.id]
    has_time = tables.time_by_group is not None
    whole = _Line(
        track.label,
        overview.row(track.id, "kappa_time", "time"),
        overview.row(track.id, "kappa_event", "event"),
        has_time,
    )
    below = []
    for group in tables.groups:
        event = overview.row(track.id, "kappa_event", "event", code=group.name)
        if event is None or not (event.n_events_a or event.n_events_b):
            continue
        code = track.code(group.name)
        label = code.label if code else _class_words(group.name.partition(":")[2])
        time = overview.row(track.id, "kappa_time_code", "time", code=group.name)
        below.append(_Line(label, time, event, has_time))
    return track, whole, below


class OverviewTable(QTreeView):
    """Walked by the arrows; Right and Left open and close a track.

    Signals
    -------
    track_chosen(str)
        The id of the track that is stood on now.
    asked(str)
        Enter or a double click: the disagreements of that track.
    """

    track_chosen = Signal(str)
    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = OverviewModel(self)
        self.setModel(self.rows)
        self.setAccessibleName(self.tr("Agreement by track and code"))
        self.setUniformRowHeights(True)
        self.setItemDelegate(AiryRows(self))
        self.setAllColumnsShowFocus(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setIndentation(theme.UNIT_PX * 2)
        self.setTabKeyNavigation(False)
        self.header().setStretchLastSection(False)
        self.doubleClicked.connect(lambda _: self._ask())

    def show_overview(self, overview: "Overview | None") -> None:
        """Take other estimates; where one stood, one stands."""
        before = self.track
        self.rows.show_overview(overview)
        header = self.header()
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(NAME, theme.scaled(_NAME_PX))
        for column in sorted(_NUMBERED):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.expandAll()
        ids = self._ids()
        if ids:
            row = ids.index(before.id) if before is not None and before.id in ids else 0
            self.setCurrentIndex(self.rows.index(row, 0))

    @property
    def track(self) -> Track | None:
        """The track that is stood on."""
        return self.rows.track(self.currentIndex())

    def stand_on(self, track_id: str) -> None:
        """Stand on a track."""
        ids = self._ids()
        if track_id in ids:
            self.setCurrentIndex(self.rows.index(ids.index(track_id), 0))

    def _ids(self) -> Sequence[str]:
        tracks = (self.rows.track(self.rows.index(row, 0)) for row in range(self.rows.rowCount()))
        return [track.id for track in tracks if track is not None]

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        now, before = self.rows.track(current), self.rows.track(previous)
        if now is not None and now != before:
            self.track_chosen.emit(now.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
        elif event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        if self.track is not None:
            self.asked.emit(self.track.id)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands, not a search."""
