"""One connection to one study file, set up so that "saved" means "on the disk".

Rollback journal, ``synchronous=FULL``, an exclusive lock, one connection owned by one thread
(docs/decisions/0005).  The exclusive lock is part of the durability: with it SQLite ends a
transaction by overwriting the journal's header and syncing that; without it the journal is deleted,
which ``FULL`` does not sync, and a power cut can take the last edit back.  A write-ahead log was
measured to lose acknowledged edits at a power cut and to leave copies of an open study without any
tables.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import StaticPool

from imhcode.store.errors import (
    NotAStudy,
    StudyIsDamaged,
    StudyIsMissing,
    StudyIsNewer,
    StudyIsOpenElsewhere,
    StudyIsReadOnly,
    blaming_the_world,
)
from imhcode.store.tables import APPLICATION_ID, GUARDS, STUDY_VERSION

Connect = Callable[[Path, bool], Any]

#: What this process writes to, by device and file number.  Such a file must not even be looked at:
#: closing any other handle of it would take the lock away (POSIX locks belong to the process), and
#: a second program could write.
_held: WeakValueDictionary[tuple[int, int], Connection] = WeakValueDictionary()

CHECKED_AT_OPENING_BYTES = 64 * 1024 * 1024  #: larger files are checked by ``imhcode check``


def connect_to_file(path: Path, writing: bool) -> sqlite3.Connection:
    """Open the file through the standard library's driver; it must exist."""
    mode = "rw" if writing else "ro"
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=0)


def opened(path: Path, *, writing: bool, connect: Connect = connect_to_file) -> Connection:
    """Open a study file that is known to exist; the caller owns the connection.

    Raises
    ------
    StudyTrouble
        It is locked by another program, read-only, or the disk fails.
    """
    engine = create_engine(
        "sqlite://", creator=lambda: connect(path, writing), poolclass=StaticPool
    )
    event.listen(engine, "connect", lambda driver, _: _prepare(driver, writing=writing))
    start = "BEGIN IMMEDIATE" if writing else "BEGIN"
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(start))
    with blaming_the_world(path):
        connection = engine.connect()
    if writing:
        _held[_identity(path)] = connection
    return connection


@contextmanager
def reading(connection: Connection, path: Path) -> Iterator[None]:
    """Look something up; whatever happens, no transaction stays behind to block the next edit."""
    with blaming_the_world(path):
        try:
            yield
        finally:
            connection.rollback()


def _prepare(driver: Any, *, writing: bool) -> None:
    try:
        _set_up(driver, writing=writing)
    except BaseException:
        driver.close()  # else it would hold the file until the garbage is collected
        raise


def _set_up(driver: Any, *, writing: bool) -> None:
    cursor = driver.cursor()
    cursor.execute("PRAGMA trusted_schema=OFF")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA cache_size=-16384")
    if writing:
        cursor.execute("PRAGMA locking_mode=EXCLUSIVE")
        cursor.execute("PRAGMA journal_mode=DELETE")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("BEGIN EXCLUSIVE")  # take the lock now, not at the first edit
        cursor.execute("COMMIT")
    cursor.close()


def refuse_strangers(path: Path, *, writing: bool) -> None:
    """Look at a file before any connection trusts it; nothing is written, no lock is taken.

    Raises
    ------
    StudyIsMissing, NotAStudy, StudyIsNewer, StudyIsReadOnly, StudyIsOpenElsewhere
        As their sentences say.
    """
    if not path.exists():
        raise StudyIsMissing(path=path)
    if not path.is_file():
        raise NotAStudy(path=path)
    held = _held.get(_identity(path))
    if held is not None and not held.closed:
        raise StudyIsOpenElsewhere(path=path)
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except PermissionError as failure:
        raise StudyIsReadOnly(path=path) from failure
    if not header.startswith(b"SQLite format 3\x00"):
        raise NotAStudy(path=path)
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise NotAStudy(path=path)
    version = int.from_bytes(header[60:64], "big")
    if version > STUDY_VERSION:
        raise StudyIsNewer(path=path, found=version, known=STUDY_VERSION)
    if writing:
        _refuse_read_only(path)


def _refuse_read_only(path: Path) -> None:
    if not os.access(path.parent, os.W_OK):  # the journal stands beside the file
        raise StudyIsReadOnly(path=path)
    try:
        with path.open("r+b"):
            pass
    except OSError as failure:
        raise StudyIsReadOnly(path=path) from failure


def _identity(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino


def refuse_damage(connection: Connection, path: Path) -> None:
    """Look at the pages of a file of moderate size, and for what we did not put into it."""
    if path.stat().st_size <= CHECKED_AT_OPENING_BYTES:
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        if found != "ok":
            raise StudyIsDamaged(path=path, why=found)
    if connection.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION_ID:
        raise NotAStudy(path=path)  # its making was cut off, and SQLite has just taken it back
    runs_by_itself = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_schema WHERE type IN ('view', 'trigger')"
    ).scalars()
    if not set(runs_by_itself) <= set(GUARDS):  # by its text: a name proves nothing
        raise NotAStudy(path=path)
    connection.rollback()
