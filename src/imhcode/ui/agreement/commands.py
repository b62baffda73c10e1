"""What the menus of the coding window do about agreement; one method an action."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from imhcode.domain.edit import Edit
from imhcode.domain.errors import ImhcodeError, Trouble
from imhcode.domain.observation import Observation
from imhcode.domain.study import ObservationEntry
from imhcode.settings import Settings
from imhcode.ui.messages import said
from imhcode.ui.open_study import OpenStudy

if TYPE_CHECKING:  # numbers are loaded when coders are compared, not before
    from imhcode.services.practice_sets import PracticeSet
    from imhcode.ui.agreement.agreement_window import AgreementWindow
    from imhcode.ui.coding.observation_view_model import ObservationViewModel


class Window(Protocol):
    """What the commands need of the window they act in."""

    settings: Settings
    study: OpenStudy | None

    def say(self, words: str, tone: str = "info") -> None:
        """Say a sentence in the message line."""

    def show_session(self, session_id: str, entry: ObservationEntry | None = None) -> None:
        """Show a session of the open study."""


class AgreementCommands:
    """The actions of :mod:`imhcode.ui.actions` that concern agreement and training.

    Parameters
    ----------
    window : Window
        Where they act.
    parent : QWidget
        The same window, as the parent of the window of agreement.

    Attributes
    ----------
    page : AgreementWindow or None
        Made when it is first asked for.
    """

    def __init__(self, window: Window, parent: QWidget) -> None:
        self._window = window
        self._parent = parent
        self.page: AgreementWindow | None = None

    def compare_coders(self) -> None:
        """Show how far the coders of the open study agree."""
        page, study = self._ready(), self._window.study
        if page is not None and study is not None:
            page.open(study.service, self._window.settings.coder)

    def show_training(self) -> None:
        """Show the practice sets of the open study."""
        page, study = self._ready(), self._window.study
        if page is not None and study is not None:
            page.open_training(study.service, self._window.settings.coder)

    def attend(self, model: "ObservationViewModel | None") -> None:
        """An observation has been opened for coding: tell a trainee of events as they are coded."""
        study = self._window.study
        if study is None or model is None or model.observation.role != "training":
            return
        from imhcode.services.telling import Telling  # noqa: PLC0415  (numbers)
        from imhcode.ui.agreement.telling import told_words  # noqa: PLC0415

        try:
            telling = Telling.of(study.service, model.observation)
        except ImhcodeError as error:
            self._tell(error)
            return
        if telling is None:
            return

        def tell(observation: Observation, edit: Edit, cause: str) -> None:
            try:
                told = telling.about(edit) if cause == "do" else []
            except ImhcodeError as error:
                self._tell(error)
                return
            words = [told_words(one, observation.scheme, telling.reason(one)) for one in told]
            if words:
                self._window.say(" ".join(words))

        model.observation_changed.connect(tell)

    def _tell(self, error: ImhcodeError) -> None:
        self._window.say(said(error), "trouble" if isinstance(error, Trouble) else "refused")

    def let_go(self) -> None:
        """The study is being closed."""
        if self.page is not None:
            self.page.close_study()
            self.page.close()

    def _ready(self) -> "AgreementWindow | None":
        if self._window.study is None:
            words = QCoreApplication.translate("AgreementCommands", "Open a study first.")
            self._window.say(words, "refused")
            return None
        if self.page is None:
            from imhcode.ui.agreement.agreement_window import AgreementWindow  # noqa: PLC0415

            self.page = AgreementWindow(self._parent)
            self.page.practice_asked.connect(self._practise)
            self.page.consensus_changed.connect(self._show_changed)
        self.page.show()
        self.page.raise_()
        self.page.activateWindow()
        return self.page

    def _show_changed(self, observation_id: str) -> None:
        """Open a consensus anew that is open for coding too: it is another one now."""
        study = self._window.study
        shown = study.observation if study else None
        if shown is not None and shown.id == observation_id:
            self._window.show_session(shown.session_id, shown)

    def _practise(self, session_id: str, of: "PracticeSet") -> None:
        """Code a session of a practice set in the coding window, in the role training."""
        study = self._window.study
        if study is None:
            return
        try:
            scheme = study.service.schemes()[of.scheme_hash]
            coder = self._window.settings.coder
            study.service.coding(session_id, coder, role="training", scheme=scheme)
            entry = study.service.entry(session_id, coder, "training", scheme)
        except ImhcodeError as error:
            self._tell(error)
            return
        self._window.show_session(session_id, entry)
        self._parent.raise_()
        self._parent.activateWindow()
