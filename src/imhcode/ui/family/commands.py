"""What the menus of the coding window do about the family of the open session."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from imhcode.domain.study import ObservationEntry
from imhcode.settings import Settings
from imhcode.ui.coding.coding_workspace import CodingWorkspace
from imhcode.ui.open_study import OpenStudy

if TYPE_CHECKING:  # services load the database library: not before a family is asked for
    from imhcode.ui.family.family_window import FamilyWindow


class Window(Protocol):
    """What the commands need of the window they act in."""

    settings: Settings
    study: OpenStudy | None
    space: CodingWorkspace

    def show_session(self, session_id: str, entry: ObservationEntry | None = None) -> None:
        """Show a session of the open study."""

    def say(self, words: str, tone: str = "info") -> None:
        """Say a sentence in the message line."""


class FamilyCommands:
    """The actions of :mod:`imhcode.ui.actions` that concern the family.

    Parameters
    ----------
    window : Window
        Where they act.
    parent : QWidget
        The same window, as the parent of the window of the family.

    Attributes
    ----------
    page : FamilyWindow or None
        Made when it is first asked for.
    """

    def __init__(self, window: Window, parent: QWidget) -> None:
        self._window = window
        self._parent = parent
        self.page: FamilyWindow | None = None

    def show_family(self) -> None:
        """Show the family of the open session: consent, goals, visits."""
        study = self._window.study
        if study is None or not study.session_id:
            self._window.say(_tr("Open a session first."), "refused")
            return
        if self.page is None:
            from imhcode.ui.family.family_window import FamilyWindow  # noqa: PLC0415

            self.page = FamilyWindow(self._parent)
            self.page.family_changed.connect(self._know_family)
            self.page.goals_changed.connect(self._know_goals)
            self.page.deleting.connect(self._let_go_of)
            self.page.deleted.connect(self._open_anew)
        self.page.show()
        self.page.raise_()
        self.page.activateWindow()
        self.page.open(study.service, study.session_id, self._window.settings.coder)

    def let_go(self) -> None:
        """The study is being closed."""
        if self.page is not None:
            self.page.close_study()
            self.page.close()

    def _know_family(self) -> None:
        """Let the findings of the open observation go by what has been agreed by now."""
        from imhcode.services.family import family_of  # noqa: PLC0415

        study = self._window.study
        if study is not None and study.session_id:
            session, file = study.service.session(study.session_id).session, study.service.file
            self._window.space.whole.know_family(lambda scheme: family_of(file, session, scheme))

    def _know_goals(self) -> None:
        """Offer the goals as they are by now where a moment is asked for its goal."""
        from imhcode.services.goals import with_goals  # noqa: PLC0415

        study = self._window.study
        if study is not None and study.session_id:
            session_id, file = study.session_id, study.service.file
            self._window.space.whole.know_scheme(
                lambda scheme: with_goals(scheme, file, session_id)
            )

    def _let_go_of(self, recording_id: str) -> None:
        """Close the recordings of the session if one of them is about to be destroyed."""
        study, space = self._window.study, self._window.space
        if study is not None and any(one.id == recording_id for one, _ in study.files()):
            space.playback.close()
            space.cameras.close()
            space.timeline.sound.close()

    def _open_anew(self) -> None:
        """Show what is left of the session after a recording, perhaps its coding, has gone."""
        study = self._window.study
        if study is not None:
            self._window.show_session(study.session_id, study.observation)


def _tr(text: str) -> str:
    return QCoreApplication.translate("FamilyCommands", text)
