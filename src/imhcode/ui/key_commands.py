"""What the menus do about keys; one method an action."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from PySide6.QtWidgets import QWidget

from imhcode.settings import Settings
from imhcode.ui.actions import PROFILES
from imhcode.ui.coding.coding_workspace import CodingWorkspace
from imhcode.ui.coding.key_filter import KeyFilter
from imhcode.ui.keys.code_use import code_uses
from imhcode.ui.keys.key_map import KeyMap
from imhcode.ui.keys.key_map_editor import KeyMapEditor
from imhcode.ui.keys.key_map_files import own_key_maps
from imhcode.ui.keys.profiles import profile, profile_purpose


class Window(Protocol):
    """What the commands need of the window whose keys they change."""

    settings: Settings
    space: CodingWorkspace
    keys: KeyFilter

    def change_settings(self, settings: Settings) -> None:
        """Take on and keep other settings."""

    def write_keys(self) -> None:
        """Write each action's keys beside it."""

    def say(self, words: str, tone: str = "info") -> None:
        """Say a sentence in the message line."""


class KeyCommands:
    """The actions of :mod:`imhcode.ui.actions` that change the keys.

    Parameters
    ----------
    window : Window
        Whose keys they are.
    parent : QWidget
        The same window, as the parent of the page of keys.
    """

    def __init__(self, window: Window, parent: QWidget) -> None:
        self._window = window
        self._parent = parent
        self.editor: KeyMapEditor | None = None

    def next_profile(self) -> None:
        """The next of the built-in profiles and of one's own key maps."""
        maps = [*(profile(one) for one in PROFILES), *own_key_maps()]
        ids = [one.id for one in maps]
        now = self._window.keys.key_map.id
        chosen = maps[(ids.index(now) + 1) % len(ids)] if now in ids else maps[0]
        self.use(chosen)
        self._window.say(chosen.name if chosen.is_own else profile_purpose(chosen.id))

    def use(self, key_map: KeyMap) -> None:
        """Let these keys hold, and remember which they are."""
        self._window.keys.key_map = key_map
        self._window.change_settings(replace(self._window.settings, key_profile=key_map.id))
        self._window.write_keys()

    def edit_keys(self) -> None:
        """Show the page of keys beside the window."""
        if self.editor is None:
            model = self._window.space.model
            uses = code_uses(model.observation.scheme, model.pass_id) if model else []
            self.editor = KeyMapEditor(self._window.keys.key_map, uses, self._parent)
            self.editor.key_map_chosen.connect(self.use)
            self.editor.finished.connect(self._forget)
        self.editor.show()
        self.editor.raise_()
        self.editor.activateWindow()

    def _forget(self) -> None:
        self.editor = None


def hints(key_map: KeyMap, words: Mapping[str, str]) -> dict[str, str]:
    """What each action is called, with its keys, by action id."""
    return {action: f"{said}   {key_map.shown(action)}".strip() for action, said in words.items()}
