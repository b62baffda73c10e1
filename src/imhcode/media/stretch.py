"""Sound slower or faster at its own pitch, each moment at its own time.

Overlapping pieces of the sound are laid side by side at the asked speed, each shifted by up to
5 ms so that it goes on from the piece before it (WSOLA, Verhelst & Roelands 1993).  At a tenth of
the speed a piece that holds an onset is heard again and again long before its time; so the
result then gets the loudness that the original has at that very moment.  docs/decisions/0024
tells why FFmpeg's own ``atempo`` is not used.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from imhcode.media.audio import RATE_HZ

PIECE = 1152  # samples: 24 ms, more than two periods of any voice
HOP = PIECE // 2
_SHIFT = 240  # samples a piece may be moved by: half a period of a voice of 100 Hz
_COARSE = 4  # pieces are compared at a quarter of the rate
_GRAIN = 12  # samples over which loudness is taken as one: a quarter of a millisecond
_LOOK_BACK = 48  # grains: 12 ms, longer than a period of any voice
_MOST_GAIN = 2.0

Samples = NDArray[np.float32]
Read = Callable[[int, int], Samples]


class Stretch:
    """Reads a recording's sound at a speed, hop by hop.

    The sample heard at place ``n`` of the result is that of place ``first + n * speed``; errors
    do not add up, because every piece is laid by that rule.

    Parameters
    ----------
    read : callable
        Gives samples by place and number, shape (n_samples, channels), silence outside.
    first : int
        Place of the first sample to be heard.
    speed : float
        Above 0; 1 gives the samples unchanged.
    """

    def __init__(self, read: Read, first: int, speed: float) -> None:
        if speed <= 0:
            msg = f"sound is not played at {speed}"
            raise ValueError(msg)
        self._read = read
        self._first = first
        self._speed = speed
        self._n_hops = 0
        self._tail: Samples | None = None  # second half of the last piece, faded out
        self._next: NDArray[np.float64] | None = None  # how the last piece would go on
        self._loud_before = np.zeros(_LOOK_BACK, np.float32)
        self._window = np.sin(np.pi * (np.arange(PIECE) + 0.5) / PIECE).astype(np.float32) ** 2

    def hop(self) -> Samples:
        """Return the next `HOP` samples, shape (HOP, channels)."""
        if self._speed == 1.0:
            place = self._first + self._n_hops * HOP
            self._n_hops += 1
            return self._read(place, HOP)
        if self._tail is None:
            self._tail = self._piece(-1)[HOP:]
        piece = self._piece(self._n_hops)
        joined = self._tail + piece[:HOP]
        self._tail = piece[HOP:]
        fitted = self._as_loud_as_original(joined, self._n_hops * HOP)
        self._n_hops += 1
        return fitted

    def _piece(self, number: int) -> Samples:
        """The windowed piece whose middle is heard ``number + 1`` hops from the beginning."""
        middle = self._first + round((number + 1) * HOP * self._speed)
        around = self._read(middle - HOP - _SHIFT, PIECE + 2 * _SHIFT + HOP)
        mono = around.mean(axis=1, dtype=np.float64)
        shift = _SHIFT if self._next is None else _best_shift(mono, self._next)
        self._next = mono[shift + HOP : shift + HOP + PIECE]
        return around[shift : shift + PIECE] * self._window[:, None]

    def _as_loud_as_original(self, joined: Samples, heard_from: int) -> Samples:
        """Give the joined pieces the loudness of the original at the same moments."""
        places = self._first + (heard_from + np.arange(0, HOP + 1, _GRAIN)) * self._speed
        grains = np.floor(places / _GRAIN).astype(np.int64)
        from_grain = int(grains[0]) - _LOOK_BACK
        n_grains = int(grains[-1]) - from_grain + 1
        original = _held(_loudness(self._read(from_grain * _GRAIN, n_grains * _GRAIN)))
        wanted = original[grains - from_grain - _LOOK_BACK]
        mine = np.concatenate([self._loud_before, _loudness(joined)])
        self._loud_before = mine[-_LOOK_BACK:]
        have = _held(mine)[-HOP // _GRAIN :]
        have = np.append(have, have[-1])
        gain = np.clip(wanted / np.maximum(have, 1e-6), 0.0, _MOST_GAIN)
        steady = np.interp(np.arange(HOP) / _GRAIN, np.arange(len(gain)), gain)
        return np.asarray(joined * steady[:, None], dtype=np.float32)


def _best_shift(mono: NDArray[np.float64], wanted: NDArray[np.float64]) -> int:
    """Where, of ``2 * _SHIFT`` places, the piece most like the wanted one begins."""
    coarse = mono[: PIECE + 2 * _SHIFT].reshape(-1, _COARSE).mean(axis=1)
    target = wanted[:PIECE].reshape(-1, _COARSE).mean(axis=1)
    likeness = np.correlate(coarse, target, "valid")
    squares = np.concatenate([[0.0], np.cumsum(coarse * coarse)])
    energy = squares[len(target) :] - squares[: -len(target)]
    score = likeness / np.sqrt(energy + 1e-9)
    # Of places equally good (silence, a steady tone) the one at its own time.
    score -= 1e-6 * np.abs(np.arange(len(score)) - len(score) // 2)
    return int(np.argmax(score)) * _COARSE


def _loudness(samples: Samples) -> NDArray[np.float32]:
    """The peak of each grain over all channels."""
    peaks = np.abs(samples).max(axis=1).reshape(-1, _GRAIN).max(axis=1)
    return np.asarray(peaks, dtype=np.float32)


def _held(loudness: NDArray[np.float32]) -> NDArray[np.float32]:
    """The loudest of each grain and those just before it; shorter by `_LOOK_BACK`."""
    windows = np.lib.stride_tricks.sliding_window_view(loudness, _LOOK_BACK + 1)
    return np.asarray(windows.max(axis=1), dtype=np.float32)


assert HOP % _GRAIN == 0  # noqa: S101  (the arithmetic above stands on it)
assert RATE_HZ % _GRAIN == 0  # noqa: S101
