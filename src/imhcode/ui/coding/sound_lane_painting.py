"""Compose the pixels of the sound lane; the same cost at every zoom and for any length."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from imhcode.ui.coding.sound_lane_colours import SHADES, spectrogram_ramp, waveform_ramp
from imhcode.ui.coding.timeline_art import Pixels
from imhcode.ui.coding.timeline_painting import Columns
from imhcode.ui.theme import Theme

if TYPE_CHECKING:
    from imhcode.media.sound_pyramid import Pyramid
    from imhcode.media.spectrogram import Spectrogram
    from imhcode.media.waveform import Waveform

_POWER = 0.6  # between linear, where only cries are seen, and decibels, where a room's hum is
_LEAST_REACH = 330  # of 32767, -40 dB: a recording more quiet than that is shown as quiet
_RECEDES = 0.45  # how strong bands outside the voice remain
_HUM = 0.06  # of the height: less loud than that is the room, and needs no line
_LINE_PX = 1.4  # of the outline of loudness


def paint_waveform(
    waveform: "Waveform", columns: Columns, offset_us: int, height: int, theme: Theme
) -> Pixels:
    """Reach of the sound, its loudness inside it, and an outline round the loudness.

    Parameters
    ----------
    offset_us : int
        Session time = recording time + ``offset_us``.
    height : int
        Device pixels.

    Returns
    -------
    ndarray of uint32, shape (height, columns)
    """
    edges_us = columns.edges_us - offset_us
    full = max(waveform.furthest, _LEAST_REACH)
    highs = _share(_along(waveform.highs, edges_us), full)
    lows = _share(_along(waveform.lows, edges_us), full)
    loud = _share(_along(waveform.loudness, edges_us), full)[0]
    there = (edges_us[1:] > 0) & (edges_us[:-1] < waveform.end_us)
    bands = []
    for place in range(waveform.channels):
        top = height * place // waveform.channels
        high = height * (place + 1) // waveform.channels - top
        bands.append(_one_wave(highs[place], lows[place], loud, there, high, columns.unit))
    return _coloured(np.concatenate(bands), waveform_ramp(theme), columns, theme)


def _one_wave(
    highs: NDArray[np.float32],
    lows: NDArray[np.float32],
    loud: NDArray[np.float32],
    there: NDArray[np.bool_],
    height: int,
    unit: float,
) -> NDArray[np.float32]:
    """Strength of every pixel from 0 to 1, shape (height, columns)."""
    middle, reach = height / 2, height / 2 - unit
    thin = unit / 2 * there  # silence is a line; where nothing was recorded, there is none
    above, below = middle - reach * highs - thin, middle - reach * lows + thin
    core = reach * loud
    third = np.float32(1 / 3)
    strength = _covered(above, below, height) * third
    np.maximum(strength, _covered(middle - core, middle + core, height) * third * 2, out=strength)
    heard = core > unit  # a line in the middle would say that silence is something
    for edge in (middle - core, middle + core):
        line = _line(edge, height, unit * _LINE_PX)
        line[:, ~heard] = 0
        np.maximum(strength, line, out=strength)
    return strength


def paint_spectrogram(
    spectrogram: "Spectrogram",
    waveform: "Waveform | None",
    columns: Columns,
    offset_us: int,
    height: int,
    theme: Theme,
    *,
    speech_band: tuple[int, int] | None,
) -> Pixels:
    """Pitches from low to high, and a line for how loud it is.

    Parameters
    ----------
    speech_band : (int, int) or None
        First and last band that stand out; ``None``: all alike.

    Returns
    -------
    ndarray of uint32, shape (height, columns)
    """
    edges_us = columns.edges_us - offset_us
    values = _along(spectrogram.bands, edges_us)
    strength = (values - spectrogram.quiet) / (spectrogram.loud - spectrogram.quiet)
    np.clip(strength, 0, 1, out=strength)
    if speech_band is not None:
        strength[: speech_band[0]] *= _RECEDES
        strength[speech_band[1] + 1 :] *= _RECEDES
    count = len(strength)
    at = np.clip((height - np.arange(height) - 0.5) * count / height - 0.5, 0, count - 1)
    low = np.minimum(at.astype(np.intp), count - 2)
    share = (at - low).astype(np.float32)[:, None]
    rows = strength[low] * (1 - share) + strength[low + 1] * share
    out = _coloured(rows, spectrogram_ramp(theme), columns, theme)
    if waveform is not None:
        full = max(waveform.furthest, _LEAST_REACH)
        loud = _share(_along(waveform.loudness, edges_us), full)[0]
        edge = (height - columns.unit) * (1 - loud)
        heard = loud > _HUM
        halo = _line(edge, height, columns.unit * (_LINE_PX + 2)) * heard > 0.5
        line = _line(edge, height, columns.unit * _LINE_PX) * heard > 0.5
        out[halo] = QColor(theme.lane).rgb()
        out[line] = QColor(theme.text).rgb()
    return out


def _along(pyramid: "Pyramid", edges_us: NDArray[np.int64]) -> NDArray[np.float32]:
    """Numbers of a pyramid for each column, shape (rows, columns)."""
    if edges_us[-1] - edges_us[0] < pyramid.bin_us * (len(edges_us) - 1):
        return pyramid.between(edges_us)
    return np.asarray(pyramid.columns(edges_us), dtype=np.float32)


def _share(values: NDArray[np.float32], full: int) -> NDArray[np.float32]:
    """How far numbers reach from the middle, from -1 to 1."""
    part = np.minimum(np.abs(values) / full, 1) ** _POWER
    return np.asarray(np.sign(values) * part, dtype=np.float32)


def _covered(
    above: NDArray[np.float32], below: NDArray[np.float32], height: int
) -> NDArray[np.float32]:
    """How much of each pixel lies between two edges of its column, shape (height, columns)."""
    tops = np.arange(height, dtype=np.float32)[:, None]
    covered = np.minimum(tops + 1, below.astype(np.float32))
    covered -= np.maximum(tops, above.astype(np.float32))
    return np.clip(covered, 0, 1, out=covered)


def _line(edge: NDArray[np.float32], height: int, width: float) -> NDArray[np.float32]:
    """A line of that width along an edge, joined from column to column."""
    before = np.concatenate([edge[:1], edge[:-1]])
    step = (before + edge) / 2  # each column draws half of the way to its neighbours
    after = np.concatenate([step[1:], edge[-1:]])
    above = np.minimum(np.minimum(step, after), edge) - width / 2
    below = np.maximum(np.maximum(step, after), edge) + width / 2
    return _covered(above, below, height)


def _coloured(
    strength: NDArray[np.float32], ramp: NDArray[np.uint32], columns: Columns, theme: Theme
) -> Pixels:
    places = np.rint(strength * (SHADES - 1)).astype(np.intp)
    out = ramp[places]
    lines = out[:, columns.grid]
    lines[places[:, columns.grid] == 0] = QColor(theme.grid).rgb()
    out[:, columns.grid] = lines
    return out
