"""Every key press of the window, before any widget sees it: a code, a command, or neither.

Auto-repeat never codes.  Typing into a field never codes.  A letter that the active pass codes is
a code; only then may it be a command of the right hand's pad.
"""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
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

from imhcode.ui.actions import ACTIONS
from imhcode.ui.coding.pad_keys import place_of

_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_TYPED_INTO = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox)
_VERTICAL = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
_PRESSING = {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}

_BY_KEY: dict[str, str] = {key: spec.id for spec in ACTIONS for key in spec.keys}
_BY_PAD: dict[str, str] = {spec.pad: spec.id for spec in ACTIONS if spec.pad}
_REPEATING = {spec.id for spec in ACTIONS if spec.repeats}
_OF_PLACE = {
    "Shift+[": "onset_earlier",
    "Shift+]": "onset_later",
    "Ctrl+Shift+[": "offset_earlier",
    "Ctrl+Shift+]": "offset_later",
    "[": "onset_here",
    "]": "offset_here",
}


class Coding(Protocol):
    """What the filter asks of the workspace."""

    def press_code(self, character: str) -> bool:
        """Code with a character; ``False`` if the pass does not know it."""

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
    """

    def __init__(self, window: QWidget, coding: Coding, run: Callable[[str], None]) -> None:
        super().__init__(window)
        self._window = window
        self._coding = coding
        self._run = run
        self.two_hands = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # A bare key is ours: no widget or menu may claim it as a shortcut first.
            if self._is_ours(watched) and self._meaning(event):
                event.accept()
                return True
            return False
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not self._is_ours(watched):
            return False
        return self._act(event)

    def _is_ours(self, watched: QObject) -> bool:
        if not isinstance(watched, QWidget) or watched.window() is not self._window:
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
        if bare and self._codes(event, character):
            if not event.isAutoRepeat():
                self._coding.press_code(character)
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

    def _codes(self, event: QKeyEvent, character: str) -> bool:
        """Whether the press is a character of the pass; Shift never makes another code."""
        plain = len(character) == 1 and character.isprintable() and not character.isspace()
        shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        return plain and not (shifted and not character.isalpha()) and self._coding.knows(character)

    def _meaning(self, event: QKeyEvent) -> str:
        """The command a press stands for, or nothing."""
        if not event.modifiers() & _MODIFIERS and self._codes(event, event.text().lower()):
            return "code"
        if self._wanted_by_focus(event):
            return ""
        modifiers = event.modifiers() & ~_KEYPAD
        place = place_of(event)
        if place:
            chord = _chord(place, modifiers)
            if chord in _OF_PLACE:
                return _OF_PLACE[chord]
            if self.two_hands and chord in _BY_PAD:
                return _BY_PAD[chord]
        sequence = QKeySequence(modifiers.value | event.key())
        return _BY_KEY.get(sequence.toString(QKeySequence.SequenceFormat.PortableText), "")

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


def _chord(place: str, modifiers: Qt.KeyboardModifier) -> str:
    names = (
        ("Ctrl+", Qt.KeyboardModifier.ControlModifier),
        ("Alt+", Qt.KeyboardModifier.AltModifier),
        ("Shift+", Qt.KeyboardModifier.ShiftModifier),
    )
    return "".join(name for name, flag in names if modifiers & flag) + place
