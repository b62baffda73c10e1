"""Chords: one name for each way to press a key, whatever keyboard and layout it came from.

A chord is written as Qt writes it (``Ctrl+Shift+L``, ``F5``, ``Media Play``); keys of the number
pad begin with ``Num`` (``Num+7``, ``Shift+Num++``) and are the same with NumLock on and off.

Letters and marks of the right hand's pad, pressed alone or with Shift, go by their *place* on a US
keyboard; everything else goes by what is printed on the key.
"""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from imhcode.ui.keys.pad_keys import PLACES, knows_places, place_of

_PORTABLE = QKeySequence.SequenceFormat.PortableText
_NATIVE = QKeySequence.SequenceFormat.NativeText
_BRACKETS = frozenset("[]")
_ONLY_BY_PLACE = frozenset(PLACES) - _BRACKETS
_NAMES = (
    ("Meta+", Qt.KeyboardModifier.MetaModifier),
    ("Ctrl+", Qt.KeyboardModifier.ControlModifier),
    ("Alt+", Qt.KeyboardModifier.AltModifier),
    ("Shift+", Qt.KeyboardModifier.ShiftModifier),
)
_CHORDING = (
    Qt.KeyboardModifier.MetaModifier
    | Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
)
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_NO_KEYS = {
    Qt.Key.Key_unknown,
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_ScrollLock,
    Qt.Key.Key_Super_L,
    Qt.Key.Key_Super_R,
}
#: What the number pad sends while NumLock is off, and on pads with a decimal comma.
_WITHOUT_NUMLOCK = {
    Qt.Key.Key_Insert: Qt.Key.Key_0,
    Qt.Key.Key_End: Qt.Key.Key_1,
    Qt.Key.Key_Down: Qt.Key.Key_2,
    Qt.Key.Key_PageDown: Qt.Key.Key_3,
    Qt.Key.Key_Left: Qt.Key.Key_4,
    Qt.Key.Key_Clear: Qt.Key.Key_5,
    Qt.Key.Key_Right: Qt.Key.Key_6,
    Qt.Key.Key_Home: Qt.Key.Key_7,
    Qt.Key.Key_Up: Qt.Key.Key_8,
    Qt.Key.Key_PageUp: Qt.Key.Key_9,
    Qt.Key.Key_Delete: Qt.Key.Key_Period,
    Qt.Key.Key_Comma: Qt.Key.Key_Period,
}


def chords_of(event: QKeyEvent) -> tuple[str, ...]:
    """The names a press goes by, the most particular first; none for Shift and its like alone."""
    key = Qt.Key(event.key())
    if key in _NO_KEYS:
        return ()
    modifiers = event.modifiers()
    on_pad = is_on_number_pad(event)
    names = []
    if on_pad:
        names.append(_name(_WITHOUT_NUMLOCK.get(key, key), modifiers | _KEYPAD))
    place = "" if on_pad else place_of(event)
    if place and not (modifiers & _CHORDING and place.isalpha()):
        names.append(_with_names(place, modifiers))
    printed = Qt.Key.Key_Tab if key == Qt.Key.Key_Backtab else key
    printed_names = [_name(printed, modifiers & ~_KEYPAD)]
    if modifiers & _SHIFT and _is_mark(printed):
        # On some layouts a mark needs Shift: it is the mark that counts.
        printed_names.append(_name(printed, modifiers & ~_KEYPAD & ~_SHIFT))
    is_elsewhere = on_pad or knows_places(event)
    names += [one for one in printed_names if not (is_elsewhere and goes_by_place(one))]
    return tuple(dict.fromkeys(names))


def is_on_number_pad(event: QKeyEvent) -> bool:
    """Whether the key is one of the number pad; a Mac calls its arrows so, too."""
    if not event.modifiers() & _KEYPAD:
        return False
    return not (sys.platform == "darwin" and Qt.Key(event.key()) in _WITHOUT_NUMLOCK)


def goes_by_place(chord: str) -> bool:
    """Whether the chord means a place on the keyboard, not what is printed there."""
    return chord.removeprefix("Shift+") in _ONLY_BY_PLACE


def typed_by(chord: str) -> str:
    """The character that a chord types, lower case; empty if it types none."""
    return chord.lower() if len(chord) == 1 else ""


def read_chord(text: str) -> str:
    """A chord as a person may have written it, in our notation; empty if it is none."""
    sequence = QKeySequence.fromString(text.strip(), _PORTABLE)
    return sequence.toString(_PORTABLE) if sequence.count() == 1 else ""


def shown(chord: str) -> str:
    """A chord as people of this system read it."""
    return QKeySequence.fromString(chord, _PORTABLE).toString(_NATIVE) or chord


def _name(key: Qt.Key, modifiers: Qt.KeyboardModifier) -> str:
    return QKeySequence(modifiers.value | key.value).toString(_PORTABLE)


def _with_names(place: str, modifiers: Qt.KeyboardModifier) -> str:
    return "".join(name for name, flag in _NAMES if modifiers & flag) + place


def _is_mark(key: Qt.Key) -> bool:
    return 0x21 <= key.value <= 0x7E and not chr(key.value).isalnum()
