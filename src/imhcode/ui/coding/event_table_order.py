"""Which event stands on which row: a sorted list that finds its places by bisection."""

from bisect import bisect_left, insort
from collections.abc import Iterable

#: What rows are sorted by: the column's raw value, then onset, track and id, so that no two tie.
RowKey = tuple[int | str, int, str, str]


class RowOrder:
    """The ids of the events shown, in order of their keys.

    A place is found by bisection and one entry of a flat list moves; at 50,000 events that is
    some tens of microseconds.  Descending order is the same list read from its other end.
    """

    def __init__(self, keys: Iterable[RowKey] = (), *, descending: bool = False) -> None:
        self._keys = sorted(keys)
        self._key_of = {key[-1]: key for key in self._keys}
        self.descending = descending

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, event_id: str) -> bool:
        return event_id in self._key_of

    def id_at(self, row: int) -> str:
        """The id of the event on a row."""
        return self._keys[-1 - row if self.descending else row][-1]

    def row_of(self, event_id: str) -> int | None:
        """The row an event stands on; ``None`` if it is not shown."""
        key = self._key_of.get(event_id)
        if key is None:
            return None
        at = bisect_left(self._keys, key)
        return len(self._keys) - 1 - at if self.descending else at

    def row_for(self, key: RowKey) -> int:
        """The row a new key would get."""
        at = bisect_left(self._keys, key)
        return len(self._keys) - at if self.descending else at

    def add(self, key: RowKey) -> None:
        """Put a key in its place; its id must not be here yet."""
        insort(self._keys, key)
        self._key_of[key[-1]] = key

    def discard(self, event_id: str) -> None:
        """Take an event off; nothing happens if it is not here."""
        key = self._key_of.pop(event_id, None)
        if key is not None:
            del self._keys[bisect_left(self._keys, key)]
