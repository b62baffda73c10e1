"""One lane as the painter needs it: times and codes as arrays."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from imhcode.domain.edit import Edit
from imhcode.domain.event import FAR_FUTURE_US, Event
from imhcode.domain.lane import Lane
from imhcode.domain.scheme import Track

Indices = NDArray[np.intp]


@dataclass(frozen=True)
class LaneTimes:
    """Times and codes of a lane's events, in the lane's order.

    Attributes
    ----------
    onsets_us, ends_us : ndarray of int64, shape (n,)
        A running state ends at its onset here: how far it is drawn depends on the playhead.
    codes : ndarray of int16, shape (n,)
        Place of the code on its track; one more than the last for a code the track lacks.
    """

    onsets_us: NDArray[np.int64]
    ends_us: NDArray[np.int64]
    codes: NDArray[np.int16]

    @classmethod
    def of(cls, lane: Lane, track: Track) -> "LaneTimes":
        """Read a whole lane."""
        places = _places(track)
        unknown = len(track.codes)
        codes = np.fromiter((places.get(event.code, unknown) for event in lane), np.int16)
        return cls._from(lane, codes)

    @classmethod
    def _from(cls, lane: Lane, codes: NDArray[np.int16]) -> "LaneTimes":
        onsets, offsets = lane.columns.onsets_us, lane.columns.offsets_us
        return cls(onsets, np.where(offsets == FAR_FUTURE_US, onsets, offsets), codes)

    def after(self, edit: Edit, lane: Lane, track: Track) -> "LaneTimes":
        """The arrays once ``edit`` has led to ``lane``; only what lies between is read again."""
        touched = [
            event.onset_us
            for step in edit.steps
            for event in (step.before, step.after)
            if event is not None and event.track == track.id
        ]
        if not touched:
            return self
        onsets = lane.columns.onsets_us
        kept = int(np.searchsorted(self.onsets_us, min(touched), side="left"))
        tail = len(self.onsets_us) - int(np.searchsorted(self.onsets_us, max(touched), "right"))
        if len(onsets) - tail - kept > 1000:
            return LaneTimes.of(lane, track)
        places, unknown = _places(track), len(track.codes)
        between = [
            places.get(lane.at(index).code, unknown) for index in range(kept, len(onsets) - tail)
        ]
        rest = self.codes[len(self.codes) - tail :]
        read = np.array(between, dtype=np.int16)
        return LaneTimes._from(lane, np.concatenate([self.codes[:kept], read, rest]))

    @cached_property
    def holders(self) -> Indices:
        """Shape (n,): the event that ends last among all up to and including this one."""
        if not len(self.ends_us):
            return np.empty(0, dtype=np.intp)
        latest = np.maximum.accumulate(self.ends_us)
        own = np.where(self.ends_us == latest, np.arange(len(latest)), 0)
        holders: Indices = np.maximum.accumulate(own).astype(np.intp)
        return holders

    @cached_property
    def latest_us(self) -> NDArray[np.int64]:
        """Shape (n,): the latest end of all events up to and including this one."""
        return self.ends_us[self.holders]

    @cached_property
    def any_length(self) -> bool:
        """Whether any event has a length."""
        return bool((self.ends_us > self.onsets_us).any())

    def visible(self, from_us: int, until_us: int) -> tuple[int, int]:
        """First and last-but-one place among which every event touching the stretch lies."""
        first = int(np.searchsorted(self.latest_us, from_us, side="left"))
        return first, max(int(np.searchsorted(self.onsets_us, until_us, side="left")), first)

    def where(self, mask: NDArray[np.bool_]) -> "LaneTimes":
        """Some of the events only."""
        return LaneTimes(self.onsets_us[mask], self.ends_us[mask], self.codes[mask])

    def place_of(self, event: Event, lane: Lane) -> int | None:
        """Where ``event`` stands in the lane's order; ``None`` if it is not there."""
        first = int(np.searchsorted(self.onsets_us, event.onset_us, side="left"))
        last = int(np.searchsorted(self.onsets_us, event.onset_us, side="right"))
        return next((at for at in range(first, last) if lane.at(at).id == event.id), None)


def _places(track: Track) -> dict[str, int]:
    return {code.id: place for place, code in enumerate(track.codes)}
