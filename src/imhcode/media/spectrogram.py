"""Which pitches a recording holds, moment by moment: what a spectrogram is drawn from."""

import math
import os
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from imhcode.media.sound_pyramid import Pyramid, bounded

HOP_US = 10_000  #: one column of the spectrogram
TOP_HZ = 8_000
BANDS = 64  #: evenly spaced for the ear: close together below, far apart above
SPEECH_HZ = (200, 4_000)  #: voices: from the pitch of a man to the hiss of an s
MOST_COLUMNS = 2 * 3600 * 100  #: two hours, 62 MB with all levels; longer ones get longer columns
QUIETEST_DB, LOUDEST_DB = -110.0, 0.0  #: of full scale: what 0 and 255 stand for
_LEAST_RATE_HZ = 22_000  # sound is thinned out to this or more: room for a gentle filter
_WINDOW_S = 0.030  # long enough to tell the overtones of a voice apart
_LEAST_CONTRAST = 64  # 28 dB: less would show the hum of a quiet room as if it were something
_FULL_SCALE = 32_768.0


@dataclass(frozen=True, eq=False)
class Spectrogram:
    """Strength of every band of pitch, on the recording's own clock.

    Attributes
    ----------
    bands : Pyramid
        Of uint8, one row a band from the lowest up: decibels from `QUIETEST_DB` (0) to
        `LOUDEST_DB` (255); coarser levels keep the strongest.
    quiet, loud : int
        Between which numbers most of this recording's sound lies: its hum, and its voices.
    """

    bands: Pyramid
    quiet: int
    loud: int

    @property
    def end_us(self) -> int:
        """Where the sound ends, to a column."""
        return self.bands.end_us

    @property
    def nbytes(self) -> int:
        """Bytes in memory: 31 MB for an hour."""
        return self.bands.nbytes

    @classmethod
    def of(cls, bands: NDArray[np.uint8]) -> "Spectrogram":
        """Build the coarser levels from columns `HOP_US` long, shape (bands, columns)."""
        pyramid = bounded(bands, HOP_US, np.maximum, MOST_COLUMNS)
        sample = bands[:, :: max(bands.shape[-1] // 20_000, 1)]
        quiet, loud = np.percentile(sample, [50, 99.9]).tolist() if sample.size else (0, 255)
        return cls(pyramid, int(quiet), max(int(loud), int(quiet) + _LEAST_CONTRAST))


def band_edges_hz() -> NDArray[np.float64]:
    """Borders of the bands, shape (BANDS + 1,), even on the mel scale from 0 to `TOP_HZ`."""
    top = 2595 * np.log10(1 + TOP_HZ / 700)
    return np.asarray(700 * (10 ** (np.linspace(0, top, BANDS + 1) / 2595) - 1))


def band_of(frequency_hz: float) -> int:
    """The band a pitch lies in."""
    found = np.searchsorted(band_edges_hz(), frequency_hz, side="right") - 1
    return int(np.clip(found, 0, BANDS - 1))


def read_spectrogram(
    path: str | os.PathLike[str],
    *,
    wanted: Callable[[], bool] = lambda: True,
    on_progress: Callable[[float], None] = lambda _: None,
) -> Spectrogram:
    """Decode the first sound stream once, all channels as one; see `read_waveform`.

    Raises
    ------
    Refused, Trouble
        One of the classes in `imhcode.media.errors`.
    Superseded
        ``wanted`` said no.
    """
    from imhcode.media.sound_pyramid_samples import WholeSound  # noqa: PLC0415  (loads PyAV)

    sound = WholeSound(path, wanted=wanted, on_progress=on_progress)
    thinning: _Thinning | None = None
    transform: _Transform | None = None
    columns: list[NDArray[np.uint8]] = []
    for block in sound.blocks():
        thinning = thinning or _Thinning(max(sound.rate_hz // _LEAST_RATE_HZ, 1))
        transform = transform or _Transform(Fraction(sound.rate_hz, thinning.by))
        columns += transform.add(thinning.add(block.mean(axis=0, dtype=np.float32)))
    if transform is not None and thinning is not None:
        columns += transform.add(thinning.end())
        columns += transform.end()
    nothing = np.zeros((BANDS, 0), dtype=np.uint8)
    return Spectrogram.of(np.concatenate(columns or [nothing], axis=1))


class _Thinning:
    """Every n-th sample of sound that comes in pieces, once what is too high for it is gone."""

    def __init__(self, by: int) -> None:
        self.by = by
        self._reach = 16 * (by - 1)
        taps = np.sinc(np.arange(-self._reach, self._reach + 1) / by)
        taps *= np.hamming(len(taps)) if by > 1 else 1
        self._taps = (taps / taps.sum()).astype(np.float32)
        # Silence before the sound, so that the filter's delay is made good.
        self._rest = np.zeros(self._reach, dtype=np.float32)

    def add(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """What can be given on by now."""
        if self.by == 1:
            return samples
        sound = np.concatenate([self._rest, samples])
        count = max((len(sound) - 2 * self._reach - 1) // self.by + 1, 0)
        self._rest = sound[count * self.by :]
        if not count:
            return sound[:0]
        used = sound[: (count - 1) * self.by + 2 * self._reach + 1]
        return np.convolve(used, self._taps, mode="valid")[:: self.by]

    def end(self) -> NDArray[np.float32]:
        """The rest, with silence after it."""
        return self.add(np.zeros(self._reach, dtype=np.float32))


class _Transform:
    """Columns of a spectrogram from sound that comes in pieces."""

    def __init__(self, rate_hz: Fraction) -> None:
        self._hop = rate_hz * HOP_US / 1_000_000  # samples
        self._length = _fast_length(float(rate_hz) * _WINDOW_S)
        self._window = np.hanning(self._length + 1)[:-1].astype(np.float32)
        self._window /= self._window.sum() / 2 * _FULL_SCALE  # a full sine is then 0 dB
        self._weights = _weights(float(rate_hz), self._length)
        # The window of column 0 is centred on its middle and so begins before the sound.
        self._rest = np.zeros(self._length, dtype=np.float32)
        self._rest_at = -self._length
        self._next = 0
        self._end = 0

    def add(self, samples: NDArray[np.float32]) -> list[NDArray[np.uint8]]:
        """Columns that can be worked out now; each of shape (bands, columns)."""
        self._end += len(samples)
        sound = np.concatenate([self._rest, samples])
        last = int(self._end / self._hop) + 1
        starts = self._starts(np.arange(self._next, last + 1)) - self._rest_at
        starts = starts[starts + self._length <= len(sound)]
        if not len(starts):
            self._rest = sound
            return []
        self._next += len(starts)
        keep = int(self._starts(np.array([self._next]))[0]) - self._rest_at
        self._rest, self._rest_at = sound[keep:], self._rest_at + keep
        return [self._columns(sound, starts)]

    def end(self) -> list[NDArray[np.uint8]]:
        """The columns at the very end, with silence after it."""
        wanted = math.ceil(self._end / self._hop) - self._next
        found = self.add(np.zeros(2 * self._length, dtype=np.float32))
        return [one[:, : max(wanted, 0)] for one in found]

    def _starts(self, columns: NDArray[np.int64]) -> NDArray[np.int64]:
        """Samples at which the windows of columns begin."""
        middle = (2 * columns + 1) * self._hop.numerator // (2 * self._hop.denominator)
        return middle - self._length // 2

    def _columns(self, sound: NDArray[np.float32], starts: NDArray[np.int64]) -> NDArray[np.uint8]:
        windows = np.lib.stride_tricks.sliding_window_view(sound, self._length)[starts]
        spectrum = np.fft.rfft(windows * self._window)[:, : self._weights.shape[1]]
        power = spectrum.real**2 + spectrum.imag**2
        # Not "@": its threads would take the core away that decodes the pictures.
        bands = np.einsum("bl,cl->bc", self._weights, power)
        decibels = 10 * np.log10(bands + 1e-12)
        share = (decibels - QUIETEST_DB) / (LOUDEST_DB - QUIETEST_DB)
        return np.asarray(np.clip(share * 255, 0, 255), dtype=np.uint8)


def _fast_length(samples: float) -> int:
    """The next length whose transform is quick: 2 to a power, or half as much again."""
    length = 16
    while length < samples:
        length = length * 3 // 2 if length & (length - 1) == 0 else length * 4 // 3
    return length


def _weights(rate_hz: float, length: int) -> NDArray[np.float32]:
    """How much of each line of the transform each band gets, shape (bands, lines to `TOP_HZ`).

    Low bands are narrower than a line and share it: each band looks at its own middle.
    """
    lines_hz = np.arange(length // 2 + 1) * rate_hz / length
    lines_hz = lines_hz[lines_hz <= TOP_HZ]
    edges = band_edges_hz()
    middles = (edges[1:] + edges[:-1]) / 2
    reach = np.maximum(np.diff(edges), rate_hz / length)[:, None]
    weights = np.maximum(1 - np.abs(lines_hz - middles[:, None]) / reach, 0)
    weights[middles > rate_hz / 2] = 0
    return weights.astype(np.float32)
