"""The study file as the rest of the program sees it: values in, values out, no SQL."""

import gc
import json
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, insert, select, text, update

from imhcode import __version__
from imhcode.domain.episode import Episode
from imhcode.domain.episodes import in_order
from imhcode.domain.event import Event
from imhcode.domain.observation import Observation
from imhcode.domain.rating import Rating
from imhcode.domain.scheme import Scheme
from imhcode.domain.study import Coder, Dyad, ObservationEntry, Recording, Session
from imhcode.store import connection as connecting
from imhcode.store import tables
from imhcode.store.edit_log import EditLog
from imhcode.store.errors import (
    EntryExists,
    NoSuchEntry,
    StudyExists,
    StudyIsDamaged,
    StudyIsReadOnly,
    StudyTrouble,
    blaming_the_world,
)
from imhcode.store.event_counts import EventCounts
from imhcode.store.import_log import ImportLog
from imhcode.store.migration import migrate
from imhcode.store.rows import event_of_row, rating_of_row
from imhcode.store.study_log import StudyLog
from imhcode.store.wire import UNREADABLE

Entry = TypeVar("Entry", Dyad, Session, Recording, Coder)

_TABLES: dict[type, tuple[Table, str]] = {
    Dyad: (tables.dyads, "dyad"),
    Session: (tables.sessions, "session"),
    Recording: (tables.recordings, "recording"),
    Coder: (tables.coders, "coder"),
}


class StudyFile:
    """An open study.  One connection, owned by the thread that opened it.

    Make one with :meth:`create` or :meth:`open`; close it when done.
    """

    def __init__(self, path: Path, connection: Connection, *, writing: bool) -> None:
        self.path = path
        self.is_writable = writing
        self._connection = connection
        self._counts = EventCounts(connection)

    @classmethod
    def create(
        cls, path: Path, *, connect: connecting.Connect = connecting.connect_to_file
    ) -> "StudyFile":
        """Make a new study at ``path``; half-made files are removed.

        Raises
        ------
        StudyExists
            Something is there already.
        StudyTrouble
            The disk would not.
        """
        if path.exists():
            raise StudyExists(path=path)
        with blaming_the_world(path):
            try:
                path.touch(exist_ok=False)
            except FileExistsError as failure:
                raise StudyExists(path=path) from failure
            except PermissionError as failure:
                raise StudyIsReadOnly(path=path) from failure
            except OSError as failure:
                raise StudyTrouble(path=path, why=failure.strerror) from failure
            try:
                study = cls(
                    path, connecting.opened(path, writing=True, connect=connect), writing=True
                )
            except BaseException:
                path.unlink(missing_ok=True)
                raise
            try:
                study._lay_out()
            except BaseException:
                study.close()
                path.unlink(missing_ok=True)
                raise
        return study

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        writing: bool = True,
        connect: connecting.Connect = connecting.connect_to_file,
    ) -> "StudyFile":
        """Open a study that exists.

        Raises
        ------
        StudyIsMissing, NotAStudy, StudyIsNewer
            As their sentences say; the file has not been touched.
        StudyTrouble
            It is locked, read-only or damaged.
        """
        connecting.refuse_strangers(path, writing=writing)
        with blaming_the_world(path):
            opened = connecting.opened(path, writing=writing, connect=connect)
            try:
                connecting.refuse_damage(opened, path)
                migrate(opened, path, writing=writing)
            except BaseException:
                opened.close()
                opened.engine.dispose()
                raise
        return cls(path, opened, writing=writing)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
        self._connection.engine.dispose()

    def _lay_out(self) -> None:
        with self._connection.begin():
            run = self._connection.exec_driver_sql
            tables.metadata.create_all(self._connection)
            for guard in tables.GUARDS:
                run(guard)
            self._connection.execute(
                insert(tables.meta),
                [
                    {"key": "study_id", "value": uuid.uuid4().hex},
                    {"key": "made_by", "value": f"imhcode {__version__}"},
                ],
            )
            run(f"PRAGMA application_id={tables.APPLICATION_ID}")
            run(f"PRAGMA user_version={tables.STUDY_VERSION}")

    # -- what the study knows about itself ---------------------------------------------------

    def note(self, key: str) -> str:
        """A remembered text; empty if there is none."""
        found = self._rows(select(tables.meta.c.value).where(tables.meta.c.key == key))
        return found[0].value if found else ""

    def notes(self, beginning: str) -> dict[str, str]:
        """All remembered texts whose key begins so."""
        key = tables.meta.c.key
        query = select(tables.meta).where(key.startswith(beginning, autoescape=True)).order_by(key)
        return {row.key: row.value for row in self._rows(query)}

    def remember(self, key: str, value: str) -> None:
        """Keep a text under a key, over whatever was there."""
        table = tables.meta
        with self._writing() as run:
            if (
                run.execute(update(table).where(table.c.key == key).values(value=value)).rowcount
                == 0
            ):
                run.execute(insert(table).values(key=key, value=value))

    # -- dyads, sessions, recordings, coders -------------------------------------------------

    def add(self, entry: Dyad | Session | Recording | Coder) -> None:
        """Add an entry.

        Raises
        ------
        EntryExists
            There is one under that id.
        """
        table, what = _TABLES[type(entry)]
        if self._rows(select(table.c.id).where(table.c.id == entry.id)):
            raise EntryExists(what=what, name=entry.id)
        with self._writing() as run:
            run.execute(insert(table), asdict(entry))

    def change(self, entry: Dyad | Session | Recording | Coder) -> None:
        """Put ``entry`` in the place of the one with its id."""
        table, _ = _TABLES[type(entry)]
        with self._writing() as run:
            run.execute(update(table).where(table.c.id == entry.id).values(asdict(entry)))

    def all(self, kind: type[Entry]) -> list[Entry]:
        """Every entry of a kind, in the order in which they were added."""
        table, _ = _TABLES[kind]
        rows = self._rows(select(table).order_by(text("rowid")))
        return [kind(**row._mapping) for row in rows]  # noqa: SLF001

    def get(self, kind: type[Entry], entry_id: str) -> Entry:
        """The entry with that id.

        Raises
        ------
        NoSuchEntry
            There is none; the sentence says which there are.
        """
        entries = self.all(kind)
        for entry in entries:
            if entry.id == entry_id:
                return entry
        known = ", ".join(entry.id for entry in entries) or "none yet"
        raise NoSuchEntry(what=_TABLES[kind][1], name=entry_id, known=known)

    # -- schemes and observations ------------------------------------------------------------

    def add_scheme(self, scheme: Scheme, canonical: str) -> None:
        """Keep a scheme's whole document; one that is here already is left alone."""
        table = tables.schemes
        if scheme.content_hash in self.scheme_documents():
            return
        with self._writing() as run:
            run.execute(
                insert(table).values(
                    hash=scheme.content_hash,
                    id=scheme.id,
                    version=scheme.version,
                    title=scheme.title,
                    document=canonical,
                )
            )

    def scheme_documents(self) -> dict[str, Mapping[str, Any]]:
        """Every scheme's document by content hash."""
        rows = self._rows(select(tables.schemes.c.hash, tables.schemes.c.document))
        return {row.hash: json.loads(row.document) for row in rows}

    def add_observation(self, observation: Observation) -> None:
        """Keep a new observation, without events."""
        with self._writing() as run:
            run.execute(
                insert(tables.observations).values(
                    id=observation.id,
                    session_id=observation.session_id,
                    coder_id=observation.coder_id,
                    role=observation.role,
                    status=observation.status,
                    scheme_hash=observation.scheme.content_hash,
                    coded_from_us=observation.coded_from_us,
                    coded_until_us=observation.coded_until_us,
                )
            )

    def observations(self) -> list[ObservationEntry]:
        """Every observation with its number of events, by session, coder and role."""
        table = tables.observations
        query = (
            select(
                table,
                tables.schemes.c.id.label("scheme_id"),
                tables.schemes.c.version.label("scheme_version"),
            )
            .join(tables.schemes)
            .order_by(table.c.session_id, table.c.coder_id, table.c.role, table.c.number)
        )
        with connecting.reading(self._connection, self.path):
            counts = self._counts.by_observation()
            rows = self._connection.execute(query).all()
        found = []
        for row in rows:
            cells = {**row._mapping, "n_events": counts.get(row.number, 0)}  # noqa: SLF001
            found.append(ObservationEntry(**{name: cells[name] for name in _ENTRY_FIELDS}))
        return found

    def events_of(self, observation_id: str) -> list[Event]:
        """The events of one observation as they stand, in no order.

        Raises
        ------
        StudyIsDamaged
            A row is not what the edit log writes.
        """
        table = tables.events
        query = select(*table.c[1:]).where(table.c.observation == self._number(observation_id))
        found: list[Event] = []
        with connecting.reading(self._connection, self.path), _letting_garbage_lie():
            try:
                for rows in self._connection.execute(query).partitions(_ROWS_AT_ONCE):
                    found += [event_of_row(row) for row in rows]
            except UNREADABLE as failure:
                raise StudyIsDamaged(path=self.path, why="an event cannot be read") from failure
        return found

    def ratings_of(self, observation_id: str) -> list[Rating]:
        """The ratings of one observation as they stand, by scale and episode.

        Raises
        ------
        StudyIsDamaged
            A row is not what the edit log writes.
        """
        table = tables.ratings
        query = select(*table.c[1:]).where(table.c.observation == self._number(observation_id))
        rows = self._rows(query.order_by(table.c.scale, table.c.episode))
        try:
            return [rating_of_row(row) for row in rows]
        except UNREADABLE as failure:
            raise StudyIsDamaged(path=self.path, why="a rating cannot be read") from failure

    def episodes_of(self, session_id: str) -> tuple[Episode, ...]:
        """The episodes of a session, in order."""
        table = tables.episodes
        rows = self._rows(select(table).where(table.c.session_id == session_id))
        return in_order(Episode(**row._mapping) for row in rows)  # noqa: SLF001

    def log_of(self, observation_id: str) -> EditLog:
        """The edit log of one observation."""
        return EditLog(self._connection, self.path, self._number(observation_id))

    def log_of_study(self) -> StudyLog:
        """The log of what changed beside events: offsets, episodes, consents and the like."""
        return StudyLog(self._connection, self.path)

    def log_of_imports(self) -> ImportLog:
        """What came in from which file."""
        return ImportLog(self._connection, self.path)

    def integrity(self) -> str:
        """``ok``, or the first thing SQLite finds wrong with the file."""
        with connecting.reading(self._connection, self.path):
            found = self._connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
        return str(found)

    def copy_to(self, path: Path) -> None:
        """Write a complete copy to a new file."""
        if path.exists():
            raise StudyExists(path=path)
        with blaming_the_world(path):
            self._connection.commit()
            driver = self._connection.connection.driver_connection
            if driver is not None:
                driver.execute("VACUUM INTO ?", (str(path),))

    # -- the border to SQLAlchemy ------------------------------------------------------------

    def _number(self, observation_id: str) -> int:
        table = tables.observations
        rows = self._rows(select(table.c.number).where(table.c.id == observation_id))
        if not rows:
            raise NoSuchEntry(what="observation", name=observation_id, known="others")
        return int(rows[0].number)

    def _rows(self, query: Any) -> list[Any]:
        with connecting.reading(self._connection, self.path):
            return list(self._connection.execute(query).all())

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction; a failure inside leaves the file as it was."""
        with blaming_the_world(self.path), self._connection.begin():
            yield self._connection


_ENTRY_FIELDS = tuple(field.name for field in fields(ObservationEntry))

_ROWS_AT_ONCE = 2_000


@contextmanager
def _letting_garbage_lie() -> Iterator[None]:
    """Spare the garbage collector a million new events again and again: none of them is garbage."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
