"""What the menus do with the desk and the language of the window; one method an action."""

from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from imhcode.settings import Settings
from imhcode.ui.coding.coding_workspace import CodingWorkspace
from imhcode.ui.desk.arrangements import name_of as name_of_arrangement
from imhcode.ui.desk.desk import Desk
from imhcode.ui.languages.speaking import choices, in_language, name_of, window_language


class Window(Protocol):
    """What the commands need of the window they act in."""

    settings: Settings
    space: CodingWorkspace

    def say(self, words: str, tone: str = "info", *, offer: str = "", action: str = "") -> None:
        """Say a sentence in the message line."""

    def change_settings(self, settings: Settings) -> None:
        """Take on and keep other settings."""


class DeskCommands:
    """The actions of :mod:`imhcode.ui.actions` that lay out the window, or choose its language.

    Parameters
    ----------
    window : Window
        Where they act.
    """

    def __init__(self, window: Window) -> None:
        self._window = window

    def arrange_code(self) -> None:
        """Lay the panels for coding."""
        self._arrange("code")

    def arrange_walk(self) -> None:
        """Lay the panels for walking from event to event."""
        self._arrange("walk")

    def arrange_rate(self) -> None:
        """Lay the panels for rating."""
        self._arrange("rate")

    def arrange_review(self) -> None:
        """Lay the panels for reviewing and editing."""
        self._arrange("review")

    def arrange_panels(self) -> None:
        """Let the panels be dragged by their titles, or hold them where they are."""
        desk = self._desk
        desk.loosen(not desk.is_loose)
        if desk.is_loose:
            words = _tr("Drag a panel by its title, also out of the window; then hold them again.")
            self._window.say(words, offer=_tr("Hold the panels"), action="arrange_panels")
        else:
            self._window.say(_tr("The panels stay where they are now."))

    def reset_panels(self) -> None:
        """Lay the panels of this task as they were at first."""
        self._desk.lay_out_anew()

    def picture_away(self) -> None:
        """Give the picture a window of its own, on another screen if there is one; or back."""
        if self._desk.is_picture_away:
            self._desk.bring_picture_back()
        else:
            self._desk.send_picture_away()

    def picture_full_screen(self) -> None:
        """Show the picture on a whole screen, another one if there is one; or back."""
        desk = self._desk
        if desk.is_picture_away and desk.window_of_picture.isFullScreen():
            desk.bring_picture_back()
        else:
            desk.send_picture_away(full_screen=True)

    def next_language(self) -> None:
        """The computer's own language, English, German …, from the next start on."""
        settings = self._window.settings
        known = choices()
        at = known.index(settings.language) if settings.language in known else 0
        chosen = known[(at + 1) % len(known)]
        self._window.change_settings(replace(settings, language=chosen))
        language = window_language(chosen)
        if chosen == known[0]:
            words = in_language(
                "From the next start on, the window speaks the computer's language: {language}.",
                language,
            )
        else:
            words = in_language("From the next start on, the window speaks {language}.", language)
        self._window.say(words.format(language=name_of(language)))

    # -- inside ------------------------------------------------------------------------------

    @property
    def _desk(self) -> Desk:
        return self._window.space.desk

    def _arrange(self, arrangement: str) -> None:
        self._desk.arrange(arrangement)
        words = _tr("Laid out for: {task}.").format(task=name_of_arrangement(arrangement))
        self._window.say(words, "aside")


def _tr(text: str) -> str:
    return QCoreApplication.translate("DeskCommands", text)
