"""How many events each observation has, without counting millions of them again and again."""

from sqlalchemy import Connection, func, select

from imhcode.store import tables


class EventCounts:
    """Counts by number of the observation, for as long as nothing is written to the study.

    Parameters
    ----------
    connection : Connection
        To the study; inside a transaction nothing is kept, as that may be undone.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._state: tuple[int, int] | None = None
        self._counts: dict[int, int] = {}

    def by_observation(self) -> dict[int, int]:
        """The number of events of each observation that has any; inside a read."""
        state = self._of_file()
        if state is None or state != self._state:
            events = tables.events
            query = select(events.c.observation, func.count()).group_by(events.c.observation)
            self._counts = {row[0]: row[1] for row in self._connection.execute(query)}
            self._state = state
        return self._counts

    def _of_file(self) -> tuple[int, int] | None:
        """What changes with everything written: here, and by others; ``None`` while it may not."""
        raw = self._connection.connection.dbapi_connection
        if raw is None or raw.in_transaction:
            return None
        others = self._connection.exec_driver_sql("PRAGMA data_version").scalar_one()
        return raw.total_changes, int(others)
