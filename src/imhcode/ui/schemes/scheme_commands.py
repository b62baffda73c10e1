"""What the menus do about schemes; one method an action."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from imhcode.domain.errors import ImhcodeError, Trouble
from imhcode.domain.scheme import Scheme
from imhcode.domain.study import ObservationEntry
from imhcode.settings import Settings
from imhcode.ui.messages import said
from imhcode.ui.open_study import OpenStudy
from imhcode.ui.schemes.scheme_editor import SchemeEditor


class Window(Protocol):
    """What the commands need of the window they act in."""

    settings: Settings
    study: OpenStudy | None

    def say(self, words: str, tone: str = "info") -> None:
        """Say a sentence in the message line."""

    def show_session(self, session_id: str, entry: ObservationEntry | None = None) -> None:
        """Show a session of the open study."""


class SchemeCommands:
    """The actions of :mod:`imhcode.ui.actions` that concern coding schemes.

    Parameters
    ----------
    window : Window
        Where they act.
    parent : QWidget
        The same window, as the parent of the page of schemes.
    """

    def __init__(self, window: Window, parent: QWidget) -> None:
        self._window = window
        self._parent = parent
        self.editor: SchemeEditor | None = None

    def edit_scheme(self) -> None:
        """Show the page on which a coding scheme is written, beside the window."""
        if self.editor is None:
            self.editor = SchemeEditor(self._kept, self._parent)
            self.editor.use_asked.connect(self._use)
        self.editor.show()
        self.editor.raise_()
        self.editor.activateWindow()

    def close(self) -> bool:
        """Put the page away; ``False`` if there is unsaved work and nobody has said it may go."""
        return self.editor is None or self.editor.close()

    def _kept(self) -> Sequence[tuple[Scheme, bool]]:
        """The schemes of the open study, and whether each is in use."""
        if self._window.study is None:
            return ()
        service = self._window.study.service
        used = {one.scheme_hash for entry in service.sessions() for one in entry.observations}
        return [(one, one.content_hash in used) for one in service.schemes().values()]

    def _use(self, scheme: Scheme) -> None:
        """Give the open study the scheme, and code the open session with it."""
        editor = self.editor
        if editor is None:
            return
        if self._window.study is None:
            editor.strip.say(
                _tr("Open a recording or a study first: Ctrl+O in the window of the recording."),
                "refused",
            )
            return
        study = self._window.study
        try:
            study.service.add_scheme(scheme)
            coder = self._window.settings.coder
            coding = study.service.coding(study.session_id, coder, scheme=scheme)
            entries = study.service.session(study.session_id).observations
            entry = next(one for one in entries if one.id == coding.observation.id)
            self._window.show_session(study.session_id, entry)
        except ImhcodeError as error:
            editor.strip.say(said(error), "trouble" if isinstance(error, Trouble) else "refused")
            return
        words = _tr("{session} is now coded with {title} {version}.")
        words = words.format(session=study.session_id, title=scheme.title, version=scheme.version)
        editor.strip.say(words)
        self._window.say(words)
        self._parent.raise_()
        self._parent.activateWindow()


def _tr(text: str) -> str:
    return QCoreApplication.translate("SchemeCommands", text)
