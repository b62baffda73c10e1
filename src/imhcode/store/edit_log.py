"""The edit log: append-only, and the autosave, the audit trail and the undo history in one.

An edit is acknowledged when :meth:`EditLog.append` has returned: log line and events table are
then on the disk, in one transaction, or neither is.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Delete, Row, Table, bindparam, delete, insert, select
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as upsert

from imhcode import __version__
from imhcode.domain.edit import Cause, Edit, Gesture
from imhcode.store.chain import chained, first_broken
from imhcode.store.connection import reading
from imhcode.store.errors import StudyIsDamaged, StudyTrouble, blaming_the_world
from imhcode.store.rows import row_of_event, row_of_rating
from imhcode.store.tables import STUDY_VERSION, edits, events, ratings
from imhcode.store.wire import UNREADABLE, edit_of, text_of_edit


def _put(table: Table) -> Insert:
    """Add a row, or put it in the place of the one with its id."""
    put = upsert(table)
    return put.on_conflict_do_update(
        index_elements=[table.c.observation, table.c.id],
        set_={one.name: put.excluded[one.name] for one in table.columns if not one.primary_key},
    )


def _take(table: Table) -> Delete:
    return delete(table).where(table.c.observation == bindparam("o"), table.c.id == bindparam("i"))


_ADD_EDIT = insert(edits)
_PUT_EVENT, _TAKE_EVENT = _put(events), _take(events)
_PUT_RATING, _TAKE_RATING = _put(ratings), _take(ratings)

#: Fields of a line that its hash stands for.
VOUCHED_FOR = ("n", "cause", "gesture", "steps", "coder_id", "at_utc", "program")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log."""

    n: int
    cause: Cause
    edit: Edit
    coder_id: str
    at_utc: str


class EditLog:
    """The log of one observation.

    Parameters
    ----------
    connection : Connection
        The study file's one connection.
    path : Path
        The study file, for sentences.
    number : int
        The observation's number in the file.
    """

    def __init__(self, connection: Connection, path: Path, number: int) -> None:
        self._connection = connection
        self._path = path
        self._number = number
        self._n, self._chain = self._last()

    def append(self, cause: Cause, edit: Edit, coder_id: str) -> int:
        """Write one edit and what it does to the events; return its number once it is safe.

        Raises
        ------
        StudyTrouble
            The disk would not; neither the log nor the events have changed.
        """
        n = self._n + 1
        line = {
            "observation": self._number,
            "n": n,
            "cause": cause,
            "gesture": edit.gesture,
            "steps": text_of_edit(edit),
            "coder_id": coder_id,
            "at_utc": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "program": __version__,
        }
        line["chain"] = chained(self._chain, line, VOUCHED_FOR)
        put, take = self._outcome(edit.steps, row_of_event)
        rated, unrated = self._outcome(edit.ratings, row_of_rating)
        chain = cast("str", line["chain"])
        try:
            with blaming_the_world(self._path), self._connection.begin():
                self._connection.execute(_ADD_EDIT, line)
                if take:
                    self._connection.execute(_TAKE_EVENT, take)
                if put:
                    self._connection.execute(_PUT_EVENT, put)
                if unrated:
                    self._connection.execute(_TAKE_RATING, unrated)
                if rated:
                    self._connection.execute(_PUT_RATING, rated)
        except StudyTrouble:
            if not self._stands_all_the_same(n, chain):
                raise
        self._n, self._chain = n, chain
        return n

    def _stands_all_the_same(self, n: int, chain: str) -> bool:
        """Whether an edit whose commit was reported as failed is in the file, for good.

        A disk that fails in the very last sync of a commit leaves the edit in the file although
        SQLite says it is not: only the end of the rollback journal was not made safe.  One more
        commit makes it safe; if that fails too, the trouble is the person's to know.
        """
        if self._last() != (n, chain):
            return False
        with blaming_the_world(self._path), self._connection.begin():
            self._connection.exec_driver_sql(f"PRAGMA user_version={STUDY_VERSION}")
        return True

    def _last(self) -> tuple[int, str]:
        """Number and hash of the last line."""
        with reading(self._connection, self._path):
            last = self._connection.execute(
                select(edits.c.n, edits.c.chain)
                .where(edits.c.observation == self._number)
                .order_by(edits.c.n.desc())
                .limit(1)
            ).first()
        return (last.n, last.chain) if last else (0, "")

    def _outcome(
        self, steps: Iterable[Any], row_of: Callable[[Any, int], dict[str, Any]]
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Which rows some steps leave, and which they take away."""
        left: dict[str, Any] = {}
        for step in steps:
            if step.before is not None:
                left[step.before.id] = None
            if step.after is not None:
                left[step.after.id] = step.after
        put = [row_of(thing, self._number) for thing in left.values() if thing is not None]
        take = [{"o": self._number, "i": one} for one, thing in left.items() if thing is None]
        return put, take

    def causes(self) -> list[tuple[int, Cause]]:
        """The number and cause of every line, in order: enough to know what can be undone."""
        with reading(self._connection, self._path):
            rows = self._connection.execute(
                select(edits.c.n, edits.c.cause)
                .where(edits.c.observation == self._number)
                .order_by(edits.c.n)
            ).all()
        return [(row.n, row.cause) for row in rows]

    def edit(self, n: int) -> Edit:
        """The edit on line ``n``."""
        with reading(self._connection, self._path):
            row = self._connection.execute(
                select(edits).where(edits.c.observation == self._number, edits.c.n == n)
            ).one()
        return self._entry(row).edit

    def stretch(self, first: int, last: int) -> list[Entry]:
        """The lines from ``first`` to ``last``, both among them."""
        lines = (edits.c.observation == self._number, edits.c.n.between(first, last))
        with reading(self._connection, self._path):
            rows = self._connection.execute(select(edits).where(*lines).order_by(edits.c.n)).all()
        return [self._entry(row) for row in rows]

    def entries(self) -> Iterator[Entry]:
        """Yield every line, in order; edits may be saved meanwhile."""
        yield from map(self._entry, self._lines())

    def broken_at(self) -> int | None:
        """The first line whose hash does not follow from the one before; ``None`` if all do."""
        return first_broken(self._lines(), VOUCHED_FOR)

    def _lines(self) -> list[Row[Any]]:
        with reading(self._connection, self._path):
            query = select(edits).where(edits.c.observation == self._number).order_by(edits.c.n)
            return list(self._connection.execute(query).all())

    def _entry(self, row: Row[Any]) -> Entry:
        """What a line says.

        Raises
        ------
        StudyIsDamaged
            It is not what :meth:`append` writes.
        """
        try:
            edit = edit_of(cast("Gesture", row.gesture), row.steps)
        except UNREADABLE as failure:
            why = f"line {row.n} of an edit log cannot be read"
            raise StudyIsDamaged(path=self._path, why=why) from failure
        return Entry(row.n, row.cause, edit, row.coder_id, row.at_utc)
