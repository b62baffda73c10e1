"""What the menus do for eyes and hands: sizes, light, rest …; one method an action."""

from dataclasses import replace
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, QPointF
from PySide6.QtWidgets import QApplication, QMenu

from imhcode.settings import Settings
from imhcode.ui import theme
from imhcode.ui.coding.camera_look import STRONGEST
from imhcode.ui.coding.coding_workspace import CodingWorkspace
from imhcode.ui.coding.key_filter import KeyFilter
from imhcode.ui.coding.picture_view import ZOOM_A_NOTCH
from imhcode.ui.history_panel import HistoryPanel
from imhcode.ui.open_study import OpenStudy
from imhcode.ui.palette.command_palette import CommandPalette
from imhcode.ui.palette.entries import entries_of
from imhcode.ui.recent_studies import fill_recent_menu
from imhcode.ui.rest_reminder import RestReminder
from imhcode.ui.start_page import StartPage
from imhcode.ui.widgets.message_strip import MessageStrip

TEXT_STEP_PERCENT = 25
LIGHT_STEP = 10
PAN_SHARE = 0.1  #: how much of the view one press moves the picture by


class Window(Protocol):
    """What the commands need of the window they act in."""

    settings: Settings
    study: OpenStudy | None
    space: CodingWorkspace
    keys: KeyFilter
    start: StartPage
    finder: CommandPalette
    history: HistoryPanel
    strip: MessageStrip
    recent_menu: QMenu

    def open(self, paths: list[Path]) -> None:
        """Open a study or videos."""

    def run(self, action: str) -> None:
        """Do the action with this id."""

    def show_session(self, session_id: str) -> None:
        """Show a session of the open study."""

    def say(self, words: str, tone: str = "info") -> None:
        """Say a sentence in the message line."""

    def change_settings(self, settings: Settings) -> None:
        """Take on and keep other settings."""


class ComfortCommands:
    """The actions of :mod:`imhcode.ui.actions` that make long work lighter.

    Parameters
    ----------
    window : Window
        Where they act.
    """

    def __init__(self, window: Window) -> None:
        self._window = window
        self._n_presses = 0

    def begin(self, parent: QObject) -> None:
        """Join the parts of the window, once they are all there."""
        window = self._window
        self.rest = RestReminder(window.settings, self._has_worked, parent)
        self.rest.reminded.connect(window.strip.say_beside)
        window.keys.bounced.connect(self._say_bounced)
        window.history.jump_asked.connect(self._go_to_edit)
        window.start.recent.forget_asked.connect(self.forget_recent)
        self.show_recent()

    def command_palette(self) -> None:
        """Find anything by a few letters; again: put it away."""
        if not self._window.finder.close_palette():
            self._window.finder.open(entries_of(self._window))

    def toggle_history(self) -> None:
        """Show or hide the edit history."""
        panel = self._window.history
        panel.setVisible(not panel.isVisible())
        if panel.isVisible():
            panel.list.setFocus()
        else:
            self._window.space.picture.setFocus()

    # -- sizes -------------------------------------------------------------------------------

    def larger_text(self) -> None:
        """All words a step larger."""
        self.set_text(self._window.settings.text_percent + TEXT_STEP_PERCENT)

    def smaller_text(self) -> None:
        """All words a step smaller."""
        self.set_text(self._window.settings.text_percent - TEXT_STEP_PERCENT)

    def usual_text(self) -> None:
        """All words in their usual size."""
        self.set_text(100)

    def set_text(self, percent: int) -> None:
        """All words in ``percent`` of their usual size, from 100 to 200, and for good."""
        scale = theme.text_scale_of(percent)
        theme.apply(QApplication.instance(), theme.current(), text_scale=scale)  # type: ignore[arg-type]
        percent = round(scale * 100)
        self._window.change_settings(replace(self._window.settings, text_percent=percent))
        self._window.say(_tr("Words have {percent} % of their usual size.").format(percent=percent))

    # -- the leading picture -----------------------------------------------------------------

    def picture_brighter(self) -> None:
        self._light(brightness=LIGHT_STEP)

    def picture_darker(self) -> None:
        self._light(brightness=-LIGHT_STEP)

    def picture_more_contrast(self) -> None:
        self._light(contrast=LIGHT_STEP)

    def picture_less_contrast(self) -> None:
        self._light(contrast=-LIGHT_STEP)

    def picture_as_filmed(self) -> None:
        """Take brightness and contrast away."""
        view = self._window.space.picture.lead_view
        view.set_look(replace(view.look, brightness=0, contrast=0))

    def picture_zoom_in(self) -> None:
        self._window.space.picture.lead_view.zoom_by(ZOOM_A_NOTCH)

    def picture_zoom_out(self) -> None:
        self._window.space.picture.lead_view.zoom_by(1 / ZOOM_A_NOTCH)

    def picture_whole(self) -> None:
        self._window.space.picture.lead_view.show_whole()

    def picture_left(self) -> None:
        self._pan(PAN_SHARE, 0)

    def picture_right(self) -> None:
        self._pan(-PAN_SHARE, 0)

    def picture_up(self) -> None:
        self._pan(0, PAN_SHARE)

    def picture_down(self) -> None:
        self._pan(0, -PAN_SHARE)

    # -- what is remembered ------------------------------------------------------------------

    def show_recent(self) -> None:
        """Offer the recent studies wherever they are offered."""
        recent = self._window.settings.recent
        self._window.start.show_recent(recent)
        fill_recent_menu(
            self._window.recent_menu, recent, lambda study: self._window.open([Path(study)])
        )

    def forget_recent(self) -> None:
        """Forget the studies opened lately."""
        self._window.change_settings(replace(self._window.settings, recent=()))
        self.show_recent()
        self._window.say(_tr("The list is forgotten; the studies are where they were."))

    def toggle_remembering(self) -> None:
        """Remember the studies opened lately from now on, or never again."""
        on = not self._window.settings.remember_recent
        self._window.change_settings(replace(self._window.settings, remember_recent=on))
        if on:
            self._window.say(_tr("From now on, the studies you open are remembered here."))
        else:
            self.forget_recent()
            self._window.say(_tr("The studies you open are not remembered any more."))

    # -- rest --------------------------------------------------------------------------------

    def toggle_rest(self) -> None:
        """Remind of resting, or not."""
        rest = self.rest
        rest.is_on = not rest.is_on
        self._window.change_settings(replace(self._window.settings, rest_reminder=rest.is_on))
        words = _tr("A quiet line will remind you to rest.")
        self._window.say(words if rest.is_on else _tr("You will not be reminded to rest."))

    def time_today(self) -> None:
        """Say how long has been coded today."""
        self._window.say(self.rest.today_in_words())

    # -- inside ------------------------------------------------------------------------------

    def _has_worked(self) -> bool:
        """Whether keys were pressed or the picture went on since this was last asked."""
        pressed, self._n_presses = self._n_presses, self._window.keys.n_presses
        return pressed != self._n_presses or self._window.space.playback.is_playing

    def _go_to_edit(self, line: int) -> None:
        if self._window.space.model is not None:
            self._window.space.model.go_to_edit(line)

    def _say_bounced(self, character: str) -> None:
        words = _tr("{key} came twice within {ms} ms and was coded once.")
        ms = self._window.keys.debounce_ms
        self._window.strip.say_beside(words.format(key=character.upper(), ms=ms))

    def _light(self, brightness: int = 0, contrast: int = 0) -> None:
        view = self._window.space.picture.lead_view
        look = view.look
        view.set_look(
            replace(
                look,
                brightness=_bounded(look.brightness + brightness),
                contrast=_bounded(look.contrast + contrast),
            )
        )
        words = _tr("Brightness {brightness}, contrast {contrast}; what is stored stays as filmed.")
        self._window.say(words.format(brightness=view.look.brightness, contrast=view.look.contrast))

    def _pan(self, across: float, down: float) -> None:
        view = self._window.space.picture.lead_view
        if view.look.zoom > 1:
            view.pan_by(QPointF(view.width() * across, view.height() * down))


def _bounded(level: int) -> int:
    return min(STRONGEST, max(-STRONGEST, level))


def _tr(text: str) -> str:
    return QCoreApplication.translate("ComfortCommands", text)
