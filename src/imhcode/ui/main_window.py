"""The window: start page or workspace, menus, keys, and the line for messages."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSettings, Qt
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from imhcode import settings as settings_module
from imhcode.domain.errors import ImhcodeError, Trouble
from imhcode.domain.study import ObservationEntry, Recording
from imhcode.settings import Settings
from imhcode.ui.actions import ACTIONS, MENUS, PROFILES
from imhcode.ui.coding.coding_workspace import CodingWorkspace
from imhcode.ui.coding.commands import CodingCommands
from imhcode.ui.coding.key_filter import KeyFilter
from imhcode.ui.key_card import KeyCard, shown_key
from imhcode.ui.messages import said
from imhcode.ui.open_study import OpenStudy, open_paths
from imhcode.ui.session_list import SessionList
from imhcode.ui.start_page import StartPage
from imhcode.ui.study_bar import Choice, StudyBar
from imhcode.ui.widgets.message_strip import MessageStrip
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
        two_hands = settings.key_profile == PROFILES[0]
        hints = {
            spec.id: f"{_words(spec.text)}   {shown_key(spec, two_hands=two_hands)}".strip()
            for spec in ACTIONS
        }
        self.start = StartPage()
        self.space = CodingWorkspace(hints)
        self.sessions = SessionList()
        self.bar = StudyBar()
        self.strip = MessageStrip()
        self.commands = CodingCommands(self.space, round(settings.jump_s * US_PER_S))
        self.window_commands = WindowCommands(self, self)
        self._menu_actions: dict[str, QAction] = {}
        self._lay_out()
        self.card = KeyCard(self.pages)
        self._fill_menus()
        self.keys = KeyFilter(self, self.commands, self.run)
        self.keys.two_hands = two_hands
        QApplication.instance().installEventFilter(self.keys)  # type: ignore[union-attr]
        self._connect()
        self.start.show_recent(settings.recent)
        self.setWindowTitle("imhcode")
        self.setAcceptDrops(True)
        self._restore()

    # -- opening -----------------------------------------------------------------------------

    def open(self, paths: list[Path]) -> None:
        """Open a study or videos; what was open stays open if that fails."""
        if self.study is not None and paths == [self.study.service.path]:
            return
        try:
            self._take(OpenStudy(open_paths(paths), self.settings))
        except ImhcodeError as error:
            self.say(said(error), "trouble" if isinstance(error, Trouble) else "refused")

    def _take(self, study: OpenStudy) -> None:
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
        self.space.close_observation()
        self.space.open(study.begin(session_id, entry), study.extent_us())
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
        self.study.recording = recording
        at_us = self.space.stamp().time_us
        files = self.study.files()
        self.space.watch(files, recording.id, at_us, self.study.index_folder())
        lost = [one for one, path in files if path is None]
        if lost:
            self.study.lost = lost[0]
            self._say_lost(lost[0])
        self.bar.show_recordings(self.study.recording_choices(), recording)

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
            passes = sorted(model.observation.scheme.passes, key=lambda one: one.order)
            choices = [Choice("", self.tr("All tracks"))]
            choices += [Choice(one.id, one.label) for one in passes]
            self.bar.show_passes(choices, model.pass_id)
            model.pass_changed.connect(lambda chosen: self.bar.show_passes(choices, chosen))
        self.setWindowTitle(f"{study.name} · {study.session_id} – imhcode")

    def _let_go(self) -> None:
        self.space.close_observation()
        if self.study is not None:
            self.study.close()
            self.study = None

    # -- what commands need of the window ----------------------------------------------------

    def run(self, action: str) -> None:
        """Do the action with this id."""
        for commands in (self.window_commands, self.commands):
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
        self.settings = settings
        settings_module.save(settings)

    def _lay_out(self) -> None:
        self.workspace = QWidget()
        column = QVBoxLayout(self.workspace)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        across = QSplitter(Qt.Orientation.Horizontal)
        across.addWidget(self.sessions)
        across.addWidget(self.space)
        across.setStretchFactor(1, 1)
        across.setSizes([120, 1160])
        column.addWidget(across, 1)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.start)
        self.pages.addWidget(self.workspace)
        whole = QWidget()
        outer = QVBoxLayout(whole)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.pages, 1)
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
        self.write_keys()

    def write_keys(self) -> None:
        """Write each action's keys beside it; the key filter, not the menu, acts on them."""
        for spec in ACTIONS:
            keys = shown_key(spec, two_hands=self.keys.two_hands if hasattr(self, "keys") else True)
            self._menu_actions[spec.id].setText(f"{_words(spec.text)}\t{keys}")

    def _connect(self) -> None:
        self.start.open_asked.connect(self.window_commands.open_study)
        self.start.demo_asked.connect(self.window_commands.open_demo)
        self.start.recent_asked.connect(lambda name: self.open([Path(name)]))
        self.space.said.connect(self.say)
        self.space.edited.connect(self._count)
        self.space.transport.action_asked.connect(self.run)
        self.strip.offer_taken.connect(self.run)
        self.sessions.session_chosen.connect(self.show_session)
        self.bar.observation_chosen.connect(self._choose_observation)
        self.bar.recording_chosen.connect(self.watch)
        self.space.picture.lead_asked.connect(self._lead)
        self.space.syncing.lead_wanted.connect(self._lead)
        self.space.syncing.recording_moved.connect(self._moved)
        self.space.picture.sync_asked.connect(self.window_commands.sync_cameras)
        self.bar.pass_chosen.connect(self.space.choose_pass)

    def _restore(self) -> None:
        kept = QSettings(QSettings.defaultFormat(), QSettings.Scope.UserScope, "imhcode", "imhcode")
        geometry = kept.value("window/geometry")
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
        kept = QSettings(QSettings.defaultFormat(), QSettings.Scope.UserScope, "imhcode", "imhcode")
        kept.setValue("window/geometry", self.saveGeometry())
        QApplication.instance().removeEventFilter(self.keys)  # type: ignore[union-attr]
        self._let_go()
        super().closeEvent(event)


def _words(text: str) -> str:
    return QCoreApplication.translate("actions", text)
