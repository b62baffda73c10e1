"""Propose by their sound how far one recording lies from another.

Two microphones in one room hear the same beginnings of sounds, however differently they hear the
sounds themselves.  So what is compared is how much begins at each instant: the rise of the energy
in a few bands of pitch, two hundred times a second.  The lag at which the two fit best is proposed;
how far the next best lag stays behind says how sure that is.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from imhcode.media.container import decodable, open_container, picture_stream
from imhcode.media.packet_index import MISSING, read_packet_index
from imhcode.media.recording_path import checked_recording_path
from imhcode.media.superseded import Superseded

RATE_HZ = 8_000
HOP = 40  # samples: 5 ms
BIN_US = 1_000_000 * HOP // RATE_HZ
_WINDOW = 160
_FFT = 256
_BAND_EDGES_HZ = (200, 400, 700, 1_100, 1_700, 2_500, 3_600)
_BLOCK = RATE_HZ * 20  # samples worked through at once
_GAP_S = Fraction(1, 25)  # sound that comes later than this after its predecessor left a hole
_LONGEST_HOLE = RATE_HZ * 6 * 3_600  # a later time is a slip of the file, not a hole
_BINS_A_SECOND = RATE_HZ // HOP
_CHANCE = 12.0  # fit that eighty pairs of films from different rooms stayed below (11.5)
_LEAST_OVERLAP_BINS = 5 * _BINS_A_SECOND
_ANOTHER_PLACE_BINS = _BINS_A_SECOND // 4  # nearer than this it is the same peak
_DRIFT_FROM_BINS = 180 * _BINS_A_SECOND  # in less, drift is smaller than what can be measured

Wanted = Callable[[], bool]
Envelope = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SyncProposal:
    """How far the second recording lies from the first, as their sound says.

    Attributes
    ----------
    lag_us : int
        Time on the first recording's clock of what the second shows at its 0.
    confidence : float
        From 0 (another lag, or chance, is as good) to 1 (nothing comes near).
    overlap_us : int
        How much sound the two have in common at that lag.
    drift_us : int or None
        By how much the second clock falls behind the first over the overlap; ``None`` where the
        overlap is too short to tell.
    """

    lag_us: int
    confidence: float
    overlap_us: int
    drift_us: int | None

    @property
    def is_sure(self) -> bool:
        """Whether it may be believed; films from different rooms stay at 0, or close to it."""
        return self.confidence >= 0.2


def propose_sync(
    first: str | os.PathLike[str],
    second: str | os.PathLike[str],
    *,
    wanted: Wanted = lambda: True,
) -> SyncProposal | None:
    """Compare the sound of two recordings; ``None`` if one has none or they hardly overlap.

    Reads both files once and keeps 5 kB a minute of each.

    Raises
    ------
    Refused, Trouble
        A recording cannot be opened.
    Superseded
        ``wanted`` said no.
    """
    envelopes = []
    for path in (first, second):
        envelope = sound_envelope(path, wanted=wanted)
        if envelope is None or len(envelope) < _LEAST_OVERLAP_BINS:
            return None
        envelopes.append(envelope)
    return compared(*envelopes)


def sound_envelope(
    path: str | os.PathLike[str], *, wanted: Wanted = lambda: True
) -> Envelope | None:
    """How much begins to sound in each 5 ms of a recording, from its first picture on.

    Returns
    -------
    ndarray of float32, shape (bins,), or None
        Mean 0 and standard deviation 1 over the recording; ``None`` without any sound.
    """
    checked = checked_recording_path(path)
    energies = list(_energies(checked, wanted))
    if not energies:
        return None
    bands = np.concatenate(energies)
    floor = np.median(bands, axis=0) + np.float32(1e-12)  # hiss below it makes no beginnings
    rise = np.diff(np.log(bands + floor), axis=0, prepend=np.log(bands[:1] + floor))
    strength = np.maximum(rise, 0).sum(axis=1, dtype=np.float32)
    strength -= _moving_mean(strength, _BINS_A_SECOND)
    spread = float(strength.std())
    if spread < 1e-6:
        return None  # silence
    return np.asarray(np.clip(strength / spread, -5, 5), dtype=np.float32)


def compared(first: Envelope, second: Envelope) -> SyncProposal | None:
    """The lag at which two envelopes fit best; ``None`` if no lag lets them overlap enough.

    Parameters
    ----------
    first, second : ndarray of float32, shape (bins,) each
        As :func:`sound_envelope` makes them.
    """
    lags, fit, overlap = _fits(first, second)
    if len(lags) == 0:
        return None
    best = int(np.argmax(fit))
    height = float(fit[best])
    elsewhere = np.abs(lags - lags[best]) > _ANOTHER_PLACE_BINS
    rival = float(fit[elsewhere].max(initial=0.0))
    confidence = max(0.0, 1.0 - max(rival, _CHANCE) / height) if height > 0 else 0.0
    lag = int(lags[best])
    return SyncProposal(
        lag_us=round((lag + _between(fit, best)) * BIN_US),
        confidence=round(confidence, 3),
        overlap_us=int(overlap[best]) * BIN_US,
        drift_us=_drift_us(first, second, lag),
    )


def _fits(
    first: Envelope, second: Envelope
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """For every lag that leaves enough overlap: lag, fit, and overlap, all in bins.

    The fit is the correlation over the overlap times the root of its length: what chance reaches
    is then alike for long and short overlaps.
    """
    n_first, n_second = len(first), len(second)
    size = 1 << (n_first + n_second - 1).bit_length()
    product = np.fft.rfft(first, size) * np.conj(np.fft.rfft(second, size))
    circular = np.fft.irfft(product, size)
    lags = np.arange(1 - n_second, n_first, dtype=np.int64)
    start, stop = np.maximum(lags, 0), np.minimum(lags + n_second, n_first)
    overlap = stop - start
    enough = overlap >= min(_LEAST_OVERLAP_BINS, n_first, n_second)
    lags, start, stop, overlap = lags[enough], start[enough], stop[enough], overlap[enough]
    power_first = np.concatenate(([0.0], np.cumsum(np.square(first, dtype=np.float64))))
    power_second = np.concatenate(([0.0], np.cumsum(np.square(second, dtype=np.float64))))
    power = (power_first[stop] - power_first[start]) * (
        power_second[stop - lags] - power_second[start - lags]
    )
    fit = circular[lags % size] / np.sqrt(np.maximum(power, 1e-9)) * np.sqrt(overlap)
    return lags, fit, overlap


def _between(fit: NDArray[np.float64], best: int) -> float:
    """Where between bins the peak lies, from -0.5 to 0.5: a parabola through its neighbours."""
    if not 0 < best < len(fit) - 1:
        return 0.0
    before, at, after = (float(fit[one]) for one in (best - 1, best, best + 1))
    bend = before - 2 * at + after
    return 0.0 if bend >= 0 else max(-0.5, min(0.5, (before - after) / (2 * bend)))


def _drift_us(first: Envelope, second: Envelope, lag: int) -> int | None:
    """Compare the first with the last third of the overlap, near the lag found for the whole."""
    start, stop = max(lag, 0), min(lag + len(second), len(first))
    if stop - start < _DRIFT_FROM_BINS:
        return None
    third = (stop - start) // 3
    found = []
    for begin in (start, stop - third):
        around = slice(max(0, begin - _BINS_A_SECOND), begin + third + _BINS_A_SECOND)
        piece = second[begin - lag : begin - lag + third]
        lags, fit, _ = _fits(first[around], piece)
        near = np.abs(lags + around.start - begin) <= _BINS_A_SECOND
        best = int(np.argmax(np.where(near, fit, -np.inf)))
        found.append(float(lags[best]) + _between(fit, best) + around.start - begin)
    # The middles of the two thirds lie two thirds of the overlap apart.
    return round((found[1] - found[0]) * 1.5 * BIN_US)


def _moving_mean(values: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    sums = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    at = np.arange(len(values))
    start, stop = np.maximum(at - width // 2, 0), np.minimum(at + width // 2 + 1, len(values))
    return np.asarray((sums[stop] - sums[start]) / (stop - start), dtype=np.float32)


def _energies(path: Path, wanted: Wanted) -> Iterator[NDArray[np.float32]]:
    """Yield the energy in each band for every 5 ms, block by block; shape (bins, bands)."""
    hertz = np.fft.rfftfreq(_FFT, 1 / RATE_HZ)
    edges = np.searchsorted(hertz, _BAND_EDGES_HZ)
    window = np.hanning(_WINDOW).astype(np.float32)
    waiting = np.zeros(0, np.float32)

    def worked(samples: NDArray[np.float32]) -> NDArray[np.float32]:
        pieces = np.lib.stride_tricks.sliding_window_view(samples, _WINDOW)[::HOP] * window
        power = np.square(np.abs(np.fft.rfft(pieces, _FFT, axis=1)))
        return np.asarray(np.add.reduceat(power, edges, axis=1)[:, :-1], dtype=np.float32)

    for samples in _samples(path, wanted):
        waiting = np.concatenate((waiting, samples))
        while len(waiting) >= _BLOCK + _WINDOW - HOP:
            yield worked(waiting[: _BLOCK + _WINDOW - HOP])
            waiting = waiting[_BLOCK:]
    if len(waiting) >= _WINDOW:
        yield worked(waiting)


def _samples(path: Path, wanted: Wanted) -> Iterator[NDArray[np.float32]]:
    """Yield the first sound track, mono, without holes, from the recording's time 0 on."""
    with open_container(path) as container:
        tracks = [track for track in container.streams.audio if decodable(track)]
        if not tracks:
            return
        begin_s = _first_picture_s(path)
        given = 0  # samples yielded so far: where the next one belongs
        resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE_HZ)
        for packet in container.demux(tracks[0]):
            if not wanted():
                raise Superseded
            try:
                frames = packet.decode()
            except av.error.FFmpegError:
                continue  # a damaged packet leaves a hole, filled below
            for frame in frames:
                samples = _concatenated(resampler.resample(frame))
                if frame.pts is not None and frame.time_base is not None:
                    at_s = frame.pts * frame.time_base - begin_s
                    place = round(at_s * RATE_HZ)
                    hole = place - given
                    if 0 < hole < _LONGEST_HOLE and (given == 0 or hole > _GAP_S * RATE_HZ):
                        for begin in range(0, hole, _BLOCK):
                            yield np.zeros(min(_BLOCK, hole - begin), np.float32)
                        given += hole
                    if given == 0 and place < 0:
                        samples = samples[min(-place, len(samples)) :]
                given += len(samples)
                yield samples


def _concatenated(frames: list[av.AudioFrame]) -> NDArray[np.float32]:
    arrays = [frame.to_ndarray().reshape(-1) for frame in frames]
    return np.concatenate([np.zeros(0, np.float32), *arrays], dtype=np.float32)


def _first_picture_s(path: Path) -> Fraction:
    """When the first shown picture comes, in seconds on the container's clock."""
    with open_container(path) as container:
        index = read_packet_index(container, picture_stream(container, path), path)
    return Fraction(0) if index.first_pts == MISSING else index.first_pts * index.time_base
