"""Lanes of many sessions laid end to end on one long clock, so that one sweep serves them all.

A sheet is one subject of one session: lanes of mother and father are never laid over each other.
Between sheets lies more empty time than any tolerance reaches over.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from imhcode.analysis.coded_lane import NOBODY, CodedLane
from imhcode.analysis.compared_pair import ComparedPair
from imhcode.analysis.spans import Spans, Times, Union, union_of
from imhcode.domain.event import FAR_FUTURE_US


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """One coder's events on the long clock, by onset and by code.

    Attributes
    ----------
    spans : Spans
        A running state ends with the window of its session.
    session : array of int64, shape (n,)
        Place of its session in the batch.
    row : array of int64, shape (n,)
        Place of the event in the lane of its session.
    """

    spans: Spans
    session: Times
    row: Times


@dataclass(frozen=True, slots=True, eq=False)
class Sheets:
    """Both coders' events of a batch of sessions on one track.

    Attributes
    ----------
    starts : array of int64, shape (sheets,)
        Where each sheet begins on the long clock.
    session : array of int64, shape (sheets,)
        Which session of the batch it is about.
    windows, scored : Union
        First to last scored instant of each sheet; what of it is scored.
    """

    n_sessions: int
    starts: Times
    session: Times
    windows: Union
    scored: Union
    a: Laid
    b: Laid


def laid_end_to_end(pairs: Sequence[ComparedPair], track_id: str, reach_us: int) -> Sheets:
    """The lanes of one track of all these sessions; ``reach_us``: the largest tolerance."""
    starts: list[int] = []
    sessions: list[int] = []
    scored: list[Union] = []
    laid: tuple[list[Laid], list[Laid]] = ([], [])
    at_us = 0
    for number, pair in enumerate(pairs):
        lanes = [one.get(track_id, NOBODY) for one in (pair.a, pair.b)]
        instances = sorted({name for lane in lanes for name in _instances(lane)})
        if len(instances) < 2:  # what is coded of one subject only needs no picking apart
            instances = [""]
        low_us, high_us = _extent(pair, lanes)
        for instance in instances:
            shift_us = at_us - low_us
            starts.append(at_us)
            sessions.append(number)
            scored.append(_shifted(pair.scored, shift_us))
            for lane, into in zip(lanes, laid, strict=True):
                into.append(_laid(pair, lane, instance, len(instances) > 1, shift_us, number))
            at_us += high_us - low_us + 2 * reach_us + 2
    windows = [
        Union(one.onsets[:1], one.offsets[-1:])
        for one in scored  # a sheet without scored time has no window
    ]
    a, b = (_joined(one) for one in laid)
    return Sheets(
        len(pairs),
        np.array(starts, np.int64),
        np.array(sessions, np.int64),
        union_of(windows),
        union_of(scored),
        a,
        b,
    )


def _instances(lane: CodedLane) -> Sequence[str]:
    """Whom each event is about."""
    return lane.instances or [""] * len(lane)


def _extent(pair: ComparedPair, lanes: Sequence[CodedLane]) -> tuple[int, int]:
    """From before to behind everything on a sheet."""
    low_us, high_us = pair.window_us
    for lane in lanes:
        if len(lane):
            ended = lane.offsets[lane.offsets < FAR_FUTURE_US]
            low_us = min(low_us, int(lane.onsets[0]))
            high_us = max(high_us, int(lane.onsets[-1]), int(ended.max(initial=high_us)))
    return low_us, high_us


def _laid(
    pair: ComparedPair, lane: CodedLane, instance: str, several: bool, shift_us: int, number: int
) -> Laid:
    row = np.arange(len(lane))
    if several:
        row = row[np.array([name == instance for name in _instances(lane)], bool)]
    onsets, offsets = lane.onsets[row], lane.offsets[row]
    offsets = np.where(offsets == FAR_FUTURE_US, pair.window_us[1], offsets)
    spans = Spans(onsets + shift_us, np.maximum(offsets, onsets) + shift_us, lane.codes[row])
    return Laid(spans, np.full(len(row), number, np.int64), row)


def _shifted(union: Union, by_us: int) -> Union:
    return Union(union.onsets + by_us, union.offsets + by_us)


def _joined(parts: Sequence[Laid]) -> Laid:
    nothing = [np.empty(0, np.int64)]
    spans = [one.spans for one in parts]
    return Laid(
        Spans(
            np.concatenate(nothing + [one.onsets for one in spans]),
            np.concatenate(nothing + [one.offsets for one in spans]),
            np.concatenate(nothing + [one.codes for one in spans]),
        ),
        np.concatenate(nothing + [one.session for one in parts]),
        np.concatenate(nothing + [one.row for one in parts]),
    )
