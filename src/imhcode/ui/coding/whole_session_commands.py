"""What the keys and menus for episodes, ratings and handing in do; one method an action."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QStackedWidget

from imhcode.ui.coding.coding_workspace import CodingWorkspace
from imhcode.ui.open_study import OpenStudy
from imhcode.ui.session_card import SessionCard


class Window(Protocol):
    """What the commands need of the window they act in."""

    study: OpenStudy | None
    space: CodingWorkspace
    pages: QStackedWidget

    def attempt(self, act: Callable[[OpenStudy], object]) -> None:
        """Do something with the open study; say what the rules or the world have against it."""

    def say(self, words: str, tone: str = "info") -> None:
        """Say a sentence in the message line."""


class WholeSessionCommands:
    """The actions of :mod:`imhcode.ui.actions` that concern the session as a whole.

    Parameters
    ----------
    window : Window
        Where they act; without an open observation they do nothing.
    """

    def __init__(self, window: Window) -> None:
        self._window = window
        self._whole = window.space.whole
        self._card: SessionCard | None = None

    def mark_episodes(self) -> None:
        """Ask what becomes of the episodes here, or put the question away."""
        if not self._whole.card.close_card():
            self._whole.episode_keys.ask()

    def next_episode(self) -> None:
        self._whole.episode_keys.go_beside(1)

    def previous_episode(self) -> None:
        self._whole.episode_keys.go_beside(-1)

    def toggle_ratings(self) -> None:
        self._whole.toggle_form()

    def submit(self) -> None:
        """Hand the observation in, or take it back."""
        found = self._window.space.findings.panel.model.in_order()
        self._whole.submit(sum(one.severity == "error" for one in found))

    def edit_session(self) -> None:
        """Show what is known of the session, to be written down."""
        study = self._window.study
        if study is None:
            return
        if self._card is None:
            self._card = SessionCard(self._window.pages)
            self._card.kept.connect(self._keep)
        if not self._card.close_card():
            self._card.show_session(study.service.session(study.session_id).session)

    @property
    def session_card(self) -> SessionCard | None:
        """The card, once it was shown."""
        return self._card

    def _keep(self, visit: str, date: str, age: str, corrected: str) -> None:
        from imhcode.services.session_details import Details, write_details  # noqa: PLC0415

        def keep(study: OpenStudy) -> None:
            details = Details(visit=visit, date=date, age=age, corrected_age=corrected)
            self._whole.know_session(write_details(study.service, study.session_id, details))
            if self._card is not None:
                self._card.close_card()
            words = QCoreApplication.translate("SessionCard", "Kept with session {session}.")
            self._window.say(words.format(session=study.session_id))

        self._window.attempt(keep)
