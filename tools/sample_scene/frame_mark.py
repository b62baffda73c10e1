"""The number every picture carries: black and white blocks for programs, digits for people.

A strip of 20 rows along the bottom edge. In it, 8 pixels from the left and 4 from the bottom,
stand 20 square blocks of 12 pixels, read from left to right:

========  ==========================================================
blocks    meaning (white is 1)
========  ==========================================================
0 to 3    always ``1 0 1 1``, the start
4 to 17   the frame number, most significant bit first
18        parity: the white blocks among 4 to 18 are odd in number
19        always ``0``, the stop
========  ==========================================================

This file needs nothing else of the folder, so that a test can load it by its path.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]

BLOCK = 12
LEFT = 8
BOTTOM = 4
STRIP_HEIGHT = 20
START = (1, 0, 1, 1)
STOP = (0,)
NUMBER_BITS = 14
COUNT = len(START) + NUMBER_BITS + 1 + len(STOP)

_STRIP = (46, 42, 40)
_INK = (205, 214, 220)
_DARK, _BRIGHT = 95, 160  # between the two a block is neither, after any sane compression


def draw_frame_number(picture: Picture, number: int, label: str = "") -> None:
    """Draw the strip with the number into the bottom of a picture, in place.

    Parameters
    ----------
    picture : uint8, shape (height, width, 3)
        Upright, RGB or BGR, at least 320 wide.
    number : int
        From 0 to 16383.
    label : str
        A few words for people at the right end.

    Raises
    ------
    ValueError
        The number does not fit into its 14 bits.
    """
    if not 0 <= number < 1 << NUMBER_BITS:
        raise ValueError(f"a frame number lies between 0 and {(1 << NUMBER_BITS) - 1}: {number}")
    height, width = picture.shape[:2]
    picture[height - STRIP_HEIGHT :] = _STRIP
    digits = [(number >> place) & 1 for place in reversed(range(NUMBER_BITS))]
    bits = [*START, *digits, 1 - sum(digits) % 2, *STOP]
    top = height - BOTTOM - BLOCK
    for place, bit in enumerate(bits):
        x = LEFT + place * BLOCK
        picture[top : top + BLOCK, x : x + BLOCK] = 255 * bit
    _write(picture, f"{number:05d}", LEFT + COUNT * BLOCK + 12)
    if label:
        (text_width, _), _ = cv2.getTextSize(label, cv2.FONT_HERSHEY_SIMPLEX, 0.4, 1)
        _write(picture, label, width - text_width - 10)


def _write(picture: Picture, text: str, x: int) -> None:
    at = (x, picture.shape[0] - 6)
    cv2.putText(picture, text, at, cv2.FONT_HERSHEY_SIMPLEX, 0.4, _INK, 1, cv2.LINE_AA)


def read_frame_number(picture: Picture) -> int:
    """Read the number a picture carries.

    Parameters
    ----------
    picture : uint8, shape (height, width, 3)
        Upright and full size, RGB or BGR.

    Returns
    -------
    int
        The frame number, counted from 0.

    Raises
    ------
    ValueError
        The picture carries no number, or its parity is wrong.
    """
    top = picture.shape[0] - BOTTOM - BLOCK
    row = picture[max(top, 0) : top + BLOCK, LEFT : LEFT + COUNT * BLOCK]
    if row.shape != (BLOCK, COUNT * BLOCK, 3):
        raise ValueError(f"a picture of shape {picture.shape} is too small to carry a number")
    blocks = row.reshape(BLOCK, COUNT, BLOCK, 3)[3:-3, :, 3:-3].mean(axis=(0, 2, 3))
    if bool(np.any((blocks > _DARK) & (blocks < _BRIGHT))):
        raise ValueError("there is no frame number: some blocks are neither black nor white")
    bits = tuple(int(bit) for bit in blocks > (_DARK + _BRIGHT) / 2)
    if bits[: len(START)] != START or bits[-len(STOP) :] != STOP:
        raise ValueError("there is no frame number: the start or stop blocks are missing")
    if sum(bits[len(START) : -len(STOP)]) % 2 != 1:
        raise ValueError("the frame number is damaged: its parity is wrong")
    return int("".join(map(str, bits[len(START) : len(START) + NUMBER_BITS])), 2)
