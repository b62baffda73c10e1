"""What the menus do about work of other programs; one method an action."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from imhcode.domain.study import ObservationEntry
from imhcode.settings import Settings
from imhcode.ui.open_study import OpenStudy

if TYPE_CHECKING:  # readers and writers are loaded when a file is brought in, not before
    from imhcode.services.import_targets import Target
    from imhcode.ui.bringing_in.export_window import ExportWindow
    from imhcode.ui.bringing_in.import_window import ImportWindow


class Window(Protocol):
    """What the commands need of the window they act in."""

    settings: Settings
    study: OpenStudy | None

    def say(self, words: str, tone: str = "info") -> None:
        """Say a sentence in the message line."""

    def show_session(self, session_id: str, entry: ObservationEntry | None = None) -> None:
        """Show a session of the open study."""

    def fill_choosers(self, study: OpenStudy) -> None:
        """Offer what the study has."""


class BringingInCommands:
    """The actions of :mod:`imhcode.ui.actions` that concern other programs' files.

    Parameters
    ----------
    window : Window
        Where they act.
    parent : QWidget
        The same window, as the parent of theirs.

    Attributes
    ----------
    page : ImportWindow or None
    leaving : ExportWindow or None
        Made when they are first asked for.
    """

    def __init__(self, window: Window, parent: QWidget) -> None:
        self._window = window
        self._parent = parent
        self.page: ImportWindow | None = None
        self.leaving: ExportWindow | None = None

    def import_files(self) -> None:
        """Ask for files of other programs, or tables of events, and show what they hold."""
        if self._study() is None:
            return
        from imhcode.services.format_choice import endings  # noqa: PLC0415

        listed = " ".join(f"*{one}" for one in endings())
        names, _ = QFileDialog.getOpenFileNames(
            self._parent,
            _tr("Import coded sessions"),
            "",
            f"{_tr('Coded sessions')} ({listed});;{_tr('All files')} (*)",
        )
        if names:
            self.bring_in([Path(name) for name in names])

    def import_reports(self) -> None:
        """Show what came into the study, and what had no place."""
        study = self._study()
        if study is not None:
            page = self._ready()
            page.show_reports(study.service)
            _show(page)

    def export_as(self) -> None:
        """Choose a format, see what it cannot hold, and export."""
        study = self._study()
        if study is None:
            return
        from imhcode.ui.bringing_in.export_window import ExportWindow, ToExport  # noqa: PLC0415

        if self.leaving is None:
            self.leaving = ExportWindow(self._parent)
            self.leaving.exported.connect(self._window.say)
        self.leaving.open(ToExport(study.service, study.session_id, study.place_for))
        _show(self.leaving)

    def takes(self, paths: Sequence[Path]) -> bool:
        """Whether dropped or opened files are coded sessions; if so they are shown."""
        if not paths or any(path.suffix.lower() in _FILMS or path.is_dir() for path in paths):
            return False
        from imhcode.services.format_choice import endings  # noqa: PLC0415

        if not all(path.name.lower().endswith(tuple(endings())) for path in paths):
            return False
        if self._study() is not None:
            self.bring_in(paths)
        return True

    def bring_in(self, paths: Sequence[Path]) -> None:
        """Show what files hold, and let them come in."""
        study = self._study()
        if study is not None:
            page = self._ready()
            coder = self._window.settings.coder
            page.bring_in(study.service, paths, session=study.session_id, coder=coder)
            _show(page)

    def let_go(self) -> None:
        """The study is being closed."""
        if self.page is not None:
            self.page.close_study()
            self.page.close()
        if self.leaving is not None:
            self.leaving.close_study()

    def _study(self) -> OpenStudy | None:
        if self._window.study is None:
            self._window.say(_tr("Open a study first."), "refused")
        return self._window.study

    def _ready(self) -> "ImportWindow":
        if self.page is None:
            from imhcode.ui.bringing_in.import_window import ImportWindow  # noqa: PLC0415

            self.page = ImportWindow(self._parent)
            self.page.came_in.connect(self._refresh)
            self.page.finished.connect(self._offer_anew)
        return self.page

    def _refresh(self, target: "Target") -> None:
        """Open an observation anew that is open for coding too: it is another one now."""
        study = self._window.study
        shown = study.observation if study else None
        if shown is not None and (shown.session_id, shown.coder_id) == (
            target.session_id,
            target.coder_id,
        ):
            self._window.show_session(shown.session_id, shown)

    def _offer_anew(self) -> None:
        """Sessions may have come in, perhaps the first."""
        study = self._window.study
        if study is None:
            return
        if study.session_id:
            self._window.fill_choosers(study)
        else:
            self._window.show_session(study.first_session())


_FILMS = frozenset(
    {".mp4", ".mov", ".m4v", ".mkv", ".avi", ".mts", ".m2ts", ".ts", ".mpg", ".mpeg", ".webm"}
)


def _show(page: QWidget) -> None:
    page.show()
    page.raise_()
    page.activateWindow()


def _tr(text: str) -> str:
    return QCoreApplication.translate("BringingInCommands", text)
