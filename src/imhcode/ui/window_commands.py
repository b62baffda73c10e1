"""What the menus of the window do; one method an action."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from imhcode import settings as settings_module
from imhcode.domain.errors import ImhcodeError
from imhcode.domain.study import ObservationEntry, Recording
from imhcode.settings import Settings
from imhcode.ui import theme
from imhcode.ui.adding import Adding
from imhcode.ui.coding.camera_layouts import LAYOUTS
from imhcode.ui.coding.coding_workspace import CodingWorkspace
from imhcode.ui.coding.commands import CodingCommands
from imhcode.ui.coding.key_filter import KeyFilter
from imhcode.ui.deinterlacing import deinterlace
from imhcode.ui.key_card import KeyCard
from imhcode.ui.messages import said
from imhcode.ui.open_study import OpenStudy
from imhcode.ui.session_list import SessionList
from imhcode.ui.widgets.message_strip import MessageStrip

_VIDEOS = "*.mp4 *.mov *.m4v *.mkv *.avi *.mts *.m2ts *.ts *.mpg *.mpeg *.webm *.wmv"


class Window(Protocol):
    """What the commands need of the window they act in."""

    settings: Settings
    study: OpenStudy | None
    space: CodingWorkspace
    sessions: SessionList
    strip: MessageStrip
    keys: KeyFilter
    card: KeyCard
    commands: CodingCommands
    adding: Adding

    def open(self, paths: list[Path]) -> None:
        """Open a study or videos."""

    def say(self, words: str, tone: str = "info", *, offer: str = "", action: str = "") -> None:
        """Say a sentence in the message line."""

    def attempt(self, act: Callable[[OpenStudy], object]) -> None:
        """Do something with the open study; say what the rules or the world have against it."""

    def change_settings(self, settings: Settings) -> None:
        """Take on and keep other settings."""

    def show_session(self, session_id: str, entry: ObservationEntry | None = None) -> None:
        """Show a session of the open study."""

    def watch(self, recording: Recording) -> None:
        """Open a recording of the session."""

    def fill_choosers(self, study: OpenStudy) -> None:
        """Offer what the study has."""

    def close(self) -> bool:
        """Close the window."""


class WindowCommands:
    """The actions of :mod:`imhcode.ui.actions` that concern the window and the study.

    Parameters
    ----------
    window : Window
        Where they act.
    parent : QWidget
        The same window, as the parent of dialogs.
    """

    def __init__(self, window: Window, parent: QWidget) -> None:
        self._window = window
        self._parent = parent

    def escape(self) -> None:
        """Put away what lies on top; when nothing does, end what runs."""
        if not (self._window.card.close_card() or self._window.adding.card.close_card()):
            self._window.commands.escape()

    def open_study(self) -> None:
        """Ask for a study or videos and open them."""
        names, _ = QFileDialog.getOpenFileNames(
            self._parent,
            _tr("Open a study, or one or more videos of one session"),
            "",
            f"{_tr('Studies and videos')} (*.imh {_VIDEOS});;{_tr('All files')} (*)",
        )
        if names:
            self._window.open([Path(name) for name in names])

    def open_demo(self) -> None:
        """Make the demo study in the person's data folder and open it."""
        from imhcode.services.demo import make_demo  # noqa: PLC0415

        try:
            self._window.open([make_demo(settings_module.data_folder() / "demo")])
        except ImhcodeError as error:
            self._window.say(said(error), "trouble")

    def save_draft_as(self) -> None:
        """Move a draft where it belongs."""
        if self._window.study is None or not self._window.study.is_draft:
            self.checkpoint()
            return
        name, _ = QFileDialog.getSaveFileName(
            self._parent,
            _tr("Keep this study as"),
            str(self._window.study.place_for(".imh")),
            _tr("Studies (*.imh)"),
        )
        if name:
            self.keep_draft_as(Path(name).with_suffix(".imh"))

    def keep_draft_as(self, path: Path) -> None:
        """Move the open draft to ``path``."""
        from imhcode.services.drafts import keep_as  # noqa: PLC0415

        def keep(study: OpenStudy) -> None:
            if path.exists():
                path.unlink()  # the person has just confirmed that in the dialog
            at_us = self._window.space.stamp().time_us
            session_id, self._window.study = study.session_id, None
            self._window.space.close_observation()
            self._window.study = OpenStudy(keep_as(study.service, path), self._window.settings)
            self._window.change_settings(self._window.settings.having_opened(path))
            self._window.show_session(session_id)
            self._window.space.seek(at_us)
            self._window.say(_tr("Kept as {path}.").format(path=path))

        self._window.attempt(keep)

    def export_csv(self) -> None:
        """Ask for a folder, which may be a new one, and write events.csv of the study to it."""
        if self._window.study is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self._parent,
            _tr("Export events.csv to this folder, which is made if it is not there"),
            str(self._window.study.place_for("-csv")),
            options=QFileDialog.Option.DontConfirmOverwrite,  # a folder that is there is fine
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, folder: Path) -> None:
        """Write events.csv of the whole study to ``folder``."""
        from imhcode.services.exporting import export  # noqa: PLC0415

        def write(study: OpenStudy) -> None:
            written = export(study.service, "csv", folder)
            rows = sum(one.rows for one in written if one.path.name == "events.csv")
            words = _tr("{rows} events written to {folder}.")
            self._window.say(words.format(rows=rows, folder=folder))

        self._window.attempt(write)

    def open_stills(self) -> None:
        """Ask for a folder of still images and open it as a time-lapse."""
        name = QFileDialog.getExistingDirectory(
            self._parent, _tr("Open a folder of pictures as a time-lapse")
        )
        if name:
            self._window.open([Path(name)])

    def add_recording(self) -> None:
        """Ask for videos and add them to the open session."""
        if self._window.study is None:
            return
        names, _ = QFileDialog.getOpenFileNames(
            self._parent,
            _tr("Add recordings to this session"),
            "",
            f"{_tr('Videos')} ({_VIDEOS});;{_tr('All files')} (*)",
        )
        if names:
            self._window.adding.add_to_session([Path(name) for name in names])

    def make_copy(self) -> None:
        """Make a copy of the leading recording that jumps quickly, and go on with it."""
        self._window.adding.make_copy()

    def cancel_work(self) -> None:
        """Stop what is being read or converted."""
        self._window.adding.cancel()

    def toggle_deinterlacing(self) -> None:
        """Show the leading recording's interlaced pictures without combs, or as they are."""
        playback = self._window.space.playback
        if playback.recording is not None:
            self.deinterlace(playback.recording.id, not playback.is_deinterlaced)

    def deinterlace(self, recording_id: str, on: bool) -> None:
        """Show a camera's interlaced pictures without combs, or as they are."""
        window = self._window
        window.attempt(lambda study: window.say(deinterlace(study, window.space, recording_id, on)))

    def find_recording(self) -> None:
        """Say where a moved recording lies now."""
        study = self._window.study
        recording = (study.lost or study.recording) if study else None
        if self._window.study is None or recording is None:
            return
        words = _tr("Where is this recording now?")
        if recording.interval_us:
            name = QFileDialog.getExistingDirectory(self._parent, words)
        else:
            name, _ = QFileDialog.getOpenFileName(self._parent, words)
        if name:
            self.relocate(Path(name))

    def relocate(self, path: Path) -> None:
        """Take ``path`` as the open recording's file, if its contents are the same."""
        study = self._window.study
        lost = (study.lost or study.recording) if study else None
        if study is None or lost is None:
            return

        def moved(recording: Recording) -> None:
            study.lost = None
            self._window.strip.clear()
            led = study.recording
            self._window.watch(recording if led is None or led.id == recording.id else led)
            self._window.fill_choosers(study)

        self._window.adding.find(lost, path, moved)

    def sync_cameras(self) -> None:
        """Show or put away the panel that lays the cameras on one clock."""
        space = self._window.space
        space.show_syncing(not space.sync_panel.isVisible())

    def next_lead(self) -> None:
        """Let the next camera of the session lead."""
        study = self._window.study
        if study is None or study.recording is None:
            return
        ids = [choice.value for choice in study.recording_choices()]
        at = [getattr(one, "id", "") for one in ids].index(study.recording.id)
        following = ids[(at + 1) % len(ids)]
        if isinstance(following, Recording):
            self._window.watch(following)

    def next_layout(self) -> None:
        """Side by side, one large, picture in picture."""
        wall = self._window.space.picture
        wall.arrange(LAYOUTS[(LAYOUTS.index(wall.arrangement) + 1) % len(LAYOUTS)])

    def checkpoint(self) -> None:
        """Say that everything is saved, and where."""
        if self._window.study is not None and self._window.space.model is not None:
            words = _tr("Everything is saved: {n} edits in {path}.")
            self._window.say(
                words.format(
                    n=self._window.space.model.n_edits, path=self._window.study.service.path
                )
            )

    def toggle_sessions(self) -> None:
        """Show or hide the list of sessions."""
        self._window.sessions.setVisible(not self._window.sessions.isVisible())

    def next_theme(self) -> None:
        """Dark, light, high contrast."""
        names = list(theme.THEMES)
        self.wear(names[(names.index(theme.current().name) + 1) % len(names)])

    def wear(self, name: str) -> None:
        """Dress the program in a theme and remember it."""
        scale = theme.text_scale_of(self._window.settings.text_percent)
        theme.apply(QApplication.instance(), theme.THEMES[name], text_scale=scale)  # type: ignore[arg-type]
        self._window.change_settings(replace(self._window.settings, theme=name))

    def key_card(self) -> None:
        """Lay all keys of the moment over the window."""
        keys = self._window.space.model.keys() if self._window.space.model else {}
        also = self._window.space.whole.keys_in_words()
        self._window.card.toggle(keys, self._window.keys.key_map, also)

    def close_window(self) -> None:
        """Leave the program."""
        self._window.close()


def _tr(text: str) -> str:
    return QCoreApplication.translate("WindowCommands", text)
