"""The window of the family of a session: consent, goals, visits, and what is to be destroyed."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QMenuBar, QStackedWidget, QVBoxLayout, QWidget

from imhcode.domain.errors import ImhcodeError, Trouble
from imhcode.ui.family.asking_card import AskingCard, Field
from imhcode.ui.family.consent_page import ConsentPage
from imhcode.ui.family.deleting_page import DeletingPage
from imhcode.ui.family.family_commands import COMMANDS, Command
from imhcode.ui.family.goals_page import GoalsPage
from imhcode.ui.family.page_row import PageRow
from imhcode.ui.family.record import FamilyRecord, redo_latest, undo_latest
from imhcode.ui.family.visits_page import VisitsPage
from imhcode.ui.family.words import today
from imhcode.ui.messages import said
from imhcode.ui.palette.command_palette import CommandPalette
from imhcode.ui.palette.entries import Entry
from imhcode.ui.widgets.message_strip import MessageStrip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from imhcode.services.logged_values import LoggedValues
    from imhcode.services.studies import StudyService


class FamilyWindow(QWidget):
    """A window of its own, beside the coding window.

    Signals
    -------
    family_changed()
        People, who is in the session, or what was agreed is other than before.
    goals_changed()
        Goals are other than before.
    deleting(str)
        The recording with this id is about to be destroyed: whoever has it open lets go.
    deleted()
        It is gone, or could not be destroyed: it may be opened again.
    """

    family_changed = Signal()
    goals_changed = Signal()
    deleting = Signal(str)
    deleted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._record: FamilyRecord | None = None
        self._actions: list[tuple[Command, QAction]] = []
        self.menu = QMenuBar()
        self.menu.setNativeMenuBar(False)  # a second window's menu must not push away the first's
        self.strip = MessageStrip()
        self.pages: QStackedWidget = QStackedWidget()
        self.card = AskingCard(self.pages)
        self.consent = ConsentPage(self)
        self.goals = GoalsPage(self)
        self.visits = VisitsPage(self)
        self.destroying = DeletingPage(self)
        self._named: dict[str, QWidget] = {
            "consent": self.consent,
            "goals": self.goals,
            "visits": self.visits,
            "deleting": self.destroying,
        }
        self.row = PageRow(
            [
                ("consent", self.tr("People and consent"), "Ctrl+1"),
                ("goals", self.tr("Goals"), "Ctrl+2"),
                ("visits", self.tr("Visits"), "Ctrl+3"),
            ]
        )
        for page in self._named.values():
            self.pages.addWidget(page)
        self.finder = CommandPalette(self.pages)
        self._lay_out()
        self.row.asked.connect(self.turn_to)
        self.consent.changed.connect(self.family_changed)
        self.goals.changed.connect(self.goals_changed)
        self.destroying.deleting.connect(lambda _: self.visits.close_stage())
        self.destroying.deleting.connect(self.deleting)
        self.destroying.deleted.connect(self._forget_recording)
        self.resize(1280, 800)

    # -- opening -----------------------------------------------------------------------------

    def open(self, study: "StudyService", session_id: str, coder_id: str) -> None:
        """Show the family of a session; one that has no dyad yet is asked for its pseudonym."""
        if self._record is not None and self._record.study is not study:
            self.close_study()
        self.strip.clear()
        if study.session(session_id).session.dyad_id:
            self._show(FamilyRecord(study, session_id, coder_id, today()))
            return
        self._name_title(session_id)

        def take(answers: "Mapping[str, str]") -> None:
            study.ensure_session(session_id, answers["dyad"].strip())
            if study.session(session_id).session.dyad_id:
                self._show(FamilyRecord(study, session_id, coder_id, today()))

        self.card.ask(
            self.tr("Session {session} belongs to no family yet").format(session=session_id),
            [Field("dyad", self.tr("Pseudonym"), hint=self.tr("such as D014; never a name"))],
            take,
            note=self.tr("Sessions with the same pseudonym are visits of one family."),
        )

    def close_study(self) -> None:
        """Let go of the study: it is being closed."""
        self.card.close_card()
        self.visits.close_study()
        self.destroying.show_record(None)
        self.consent.show_record(None)
        self.goals.show_record(None)
        self._record = None

    def _show(self, record: FamilyRecord) -> None:
        self._record = record
        self.card.close_card()
        self._name_title(record.dyad_id)
        current = self.row.current
        self.turn_to(current if current != "deleting" else "consent")

    def _name_title(self, name: str) -> None:
        self.setWindowTitle(self.tr("{dyad} · family – imhcode").format(dyad=name))

    # -- pages -------------------------------------------------------------------------------

    def turn_to(self, name: str) -> None:
        """Show a page as things stand now."""
        if self._record is None:
            return
        self.card.close_card()
        page = self._named[name]
        if page is not self.visits:
            self.visits.pause()
        self.row.show_current(name)
        self.pages.setCurrentWidget(page)
        for command, action in self._actions:
            action.setEnabled(command.page in ("", name))
        shown = self._page()
        self.attempt(lambda: shown.show_record(self._record))
        shown.take_focus()

    def _page(self) -> "ConsentPage | GoalsPage | VisitsPage | DeletingPage":
        shown = self.pages.currentWidget()
        for page in (self.goals, self.visits, self.destroying):
            if shown is page:
                return page
        return self.consent

    def go_to_consent(self) -> None:
        self.turn_to("consent")

    def go_to_goals(self) -> None:
        self.turn_to("goals")

    def go_to_visits(self) -> None:
        self.turn_to("visits")

    def delete_recording(self) -> None:
        self.turn_to("deleting")

    def next_list(self) -> None:
        """Give the keys to the next list of the page."""
        if not self.card.is_open:
            self.focusNextChild()

    # -- changing ----------------------------------------------------------------------------

    def add(self) -> None:
        """Add what the page is about."""
        if self._page() is self.goals:
            self.goals.add_goal()
        else:
            self.turn_to("consent")
            self.consent.add_person()

    def rename_person(self) -> None:
        self.consent.rename_person()

    def remove_person(self) -> None:
        self.consent.remove_person()

    def try_something(self) -> None:
        self.goals.try_something()

    def undo(self) -> None:
        """Take back what was done last on this page."""
        self._go_back(undo_latest, self.tr("Taken back."))

    def redo(self) -> None:
        """Bring back what was taken back last on this page."""
        self._go_back(redo_latest, self.tr("Brought back."))

    def _go_back(self, act: "Callable[[Sequence[LoggedValues[Any]]], object]", words: str) -> None:
        record, page = self._record, self._page()
        if record is None or page not in (self.consent, self.goals) or self.card.is_open:
            return
        several = record.of_consent if page is self.consent else record.of_goals
        if self.attempt(lambda: act(several)):
            page.show_record(record)
            self.say(words)
            (self.family_changed if page is self.consent else self.goals_changed).emit()

    def save_certificate(self) -> None:
        self.destroying.save_certificate()

    def _forget_recording(self) -> None:
        """A recording is gone: what is known of the session is read anew."""
        record = self._record
        if record is not None:
            self._record = FamilyRecord(record.study, record.session_id, record.coder_id, record.on)
        self.deleted.emit()

    # -- side by side ------------------------------------------------------------------------

    def put_left(self) -> None:
        self.visits.put(0)

    def put_right(self) -> None:
        self.visits.put(1)

    def toggle_both(self) -> None:
        self.visits.stage.toggle_both()

    def toggle_left(self) -> None:
        self.visits.stage.toggle(0)

    def toggle_right(self) -> None:
        self.visits.stage.toggle(1)

    def hear_other(self) -> None:
        self.visits.stage.hear_other()

    # -- what the pages need -----------------------------------------------------------------

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something; say what the rules or the world have against it; whether it was done."""
        try:
            act()
        except ImhcodeError as error:
            self.strip.say(said(error), "trouble" if isinstance(error, Trouble) else "refused")
            return False
        return True

    def say(self, words: str) -> None:
        """Say a sentence in the message line."""
        self.strip.say(words)

    # -- keys --------------------------------------------------------------------------------

    def command_palette(self) -> None:
        """Everything that can be done on this page."""
        self.finder.open(
            [
                Entry(
                    QCoreApplication.translate("family", one.words),
                    QCoreApplication.translate("menus", one.menu),
                    one.keys,
                    getattr(self, one.method),
                )
                for one, action in self._actions
                if one.method != "command_palette" and action.isEnabled()
            ]
        )

    def leave(self) -> None:
        """Put away what lies on top; go back from what is to be destroyed; else close."""
        if self.finder.close_palette() or self.card.close_card():
            return
        if self._page() is self.destroying:
            self.turn_to("consent")
        elif not (self._page() is self.visits and self.visits.put_stage_away()):
            self.close()

    def _lay_out(self) -> None:
        menus = {
            name: self.menu.addMenu(QCoreApplication.translate("menus", name))
            for name in dict.fromkeys(command.menu for command in COMMANDS)
        }
        for command in COMMANDS:
            action = QAction(QCoreApplication.translate("family", command.words), self)
            action.setShortcut(QKeySequence(command.keys))
            action.triggered.connect(lambda _=False, method=command.method: getattr(self, method)())
            menus[command.menu].addAction(action)
            self.addAction(action)
            self._actions.append((command, action))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.menu)
        column.addWidget(self.row)
        column.addWidget(self.pages, 1)
        column.addWidget(self.strip)

    def _look_again(self) -> None:
        """Show what has come meanwhile, such as a clip or a moment of the coding window."""
        record = self._record
        if record is None or self.card.is_open or self._page() is self.destroying:
            return

        def look() -> None:
            self._record = FamilyRecord(record.study, record.session_id, record.coder_id, today())
            self._page().show_record(self._record)

        self.attempt(look)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._look_again()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.card.close_card()
        self.visits.close_stage()
        super().closeEvent(event)
