"""One track's events, immutable, sorted, in chunks.

A flat tuple of 50,000 events costs milliseconds to copy at every edit.  Here an edit rewrites one
chunk of at most a few hundred events and the short list of chunks; everything else is shared with
the lane before.  Numpy columns are made when somebody asks, chunk by chunk, and kept.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from imhcode.domain.event import FAR_FUTURE_US, Event

CHUNK = 256  #: events in a chunk after a split; a chunk splits at twice that

SortKey = tuple[int, int, str]
Unreviewed = tuple[int, str, str, str]  #: time, instance, event id, ``onset`` or ``offset``


def sort_key(event: Event) -> SortKey:
    """Order of events on a track: onset, then offset, then id."""
    return (event.onset_us, event.until_us, event.id)


@dataclass(frozen=True)
class Columns:
    """A lane's times as arrays, in the lane's order.

    Attributes
    ----------
    onsets_us, offsets_us : ndarray of int64, shape (n,)
        A running state's offset is ``FAR_FUTURE_US``.
    latest_us : ndarray of int64, shape (n,)
        The latest offset of all events up to and including this one.
    """

    onsets_us: NDArray[np.int64]
    offsets_us: NDArray[np.int64]
    latest_us: NDArray[np.int64]


class _Chunk:
    """A run of sorted events; what can be known of it is worked out once."""

    def __init__(self, events: tuple[Event, ...]) -> None:
        self.events = events
        self.first = sort_key(events[0])
        self.latest_us = max(event.until_us for event in events)

    @cached_property
    def keys(self) -> list[SortKey]:
        return [sort_key(event) for event in self.events]

    @cached_property
    def by_id(self) -> dict[str, Event]:
        return {event.id: event for event in self.events}

    @cached_property
    def instances(self) -> frozenset[str]:
        return frozenset(event.instance for event in self.events)

    @cached_property
    def by_target(self) -> dict[str, list[Event]]:
        """Events by what they are linked to."""
        found: dict[str, list[Event]] = {}
        for event in self.events:
            for target in dict.fromkeys(link.target for link in event.links):
                found.setdefault(target, []).append(event)
        return found

    @cached_property
    def unreviewed(self) -> tuple[Unreviewed, ...]:
        """Edges that have not been looked at again, by time; an instant has one."""
        found: list[Unreviewed] = []
        for event in self.events:
            if not event.onset_reviewed:
                found.append((event.onset_us, event.instance, event.id, "onset"))
            if not (event.offset_reviewed or event.is_running or event.is_instant):
                found.append((event.until_us, event.instance, event.id, "offset"))
        return tuple(sorted(found))

    @cached_property
    def times(self) -> NDArray[np.int64]:
        """Shape (2, n): onsets and offsets."""
        pairs = [(event.onset_us, event.until_us) for event in self.events]
        return np.array(pairs, dtype=np.int64).T


class Lane:
    """The events of one track, in order of onset, offset and id."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        ordered = sorted(events, key=sort_key)
        self._chunks = _chunked(ordered)
        self._size = len(ordered)

    @classmethod
    def _of(cls, chunks: list[_Chunk], size: int) -> "Lane":
        lane = cls.__new__(cls)
        lane._chunks, lane._size = chunks, size  # noqa: SLF001
        return lane

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Event]:
        for chunk in self._chunks:
            yield from chunk.events

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Lane):
            return NotImplemented
        return self._size == other._size and all(
            mine == theirs for mine, theirs in zip(self, other, strict=True)
        )

    __hash__ = None  # type: ignore[assignment]  # a lane is compared, never looked up

    def get(self, event_id: str) -> Event | None:
        """The event with that id, if it is here."""
        for chunk in self._chunks:
            found = chunk.by_id.get(event_id)
            if found is not None:
                return found
        return None

    def __contains__(self, event: Event) -> bool:
        at, within = self._place(event)
        if at == len(self._chunks):
            return False
        events = self._chunks[at].events
        return within < len(events) and events[within] == event

    def changing(self, gone: Collection[Event], new: Collection[Event]) -> "Lane":
        """The lane without some of its events and with others; chunks not touched are shared.

        ``gone`` must be here as given: :meth:`__contains__` tells.
        """
        if not self._chunks:
            return Lane(new)
        leaving: dict[int, set[str]] = {}
        coming: dict[int, list[Event]] = {}
        for event in gone:
            leaving.setdefault(self._chunk_at(event), set()).add(event.id)
        for event in new:
            coming.setdefault(self._chunk_at(event), []).append(event)
        chunks: list[_Chunk] = []
        for at, chunk in enumerate(self._chunks):
            if at not in leaving and at not in coming:
                chunks.append(chunk)
                continue
            without = leaving.get(at, ())
            events = [event for event in chunk.events if event.id not in without]
            chunks.extend(_chunked(sorted([*events, *coming.get(at, ())], key=sort_key)))
        return Lane._of(chunks, self._size - len(gone) + len(new))

    def adding(self, event: Event) -> "Lane":
        """The lane with one event more."""
        return self.changing((), (event,))

    def removing(self, event: Event) -> "Lane":
        """The lane without that event.

        Raises
        ------
        KeyError
            It is not here as given.
        """
        if event not in self:
            raise KeyError(event.id)
        return self.changing((event,), ())

    def ids_among(self, ids: Collection[str]) -> set[str]:
        """Those of ``ids`` that events here have."""
        wanted = set(ids)
        return {one for chunk in self._chunks for one in chunk.by_id.keys() & wanted}

    def between(self, from_us: int, to_us: int) -> list[Event]:
        """Every event that touches ``[from_us, to_us)``, in order.

        An instant touches the stretch that contains it; a stretch of no length touches nothing.
        """
        if to_us <= from_us:
            return []
        found: list[Event] = []
        for chunk in self._chunks:
            if chunk.first[0] >= to_us:
                break
            if chunk.latest_us < from_us:
                continue
            onsets, offsets = chunk.times
            stop = int(np.searchsorted(onsets, to_us, side="left"))
            touching = (offsets[:stop] > from_us) | (onsets[:stop] >= from_us)
            found.extend(chunk.events[index] for index in np.flatnonzero(touching))
        return found

    def covering(self, time_us: int) -> list[Event]:
        """Every event with a length that is on at ``time_us``."""
        return [event for event in self.between(time_us, time_us + 1) if event.until_us > time_us]

    def running(self) -> list[Event]:
        """Every state whose offset is not known yet."""
        open_ended = (chunk for chunk in self._chunks if chunk.latest_us == FAR_FUTURE_US)
        return [event for chunk in open_ended for event in chunk.events if event.is_running]

    def before(self, event: Event) -> Event | None:
        """The event next to the left in the lane's order; ``event`` itself need not be here."""
        at, within = self._place(event)
        if at < len(self._chunks) and within > 0:
            return self._chunks[at].events[within - 1]
        return self._chunks[at - 1].events[-1] if at > 0 else None

    def after(self, event: Event) -> Event | None:
        """The event next to the right in the lane's order."""
        at, within = self._place(event)
        if at == len(self._chunks):
            return None
        events = self._chunks[at].events
        if within < len(events) and events[within].id == event.id:
            within += 1
        if within < len(events):
            return events[within]
        return self._chunks[at + 1].events[0] if at + 1 < len(self._chunks) else None

    def neighbour_before(self, event: Event) -> Event | None:
        """The event next to the left that is about the same instance of the subject."""
        at, within = self._place(event)
        chunks = self._chunks
        for index in range(min(at, len(chunks) - 1), -1, -1):
            if event.instance in chunks[index].instances:
                some = chunks[index].events
                for other in reversed(some[:within] if index == at else some):
                    if other.instance == event.instance:
                        return other
        return None

    def neighbour_after(self, event: Event) -> Event | None:
        """The event next to the right that is about the same instance of the subject."""
        at, within = self._place(event)
        for index in range(at, len(self._chunks)):
            if event.instance in self._chunks[index].instances:
                some = self._chunks[index].events
                for other in some[within:] if index == at else some:
                    if other.instance == event.instance and other.id != event.id:
                        return other
        return None

    def next_onset_us(self, time_us: int, *, instance: str = "", code: str = "") -> int | None:
        """The first onset later than ``time_us`` of that instance and, if given, of that code."""
        at = bisect_right(self._chunks, time_us, key=lambda chunk: chunk.first[0]) - 1
        for chunk in self._chunks[max(at, 0) :]:
            if instance in chunk.instances:
                within = bisect_right(chunk.keys, time_us, key=lambda key: key[0])
                for event in chunk.events[within:]:
                    if event.instance == instance and code in ("", event.code):
                        return event.onset_us
        return None

    def backwards_from(self, time_us: int) -> Iterator[Event]:
        """Yield every event that begins at ``time_us`` or earlier, the latest first."""
        at = bisect_right(self._chunks, time_us, key=lambda chunk: chunk.first[0]) - 1
        for chunk in reversed(self._chunks[: at + 1]):
            within = bisect_right(chunk.keys, time_us, key=lambda key: key[0])
            yield from reversed(chunk.events[:within])

    def answering(self, target_id: str) -> list[Event]:
        """Every event that is linked to the one with that id, in order."""
        return [event for chunk in self._chunks for event in chunk.by_target.get(target_id, ())]

    def unreviewed(self) -> list[tuple[Unreviewed, ...]]:
        """Edges that have not been looked at again, chunk by chunk, each by time."""
        return [chunk.unreviewed for chunk in self._chunks if chunk.unreviewed]

    @cached_property
    def columns(self) -> Columns:
        """The times of all events as arrays."""
        if not self._chunks:
            none = np.empty(0, dtype=np.int64)
            return Columns(none, none, none)
        times = np.concatenate([chunk.times for chunk in self._chunks], axis=1)
        return Columns(times[0], times[1], np.maximum.accumulate(times[1]))

    def at(self, index: int) -> Event:
        """The event at one place of the order, as in :attr:`columns`."""
        for chunk in self._chunks:
            if index < len(chunk.events):
                return chunk.events[index]
            index -= len(chunk.events)
        raise IndexError(index)

    def _chunk_at(self, event: Event) -> int:
        """Which chunk ``event`` is in or would go into."""
        key = sort_key(event)
        return max(bisect_right(self._chunks, key, key=lambda chunk: chunk.first) - 1, 0)

    def _place(self, event: Event) -> tuple[int, int]:
        """Where ``event`` is or would go: chunk and place within it."""
        at = self._chunk_at(event)
        if at >= len(self._chunks):
            return at, 0
        return at, bisect_left(self._chunks[at].keys, sort_key(event))


def _chunked(events: Sequence[Event]) -> list[_Chunk]:
    """Sorted events in chunks; one stays whole until it is twice the usual size."""
    if not events:
        return []
    step = CHUNK if len(events) >= 2 * CHUNK else len(events)
    return [_Chunk(tuple(events[at : at + step])) for at in range(0, len(events), step)]
