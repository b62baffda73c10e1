"""What the menus do about notes and packages; one method an action."""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QLineEdit, QWidget

from imhcode.domain.errors import ImhcodeError, Trouble
from imhcode.settings import Settings
from imhcode.ui.clips.commands import ClipCommands
from imhcode.ui.coding.coding_workspace import CodingWorkspace
from imhcode.ui.messages import said
from imhcode.ui.open_study import OpenStudy

if TYPE_CHECKING:  # clips and pages are loaded when somebody asks for them, not before
    from imhcode.ui.handing_on.note_window import NoteWindow
    from imhcode.ui.handing_on.package_form import PackageForm
    from imhcode.ui.handing_on.package_window import PackageWindow


class Window(Protocol):
    """What the commands need of the window they act in."""

    settings: Settings
    study: OpenStudy | None
    space: CodingWorkspace

    def say(self, words: str, tone: str = "info") -> None:
        """Say a sentence in the message line."""


class HandingOnCommands:
    """The actions of :mod:`imhcode.ui.actions` that let something leave the study.

    Parameters
    ----------
    window : Window
        Where they act.
    parent : QWidget
        The same window, as the parent of theirs.

    Attributes
    ----------
    note : NoteWindow or None
    packing : PackageForm or None
    shown : PackageWindow or None
        Made when they are first asked for.
    clips : ClipCommands
        What they do about clips.
    """

    def __init__(self, window: Window, parent: QWidget) -> None:
        self._window = window
        self._parent = parent
        self.note: NoteWindow | None = None
        self.packing: PackageForm | None = None
        self.shown: PackageWindow | None = None
        self.clips = ClipCommands(window, parent)

    def make_clip(self) -> None:
        """Make a clip of the stretch that is marked, or the event that is selected."""
        self.clips.make_clip()

    def visit_note(self) -> None:
        """Choose which note on which visit, and write it."""
        study = self._study()
        if study is None:
            return
        from imhcode.ui.handing_on.note_window import NoteWindow  # noqa: PLC0415

        if self.note is None:
            self.note = NoteWindow(self._parent)
            self.note.written.connect(self._window.say)
        self.note.open(study, self._window.settings)
        _show(self.note)

    def supervision_package(self) -> None:
        """Choose what goes to supervision, and write the package."""
        study = self._study()
        if study is None:
            return
        from imhcode.ui.handing_on.package_form import PackageForm  # noqa: PLC0415

        if self.packing is None:
            self.packing = PackageForm(self._parent)
            self.packing.written.connect(self._window.say)
        self.packing.open(study, self._window.settings)
        _show(self.packing)

    def open_package(self) -> None:
        """Ask for a package, and for its passphrase if it has one, and show what is in it."""
        name = QFileDialog.getExistingDirectory(
            self._parent, _tr("Open a package for supervision: choose its folder")
        )
        if name:
            self.show_package(Path(name))

    def show_package(self, path: Path, passphrase: str = "") -> None:
        """Show a package; one that is encrypted asks for its passphrase."""
        from imhcode.services.package_opening import is_encrypted  # noqa: PLC0415
        from imhcode.ui.handing_on.package_window import PackageWindow  # noqa: PLC0415

        if is_encrypted(path) and not passphrase:
            passphrase, wanted = QInputDialog.getText(
                self._parent,
                _tr("Package for supervision"),
                _tr("Passphrase"),
                QLineEdit.EchoMode.Password,
            )
            if not wanted:
                return
        page = self.shown or PackageWindow(self._parent)
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)  # a passphrase takes seconds
        try:
            page.open(path, passphrase)
        except ImhcodeError as error:
            self._window.say(said(error), "trouble" if isinstance(error, Trouble) else "refused")
            return
        finally:
            QApplication.restoreOverrideCursor()
        self.shown = page
        _show(page)

    def let_go(self) -> None:
        """The study is being closed; a package is no part of it and stays open."""
        self.clips.let_go()
        for page in (self.note, self.packing):
            if page is not None:
                page.close_study()

    def _study(self) -> OpenStudy | None:
        if self._window.study is None:
            self._window.say(_tr("Open a study first."), "refused")
        return self._window.study


def _show(page: QWidget) -> None:
    page.show()
    page.raise_()
    page.activateWindow()


def _tr(text: str) -> str:
    return QCoreApplication.translate("HandingOnCommands", text)
