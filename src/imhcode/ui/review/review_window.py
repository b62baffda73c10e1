"""The window in which a tape is prepared for a parent, watched with them, and looked back on."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QMenuBar,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from imhcode.domain.errors import ImhcodeError, Trouble
from imhcode.domain.moment import STATUS, conversation_track
from imhcode.domain.scheme import Scheme
from imhcode.domain.visit import PARENT_STANCE
from imhcode.ui.messages import said
from imhcode.ui.palette.command_palette import CommandPalette
from imhcode.ui.palette.entries import Entry
from imhcode.ui.parent.chosen import chosen_for_parent
from imhcode.ui.parent.showing import Showing
from imhcode.ui.review.clip_export import ClipExport
from imhcode.ui.review.moments_page import MomentsPage
from imhcode.ui.review.noting import Noting
from imhcode.ui.review.page_keys import PageKeys
from imhcode.ui.review.parent_screen import ParentScreen
from imhcode.ui.review.review_commands import COMMANDS, Command
from imhcode.ui.review.review_model import ReviewModel
from imhcode.ui.review.together_page import TogetherPage
from imhcode.ui.widgets.message_strip import MessageStrip
from imhcode.ui.widgets.progress_strip import ProgressStrip

if TYPE_CHECKING:
    from imhcode.services.coding import CodingService
    from imhcode.services.studies import StudyService


class ReviewWindow(QWidget):
    """A window of its own, on the clinician's screen.

    Signals
    -------
    idle_chosen(float)
        The parent's view is to go blank after so many idle minutes.
    family_asked()
        The window of the family is wanted: consent, goals, visits.
    """

    idle_chosen = Signal(float)
    family_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.model = ReviewModel(self)
        self.showing = Showing(self)
        self.noting = Noting(self.showing, self)
        self.screen_of_parent = ParentScreen(self.showing, self)
        self.moments = MomentsPage(self.model)
        self.together = TogetherPage(self.model, self.showing, self.noting)
        self.strip = MessageStrip()
        self.progress = ProgressStrip()
        self.clips = ClipExport(self.model, self.strip, self.progress, self)
        self.menu = QMenuBar()
        self.menu.setNativeMenuBar(False)  # a second window's menu must not push away the first's
        self.tabs = QTabBar()
        self.pages: QStackedWidget = QStackedWidget()
        self.finder = CommandPalette(self.pages)
        self._letters: list[QShortcut] = []
        self._keys = PageKeys(self)
        self._lay_out()
        self._connect()
        self.resize(1280, 800)

    # -- opening -----------------------------------------------------------------------------

    def open(
        self, study: "StudyService", session_id: str, coder_id: str, language: str = ""
    ) -> None:
        """Review a session of a study, in a language the scheme may speak."""
        if (study, session_id, coder_id) != (
            self.model.study,
            self.model.session_id,
            self.model.coder_id,
        ):
            self.close_study()
            self.attempt(lambda: self.model.open(study, session_id, coder_id, language))
        self.setWindowTitle(self.tr("{session} · review – imhcode").format(session=session_id))
        self.strip.clear()
        if self.model.scheme is None:
            self.strip.say(
                self.tr("This study has no scheme for reviewing yet."),
                offer=self.tr("Use Strengths-Based Video Review"),
                action="take_shipped_scheme",
            )
        self.show_moments()

    def take_shipped_scheme(self) -> None:
        """Put the scheme that comes with the program into the study."""
        self.attempt(self.model.take_shipped_scheme)
        self.strip.clear()
        self.show_moments()

    def share(self, coding: "CodingService") -> None:
        """The coding window has opened an observation; it may be the one reviewed here."""
        self.model.share(coding)

    def close_study(self) -> None:
        """Let go of the study: it is being closed."""
        self.clips.stop()
        self.screen_of_parent.close()
        self.together.save_words()
        self.noting.close()
        self.showing.close()
        self.moments.close_session()
        self.model.close()

    # -- pages -------------------------------------------------------------------------------

    def show_moments(self) -> None:
        self._show(self.moments)
        self.moments.open()

    def show_together(self) -> None:
        self.moments.tape.playback.pause()
        self._choose_moments()
        self._show(self.together)
        self.together.open()
        self.together.log.setFocus()

    def show_family(self) -> None:
        """Consent, goals and visits are in a window of their own."""
        self.moments.form.save()
        self.family_asked.emit()

    def _show(self, page: QWidget) -> None:
        self.moments.form.save()
        self.pages.setCurrentWidget(page)
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(self.pages.indexOf(page))
        self.tabs.blockSignals(False)
        self._take_letters()

    @property
    def page(self) -> QWidget | None:
        """The page that is shown."""
        return self.pages.currentWidget()

    # -- the parent's screen and the visit ---------------------------------------------------

    def toggle_parent_view(self) -> None:
        if self.screen_of_parent.is_open:
            self.screen_of_parent.close()
            return
        if self.model.study is None:
            return
        self.show_together()
        self.screen_of_parent.open_on(self.together.chosen_screen)
        if len(QGuiApplication.screens()) > 1:
            self.activateWindow()
        self.together.log.setFocus()

    def next_screen(self) -> None:
        box = self.together.screens
        box.setCurrentIndex((box.currentIndex() + 1) % max(box.count(), 1))
        self._move_view()

    def show_again(self) -> None:
        self.showing.show_again()

    def begin_visit(self) -> None:
        model = self.model
        study, scheme, dyad_id = model.study, model.scheme, model.dyad_id
        if study is None or scheme is None:
            return
        if not dyad_id:
            self.strip.say(
                self.tr("Nobody has said yet which family this session is of."),
                "refused",
                offer=self.tr("Say it…"),
                action="show_family",
            )
            return
        self.attempt(lambda: self.noting.begin(study, dyad_id, scheme, model.coder_id))
        if self.noting.log is not None:
            model.undoing.watch(self.noting.log, self.noting.log.subscribe)

    def _move_view(self) -> None:
        if self.screen_of_parent.is_open:
            self.screen_of_parent.open_on(self.together.chosen_screen)

    def _choose_moments(self) -> None:
        """Give the parent's screen what is chosen now."""
        from imhcode.services.sound_pictures import folder_for  # noqa: PLC0415

        model = self.model
        if model.study is None or model.scheme is None:
            return
        shown = chosen_for_parent(model.study, model.scheme, model.moments)
        self.noting.know_sessions({one.id: one.session_id for one in model.moments})
        if self.showing.shown:
            self.showing.replace(shown)
        else:
            self.showing.open(shown, folder_for(model.study.path))

    def _follow_showing(self, did: str) -> None:
        """What was shown in a visit says so."""
        now = self.showing.now
        moment = self.model.moment(now.moment.id) if now is not None else None
        is_visit = did == "played" and self.noting.log is not None
        if is_visit and moment is not None and moment.status == "chosen":
            self.attempt(lambda: self.model.set_status(moment.id, "shown"))

    def _model_changed(self) -> None:
        if self.showing.shown or self.page is self.together:
            self._choose_moments()

    # -- what keys do ------------------------------------------------------------------------

    def command_palette(self) -> None:
        """Everything that can be done here."""
        entries = [
            Entry(
                QCoreApplication.translate("review", one.words),
                QCoreApplication.translate("menus", one.menu),
                one.keys,
                self._deed(one),
            )
            for one in COMMANDS
            if one.method != "command_palette"
        ]
        kind = self.tr("Key")
        self.finder.open([*entries, *(Entry(w, kind, k, do) for k, w, do in self._codes())])

    # -- inside ------------------------------------------------------------------------------

    def _codes(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        """Yield key, words and deed of everything the scheme has a key for on this page."""
        scheme, track = self.model.scheme, self.model.track
        if scheme is None or track is None:
            return
        if self.page is self.moments:
            for code in track.codes:
                yield code.key, code.label, partial(self.moments.press, code.id)
            for key, label, value in _answers(scheme, STATUS):
                yield key, label, partial(self.moments.set_status, value)
        elif self.page is self.together:
            talk = conversation_track(scheme)
            for code in self.together.noted_by_hand(talk):
                yield code.key, code.label, partial(self.together.note_code, code.id)
            for key, label, _ in _answers(scheme, PARENT_STANCE):
                yield key, label, partial(self.together.say_stance, key)

    def _take_letters(self) -> None:
        """Let the scheme's keys mean what they mean on this page."""
        for one in self._letters:
            one.setEnabled(False)
            one.deleteLater()
        self._letters = []
        ours = {command.keys.upper() for command in COMMANDS}
        for key, _, act in self._codes():
            if key and key.upper() not in ours:
                shortcut = QShortcut(QKeySequence(key.upper()), self)
                shortcut.setAutoRepeat(False)
                shortcut.activated.connect(act)
                self._letters.append(shortcut)

    def attempt(self, act: Callable[[], object]) -> None:
        try:
            act()
        except ImhcodeError as error:
            self._tell(error)

    def _tell(self, error: ImhcodeError) -> None:
        self.strip.say(said(error), "trouble" if isinstance(error, Trouble) else "refused")

    def _lay_out(self) -> None:
        menus = {
            name: self.menu.addMenu(QCoreApplication.translate("menus", name))
            for name in dict.fromkeys(command.menu for command in COMMANDS)
        }
        for command in COMMANDS:
            action = QAction(QCoreApplication.translate("review", command.words), self)
            action.setShortcut(QKeySequence(command.keys))
            action.setAutoRepeat(command.method.startswith(("frame", "second")))
            action.triggered.connect(lambda _=False, asked=command: self._deed(asked)())
            menus[command.menu].addAction(action)
            self.addAction(action)
        for page, words in (
            (self.moments, self.tr("Moments")),
            (self.together, self.tr("With the parent")),
        ):
            self.pages.addWidget(page)
            self.tabs.addTab(words)
        self.tabs.setAccessibleName(self.tr("Page"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.menu, self.tabs, self.pages, self.progress, self.strip):
            column.addWidget(widget, 1 if widget is self.pages else 0)

    def _deed(self, command: Command) -> Callable[[], object]:
        """What a command does: this window's own, or what its key means on the page shown."""
        own: Callable[[], object] | None = getattr(self, command.method, None)
        return own or getattr(self._keys, command.method)

    def _connect(self) -> None:
        doors = (self.show_moments, self.show_together)
        self.tabs.currentChanged.connect(lambda place: doors[place]())
        self.model.changed.connect(self._model_changed)
        self.showing.did.connect(self._follow_showing)
        self.showing.trouble.connect(self._say_trouble)
        self.moments.failed.connect(self._tell)
        self.moments.said.connect(self._say_trouble)
        self.noting.failed.connect(self._tell)
        self.together.failed.connect(self._tell)
        self.together.view_asked.connect(self.toggle_parent_view)
        self.together.visit_asked.connect(self.begin_visit)
        self.together.idle_chosen.connect(self.set_idle)
        self.together.idle_chosen.connect(self.idle_chosen)
        self.together.screens.activated.connect(lambda _: self._move_view())
        self.screen_of_parent.changed.connect(self.together.show_view)
        self.strip.offer_taken.connect(lambda action: getattr(self, action)())
        self.together.show_view(is_open=False)

    def set_idle(self, minutes: float) -> None:
        """Let the parent's view go blank after so many idle minutes."""
        self.together.show_idle(minutes)
        self.screen_of_parent.set_idle(minutes)

    def _say_trouble(self, words: str) -> None:
        self.strip.say(words, "trouble")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.model.refresh_goals()  # goals and consent may be others by now

    def closeEvent(self, event: QCloseEvent) -> None:
        self.moments.form.save()
        self.moments.tape.playback.pause()
        self.screen_of_parent.close()
        super().closeEvent(event)


def _answers(scheme: Scheme, modifier_id: str) -> Iterator[tuple[str, str, str]]:
    for modifier in scheme.modifiers:
        for value in modifier.values if modifier.id == modifier_id else ():
            yield value.key, value.label, value.id
