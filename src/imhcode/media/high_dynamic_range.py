"""High dynamic range (HLG of phones, PQ of cameras) made a sensible picture on any screen.

Not colour grading: bright windows are rolled off, faces keep their tone, and a screen that knows
nothing of high dynamic range shows neither a grey veil nor washed-out skin.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

_PQ, _HLG = 16, 18  # AVColorTransferCharacteristic
_WHITE_NITS = 203.0  # what paper white is graded to in both (ITU-R BT.2408)
_PEAK = 1000.0 / _WHITE_NITS  # rolled off from here on
# Primaries of BT.2020 to those of BT.709.  Applied to gamma-coded values: a little off for pure
# colours of a light show, right for skin and rooms, and it needs no floating point pass.
_TO_BT709 = np.array(
    [[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]],
    dtype=np.float32,
)


def is_high_dynamic_range(transfer: int) -> bool:
    """Whether FFmpeg's number of a transfer is one of the two kinds."""
    return transfer in (_PQ, _HLG)


def to_standard_range(pixels: NDArray[np.uint8], transfer: int) -> NDArray[np.uint8]:
    """Return 8-bit pixels of standard range and BT.709 primaries, shape (height, width, 3)."""
    from imhcode.media.opencv import cv2  # noqa: PLC0415  (half a second, only when needed)

    toned = cv2.LUT(pixels, _tone_curve(transfer))
    return np.asarray(cv2.transform(toned, _TO_BT709), dtype=np.uint8)


@cache
def _tone_curve(transfer: int) -> NDArray[np.uint8]:
    """Return for each coded value the 8-bit value shown, shape (256,)."""
    coded = np.arange(256) / 255
    light = _pq_light(coded) if transfer == _PQ else _hlg_light(coded)
    # Reinhard's curve, extended so that the peak becomes white.
    shown = light * (1 + light / _PEAK**2) / (1 + light)
    shown = np.clip(shown / (0.5 * (1 + 1 / _PEAK**2)) * 0.75, 0, 1)  # paper white: three quarters
    return np.asarray(np.round(255 * shown ** (1 / 2.2)), dtype=np.uint8)


def _pq_light(coded: NDArray[np.float64]) -> NDArray[np.float64]:
    """Light relative to paper white (SMPTE ST 2084)."""
    m1, m2, c1, c2, c3 = 2610 / 16384, 2523 / 32, 3424 / 4096, 2413 / 128, 2392 / 128
    power = coded ** (1 / m2)
    nits = 10_000 * (np.maximum(power - c1, 0) / (c2 - c3 * power)) ** (1 / m1)
    return np.asarray(nits / _WHITE_NITS)


def _hlg_light(coded: NDArray[np.float64]) -> NDArray[np.float64]:
    """Light relative to paper white on a screen of 1000 nits (ITU-R BT.2100)."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(coded <= 0.5, coded**2 / 3, (np.exp((coded - c) / a) + b) / 12)
    return np.asarray(1000 * scene**1.2 / _WHITE_NITS)
