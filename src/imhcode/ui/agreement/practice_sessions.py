"""The sessions of a practice set, each with how far it is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from imhcode.domain.scheme import Scheme
from imhcode.ui.agreement.training_model import Practised


class PracticeSessions(QListWidget):
    """Enter or a double click opens a session; letters pass to the window.

    Signals
    -------
    opened(int)
        The row that was opened.
    """

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Sessions of the practice set"))
        self.setTabKeyNavigation(False)
        self.itemDoubleClicked.connect(lambda _: self.opened.emit(self.currentRow()))

    def show_sessions(self, rows: Sequence[Practised], scheme: Scheme | None) -> None:
        """Take other sessions; where one stood, one stands."""
        before = self.currentRow()
        self.clear()
        for one in rows:
            self.addItem(QListWidgetItem(f"{one.session_id}\n{self._state_of(one, scheme)}"))
        self.setCurrentRow(min(max(before, 0), len(rows) - 1))

    def _state_of(self, one: Practised, scheme: Scheme | None) -> str:
        if one.entry is None:
            return self.tr("not begun · Enter begins it")
        if not one.is_submitted:
            return self.tr("being coded · Enter goes on")
        if one.judged is None:
            return self.tr("handed in")
        verdict = {
            "passed": self.tr("passed"),
            "failed": self.tr("not passed"),
            "not counted": self.tr("not counted"),
        }[one.judged.verdict]
        if one.judged.lowest is None:
            return verdict
        track = scheme.track(one.judged.why) if scheme else None
        why = track.label if track else one.judged.why
        return f"{verdict} · {one.judged.lowest:.2f} · {why}"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.currentRow())
        elif event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)
