"""Groups, lines and single numbers as a tree for the table."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication

from imhcode.ui import theme
from imhcode.ui.measures.number_rows import (
    Column,
    Grouping,
    NumberGroup,
    NumberLine,
    NumberRow,
    grouped,
    in_order_of,
)
from imhcode.ui.measures.statistic_words import statistic_words, unit_words

if TYPE_CHECKING:
    from imhcode.ui.measures.found import Found

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
MEASURE, VALUE, UNIT, N, DENOMINATOR, CENSORED, REASON, WHERE = range(8)
_SORTED: dict[int, Column] = {
    MEASURE: "measure",
    VALUE: "value",
    N: "n",
    DENOMINATOR: "denominator",
    CENSORED: "censored",
    REASON: "reason",
}
_NUMBERED = frozenset((VALUE, N, DENOMINATOR, CENSORED))
_GROUP = 0  #: internal id of a group's index; of a line its group's number + 1
_ROW = 1 << 32  #: plus the number of the line, counted through: of a single number


class NumbersModel(QAbstractItemModel):
    """A line that has several sessions opens into them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: Found | None = None
        self._by: Grouping = "episode"
        self._words = ""
        self._sorted_by, self._falling = -1, False
        self._groups: list[NumberGroup] = []
        self._lines: list[tuple[int, int]] = []
        self._first: list[int] = []
        self._labels: dict[tuple[str, str], str] = {}
        self._several_coders = False

    # -- what is shown -----------------------------------------------------------------------

    def show_found(self, found: "Found | None", by: Grouping, words: str) -> None:
        """Take other numbers, or put them together otherwise, or only those with some words."""
        self.beginResetModel()
        if found is not self._found:
            self._found, self._labels = found, {}
            rows = found.rows if found else ()
            self._several_coders = len({one.coder_id for one in rows if one.session_id}) > 1
        self._by, self._words = by, words.casefold()
        self._put_together()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the lines of every group; a column that says no amount: as the scheme has them."""
        self.beginResetModel()
        self._sorted_by = column if column in _SORTED else -1
        self._falling = order == Qt.SortOrder.DescendingOrder
        self._put_together()
        self.endResetModel()

    def _put_together(self) -> None:
        found = self._found
        self._groups = []
        if found is not None:
            groups = grouped(found.rows, self._by, found.places(), self._is_wanted())
            column = _SORTED.get(self._sorted_by)
            self._groups = [
                group
                if column is None
                else NumberGroup(
                    group.key,
                    tuple(in_order_of(group.lines, column, self.label, falling=self._falling)),
                )
                for group in groups
            ]
        self._lines, self._first = [], []
        for place, group in enumerate(self._groups):
            self._first.append(len(self._lines))
            self._lines += [(place, at) for at in range(len(group.lines))]

    def _is_wanted(self) -> Callable[[NumberLine], bool]:
        wanted = self._words.split()

        def is_wanted(line: NumberLine) -> bool:
            text = f"{self.label(line)} {line.measure_id} {self.episode_words(line.episode)}"
            return all(word in text.casefold() for word in wanted)

        return is_wanted

    def has(self, column: int) -> bool:
        """Whether a column says anything."""
        lines = [line for group in self._groups for line in group.lines]
        if column == WHERE:
            return len({one.session_id for line in lines for one in line.rows}) > 1
        if column == REASON:
            return any(line.reasons for line in lines)
        if column == CENSORED:
            return any(line.n_censored is not None for line in lines)
        return True

    @property
    def n_numbers(self) -> int:
        """How many numbers are shown, defined or not."""
        return sum(len(line.rows) for group in self._groups for line in group.lines)

    def line(self, index: Index) -> NumberLine | None:
        """The line that an index belongs to; none for a group."""
        if not index.isValid() or index.internalId() == _GROUP:
            return None
        if index.internalId() >= _ROW:
            group, at = self._lines[index.internalId() - _ROW]
            return self._groups[group].lines[at]
        return self._groups[index.internalId() - 1].lines[index.row()]

    def row(self, index: Index) -> NumberRow | None:
        """The single number of an index; none where there are several."""
        line = self.line(index)
        if line is None:
            return None
        if index.internalId() >= _ROW:
            return line.rows[index.row()]
        return line.rows[0] if len(line.rows) == 1 else None

    def index_of(self, measure_id: str, statistic: str, group: str = "") -> QModelIndex:
        """The first line of a measure's statistic in a group."""
        for place, one in enumerate(self._groups):
            for at, line in enumerate(one.lines):
                if (line.measure_id, line.statistic, one.key) == (measure_id, statistic, group):
                    return self.createIndex(at, 0, place + 1)
        return QModelIndex()

    # -- the tree ----------------------------------------------------------------------------

    @property
    def _flat(self) -> bool:
        return self._by == ""

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        if not parent.isValid():
            if self._flat:
                return len(self._groups[0].lines) if self._groups else 0
            return len(self._groups)
        if parent.column() > 0 or parent.internalId() >= _ROW:
            return 0
        if parent.internalId() == _GROUP:
            return len(self._groups[parent.row()].lines)
        line = self.line(parent)
        return len(line.rows) if line is not None and len(line.rows) > 1 else 0

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        del parent
        return WHERE + 1

    def index(self, row: int, column: int, parent: Index = _NO_PARENT) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        if not parent.isValid():
            return self.createIndex(row, column, 1 if self._flat else _GROUP)
        if parent.internalId() == _GROUP:
            return self.createIndex(row, column, parent.row() + 1)
        flat_place = self._first[parent.internalId() - 1] + parent.row()
        return self.createIndex(row, column, _ROW + flat_place)

    def parent(self, index: Index | None = None) -> Any:
        if index is None:
            return super().parent()
        if not index.isValid() or index.internalId() == _GROUP:
            return QModelIndex()
        if index.internalId() >= _ROW:
            group, at = self._lines[index.internalId() - _ROW]
            return self.createIndex(at, 0, group + 1)
        if self._flat:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, _GROUP)

    # -- words -------------------------------------------------------------------------------

    def label(self, line: NumberLine) -> str:
        """The measure and statistic; what is called an index always prints its formula."""
        key = line.measure_id, line.statistic
        if key not in self._labels and self._found is not None:
            words = self._found.words(line.measure_id)
            label = words.label
            if "index" in label.casefold():
                label = f"{label} = {_shortly(words.formula)}"
            statistic = statistic_words(line.statistic)
            self._labels[key] = f"{label}: {statistic}" if statistic else label
        return self._labels.get(key, line.measure_id)

    def episode_words(self, kind: str) -> str:
        """A kind of episode; the whole session too."""
        if not kind:
            return self.tr("Whole session")
        episodes = self._found.lab.scheme.episodes if self._found else None
        known = episodes.kind(kind) if episodes else None
        return known.label if known else kind.replace("_", " ")

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                self.tr("Measure"),
                self.tr("Value"),
                self.tr("Unit"),
                "n",
                self.tr("Time s"),
                self.tr("Censored"),
                self.tr("Empty because"),
                self.tr("Of"),
            )[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return (
                self.tr("As the scheme names it"),
                self.tr("The number; of several sessions their mean"),
                "",
                self.tr("How many events, bins or transitions it rests on"),
                self.tr("Time below the line, or looked at, in seconds"),
                self.tr("How many waits were cut before they ended"),
                self.tr("Why there is no number; never 0 instead"),
                self.tr("The session; of several, how many have the number, and their range"),
            )[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, line = index.column(), self.line(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._group_cell(index) if line is None else self._cell(index, line)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in _NUMBERED:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole and column in (UNIT, WHERE, REASON):
            return QColor(theme.current().text_dim)
        if role == Qt.ItemDataRole.FontRole and line is None:
            font = QFont(QApplication.font())
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.ToolTipRole and line is not None:
            return self._whole(index, line)
        return None

    def _group_cell(self, index: Index) -> str:
        if index.column() != MEASURE:
            return ""
        key = self._groups[index.row()].key
        if self._by == "episode":
            return self.episode_words(key)
        if self._by == "visit":
            return self.tr("Visit {n}").format(n=key) if key else self.tr("Visit not known")
        return self.tr("{n} months").format(n=key) if key else self.tr("Age not known")

    def _cell(self, index: Index, line: NumberLine) -> str:
        single, column = self.row(index), index.column()
        is_child = index.internalId() >= _ROW
        if column == MEASURE:
            return "" if is_child else self.label(line)
        if column == WHERE:
            return self._of_one(single) if single else self._of_several(line)
        if column == UNIT:
            declared = self._found.declared[line.measure_id] if self._found else {}
            return unit_words(dict(declared), line.statistic)
        of = single or line
        if column == VALUE:
            return number_words(of.value)
        if column == N:
            return "" if of.n is None else str(of.n)
        if column == DENOMINATOR:
            return "" if of.denominator_s is None else f"{of.denominator_s:.1f}"
        if column == CENSORED:
            return "" if of.n_censored is None else str(of.n_censored)
        return single.reason if single else ", ".join(line.reasons)

    def _of_one(self, row: NumberRow) -> str:
        parts = [row.session_id or self.tr("dyad {dyad}").format(dyad=row.dyad_id or "–")]
        if self._several_coders and row.coder_id:
            parts.append(row.coder_id)
        if row.episode and self._by != "episode":
            parts.append(self.episode_words(row.episode))
        return " · ".join(parts)

    def _of_several(self, line: NumberLine) -> str:
        words = self.tr("{n} of {all} sessions").format(n=len(line.values), all=len(line.rows))
        if line.episode and self._by != "episode":
            words = f"{self.episode_words(line.episode)} · {words}"
        if len(line.values) > 1:
            low, high = number_words(min(line.values)), number_words(max(line.values))
            words = f"{words}, {low} – {high}"
        return words

    def _whole(self, index: Index, line: NumberLine) -> str:
        value = self._cell(self.index(index.row(), VALUE, index.parent()), line)
        unit = self._cell(self.index(index.row(), UNIT, index.parent()), line)
        where = self._cell(self.index(index.row(), WHERE, index.parent()), line)
        reason = self._cell(self.index(index.row(), REASON, index.parent()), line)
        said = " ".join(f"{value} {unit}".split())
        return "\n".join(one for one in (self.label(line), f"{said}  {where}", reason) if one)


def _shortly(formula: str) -> str:
    """A formula for a narrow column: without the track, and without saying that time is time."""
    return re.sub(r" \([a-z0-9_]+\)", "", formula).removeprefix("time of ")


def number_words(value: "float | int | None") -> str:
    """A number as it is read; none is a dash, never 0."""
    if value is None:
        return "–"
    if isinstance(value, int):
        return str(value).replace("-", "−")
    digits = 3 if abs(value) < 100 else 1
    return f"{value:.{digits}f}".replace("-", "−")
