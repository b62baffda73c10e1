"""The events of one observation as rows: sorted, filtered, and changed one row at a time."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from html import escape
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont

from imhcode.domain.edit import Edit
from imhcode.domain.errors import Refused
from imhcode.domain.event import Event
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Code, Scheme, Track
from imhcode.domain.searching import Said, Search, search_for
from imhcode.domain.timecode import from_clock
from imhcode.ui.coding.event_table_order import RowKey, RowOrder
from imhcode.ui.coding.event_table_words import (
    Column,
    EventWords,
    exact_clock,
    header,
    translated,
)
from imhcode.ui.messages import said

SORT_ROLE = int(Qt.ItemDataRole.UserRole) + 1  #: the raw value a column is sorted by

AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_NO_SCHEME = Scheme(id="", version="", title="")
_COLUMNS = tuple(Column)
_FIGURES = frozenset({Column.ONSET, Column.OFFSET, Column.DURATION, Column.FRAME})
_ALIGNMENT = {
    column: Qt.AlignmentFlag.AlignVCenter
    | (Qt.AlignmentFlag.AlignRight if column in _FIGURES else Qt.AlignmentFlag.AlignLeft)
    for column in _COLUMNS
}
_EDITABLE = frozenset({Column.ONSET, Column.CODE, Column.COMMENT})


class EventTableModel(QAbstractTableModel):
    """Rows of events; a passive view that asks for edits and never makes one.

    Sorting and filtering happen here and not in a proxy: an edit then finds its row by
    bisection, where a proxy would ask Python about every row again.

    Signals
    -------
    comment_asked(str, str), code_change_asked(str, str)
        Event id; the text, the code's id.
    onset_asked(str, object), offset_asked(str, object)
        Event id; the time in microseconds, for the offset ``None`` to let the state run.
    refused(str)
        What was typed is no time; nothing was asked for.
    """

    comment_asked = Signal(str, str)
    code_change_asked = Signal(str, str)
    onset_asked = Signal(str, object)
    offset_asked = Signal(str, object)
    refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._observation: Observation | None = None
        self._events: dict[str, Event] = {}
        self._words = EventWords(_NO_SCHEME, self._events)
        self._order = RowOrder()
        self._sorted_by = Column.ONSET
        self._filter = ""
        self._search = Search()
        self._searched: dict[str, Said] = {}
        self._answered_by: dict[str, set[str]] = {}
        self._figures = QFont()
        self._figures.setFeature(QFont.Tag("tnum"), 1)
        self._answers = self._answering()

    # -- what is shown ---------------------------------------------------------------------

    def show_observation(self, observation: Observation) -> None:
        """Show every event of an observation."""
        self.beginResetModel()
        self._observation = observation
        self._events = {event.id: event for event in observation.timeline}
        self._words = EventWords(observation.scheme, self._events)
        self._answers = self._answering()
        self._searched.clear()
        self._answered_by.clear()
        for event in self._events.values():
            self._note_links(event)
        self._order = self._ordered()
        self.endResetModel()

    def show_edit(self, observation: Observation, edit: Edit) -> None:
        """Follow one edit: only the rows it touched are inserted, removed, moved or repainted."""
        if self._observation is None or self._observation.id != observation.id:
            self.show_observation(observation)
            return
        self._observation = observation
        for step in edit.steps:
            before, after = step.before, step.after
            if before is not None and (after is None or after.id != before.id):
                self._forget(before)
            if after is not None:
                self._take(after)

    def set_filter(self, text: str) -> None:
        """Show only events that meet every condition of ``text``; empty shows all.

        Raises
        ------
        NotACondition
            One of them cannot be understood; what is shown stays.
        """
        folded = " ".join(text.casefold().split())
        if folded == self._filter:
            return
        search = search_for(folded)
        self.beginResetModel()
        self._filter, self._search = folded, search
        self._order = self._ordered()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by the raw values of a column; ties by onset, track and id."""
        if column < 0:
            return
        self.layoutAboutToBeChanged.emit()
        held = [(index, self._order.id_at(index.row())) for index in self.persistentIndexList()]
        self._sorted_by = Column(column)
        self._order = self._ordered(descending=order == Qt.SortOrder.DescendingOrder)
        for index, event_id in held:
            row = self._order.row_of(event_id)
            new = _ROOT if row is None else self.index(row, index.column())
            self.changePersistentIndex(index, new)
        self.layoutChanged.emit()

    # -- who stands where ------------------------------------------------------------------

    @property
    def event_count(self) -> int:
        """How many events the observation has, shown or not."""
        return len(self._events)

    @property
    def observation(self) -> Observation | None:
        """The observation shown."""
        return self._observation

    def event_at(self, row: int) -> Event:
        """The event on a row."""
        return self._events[self._order.id_at(row)]

    def row_of(self, event_id: str) -> int | None:
        """The row of an event; ``None`` if it is not here or filtered out."""
        return self._order.row_of(event_id)

    def code_at(self, row: int) -> Code | None:
        """The scheme's code of the event on a row."""
        return self._words.code_of(self.event_at(row))

    def track_at(self, row: int) -> Track | None:
        """The scheme's track of the event on a row."""
        return self._words.track_of(self.event_at(row))

    # -- Qt's contract ---------------------------------------------------------------------

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(_COLUMNS)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        flags |= Qt.ItemFlag.ItemNeverHasChildren
        column = _COLUMNS[index.column()]
        if column in _EDITABLE or (column is Column.OFFSET and self._takes_offset(index.row())):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        answer = self._answers.get(role)
        if answer is None or not index.isValid():
            return None
        return answer(self.event_at(index.row()), _COLUMNS[index.column()])

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(_COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return header(_COLUMNS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNMENT[_COLUMNS[section]]
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for the edit a person typed; the row changes only once the edit has happened."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        event, column = self.event_at(index.row()), _COLUMNS[index.column()]
        text = str(value).strip()
        if text == self._edited(event, column).strip():
            return False
        match column:
            case Column.COMMENT:
                self.comment_asked.emit(event.id, text)
            case Column.CODE:
                self.code_change_asked.emit(event.id, text)
            case Column.ONSET | Column.OFFSET:
                return self._ask_time(event, column, text)
            case _:
                return False
        return True

    # -- inside ----------------------------------------------------------------------------

    def _answering(self) -> dict[int, Callable[[Event, Column], Any]]:
        """What is answered for each role Qt may ask; a screenful asks some thousands of times."""
        words, roles = self._words, Qt.ItemDataRole
        return {
            roles.DisplayRole: words.cell,
            roles.TextAlignmentRole: lambda _, column: _ALIGNMENT[column],
            roles.FontRole: lambda _, column: self._figures if column in _FIGURES else None,
            roles.ToolTipRole: lambda event, column: as_tooltip(words.hint(event, column)),
            roles.AccessibleDescriptionRole: words.hint,
            roles.EditRole: self._edited,
            roles.UserRole: lambda event, _: event.id,
            SORT_ROLE: words.raw,
        }

    def _ask_time(self, event: Event, column: Column, text: str) -> bool:
        if column is Column.OFFSET and text.casefold() in ("", translated("running").casefold()):
            track = self._words.track_of(event)
            instant = track is not None and track.takes_duration
            self.offset_asked.emit(event.id, event.onset_us if instant else None)
            return True
        try:
            time_us = from_clock(text)
        except Refused as refusal:
            self.refused.emit(said(refusal))
            return False
        (self.onset_asked if column is Column.ONSET else self.offset_asked).emit(event.id, time_us)
        return True

    @staticmethod
    def _edited(event: Event, column: Column) -> str:
        """What an editor starts with, exact to the microsecond."""
        match column:
            case Column.ONSET:
                return exact_clock(event.onset_us)
            case Column.OFFSET if event.offset_us is not None and not event.is_instant:
                return exact_clock(event.offset_us)
            case Column.CODE:
                return event.code
            case Column.COMMENT:
                return event.comment
        return ""

    def _takes_offset(self, row: int) -> bool:
        track = self.track_at(row)
        return track is None or track.kind == "state" or track.takes_duration

    def _ordered(self, *, descending: bool | None = None) -> RowOrder:
        down = self._order.descending if descending is None else descending
        shown: Iterator[Event] = filter(self._is_sought, self._events.values())
        return RowOrder(map(self._key, shown), descending=down)

    def _key(self, event: Event) -> RowKey:
        if self._sorted_by is Column.ONSET:
            return (event.onset_us, event.onset_us, event.track, event.id)
        raw = self._words.raw(event, self._sorted_by)
        return (raw, event.onset_us, event.track, event.id)

    def _is_sought(self, event: Event) -> bool:
        if not self._search:
            return True
        said = self._searched.get(event.id)
        if said is None:
            said = self._searched[event.id] = self._words.searched(event)
        if self._search.asks_links:
            linked = bool(event.links or self._answered_by.get(event.id))
            said = replace(said, linked=linked)
        return self._search.accepts(event, said)

    def _take(self, event: Event) -> None:
        """Add an event, or put the new version of one in the place of the old."""
        old = self._events.get(event.id)
        if old is not None:
            self._unnote_links(old)
        self._note_links(event)
        self._searched.pop(event.id, None)
        self._place(event)
        self._refresh_answers(event.id)
        self._refresh_targets(event, old)

    def _place(self, event: Event) -> None:
        """Bring the row of an event up to date: insert, remove, move or repaint it."""
        row = self._order.row_of(event.id)
        shown = self._is_sought(event)
        if row is None:
            if shown:
                key = self._key(event)
                at = self._order.row_for(key)
                self.beginInsertRows(_ROOT, at, at)
                self._events[event.id] = event
                self._order.add(key)
                self.endInsertRows()
            else:
                self._events[event.id] = event
        elif not shown:
            self.beginRemoveRows(_ROOT, row, row)
            self._events[event.id] = event
            self._order.discard(event.id)
            self.endRemoveRows()
        else:
            self._move(event, row)

    def _move(self, event: Event, row: int) -> None:
        key = self._key(event)
        above = self._order.row_for(key)  # counts the row itself if it stands before its new place
        moves = above not in (row, row + 1)
        if moves:
            self.beginMoveRows(_ROOT, row, row, _ROOT, above)
        self._events[event.id] = event
        self._order.discard(event.id)
        self._order.add(key)
        if moves:
            self.endMoveRows()
        now = self._order.row_of(event.id) or 0
        self.dataChanged.emit(self.index(now, 0), self.index(now, len(_COLUMNS) - 1))

    def _forget(self, event: Event) -> None:
        old = self._events.get(event.id)
        if old is None:
            return
        row = self._order.row_of(event.id)
        if row is not None:
            self.beginRemoveRows(_ROOT, row, row)
        del self._events[event.id]
        self._order.discard(event.id)
        self._searched.pop(event.id, None)
        self._unnote_links(old)
        if row is not None:
            self.endRemoveRows()
        self._refresh_answers(event.id)
        self._refresh_targets(old)

    def _refresh_answers(self, event_id: str) -> None:
        """Repaint the rows whose link names this event: its label or time may be new."""
        for answer_id in self._answered_by.get(event_id, ()):
            answer = self._events.get(answer_id)
            if answer is not None and answer_id != event_id:
                self._place(answer)

    def _refresh_targets(self, *events: Event | None) -> None:
        """Show or hide what these link to, where the filter asks for links."""
        if self._search.asks_links:
            for target in {link.target for one in events if one for link in one.links}:
                if target in self._events:
                    self._place(self._events[target])

    def _note_links(self, event: Event) -> None:
        for link in event.links:
            self._answered_by.setdefault(link.target, set()).add(event.id)

    def _unnote_links(self, event: Event) -> None:
        for link in event.links:
            self._answered_by.get(link.target, set()).discard(event.id)


def as_tooltip(text: str) -> str | None:
    """Plain text as a tooltip that Qt cannot take for markup; nothing for no text."""
    return f'<p style="white-space: pre-wrap">{escape(text)}</p>' if text else None
