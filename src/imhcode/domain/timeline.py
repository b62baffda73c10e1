"""The timeline of an observation: its lanes, one per track."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from imhcode.domain.event import Event
from imhcode.domain.lane import Lane

_EMPTY = Lane()


class Timeline:
    """Every event of one observation, by track; immutable.

    Iteration goes lane by lane; :meth:`in_order` goes by time.
    """

    def __init__(self, events: Iterable[Event] = ()) -> None:
        by_track: dict[str, list[Event]] = {}
        for event in events:
            by_track.setdefault(event.track, []).append(event)
        self._lanes: Mapping[str, Lane] = {track: Lane(some) for track, some in by_track.items()}

    def lane(self, track_id: str) -> Lane:
        """The lane of one track; empty if nothing is coded on it."""
        return self._lanes.get(track_id, _EMPTY)

    def __len__(self) -> int:
        return sum(len(lane) for lane in self._lanes.values())

    def __iter__(self) -> Iterator[Event]:
        for lane in self._lanes.values():
            yield from lane

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Timeline):
            return NotImplemented
        tracks = self._lanes.keys() | other._lanes.keys()
        return all(self.lane(track) == other.lane(track) for track in tracks)

    __hash__ = None  # type: ignore[assignment]

    def get(self, event_id: str) -> Event | None:
        """The event with that id, if it is here."""
        found = (lane.get(event_id) for lane in self._lanes.values())
        return next((event for event in found if event is not None), None)

    def in_order(self) -> list[Event]:
        """Every event by onset, then track, then id."""
        return sorted(self, key=lambda event: (event.onset_us, event.track, event.id))

    def between(self, from_us: int, to_us: int) -> list[Event]:
        """Every event that touches ``[from_us, to_us)``, by onset, then track."""
        found = [event for lane in self._lanes.values() for event in lane.between(from_us, to_us)]
        return sorted(found, key=lambda event: (event.onset_us, event.track, event.id))

    def running(self) -> list[Event]:
        """Every state whose offset is not known yet."""
        return [event for lane in self._lanes.values() for event in lane.running()]

    def answering(self, target_id: str) -> list[Event]:
        """Every event that is linked to the one with that id, by onset, then track."""
        found = [event for lane in self._lanes.values() for event in lane.answering(target_id)]
        return sorted(found, key=lambda event: (event.onset_us, event.track, event.id))

    def last_us(self) -> int | None:
        """The latest time any event names; ``None`` without events."""
        times = [event.onset_us if event.offset_us is None else event.offset_us for event in self]
        return max(times, default=None)

    def ids_among(self, ids: Collection[str]) -> set[str]:
        """Those of ``ids`` that events here have."""
        return {one for lane in self._lanes.values() for one in lane.ids_among(ids)}

    def changing(self, gone: Collection[Event], new: Collection[Event]) -> "Timeline":
        """The timeline without some of its events and with others; ``gone`` must be here."""
        by_track: dict[str, tuple[list[Event], list[Event]]] = {}
        for event in gone:
            by_track.setdefault(event.track, ([], []))[0].append(event)
        for event in new:
            by_track.setdefault(event.track, ([], []))[1].append(event)
        changed = {track: self.lane(track).changing(*both) for track, both in by_track.items()}
        timeline = Timeline()
        timeline._lanes = {**self._lanes, **changed}
        return timeline
