"""The window: start page or workspace, menus, keys, and the line for messages."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from imhcode import settings as settings_module
from imhcode.domain.errors import ImhcodeError, Trouble
from imhcode.domain.study import ObservationEntry, Recording
from imhcode.settings import Settings
from imhcode.ui.actions import ACTIONS, MENUS
from imhcode.ui.adding import Adding
from imhcode.ui.agreement.commands import AgreementCommands
from imhcode.ui.bringing_in.commands import BringingInCommands
from imhcode.ui.coding.coding_workspace import CodingWorkspace
from imhcode.ui.coding.commands import CodingCommands
from imhcode.ui.coding.editing_commands import EditingCommands
from imhcode.ui.coding.key_filter import KeyFilter
from imhcode.ui.coding.pass_commands import PassCommands
from imhcode.ui.coding.remembered_looks import RememberedLooks
from imhcode.ui.coding.whole_session_commands import WholeSessionCommands
from imhcode.ui.comfort_commands import ComfortCommands
from imhcode.ui.desk_commands import DeskCommands
from imhcode.ui.family.commands import FamilyCommands
from imhcode.ui.handing_on.commands import HandingOnCommands
from imhcode.ui.history_panel import HistoryPanel
from imhcode.ui.key_card import KeyCard
from imhcode.ui.key_commands import KeyCommands, hints
from imhcode.ui.keys.key_map_files import key_map_called
from imhcode.ui.local_state import local_state
from imhcode.ui.measures.commands import MeasureCommands
from imhcode.ui.messages import said
from imhcode.ui.open_study import OpenStudy, is_study, open_study
from imhcode.ui.palette.command_palette import CommandPalette
from imhcode.ui.remembering import Remembering
from imhcode.ui.review.commands import ReviewCommands
from imhcode.ui.schemes.scheme_commands import SchemeCommands
from imhcode.ui.session_list import SessionList
from imhcode.ui.start_page import StartPage
from imhcode.ui.study_bar import Choice, StudyBar
from imhcode.ui.widgets.message_strip import MessageStrip
from imhcode.ui.widgets.progress_strip import ProgressStrip
from imhcode.ui.window_commands import WindowCommands

US_PER_S = 1_000_000


class MainWindow(QMainWindow):
    """Everything a coder sees.

    Parameters
    ----------
    settings : Settings
        What the person has set; saved again when it changes.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.study: OpenStudy | None = None
        key_map = key_map_called(settings.key_profile)
        self.start = StartPage()
        self.space = CodingWorkspace({})
        self.sessions = SessionList()
        self.bar = StudyBar()
        self.strip = MessageStrip()
        self.progress = ProgressStrip()
        self.commands = CodingCommands(self.space, round(settings.jump_s * US_PER_S))
        self.window_commands = WindowCommands(self, self)
        self.key_commands = KeyCommands(self, self)
        self.comfort = ComfortCommands(self)
        self.schemes = SchemeCommands(self, self)
        self.agreement = AgreementCommands(self, self)
        self.measures = MeasureCommands(self, self)
        self.bringing_in = BringingInCommands(self, self)
        self.handing_on = HandingOnCommands(self, self)
        self.family = FamilyCommands(self, self)
        self.review = ReviewCommands(self, self)
        self.command_sets = (
            self.window_commands,
            self.schemes,
            self.agreement,
            self.measures,
            self.bringing_in,
            self.handing_on,
            self.family,
            self.review,
            self.key_commands,
            self.comfort,
            DeskCommands(self),
            self.commands,
            EditingCommands(self.space),
            PassCommands(self),
            WholeSessionCommands(self),
        )
        self.history = HistoryPanel()
        self.history.hide()
        self.looks = RememberedLooks(self.space.picture, self)
        self.recent_menu = QMenu(self.tr("Recent studies"), self)
        self._menu_actions: dict[str, QAction] = {}
        self._lay_out()
        self.adding = Adding(self, self)
        self.card = KeyCard(self.pages)
        self.finder = CommandPalette(self.pages)
        self.keys = KeyFilter(self, self.commands, self.run)
        self.keys.key_map = key_map
        self.keys.debounce_ms = settings.debounce_ms
        self._fill_menus()
        QApplication.instance().installEventFilter(self.keys)  # type: ignore[union-attr]
        self._connect()
        self.remembering = Remembering(self, self)
        self.comfort.begin(self)
        self.setWindowTitle("imhcode")
        self.setAcceptDrops(True)
        self._restore()

    # -- opening -----------------------------------------------------------------------------

    def open(self, paths: list[Path]) -> None:
        """Open a study or videos; what was open stays open if that fails.

        Videos not known yet are read in the background first.
        """
        if self.study is not None and paths == [self.study.service.path]:
            return
        if not is_study(paths[0]):
            if not self.bringing_in.takes(paths):
                self.adding.open(paths)
            return
        try:
            self.take(OpenStudy(open_study(paths[0]), self.settings))
        except ImhcodeError as error:
            self.say(said(error), "trouble" if isinstance(error, Trouble) else "refused")

    def take(self, study: OpenStudy) -> None:
        self._let_go()
        self.study = study
        if study.is_draft:
            self.say(
                self.tr("This is a draft study: everything is saved as you code."),
                offer=self.tr("Keep it as…"),
                action="save_draft_as",
            )
        else:
            self.strip.clear()
            self.change_settings(self.settings.having_opened(study.service.path))
        self.show_session(study.first_session())
        self.pages.setCurrentWidget(self.workspace)
        self.space.picture.setFocus()

    def show_session(self, session_id: str, entry: ObservationEntry | None = None) -> None:
        if self.study is None or not session_id:
            return
        self.attempt(lambda study: self._open_coding(study, session_id, entry))

    def _open_coding(
        self, study: OpenStudy, session_id: str, entry: ObservationEntry | None
    ) -> None:
        coding = study.begin(session_id, entry)  # may refuse: what is open stays open then
        self.space.close_observation()
        self.space.open(coding, study.extent_us(), study)
        self.space.whole.open(coding, *study.whole_session(coding), study.extent_us()[1])
        self.history.show_observation(self.space.model)
        self.agreement.attend(self.space.model)
        self.review.attend(coding)
        self.fill_choosers(study)
        if study.recording is None:
            self.space.picture.show_words(self.tr("This session has no recording."))
        else:
            self.space.syncing.open(study.syncing(), study.service.path_of, study.recording.id)
            self.watch(study.recording)

    def watch(self, recording: Recording) -> None:
        """Let a recording of the session lead; say which cannot be shown, and what to do."""
        if self.study is None:
            return
        self.study.lead(recording)
        at_us = self.space.stamp().time_us
        files = self.study.files()
        self.space.watch(files, recording.id, at_us, self.study.index_folder())
        lost = [one for one, path in files if path is None]
        if lost:
            self.study.lost = lost[0]
            self._say_lost(lost[0])
        self.bar.show_recordings(self.study.recording_choices(), recording)
        self.looks.attend(self.study, [one for one, _ in files])

    def _say_lost(self, recording: Recording) -> None:
        """Say that a recording is not where it was, or is another file now, and what to do."""
        if self.study is None:
            return
        path = self.study.service.path_of(recording)
        words = {
            "missing": self.tr("The recording {name} is not at {folder} any more."),
            "replaced": self.tr("{name} in {folder} is another file than the one that was coded."),
        }[self.study.state_of(recording)].format(name=path.name, folder=path.parent)
        if self.study.recording == recording:
            self.space.picture.show_words(words)
        self.say(words, "trouble", offer=self.tr("Find it…"), action="find_recording")

    def fill_choosers(self, study: OpenStudy) -> None:
        entries = study.sessions()
        self.sessions.show_sessions(entries, study.session_id)
        self.sessions.setVisible(len(entries) > 1)
        self._count()
        self.bar.show_title(f"{study.name} · {study.session_id}")
        self.bar.show_observations(study.observation_choices(), study.observation)
        self.bar.show_recordings(study.recording_choices(), study.recording)
        model = self.space.model
        if model is not None:
            model.pass_changed.connect(lambda _: self._offer_passes())
            self._offer_passes()
        self.setWindowTitle(f"{study.name} · {study.session_id} – imhcode")

    def _offer_passes(self) -> None:
        if self.space.model is not None:
            choices = [Choice("", self.tr("All tracks"))]
            choices += [Choice(one.id, one.label) for one in self.space.passing.passes()]
            self.bar.show_passes(choices, self.space.model.pass_id)

    def _let_go(self) -> None:
        self.agreement.let_go()
        self.measures.let_go()
        self.bringing_in.let_go()
        self.handing_on.let_go()
        self.family.let_go()
        self.review.let_go()
        self.looks.let_go()
        self.history.show_observation(None)
        self.remembering.write()
        self.space.close_observation()
        if self.study is not None:
            self.adding.let_go_of(self.study)
            self.study.close()
            self.study = None

    # -- what commands need of the window ----------------------------------------------------

    def run(self, action: str) -> None:
        """Do the action with this id."""
        for commands in self.command_sets:
            act = getattr(commands, action, None)
            if act is not None:
                act()
                return

    # -- inside ------------------------------------------------------------------------------

    def say(self, words: str, tone: str = "info", *, offer: str = "", action: str = "") -> None:
        """Say a sentence in the message line; an aside only if nothing stands there."""
        if tone == "aside":
            if self.strip.words:
                return
            tone = "info"
        self.strip.say(words, tone, offer=offer, action=action)  # type: ignore[arg-type]

    def _lead(self, recording_id: str) -> None:
        """Let the camera with this id lead."""
        for choice in self.study.recording_choices() if self.study else ():
            if isinstance(choice.value, Recording) and choice.value.id == recording_id:
                self.watch(choice.value)

    def _moved(self, recording: Recording) -> None:
        """A recording lies elsewhere on the session clock: the session may be longer now."""
        if self.study is not None:
            if self.study.recording and self.study.recording.id == recording.id:
                self.study.recording = recording
            self.space.timeline.set_range(*self.study.extent_us())
            self.bar.show_recordings(self.study.recording_choices(), self.study.recording)

    def _count(self) -> None:
        if self.space.model is not None:
            self.sessions.show_count(len(self.space.model.observation.timeline))

    def attempt(self, act: Callable[[OpenStudy], object]) -> None:
        if self.study is None:
            return
        try:
            act(self.study)
        except ImhcodeError as error:
            self.say(said(error), "trouble" if isinstance(error, Trouble) else "refused")

    def _choose_observation(self, entry: object) -> None:
        if self.study is None:
            return
        if isinstance(entry, ObservationEntry):
            self.show_session(self.study.session_id, entry)
        else:
            self.attempt(OpenStudy.begin_own)
            self.show_session(self.study.session_id, self.study.observation)

    def change_settings(self, settings: Settings) -> None:
        recent, self.settings = self.settings.recent, settings
        settings_module.save(settings)
        if settings.recent != recent:
            self.comfort.show_recent()

    def _lay_out(self) -> None:
        self.workspace = QWidget()
        column = QVBoxLayout(self.workspace)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        self.space.desk.add("sessions", self.sessions)
        self.space.desk.add("history", self.history)
        column.addWidget(self.space, 1)
        self.pages: QStackedWidget = QStackedWidget()
        self.pages.addWidget(self.start)
        self.pages.addWidget(self.workspace)
        whole = QWidget()
        outer = QVBoxLayout(whole)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.pages, 1)
        outer.addWidget(self.progress)
        outer.addWidget(self.strip)
        self.setCentralWidget(whole)
        self.resize(1280, 800)

    def _fill_menus(self) -> None:
        for name in MENUS:
            menu = self.menuBar().addMenu(QCoreApplication.translate("menus", name))
            for spec in ACTIONS:
                if spec.menu == name:
                    action = menu.addAction("")
                    action.triggered.connect(lambda _=False, asked=spec.id: self.run(asked))
                    self._menu_actions[spec.id] = action
                if spec.id == "find_recording" and name == "File":
                    menu.addMenu(self.recent_menu)
        self.write_keys()

    def write_keys(self) -> None:
        """Write each action's keys beside it; the key filter, not the menu, acts on them."""
        for spec in ACTIONS:
            keys = self.keys.key_map.shown(spec.id)
            self._menu_actions[spec.id].setText(f"{_words(spec.text)}\t{keys}")
        words = {spec.id: _words(spec.text) for spec in ACTIONS}
        self.space.transport.show_hints(hints(self.keys.key_map, words))

    def _connect(self) -> None:
        self.start.open_asked.connect(self.window_commands.open_study)
        self.start.demo_asked.connect(self.window_commands.open_demo)
        self.start.scheme_asked.connect(self.schemes.edit_scheme)
        self.start.recent_asked.connect(lambda name: self.open([Path(name)]))
        self.space.said.connect(self.say)
        self.space.edited.connect(self._count)
        self.space.transport.action_asked.connect(self.run)
        self.strip.offer_taken.connect(self.run)
        self.sessions.session_chosen.connect(self.show_session)
        self.bar.observation_chosen.connect(self._choose_observation)
        self.bar.recording_chosen.connect(self.watch)
        self.space.picture.lead_asked.connect(self._lead)
        self.space.picture.deinterlace_asked.connect(self.window_commands.deinterlace)
        self.space.playback.ready.connect(self.adding.offer_copy)
        self.space.syncing.lead_wanted.connect(self._lead)
        self.space.syncing.recording_moved.connect(self._moved)
        self.space.picture.sync_asked.connect(self.window_commands.sync_cameras)
        self.bar.pass_chosen.connect(self.space.choose_pass)
        self.space.passing.passes_changed.connect(self._offer_passes)

    def _restore(self) -> None:
        geometry = local_state().value("window/geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.open(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.schemes.close():
            event.ignore()
            return
        local_state().setValue("window/geometry", self.saveGeometry())
        self.space.desk.keep()
        QApplication.instance().removeEventFilter(self.keys)  # type: ignore[union-attr]
        self.adding.close()
        self._let_go()
        super().closeEvent(event)


def _words(text: str) -> str:
    return QCoreApplication.translate("actions", text)
