"""The window in which files come into the open study: one page after the other, no dialogs."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from imhcode.domain.errors import ImhcodeError, Trouble
from imhcode.services.import_plan import FileRead, Plan
from imhcode.services.import_report import Report
from imhcode.services.studies import StudyService
from imhcode.ui import theme
from imhcode.ui.bringing_in.conversation_page import ConversationPage
from imhcode.ui.bringing_in.import_work import ImportWork
from imhcode.ui.bringing_in.reports_page import ReportsPage
from imhcode.ui.messages import said
from imhcode.ui.widgets.message_strip import MessageStrip
from imhcode.ui.widgets.progress_strip import ProgressStrip

_PAUSE_MS = 60  # several things said at once are worked out once
_PATIENCE_MS = 400  # what takes longer shows how far it is


class ImportWindow(QWidget):
    """Beside the coding window, which can go on.

    Signals
    -------
    came_in(Target)
        An observation of the study has changed.
    finished()
        A file is through: the study may have other sessions and schemes now.
    """

    came_in = Signal(object)
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._study: StudyService | None = None
        self._session = self._coder = ""
        self._left: list[Path] = []
        self._file: FileRead | None = None
        self._fresh = False  # read, and not yet shown
        self.work = ImportWork(self)
        self.page = ConversationPage()
        self.reports = ReportsPage()
        self.stack: QStackedWidget = QStackedWidget()
        self.stack.addWidget(self.page)
        self.stack.addWidget(self.reports)
        self.progress = ProgressStrip()
        self.strip = MessageStrip()
        self.go = QPushButton(self.tr("Import"))
        self.skip = QPushButton(self.tr("Not this file"))
        self.done = QPushButton(self.tr("Close"))
        self._lay_out()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE_MS)
        self._soon.timeout.connect(self._rehearse)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_PATIENCE_MS)
        self._slow.timeout.connect(self._show_rehearsal)
        self.page.changed.connect(self._soon.start)
        self.page.columns_named.connect(self._read_again)
        self.go.clicked.connect(self._carry_out)
        self.skip.clicked.connect(self._next)
        self.done.clicked.connect(self.close)
        self.progress.cancel_asked.connect(self._cancel)
        self.work.was_read.connect(self._show_file)
        self.work.rehearsed.connect(self._show_plan)
        self.work.came_in.connect(self.came_in)
        self.work.finished.connect(self._finish)
        self.work.failed.connect(self._fail)
        self.work.progressed.connect(self.progress.show_share)
        self.resize(1120, 740)

    # -- opening -------------------------------------------------------------------------------

    def bring_in(
        self, study: StudyService, paths: Sequence[Path], *, session: str, coder: str
    ) -> None:
        """Show what files hold, one after the other.

        Parameters
        ----------
        session, coder : str
            What is offered where a file is silent.
        """
        self._study, self._session, self._coder = study, session, coder
        self._left = list(paths)
        self.strip.clear()
        self._next()

    def show_reports(self, study: StudyService) -> None:
        """Show what came in before."""
        self._study, self._file = study, None
        self.reports.show_reports(study.file.log_of_imports().all())
        self._turn_to(self.reports, self.tr("Imports"))
        self.reports.list.setFocus()

    def close_study(self) -> None:
        """The study is being closed: what is going on stops."""
        self.work.cancel()
        self._study = self._file = None
        self._left = []

    # -- inside --------------------------------------------------------------------------------

    def _next(self) -> None:
        self._soon.stop()
        if self._study is None:
            return
        if not self._left:
            self.show_reports(self._study)
            return
        path = self._left.pop(0)
        self._file = None
        self.go.setEnabled(False)
        self.progress.begin(self.tr("Reading {name}").format(name=path.name))
        self._turn_to(self.page, self.tr("Import · {name}").format(name=path.name))
        self.work.read(path)

    def _read_again(self, columns: str) -> None:
        """Read the table with other columns; as it was before, if they cannot be."""
        if self._file is not None and not self.work.is_busy:
            self._soon.stop()
            self.go.setEnabled(False)
            self.progress.begin(self.tr("Reading {name}").format(name=self._file.path.name))
            self.work.read(self._file.path, columns)

    def _show_file(self, file: FileRead) -> None:
        self.progress.end()
        if self._study is None:
            return
        self._file = file
        schemes = list(self._study.schemes().values())
        self.page.show_file(file, schemes, self._session, self._coder)
        self._fresh = True
        self._rehearse()

    def _rehearse(self) -> None:
        if self._study is not None and self._file is not None and not self.work.is_busy:
            self.go.setEnabled(False)
            self._slow.start()
            self.work.rehearse(self._study, self._file, self.page.choices)

    def _show_rehearsal(self) -> None:
        if self.work.is_rehearsing:
            self.progress.begin(self.tr("Working out what would happen"))

    def _show_plan(self, plan: Plan, report: Report) -> None:
        self.progress.end()
        self.strip.clear()
        self.page.show_plan(plan, report)
        self.go.setEnabled(True)
        if self._fresh:
            self._fresh = False
            first = self.page.words if plan.rows else self.page.scheme
            first.setFocus()

    def _carry_out(self) -> None:
        if self._study is None or self._file is None or self.work.is_busy:
            return
        self._soon.stop()
        self.go.setEnabled(False)
        self.page.setEnabled(False)
        self.progress.begin(self.tr("Bringing in {name}").format(name=self._file.path.name))
        self.work.carry_out(self._study, self._file, self.page.choices)

    def _cancel(self) -> None:
        was_reading, was_rehearsing = self._file is None, self.work.is_rehearsing
        self.work.cancel()
        self.progress.end()
        self.page.setEnabled(True)
        self.go.setEnabled(not (was_reading or was_rehearsing))
        if was_rehearsing:
            self.strip.say(self.tr("Stopped. Choose something, and it is worked out again."))
        if was_reading:
            self._next()

    def _finish(self, report: Report) -> None:
        self.progress.end()
        self.page.setEnabled(True)
        self.finished.emit()
        if self._study is not None:
            self._next()
            words = self.tr(
                "{found} found: {imported} came in, {notes} as notes, {refused} refused"
            )
            self.strip.say(
                words.format(
                    found=report.found,
                    imported=report.imported,
                    notes=report.kept_as_notes,
                    refused=report.refused,
                )
            )

    def _fail(self, failure: ImhcodeError) -> None:
        self.progress.end()
        self.page.setEnabled(True)
        self.go.setEnabled(False)
        self.strip.say(said(failure), "trouble" if isinstance(failure, Trouble) else "refused")
        if self._file is None:  # it cannot even be read: there is nothing to talk about
            self.page.setVisible(False)
        self.finished.emit()

    def _turn_to(self, page: QWidget, title: str) -> None:
        self.setWindowTitle(title)
        self.stack.setCurrentWidget(page)
        asking = page is self.page
        self.go.setVisible(asking)
        self.skip.setVisible(asking)
        if not asking:
            self.done.setFocus()

    def _lay_out(self) -> None:
        unit = theme.UNIT_PX
        self.go.setDefault(True)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(unit * 2, 0, unit * 2, unit * 2)
        buttons.setSpacing(unit)
        buttons.addStretch(1)
        buttons.addWidget(self.done)
        buttons.addWidget(self.skip)
        buttons.addWidget(self.go)
        inner = QVBoxLayout()
        inner.setContentsMargins(unit * 2, unit * 2, unit * 2, unit)
        inner.addWidget(self.stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(inner, 1)
        column.addLayout(buttons)
        column.addWidget(self.progress)
        column.addWidget(self.strip)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
            and self.go.isVisible()
            and self.go.isEnabled()
        ):
            self._carry_out()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.work.cancel()
        self.progress.end()
        super().closeEvent(event)
