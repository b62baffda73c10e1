"""Every key press of the window, before any widget sees it: a code, a command, or neither.

Auto-repeat never codes, and a key that bounces codes once.  Typing into a field never codes.  A
letter that the active pass codes is a code; only then may it be a command of the key map.
"""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from imhcode.ui.actions import ACTIONS, PROFILES
from imhcode.ui.desk.belonging import window_of
from imhcode.ui.keys.chords import chords_of, is_on_number_pad
from imhcode.ui.keys.key_map import KeyMap
from imhcode.ui.keys.profiles import profile

_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_TYPED_INTO = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox)
_VERTICAL = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
_PRESSING = {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}

_REPEATING = {spec.id for spec in ACTIONS if spec.repeats}
BOUNCE_MS = 150  #: usual time within which the same code's key was one press


class Coding(Protocol):
    """What the filter asks of the workspace."""

    def press_code(self, character: str, *, another: bool = False) -> bool:
        """Code with a character; ``False`` if the pass does not know it.

        ``another`` (Shift) adds an answer in a walk.
        """

    def release_code(self, character: str) -> None:
        """Let go of a character's key: what holds while it is down ends."""

    def press_digit(self, digit: str) -> bool:
        """Answer the open question with a digit; ``False`` if none is open."""

    def knows(self, character: str) -> bool:
        """Whether the pass codes this character."""


class KeyFilter(QObject):
    """Watches the application for key presses meant for one window.

    Parameters
    ----------
    window : QWidget
        Presses in other windows, dialogs and menus are not ours.
    coding : Coding
        Where codes and digits go.
    run : callable
        Does the command with this id.

    Attributes
    ----------
    key_map : KeyMap
        Which chord does which command.
    debounce_ms : int
        A code's key that comes again sooner than this has bounced, and codes nothing; 0: never.

    Signals
    -------
    bounced(str)
        The key of this character came twice, and was coded once.
    """

    bounced = Signal(str)

    def __init__(self, window: QWidget, coding: Coding, run: Callable[[str], None]) -> None:
        super().__init__(window)
        self._window = window
        self._coding = coding
        self._run = run
        self.key_map: KeyMap = profile(PROFILES[0])
        self.debounce_ms = BOUNCE_MS
        self.n_presses = 0  #: so far; whoever wants to know whether somebody works looks here
        self._coded_at: dict[str, int] = {}
        self._down: dict[int, str] = {}  # characters whose key is down, by the key

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # A bare key is ours: no widget or menu may claim it as a shortcut first.
            if self._is_ours(watched) and self._meaning(event):
                event.accept()
                return True
            return False
        if event.type() == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            if not event.isAutoRepeat():
                self._let_go(event.key())
            return False
        if event.type() == QEvent.Type.WindowDeactivate and watched is self._window:
            for key in tuple(self._down):  # whoever looks elsewhere lets go unseen
                self._let_go(key)
            return False
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not self._is_ours(watched):
            return False
        self.n_presses += 1
        return self._act(event)

    def _is_ours(self, watched: QObject) -> bool:
        if not isinstance(watched, QWidget) or window_of(watched) is not self._window:
            return False
        if isinstance(watched, (QMenu, QMenuBar)) or QApplication.activePopupWidget():
            return False
        focus = QApplication.focusWidget()
        if isinstance(focus, _TYPED_INTO):
            return False
        return not (isinstance(focus, QComboBox) and focus.isEditable())

    def _act(self, event: QKeyEvent) -> bool:
        bare = not event.modifiers() & _MODIFIERS
        character = event.text().lower()
        on_pad = self._number_pad_action(event)
        if bare and not on_pad and self._codes(event, character):
            if not event.isAutoRepeat():
                self._code(event, character)
            return True
        answers = bare and character.isdigit() and not event.isAutoRepeat()
        if answers and self._coding.press_digit(character):
            return True
        action = self._meaning(event)
        if not action:
            return False
        if not event.isAutoRepeat() or action in _REPEATING:
            self._run(action)
        return True

    def _code(self, event: QKeyEvent, character: str) -> None:
        """Code with a character, unless its key has only bounced."""
        now_ms = event.timestamp()  # 0: made by a program, which has no fingers
        before_ms = self._coded_at.get(character)
        if now_ms and before_ms is not None and 0 <= now_ms - before_ms < self.debounce_ms:
            self.bounced.emit(character)
            return
        self._coded_at[character] = now_ms
        self._down[event.key()] = character
        another = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._coding.press_code(character, another=another)

    def _let_go(self, key: int) -> None:
        character = self._down.pop(key, "")
        if character:
            self._coding.release_code(character)

    def _number_pad_action(self, event: QKeyEvent) -> str:
        """What the key does as one of the number pad: there it is no digit that codes."""
        chords = chords_of(event) if is_on_number_pad(event) else ()
        return self.key_map.action_of(chords[0]) if chords else ""

    def _codes(self, event: QKeyEvent, character: str) -> bool:
        """Whether the press is a character of the pass; Shift never makes another code."""
        plain = len(character) == 1 and character.isprintable() and not character.isspace()
        shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        return plain and not (shifted and not character.isalpha()) and self._coding.knows(character)

    def _meaning(self, event: QKeyEvent) -> str:
        """The command a press stands for, or nothing."""
        on_pad = self._number_pad_action(event)
        bare = not event.modifiers() & _MODIFIERS
        if bare and not on_pad and self._codes(event, event.text().lower()):
            return "code"
        if self._wanted_by_focus(event):
            return ""
        found = (self.key_map.action_of(chord) for chord in chords_of(event))
        return next((action for action in found if action), "")

    @staticmethod
    def _wanted_by_focus(event: QKeyEvent) -> bool:
        """Whether the widget with the focus needs this key to be usable without a mouse."""
        focus = QApplication.focusWidget()
        if event.modifiers() & _MODIFIERS:
            return False
        if isinstance(focus, QAbstractButton):
            return event.key() in _PRESSING
        if isinstance(focus, QComboBox):
            return event.key() in _PRESSING | _VERTICAL
        if isinstance(focus, QAbstractItemView):
            return event.key() in _VERTICAL | {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        return False
