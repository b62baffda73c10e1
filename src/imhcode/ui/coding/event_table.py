"""The event table: every event as a row, a filter above, and what to do when it is empty."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import (
    QByteArray,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QObject,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from imhcode.domain.edit import Edit
from imhcode.domain.errors import Refused
from imhcode.domain.observation import Observation
from imhcode.ui.coding.event_table_model import EventTableModel
from imhcode.ui.coding.event_table_view import EventTableView
from imhcode.ui.coding.event_table_words import Column
from imhcode.ui.messages import said


class EventTable(QWidget):
    """A passive view of one observation's events; requests come out as signals.

    Selecting only says what was selected: it never moves the picture.  Going to the frame takes
    a double click or Enter.

    Signals
    -------
    event_selected(str), event_activated(str)
        The id of the event a person chose; activated means: go to its frame.
    events_chosen(tuple of str)
        The ids of all events a person selected, the current one last.
    comment_asked(str, str), code_change_asked(str, str)
        Event id; the new text, the new code's id.
    onset_asked(str, object), offset_asked(str, object)
        Event id; time in microseconds, for the offset ``None`` to let the state run.
    delete_asked(object)
        A tuple of event ids.
    refused(str)
        What was typed into a cell cannot be; the cell is as it was.
    """

    event_selected = Signal(str)
    event_activated = Signal(str)
    events_chosen = Signal(object)
    comment_asked = Signal(str, str)
    code_change_asked = Signal(str, str)
    onset_asked = Signal(str, object)
    offset_asked = Signal(str, object)
    delete_asked = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._silent = 0
        self._selected: str | None = None
        self.model = EventTableModel(self)
        self.view = EventTableView(self.model)
        self.view.setAccessibleName(self.tr("Event table"))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(
            self.tr("Filter: words, code:smile, >2s, flag:yes, link:none, reviewed:no")
        )
        self.filter.setAccessibleName(self.tr("Filter events"))
        self.filter.setToolTip(
            self.tr(
                "Words are sought everywhere; code:, track:, modifier: and text: in one place.\n"
                ">2s and <500ms compare the duration; flag:, link:, reviewed: and running: take\n"
                "yes or no. A minus before anything turns it round.\n"
                "Ctrl+F · Ctrl+A selects what is shown · Esc shows all events again"
            )
        )
        self.filter.setClearButtonEnabled(True)
        self.filter.installEventFilter(self)
        self._count = QLabel()
        self._teaching = _teaching_label(self.view.viewport())
        self._lay_out()
        self._connect()
        self._tell()

    # -- values in -------------------------------------------------------------------------

    def show_observation(self, observation: Observation) -> None:
        """Show every event of an observation; nothing is selected unless it still is there."""
        with self._silently():
            self.model.show_observation(observation)
            self._select_again()
        self._tell()

    def show_edit(self, observation: Observation, edit: Edit) -> None:
        """Follow one edit; only the rows it touched change."""
        with self._silently():
            self.model.show_edit(observation, edit)
            self._keep_selection()
        self._tell()

    def set_selected(self, event_id: str | None) -> None:
        """Select an event and scroll to its row, without a word to anybody."""
        self._selected = event_id
        with self._silently():
            self._select_again()

    def set_chosen(self, event_ids: tuple[str, ...]) -> None:
        """Select several events, without a word to anybody; the last one is the current row."""
        if not event_ids or set(event_ids) == set(self.selected_ids()):
            return
        rows = sorted(row for row in map(self.model.row_of, event_ids) if row is not None)
        chosen = QItemSelection()
        for first, last in _runs(rows):
            chosen.select(self.model.index(first, 0), self.model.index(last, 0))
        with self._silently():
            flags = QItemSelectionModel.SelectionFlag
            self.view.selectionModel().select(chosen, flags.ClearAndSelect | flags.Rows)

    def shown_ids(self) -> tuple[str, ...]:
        """The ids of the events that are shown, from the top."""
        return tuple(self.model.event_at(row).id for row in range(self.model.rowCount()))

    def focus_filter(self) -> None:
        """Put the cursor into the filter line (Ctrl+F)."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def edit_comment(self, event_id: str) -> None:
        """Open the comment of an event for typing."""
        self.set_selected(event_id)
        self.view.edit_cell(Column.COMMENT)

    def save_columns(self) -> bytes:
        """Widths, order and sorting of the columns, for :meth:`restore_columns`."""
        return bytes(self.view.horizontalHeader().saveState().data())

    def restore_columns(self, saved: bytes) -> bool:
        """Take up widths, order and sorting; ``False`` if the bytes are none of ours."""
        return self.view.horizontalHeader().restoreState(QByteArray(saved))

    # -- questions -------------------------------------------------------------------------

    def selected_ids(self) -> tuple[str, ...]:
        """The ids of the selected events, from the top."""
        return self.view.selected_ids()

    def is_editing(self) -> bool:
        """Whether a cell or the filter is being typed into: keys are text then."""
        return self.view.is_editing() or self.filter.hasFocus()

    # -- inside ----------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in the filter shows everything again; Enter and Down go on to the rows."""
        if watched is self.filter and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)  # noqa: S101  (Qt says so by the type)
            if event.key() == Qt.Key.Key_Escape:
                self.filter.clear()
                self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
                self.view.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(8, 8, 8, 8)
        line.setSpacing(16)
        line.addWidget(self.filter, 1)
        line.addWidget(self._count)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(line)
        whole.addWidget(self.view, 1)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._sift)
        self.view.selectionModel().selectionChanged.connect(self._say_selected)
        self.view.event_activated.connect(self.event_activated)
        self.view.delete_asked.connect(self.delete_asked)
        self.model.comment_asked.connect(self.comment_asked)
        self.model.code_change_asked.connect(self.code_change_asked)
        self.model.onset_asked.connect(self.onset_asked)
        self.model.offset_asked.connect(self.offset_asked)
        self.model.refused.connect(self.refused)

    def _sift(self, text: str) -> None:
        try:
            with self._silently():
                self.model.set_filter(text)
                self._select_again()
        except Refused as refusal:
            self._count.setText(said(refusal))
            return
        self._tell()

    def _select_again(self) -> None:
        """Show as selected what is selected, after rows have come and gone."""
        row = None if self._selected is None else self.model.row_of(self._selected)
        if row is None:
            self.view.clearSelection()
            return
        current = self.view.currentIndex()
        index = self.model.index(row, max(current.column(), 0))
        selection = self.view.selectionModel()
        if index != current or not selection.isSelected(index):
            choose = QItemSelectionModel.SelectionFlag.ClearAndSelect
            selection.setCurrentIndex(index, choose | QItemSelectionModel.SelectionFlag.Rows)
        across = self.view.horizontalScrollBar()
        stays = across.value()
        self.view.scrollTo(index)
        across.setValue(stays)

    def _keep_selection(self) -> None:
        """After an edit: nobody chose the neighbour Qt moves to when the selected row goes."""
        row = None if self._selected is None else self.model.row_of(self._selected)
        if row is None:
            self.view.clearSelection()
        elif not self.view.selectionModel().isRowSelected(row):
            self._select_again()  # it has come back

    def _say_selected(self) -> None:
        if self._silent:
            return
        current = self.view.currentIndex()
        if current.isValid() and self.view.selectionModel().isSelected(current):
            self._selected = self.model.event_at(current.row()).id
            others = [one for one in self.selected_ids() if one != self._selected]
            self.event_selected.emit(self._selected)
            self.events_chosen.emit((*others, self._selected))
        elif not self.view.selectionModel().hasSelection():
            self._selected = None

    @contextmanager
    def _silently(self) -> Iterator[None]:
        """Changes of selection in here are ours and not a person's."""
        self._silent += 1
        try:
            yield
        finally:
            self._silent -= 1

    def _tell(self) -> None:
        """Say how many there are, or what to do when there is nothing."""
        shown, every = self.model.rowCount(), self.model.event_count
        if shown < every:
            self._count.setText(self.tr("{n} of {all}").format(n=shown, all=every))
        else:
            self._count.setText(
                self.tr("1 event") if every == 1 else self.tr("{n} events").format(n=every)
            )
        if self.model.observation is None:
            words = self.tr("No observation is open. Open a session to see its events.")
        elif not every:
            words = self.tr("No events yet. Press a key on the pad to code the first one.")
        elif not shown:
            words = self.tr("No event is like “{text}”. Press Esc in the filter to see all {n}.")
            words = words.format(text=self.filter.text(), n=every)
        else:
            words = ""
        self._teaching.setText(words)
        self._teaching.setVisible(bool(words))


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of rows that follow one another."""
    first = last = None
    for row in rows:
        if last is None or first is None:
            first = row
        elif row != last + 1:
            yield first, last
            first = row
        last = row
    if first is not None and last is not None:
        yield first, last


def _teaching_label(viewport: QWidget) -> QLabel:
    """A quiet sentence in the middle of an empty table."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setForegroundRole(viewport.palette().ColorRole.PlaceholderText)
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    inside = QVBoxLayout(viewport)
    inside.setContentsMargins(32, 16, 32, 16)
    inside.addWidget(label)
    return label
