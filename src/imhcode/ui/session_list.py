"""The sessions of the study, with how far each is coded."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from imhcode.ui import theme

if TYPE_CHECKING:  # services load the database library: not before a study is opened
    from imhcode.services.studies import SessionEntry


class SessionList(QListWidget):
    """One line a session.

    Signals
    -------
    session_chosen(str)
        A session was chosen by hand.
    """

    session_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Sessions"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumWidth(70 + theme.scaled(40))
        self.itemClicked.connect(self._chosen)
        self.itemActivated.connect(self._chosen)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setMinimumWidth(70 + theme.scaled(40))

    def show_sessions(self, entries: "Sequence[SessionEntry]", chosen: str) -> None:
        """List the sessions; a session without events says so."""
        self.clear()
        for entry in entries:
            n_events = max((one.n_events for one in entry.observations), default=0)
            item = QListWidgetItem(self._line(entry.session.id, n_events))
            item.setData(Qt.ItemDataRole.UserRole, entry.session.id)
            dyad = entry.session.dyad_id or "–"
            item.setToolTip(
                self.tr("Dyad {dyad} · {n} recordings").format(dyad=dyad, n=len(entry.recordings))
            )
            self.addItem(item)
            if entry.session.id == chosen:
                self.setCurrentItem(item)

    def show_count(self, n_events: int) -> None:
        """Say how many events the open observation of the chosen session has now."""
        item = self.currentItem()
        if item is not None:
            item.setText(self._line(item.data(Qt.ItemDataRole.UserRole), n_events))

    def _line(self, session_id: str, n_events: int) -> str:
        words = self.tr("{n} events").format(n=n_events) if n_events else self.tr("not coded")
        return f"{session_id}\n{words}"

    def _chosen(self, item: QListWidgetItem) -> None:
        self.session_chosen.emit(item.data(Qt.ItemDataRole.UserRole))
