"""A lane, taken apart where a subject has several instances: mother and father exclude nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from imhcode.domain.event import Event
from imhcode.domain.lane import Lane


@dataclass(frozen=True)
class Strand:
    """The events of one instance on a track, in order of onset.

    Attributes
    ----------
    onsets_us, offsets_us : ndarray of int64, shape (n,)
        A running state's offset is the far future.
    """

    events: Sequence[Event]
    onsets_us: NDArray[np.int64]
    offsets_us: NDArray[np.int64]


def strands(lane: Lane) -> list[Strand]:
    """The strands of a lane; one if its subject has no instances, none if it is empty."""
    if not len(lane):
        return []
    events = list(lane)
    onsets_us, offsets_us = lane.columns.onsets_us, lane.columns.offsets_us
    instances = [event.instance for event in events]
    if len(set(instances)) == 1:
        return [Strand(events, onsets_us, offsets_us)]
    places: dict[str, list[int]] = {}
    for place, instance in enumerate(instances):
        places.setdefault(instance, []).append(place)
    return [
        Strand([events[one] for one in some], onsets_us[some], offsets_us[some])
        for some in places.values()
    ]
