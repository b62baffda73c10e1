"""Decode a whole recording and hold every frame against the index."""

import os
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from imhcode.media.container import opened_pictures
from imhcode.media.frame_times import ticks_to_us
from imhcode.media.packet_index import (
    MISSING,
    PacketIndex,
    Progress,
    frames_decoded,
    read_packet_index,
)
from imhcode.media.recording_path import checked_recording_path

_REPORT_EVERY = 64  # frames


@dataclass(frozen=True)
class TimeMismatch:
    """A frame that the decoder shows at another time than the index says, µs."""

    frame: int
    index_us: int
    decoded_us: int


@dataclass(frozen=True)
class DamagedStretch:
    """A stretch ``[from_us, to_us)`` of frames that cannot be trusted to the last pixel.

    They are missing, were decoded with errors, or come after such a frame and before the next
    keyframe: pictures are built on one another, and a decoder does not tell which on which.
    """

    from_us: int
    to_us: int


@dataclass(frozen=True)
class Verification:
    """What a full decoding found.

    Attributes
    ----------
    frames : int
        Frames that came out of the decoder and belong to the recording.
    mismatches : tuple of TimeMismatch
    damaged : tuple of DamagedStretch
        In order, never touching one another.
    """

    frames: int
    mismatches: tuple[TimeMismatch, ...]
    damaged: tuple[DamagedStretch, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found."""
        return not self.mismatches and not self.damaged


def verify(path: str | os.PathLike[str], on_progress: Progress = lambda _: None) -> Verification:
    """Decode every frame once, in order, and compare its time with the index.

    As slow as decoding the file.  The time compared is the one the decoder gives with the frame;
    where a file has none, the place in the order of display.

    Parameters
    ----------
    path : path-like
        The recording.
    on_progress : callable
        Gets the share of frames decoded, from 0 to 1.

    Raises
    ------
    Refused, Trouble
        The recording cannot be opened at all.
    """
    checked = checked_recording_path(path)
    with opened_pictures(checked) as (container, stream):
        index = read_packet_index(container, stream, checked)
    whole = np.zeros(len(index.times), dtype=bool)
    decoded_us = np.full(len(index.times), -1, dtype=np.int64)
    place = 0
    with opened_pictures(checked) as (container, stream):
        for decoded, ordinal in frames_decoded(container, stream):
            frame = int(index.frames[ordinal]) if ordinal < len(index) else -1
            if frame < 0:
                continue
            whole[frame] = not decoded.is_corrupt
            decoded_us[frame] = _decoded_us(index, decoded.pts, place)
            place += 1
            if place % _REPORT_EVERY == 0:
                on_progress(place / len(whole))
    expected = index.times.times_us
    wrong = np.flatnonzero((decoded_us >= 0) & (decoded_us != expected))
    return Verification(
        frames=place,
        mismatches=tuple(
            TimeMismatch(int(frame), int(expected[frame]), int(decoded_us[frame]))
            for frame in wrong
        ),
        damaged=_stretches(index, whole & ~_built_on_damage(index, whole)),
    )


def _decoded_us(index: PacketIndex, pts: int | None, place: int) -> int:
    if index.first_pts == MISSING or pts is None:
        return int(index.times.times_us[min(place, index.times.last_frame)])
    since_first = np.array([pts - index.first_pts], dtype=np.int64)
    return int(ticks_to_us(since_first, index.time_base)[0])


def _built_on_damage(index: PacketIndex, whole: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return per frame whether it is decoded after a damaged one of its group."""
    start = index.start[index.ordinals]
    first_damaged = np.full(len(index), len(index), dtype=np.int64)
    np.minimum.at(first_damaged, start[~whole], index.ordinals[~whole])
    return np.asarray(index.ordinals > first_damaged[start], dtype=np.bool_)


def _stretches(index: PacketIndex, whole: np.ndarray) -> tuple[DamagedStretch, ...]:
    times = index.times
    edges = np.append(times.times_us, times.end_us)
    bad = np.flatnonzero(np.diff(np.concatenate(([True], whole, [True])).astype(np.int8)))
    found = [(int(edges[first]), int(edges[after])) for first, after in bad.reshape(-1, 2)]
    if index.packets_missing:
        frame_us = max(1, round(1_000_000 / times.nominal_rate_hz))
        start, end = times.end_us, times.end_us + index.packets_missing * frame_us
        if found and found[-1][1] == start:
            start = found.pop()[0]
        found.append((start, end))
    return tuple(DamagedStretch(*stretch) for stretch in found)
