"""The colours of sound: one even ramp each, made from the colours of the theme."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from imhcode.ui.theme import Theme, mixed

SHADES = 256

# OKLab (B. Ottosson, 2020): equal steps of it look equally large.
_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


@cache
def spectrogram_ramp(theme: Theme) -> NDArray[np.uint32]:
    """From the lane's ground, over the accent, to the ink of words; even in lightness.

    Returns
    -------
    ndarray of uint32, shape (SHADES,)
        ``0xffrrggbb``, quiet to loud.  Dark to light or light to dark, as the theme is.
    """
    ground, ink = oklab(theme.lane), oklab(theme.text)
    accent = oklab(theme.accent)
    lightness = np.linspace(ground[0], ink[0], SHADES)
    # The accent gives its hue where the ramp is as light as it, or in the middle third.
    at = (accent[0] - ground[0]) / (ink[0] - ground[0])
    at = float(np.clip(at, 1 / 3, 2 / 3))
    share = np.linspace(0, 1, SHADES)
    hue = [np.interp(share, (0, at, 1), (ground[n], accent[n], ink[n])) for n in (1, 2)]
    return _packed(np.stack([lightness, *hue], axis=1))


@cache
def waveform_ramp(theme: Theme) -> NDArray[np.uint32]:
    """From the lane's ground over reach and loudness to the outline, a third of the ramp each.

    Returns
    -------
    ndarray of uint32, shape (SHADES,)
    """
    reach = mixed(theme.text_dim, theme.lane, 0.7)
    core = mixed(theme.text_dim, theme.lane, 0.45)
    stops = np.array([_rgb(one) for one in (theme.lane, reach, core, theme.text_dim)])
    share = np.linspace(0, 1, SHADES)
    parts = [np.interp(share, (0, 1 / 3, 2 / 3, 1), stops[:, n]) for n in range(3)]
    return _as_pixels(np.stack(parts, axis=1))


def oklab(colour: str) -> NDArray[np.float64]:
    """Lightness (0 to 1) and two of hue of ``#rrggbb``, shape (3,)."""
    encoded = np.array(_rgb(colour)) / 255
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    return np.asarray(_TO_LAB @ np.cbrt(_TO_LMS @ linear))


def _packed(lab: NDArray[np.float64]) -> NDArray[np.uint32]:
    lms = (lab @ np.linalg.inv(_TO_LAB).T) ** 3
    linear = np.clip(lms @ np.linalg.inv(_TO_LMS).T, 0, 1)
    encoded = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return _as_pixels(encoded * 255)


def _as_pixels(rgb: NDArray[np.float64]) -> NDArray[np.uint32]:
    red, green, blue = np.rint(rgb).astype(np.uint32).T
    return np.asarray(np.uint32(0xFF000000) | red << 16 | green << 8 | blue, dtype=np.uint32)


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue
