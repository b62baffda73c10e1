"""The log of what changes in a study beside events: offsets, episodes, states, parameters.

It keeps the promise of the edit log (docs/decisions/0003): the line and what it does to the table
are in one transaction, and the table is only ever added to.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, cast, get_args

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
    text,
    update,
)

from imhcode import __version__
from imhcode.domain.edit import Cause
from imhcode.store import tables
from imhcode.store.chain import chained, first_broken
from imhcode.store.connection import reading
from imhcode.store.errors import NoSuchEntry, StudyIsDamaged, StudyTrouble, blaming_the_world
from imhcode.store.tables import STUDY_VERSION, meta, observations, recordings, study_edits
from imhcode.store.wire import UNREADABLE, text_of

RowKind = Literal[
    "episodes", "people", "presences", "consents", "retentions", "goals", "strategies",
    "moment_cards", "private_notes", "visits", "visit_entries", "clips", "deletions",
]  # fmt: skip
Kind = Literal["recording", "observation", "parameters"] | RowKind
Values = dict[str, Any]

#: Where one entry of some of its columns is changed.
_COLUMNS: dict[Kind, tuple[Table, frozenset[str]]] = {
    "recording": (recordings, frozenset({"offset_us"})),
    "observation": (observations, frozenset({"status"})),
}
#: Where whole rows come, go and change; each kind is called as its table.
_ROWS: dict[str, Table] = {one: tables.metadata.tables[one] for one in get_args(RowKind)}
_HASHED = ("n", "kind", "entry_id", "cause", "before", "after", "coder_id", "at_utc", "program")


@dataclass(frozen=True, slots=True)
class StudyEdit:
    """One change of one entry of the study.

    Attributes
    ----------
    kind, entry_id : str
        Which entry: ``recording`` or ``observation`` and its id, ``parameters`` and a scheme's id,
        or the name of a table of whole rows and the id of what its rows belong to, such as
        ``episodes`` and a session's, ``consents`` and a dyad's.
    before, after : dict
        The columns that change, with their values on either side; of whole rows each one touched,
        by its id, which is on one side only if it came or went; of parameters their texts by key,
        the same way.
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

    def entries(self, kind: Kind | None = None, entry_id: str = "") -> Iterator[StudyEntry]:
        """Yield every line, in order; of one kind and one entry alone where that is asked.

        Raises
        ------
        StudyIsDamaged
            A line is not what :meth:`append` writes.
        """
        for row in self._lines(kind, entry_id):
            try:
                before, after = json.loads(row.before), json.loads(row.after)
                edit = StudyEdit(row.kind, row.entry_id, dict(before), dict(after))
            except UNREADABLE as failure:
                why = f"line {row.n} of the study's log cannot be read"
                raise StudyIsDamaged(path=self._path, why=why) from failure
            yield StudyEntry(row.n, row.cause, edit, row.coder_id, row.at_utc)

    def rows(self, kind: RowKind) -> list[Row[Any]]:
        """The rows of one kind as they stand, in the order in which they came."""
        with reading(self._connection, self._path):
            query = select(_ROWS[kind]).order_by(text("rowid"))
            return list(self._connection.execute(query).all())

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

    def _lines(self, kind: Kind | None = None, entry_id: str = "") -> list[Row[Any]]:
        table = study_edits
        query = select(table).order_by(table.c.n)
        if kind is not None:
            query = query.where(table.c.kind == kind, table.c.entry_id == entry_id)
        with reading(self._connection, self._path):
            return list(self._connection.execute(query).all())


def _refuse_strange(edit: StudyEdit) -> None:
    """Our own mistake: an edit of what this log does not keep."""
    if edit.kind == "parameters" or edit.kind in _ROWS:
        return
    _, columns = _COLUMNS[edit.kind]
    if not edit.before.keys() == edit.after.keys() <= columns:
        msg = f"a {edit.kind} is not edited in {sorted(edit.after)}"
        raise ValueError(msg)


def _changes(edit: StudyEdit) -> Iterator[Update | Insert | Delete]:
    """Yield what the edit does to its table; each must meet exactly one row as it was before."""
    if edit.kind in _ROWS:
        rows = _ROWS[edit.kind]
        for before in edit.before.values():
            as_it_was = [rows.c[name] == value for name, value in before.items()]
            yield delete(rows).where(*as_it_was)
        for after in edit.after.values():
            yield insert(rows).values(after)
        return
    if edit.kind == "parameters":
        for key, value in edit.before.items():
            yield delete(meta).where(meta.c.key == key, meta.c.value == value)
        for key, value in edit.after.items():
            yield insert(meta).values(key=key, value=value)
        return
    table, _ = _COLUMNS[edit.kind]
    stands = [table.c[name] == value for name, value in edit.before.items()]
    yield update(table).where(table.c.id == edit.entry_id, *stands).values(**edit.after)
