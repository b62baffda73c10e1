"""What the menus of the coding window do about reviewing a tape with a parent."""

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from imhcode.settings import Settings
from imhcode.ui.languages.speaking import persons_language
from imhcode.ui.open_study import OpenStudy

if TYPE_CHECKING:  # loaded when it is asked for, not before
    from imhcode.services.coding import CodingService
    from imhcode.ui.review.review_window import ReviewWindow


class Window(Protocol):
    """What the commands need of the window they act in."""

    settings: Settings
    study: OpenStudy | None

    def say(self, words: str, tone: str = "info") -> None:
        """Say a sentence in the message line."""

    def run(self, action: str) -> None:
        """Do the action with this id."""

    def change_settings(self, settings: Settings) -> None:
        """Take on and keep other settings."""


class ReviewCommands:
    """The actions of :mod:`imhcode.ui.actions` that concern reviewing.

    Parameters
    ----------
    window : Window
        Where they act.
    parent : QWidget
        The same window, as the parent of the review window.

    Attributes
    ----------
    page : ReviewWindow or None
        Made when it is first asked for.
    """

    def __init__(self, window: Window, parent: QWidget) -> None:
        self._window = window
        self._parent = parent
        self.page: ReviewWindow | None = None
        self._coding: CodingService | None = None

    def show_review(self) -> None:
        """Review the session that is open."""
        study = self._window.study
        if study is None or not study.session_id:
            words = QCoreApplication.translate("ReviewCommands", "Open a study first.")
            self._window.say(words, "refused")
            return
        if self.page is None:
            from imhcode.ui.review.review_window import ReviewWindow  # noqa: PLC0415

            self.page = ReviewWindow(self._parent)
            self.page.idle_chosen.connect(self._keep_idle)
            self.page.family_asked.connect(lambda: self._window.run("show_family"))
            self.page.set_idle(self._window.settings.parent_view_idle_min)
        self.page.show()
        self.page.raise_()
        self.page.activateWindow()
        settings = self._window.settings
        language = persons_language(settings.language)
        self.page.open(study.service, study.session_id, settings.coder, language)
        if self._coding is not None:
            self.page.share(self._coding)

    def attend(self, coding: "CodingService") -> None:
        """Know which observation is coded: the same one must not be written from two sides."""
        self._coding = coding
        if self.page is not None:
            self.page.share(coding)

    def let_go(self) -> None:
        """The study is being closed."""
        self._coding = None
        if self.page is not None:
            self.page.close_study()
            self.page.close()

    def _keep_idle(self, minutes: float) -> None:
        self._window.change_settings(replace(self._window.settings, parent_view_idle_min=minutes))
