"""How loud a recording is, moment by moment: what a waveform is drawn from."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from imhcode.media.sound_pyramid import Pyramid, bounded, pooled

BIN_US = 1_000  #: of the extremes; nobody codes finer than a picture, which lasts 20 ms or more
LOUDNESS_BIN_US = 16_000  #: of the loudness; shorter ones would show the pitch of a voice
MOST_BINS = 4 * 3600 * 1000  #: four hours; longer recordings get longer bins
_PER_LOUDNESS = LOUDNESS_BIN_US // BIN_US


@dataclass(frozen=True, eq=False)
class Waveform:
    """Extremes and loudness of a recording's sound, on its own clock.

    Attributes
    ----------
    lows, highs : Pyramid
        Of int16, full scale 32767; one row a channel, or one for all of them.
    loudness : Pyramid
        Of uint16, one row: root mean square of 16 ms of all channels; coarser levels keep the
        loudest, so that a short cry stays visible.
    furthest : int
        How far all but a thousandth of it reaches, so that one bang does not flatten the voices.
    """

    lows: Pyramid
    highs: Pyramid
    loudness: Pyramid
    furthest: int

    @property
    def channels(self) -> int:
        """Rows that can be drawn."""
        return int(self.lows.base.shape[0])

    @property
    def end_us(self) -> int:
        """Where the sound ends, to a millisecond."""
        return self.lows.end_us

    @property
    def nbytes(self) -> int:
        """Bytes in memory: 20 MB for an hour of one row."""
        return self.lows.nbytes + self.highs.nbytes + self.loudness.nbytes

    @classmethod
    def of(
        cls, lows: NDArray[np.int16], highs: NDArray[np.int16], loudness: NDArray[np.uint16]
    ) -> "Waveform":
        """Build the coarser levels; arrays of shape (rows, bins), loudness (1, bins / 16)."""
        coarse = pooled(highs, _PER_LOUDNESS, np.maximum) if highs.shape[-1] else highs
        return cls(
            bounded(lows, BIN_US, np.minimum, MOST_BINS),
            bounded(highs, BIN_US, np.maximum, MOST_BINS),
            bounded(loudness, LOUDNESS_BIN_US, np.maximum, MOST_BINS // _PER_LOUDNESS),
            max(int(np.quantile(coarse, 0.999)), 1) if coarse.size else 1,
        )


def read_waveform(
    path: str | os.PathLike[str],
    *,
    mixed: bool = True,
    wanted: Callable[[], bool] = lambda: True,
    on_progress: Callable[[float], None] = lambda _: None,
) -> Waveform:
    """Decode the first sound stream once.

    Parameters
    ----------
    mixed : bool
        One row that reaches as far as the channel that reaches furthest, so that what only one
        microphone heard is as high as it was there; else one row a channel.
    wanted, on_progress
        See `imhcode.media.sound_pyramid_samples.WholeSound`.

    Raises
    ------
    Refused, Trouble
        One of the classes in `imhcode.media.errors`.
    Superseded
        ``wanted`` said no.
    """
    from imhcode.media.sound_pyramid_samples import WholeSound  # noqa: PLC0415  (loads PyAV)

    sound = WholeSound(path, wanted=wanted, on_progress=on_progress)
    lows, highs, loudness = [], [], []
    for block, edges in _whole_bins(sound.blocks(), lambda: sound.rate_hz):
        low = np.minimum.reduceat(block, edges[:-1], axis=1)
        high = np.maximum.reduceat(block, edges[:-1], axis=1)
        lows.append(low.min(axis=0, keepdims=True) if mixed else low)
        highs.append(high.max(axis=0, keepdims=True) if mixed else high)
        coarse = edges[:-1:_PER_LOUDNESS]
        power = np.square(block, dtype=np.float32).mean(axis=0)
        energy = np.add.reduceat(power, coarse) / np.diff(coarse, append=edges[-1])
        loudness.append(np.sqrt(energy).astype(np.uint16))
    rows = len(lows[0]) if lows else 1
    return Waveform.of(
        np.concatenate([_with_rows(one, rows) for one in lows] or [_nothing(np.int16)], axis=1),
        np.concatenate([_with_rows(one, rows) for one in highs] or [_nothing(np.int16)], axis=1),
        np.concatenate(loudness or [_nothing(np.uint16)[0]])[None],
    )


def _whole_bins(
    blocks: Iterator[NDArray[np.int16]], rate_hz: Callable[[], int]
) -> Iterator[tuple[NDArray[np.int16], NDArray[np.int64]]]:
    """Cut sound anew, so that each piece is a whole number of loudness bins; the last is not.

    Yields pieces of shape (channels, samples) and the borders of their 1 ms bins in samples,
    shape (bins + 1,).
    """
    rest: NDArray[np.int16] | None = None
    first_bin = 0
    for block in blocks:
        if rest is not None and len(rest) != len(block):
            rest = _with_rows(rest, len(block))
        sound = block if rest is None else np.concatenate([rest, block], axis=1)
        edges = _edges(first_bin, sound.shape[1], rate_hz())
        bins = (len(edges) - 1) // _PER_LOUDNESS * _PER_LOUDNESS
        if bins:
            yield sound[:, : edges[bins]], edges[: bins + 1]
        rest = sound[:, edges[bins] :]
        first_bin += bins
    if rest is not None and rest.shape[1]:
        edges = _edges(first_bin, rest.shape[1], rate_hz())
        if edges[-1] < rest.shape[1]:
            edges = np.append(edges, rest.shape[1])
        yield rest, edges


def _edges(first_bin: int, count: int, rate_hz: int) -> NDArray[np.int64]:
    """Samples, from the first on, at which the bins begin that end within ``count`` of them."""
    begin = -(-first_bin * rate_hz // 1000)
    last_bin = (begin + count) * 1000 // rate_hz
    bins = np.arange(first_bin, max(last_bin, first_bin) + 1, dtype=np.int64)
    return -(-bins * rate_hz // 1000) - begin


def _with_rows(rows: NDArray[np.int16], count: int) -> NDArray[np.int16]:
    """The same with so many channels: a broadcast may change them on the way."""
    if len(rows) == count:
        return rows
    return np.resize(rows[:1], (count, rows.shape[1])) if count > len(rows) else rows[:count]


def _nothing(dtype: type) -> NDArray[Any]:
    return np.zeros((1, 0), dtype=dtype)
