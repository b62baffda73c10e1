"""Which place on the keyboard a key press came from, whatever letter the layout puts there.

The right hand's pad is a shape in the fingers: on a French or German keyboard it must not come
apart.  Platforms number the places differently; where one gives no number (offscreen, some remote
desktops) the character stands in.
"""

import sys

from PySide6.QtGui import QKeyEvent

#: Name on a US keyboard -> (X11 and Wayland, Windows, macOS) numbers of the place.
PLACES: dict[str, tuple[int, int, int]] = {
    "I": (31, 0x17, 0x22),
    "O": (32, 0x18, 0x1F),
    "P": (33, 0x19, 0x23),
    "J": (44, 0x24, 0x26),
    "K": (45, 0x25, 0x28),
    "L": (46, 0x26, 0x25),
    ";": (47, 0x27, 0x29),
    "'": (48, 0x28, 0x27),
    "M": (58, 0x32, 0x2E),
    ",": (59, 0x33, 0x2B),
    ".": (60, 0x34, 0x2F),
    "/": (61, 0x35, 0x2C),
    "[": (34, 0x1A, 0x21),
    "]": (35, 0x1B, 0x1E),
}
_COLUMN = {"win32": 1, "darwin": 2}.get(sys.platform, 0)
_BY_NUMBER = {numbers[_COLUMN]: name for name, numbers in PLACES.items()}
_SHIFTED = {":": ";", "<": ",", ">": ".", "?": "/", '"': "'", "{": "[", "}": "]"}


def knows_places(event: QKeyEvent) -> bool:
    """Whether the platform says where on the keyboard the key is."""
    on_mac = sys.platform == "darwin"
    return _number(event) > 1 or (on_mac and event.nativeScanCode() > 1)


def place_of(event: QKeyEvent) -> str:
    """The US name of the place pressed, if it belongs to the pad; else empty."""
    if knows_places(event):
        return _BY_NUMBER.get(_number(event), "")
    character = event.text().upper()
    character = _SHIFTED.get(character, character)
    return character if character in PLACES else ""


def _number(event: QKeyEvent) -> int:
    return event.nativeVirtualKey() if sys.platform == "darwin" else event.nativeScanCode()
