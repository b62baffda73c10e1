"""The log of what changes in a study beside events: offsets, episodes, states of observations.

It keeps the promise of the edit log (docs/decisions/0003): the line and what it does to the table
are in one transaction, and the table is only ever added to.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, cast

from sqlalchemy import (
    Connection,
    Delete,
    Insert,
    Row,
    Table,
    Update,
    delete,
    insert,
    select,
    update,
)

from imhcode import __version__
from imhcode.domain.edit import Cause
from imhcode.store.chain import chained, first_broken
from imhcode.store.connection import reading
from imhcode.store.errors import NoSuchEntry, StudyIsDamaged, StudyTrouble, blaming_the_world
from imhcode.store.tables import (
    STUDY_VERSION,
    episodes,
    observations,
    recordings,
    study_edits,
)
from imhcode.store.wire import UNREADABLE, text_of

Kind = Literal["recording", "observation", "episodes"]
Values = dict[str, Any]

#: Where one entry of some of its columns is changed.
_COLUMNS: dict[Kind, tuple[Table, frozenset[str]]] = {
    "recording": (recordings, frozenset({"offset_us"})),
    "observation": (observations, frozenset({"status"})),
}
_HASHED = ("n", "kind", "entry_id", "cause", "before", "after", "coder_id", "at_utc", "program")


@dataclass(frozen=True, slots=True)
class StudyEdit:
    """One change of one entry of the study.

    Attributes
    ----------
    kind, entry_id : str
        Which entry: ``recording`` or ``observation`` and its id, ``episodes`` and a session's id.
    before, after : dict
        The columns that change, with their values on either side; of episodes the whole of each
        one touched, by its id, which is on one side only if it came or went.
    """

    kind: Kind
    entry_id: str
    before: Values
    after: Values

    @property
    def inverse(self) -> "StudyEdit":
        """The edit that undoes this one."""
        return StudyEdit(self.kind, self.entry_id, self.after, self.before)


@dataclass(frozen=True, slots=True)
class StudyEntry:
    """One line of the log."""

    n: int
    cause: Cause
    edit: StudyEdit
    coder_id: str
    at_utc: str


class StudyLog:
    """The log of one study.

    Parameters
    ----------
    connection : Connection
        The study file's one connection.
    path : Path
        The study file, for sentences.
    """

    def __init__(self, connection: Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def append(self, cause: Cause, edit: StudyEdit, coder_id: str) -> int:
        """Write one edit and what it does to its table; return its number once it is safe.

        Raises
        ------
        NoSuchEntry
            The study has not got the entry, or its values are not those before the edit.
        StudyTrouble
            The disk would not; neither the log nor the table has changed.
        """
        _refuse_strange(edit)
        before_n, chain = self._last()
        line = {
            "n": before_n + 1,
            "kind": edit.kind,
            "entry_id": edit.entry_id,
            "cause": cause,
            "before": text_of(edit.before),
            "after": text_of(edit.after),
            "coder_id": coder_id,
            "at_utc": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "program": __version__,
        }
        line["chain"] = chained(chain, line, _HASHED)
        try:
            with blaming_the_world(self._path), self._connection.begin():
                for change in _changes(edit):
                    if self._connection.execute(change).rowcount != 1:
                        raise NoSuchEntry(what=edit.kind, name=edit.entry_id, known="others")
                self._connection.execute(insert(study_edits), line)
        except StudyTrouble:
            if self._last() != (line["n"], line["chain"]):
                raise
            # The commit was reported as failed and stands: see EditLog._stands_all_the_same.
            with blaming_the_world(self._path), self._connection.begin():
                self._connection.exec_driver_sql(f"PRAGMA user_version={STUDY_VERSION}")
        return cast("int", line["n"])

    def entries(self) -> Iterator[StudyEntry]:
        """Yield every line, in order.

        Raises
        ------
        StudyIsDamaged
            A line is not what :meth:`append` writes.
        """
        for row in self._lines():
            try:
                before, after = json.loads(row.before), json.loads(row.after)
                edit = StudyEdit(row.kind, row.entry_id, dict(before), dict(after))
            except UNREADABLE as failure:
                why = f"line {row.n} of the study's log cannot be read"
                raise StudyIsDamaged(path=self._path, why=why) from failure
            yield StudyEntry(row.n, row.cause, edit, row.coder_id, row.at_utc)

    def broken_at(self) -> int | None:
        """The first line whose hash does not follow from the one before; ``None`` if all do."""
        return first_broken(self._lines(), _HASHED)

    def _last(self) -> tuple[int, str]:
        """Number and hash of the last line."""
        table = study_edits
        with reading(self._connection, self._path):
            query = select(table.c.n, table.c.chain).order_by(table.c.n.desc()).limit(1)
            last = self._connection.execute(query).first()
        return (last.n, last.chain) if last else (0, "")

    def _lines(self) -> list[Row[Any]]:
        with reading(self._connection, self._path):
            query = select(study_edits).order_by(study_edits.c.n)
            return list(self._connection.execute(query).all())


def _refuse_strange(edit: StudyEdit) -> None:
    """Our own mistake: an edit of what this log does not keep."""
    if edit.kind == "episodes":
        return
    _, columns = _COLUMNS[edit.kind]
    if not edit.before.keys() == edit.after.keys() <= columns:
        msg = f"a {edit.kind} is not edited in {sorted(edit.after)}"
        raise ValueError(msg)


def _changes(edit: StudyEdit) -> Iterator[Update | Insert | Delete]:
    """Yield what the edit does to its table; each must meet exactly one row as it was before."""
    if edit.kind == "episodes":
        for before in edit.before.values():
            as_it_was = [episodes.c[name] == value for name, value in before.items()]
            yield delete(episodes).where(*as_it_was)
        for after in edit.after.values():
            yield insert(episodes).values(after)
        return
    table, _ = _COLUMNS[edit.kind]
    stands = [table.c[name] == value for name, value in edit.before.items()]
    yield update(table).where(table.c.id == edit.entry_id, *stands).values(**edit.after)
