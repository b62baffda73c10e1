"""The stretches of one lane as arrays, and unions of stretches."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from imhcode.domain.event import Event

Times = npt.NDArray[np.int64]
NOTHING = -1  #: stands where no code holds


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Stretches ``[onsets, offsets)`` with the number of their code, sorted by onset.

    Attributes
    ----------
    onsets, offsets : array of int64, shape (n,)
        Microseconds.
    codes : array of int64, shape (n,)
        Positions in a list of codes.
    """

    onsets: Times
    offsets: Times
    codes: Times

    @classmethod
    def of(cls, events: Iterable[Event], positions: dict[str, int], until_us: int) -> "Spans":
        """The stretches of events; one that runs ends at ``until_us``, instants have no length.

        Codes that are not in ``positions`` are left out.
        """
        rows = [
            (
                event.onset_us,
                until_us if event.offset_us is None else event.offset_us,
                positions[event.code],
            )
            for event in events
            if event.code in positions
        ]
        if not rows:
            nothing = np.empty(0, np.int64)
            return cls(nothing, nothing, nothing)
        onsets, offsets, codes = np.array(rows, np.int64).T
        order = np.lexsort((offsets, onsets))
        return cls(onsets[order], offsets[order], codes[order])

    def at(self, times: Times) -> Times:
        """The code that holds at each instant, ``NOTHING`` where none does.

        For lanes without overlap.
        """
        held = np.searchsorted(self.onsets, times, side="right") - 1
        codes = np.full(len(times), NOTHING, np.int64)
        inside = held >= 0
        inside[inside] = times[inside] < self.offsets[held[inside]]
        codes[inside] = self.codes[held[inside]]
        return codes

    def only(self, code: int) -> "Union":
        """When that code holds, however often it was said."""
        mine = self.codes == code
        return Union.of(self.onsets[mine], self.offsets[mine])


@dataclass(frozen=True, slots=True, eq=False)
class Union:
    """Stretches that neither overlap nor touch, in order."""

    onsets: Times
    offsets: Times

    @classmethod
    def of(cls, onsets: Times, offsets: Times) -> "Union":
        """The union of any stretches; those without length do not count."""
        real = offsets > onsets
        onsets, offsets = onsets[real], offsets[real]
        if not len(onsets):
            return cls(onsets, offsets)
        order = np.argsort(onsets, kind="stable")
        onsets, offsets = onsets[order], offsets[order]
        reach = np.maximum.accumulate(offsets)
        first = np.concatenate(([True], onsets[1:] > reach[:-1]))
        last = np.concatenate((first[1:], [True]))
        return cls(onsets[first], reach[last])

    def has(self, times: Times) -> npt.NDArray[np.bool_]:
        """Whether each instant lies inside."""
        held = np.searchsorted(self.onsets, times, side="right") - 1
        inside = held >= 0
        inside[inside] = times[inside] < self.offsets[held[inside]]
        return inside

    def dilated(self, by_us: int) -> "Union":
        """Every instant within ``by_us`` of one that lies inside."""
        return Union.of(self.onsets - by_us, self.offsets + by_us)

    def within(self, from_us: int, until_us: int) -> "Union":
        """What of it lies in ``[from_us, until_us)``."""
        return Union.of(np.maximum(self.onsets, from_us), np.minimum(self.offsets, until_us))

    def outside(self, from_us: int, until_us: int) -> "Union":
        """What it leaves of ``[from_us, until_us)``."""
        return Union.of(np.array([from_us]), np.array([until_us])).without(self)

    def without(self, other: "Union") -> "Union":
        """What of it lies outside the other."""
        mine = self.common(other)
        onsets = np.sort(np.concatenate([self.onsets, mine.offsets]))
        offsets = np.sort(np.concatenate([mine.onsets, self.offsets]))
        return Union.of(onsets, offsets)

    def common(self, other: "Union") -> "Union":
        """What lies in both."""
        edges = np.sort(np.concatenate([self.onsets, self.offsets, other.onsets, other.offsets]))
        both = self.has(edges[:-1]) & other.has(edges[:-1])
        return Union.of(edges[:-1][both], edges[1:][both])

    @property
    def length_us(self) -> int:
        """How long it is altogether."""
        return int((self.offsets - self.onsets).sum())


def union_of(unions: Iterable[Union]) -> Union:
    """Everything that lies in any of them."""
    some = list(unions)
    nothing = np.empty(0, np.int64)
    return Union.of(
        np.concatenate([nothing, *(one.onsets for one in some)]),
        np.concatenate([nothing, *(one.offsets for one in some)]),
    )
