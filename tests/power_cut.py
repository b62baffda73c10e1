"""A disk that remembers what was really safe, and can be cut off from power at any moment.

:class:`Disk` sits between SQLite and the file system (an ``apsw`` virtual file system).  It passes
everything on and writes down, in order, every write, truncation, sync, creation and deletion.
Afterwards :meth:`Disk.after_a_cut` says which bytes a machine would find if the power had failed
after any one of them.  What was synced is there.  What was not has a *fate*: all of it ``lost``,
all of it ``kept``, or ``mixed``: each sector and each change of a directory by the toss of a coin.

Our own code runs on it unchanged, through the ``connect=`` parameter of a study file, over a thin
DB-API face of ``apsw`` that SQLAlchemy takes for the standard library's driver.
"""

import itertools
import random
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import apsw

Fate = Literal["lost", "kept", "mixed"]
FATES: tuple[Fate, ...] = ("lost", "kept", "mixed")
SECTOR = 512

_names = itertools.count()


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened to the disk, or ``acknowledged``: one thing the person was told."""

    what: Literal["create", "write", "truncate", "sync", "delete", "acknowledged"]
    file: str = ""
    at: int = 0
    data: bytes = b""
    durable: bool = False  #: of a deletion: the directory was synced with it


class Disk:
    """A virtual file system that keeps a trace of everything that happens under one folder.

    Parameters
    ----------
    folder : Path
        Holds the study; what is in it now counts as safe.
    instead : Mapping of str to str, optional
        SQL to run in the place of other SQL, to show what would happen without it.
    """

    def __init__(self, folder: Path, instead: Mapping[str, str] | None = None) -> None:
        self.trace: list[Change] = []
        self.fault: Callable[[str, str], None] = lambda what, file: None
        self._before = {path.name: path.read_bytes() for path in folder.iterdir()}
        self.known = set(self._before)
        self._instead = dict(instead or {})
        self._vfs = _RecordingVFS(f"recording-{next(_names)}", self)

    def connect(self, path: Path, writing: bool) -> "Driver":
        """Open a study on this disk; the ``connect=`` of :class:`StudyFile`."""
        with _as_sqlite3_says():
            flags = apsw.SQLITE_OPEN_READWRITE if writing else apsw.SQLITE_OPEN_READONLY
            return Driver(
                apsw.Connection(str(path), flags=flags, vfs=self._vfs.vfs_name), self._instead
            )

    def acknowledge(self) -> None:
        """Remember that here one more edit was said to be saved."""
        self.trace.append(Change("acknowledged"))

    def acknowledged_by(self, moment: int) -> int:
        """How many edits had been said to be saved before the change number ``moment``."""
        return sum(change.what == "acknowledged" for change in self.trace[:moment])

    def after_a_cut(self, moment: int, fate: Fate, rng: random.Random) -> dict[str, bytes]:
        """What the folder holds if the power fails just before the change number ``moment``."""
        safe = dict(self._before)  # file -> bytes that survive whatever happens
        waiting: list[Change] = []
        for change in self.trace[:moment]:
            if change.what == "acknowledged":
                continue
            if change.what == "sync":
                fresh = any(one.what == "create" and one.file == change.file for one in waiting)
                due = [
                    one
                    for one in waiting
                    # The first sync of a new journal syncs its folder too, as SQLite does on Unix.
                    if one.file == change.file or (fresh and one.what in {"create", "delete"})
                ]
            elif change.durable:
                due = [one for one in [*waiting, change] if one.file == change.file]
            else:
                waiting.append(change)
                continue
            for one in due:
                _apply(safe, one)
            waiting = [one for one in waiting if one not in due]
        for change in waiting:
            for part in _parts(change, fate, rng):
                _apply(safe, part)
        return safe

    def happened(self, what: str, file: str, **more: Any) -> None:
        """Let a fault strike first; then write down what happened."""
        self.fault(what, file)
        self.trace.append(Change(what, file, **more))


def _parts(change: Change, fate: Fate, rng: random.Random) -> Iterator[Change]:
    """What is left of a change that no sync made safe."""
    if fate == "kept":
        yield change
    elif fate == "mixed" and change.what == "write":
        for start in range(0, len(change.data), SECTOR):
            if rng.random() < 0.5:
                yield Change(
                    "write", change.file, change.at + start, change.data[start : start + SECTOR]
                )
    elif fate == "mixed" and rng.random() < 0.5:
        yield change


def _apply(files: dict[str, bytes], change: Change) -> None:
    match change.what:
        case "create":
            files.setdefault(change.file, b"")
        case "delete":
            files.pop(change.file, None)
        case "truncate":
            if change.file in files:
                files[change.file] = files[change.file][: change.at].ljust(change.at, b"\0")
        case "write":
            if change.file in files:  # a file whose name did not survive is not found again
                old = files[change.file].ljust(change.at, b"\0")
                files[change.file] = (
                    old[: change.at] + change.data + old[change.at + len(change.data) :]
                )


class _RecordingVFS(apsw.VFS):
    def __init__(self, name: str, disk: Disk) -> None:
        self.vfs_name = name
        self._disk = disk
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: list[int]) -> Any:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        return _RecordingFile(self._disk, name, path, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self._disk.happened("delete", Path(filename).name, durable=bool(syncdir))
        self._disk.known.discard(Path(filename).name)
        super().xDelete(filename, syncdir)


class _RecordingFile(apsw.VFSFile):
    def __init__(self, disk: Disk, name: Any, path: str | None, flags: list[int]) -> None:
        self._disk = disk
        self._file = Path(path).name if path else ""  # a temporary file has no name and no tomorrow
        if self._file and self._file not in disk.known:
            disk.happened("create", self._file)
            disk.known.add(self._file)
        super().__init__("", name, flags)

    def _record(self, what: str, **more: Any) -> None:
        if self._file:
            self._disk.happened(what, self._file, **more)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._record("write", at=offset, data=bytes(data))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:
        self._record("truncate", at=newsize)
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:
        self._record("sync")
        super().xSync(flags)


@contextmanager
def _as_sqlite3_says() -> Iterator[None]:
    """Errors of ``apsw`` as the standard library's driver would raise them."""
    try:
        yield
    except apsw.Error as failure:
        constraint = isinstance(failure, apsw.ConstraintError)
        said = (sqlite3.IntegrityError if constraint else sqlite3.OperationalError)(str(failure))
        said.sqlite_errorcode = failure.extendedresult
        raise said from failure


class Driver:
    """As much of a DB-API connection as SQLAlchemy asks of SQLite's."""

    def __init__(self, connection: apsw.Connection, instead: Mapping[str, str]) -> None:
        self._connection = connection
        self.instead = instead
        self.isolation_level = None

    def cursor(self) -> "_Cursor":
        return _Cursor(self._connection, self.instead)

    def execute(self, sql: str, values: Sequence[Any] = ()) -> "_Cursor":
        cursor = self.cursor()
        cursor.execute(sql, values)
        return cursor

    def commit(self) -> None:
        if self._connection.in_transaction:
            self.execute("COMMIT")

    def rollback(self) -> None:
        if self._connection.in_transaction:
            self.execute("ROLLBACK")

    def create_function(
        self, name: str, arguments: int, function: Any, *, deterministic: bool = False
    ) -> None:
        self._connection.create_scalar_function(
            name, function, arguments, deterministic=deterministic
        )

    def close(self) -> None:
        with _as_sqlite3_says():
            self._connection.close(True)


class _Cursor:
    def __init__(self, connection: apsw.Connection, instead: Mapping[str, str]) -> None:
        self._connection = connection
        self._instead = instead
        self._rows: list[tuple[Any, ...]] = []
        self.description: tuple[tuple[Any, ...], ...] | None = None
        self.rowcount = -1
        self.lastrowid = 0
        self.arraysize = 1

    def execute(self, sql: str, values: Sequence[Any] = ()) -> "_Cursor":
        return self._run(sql, [values])

    def executemany(self, sql: str, many: Sequence[Sequence[Any]]) -> "_Cursor":
        return self._run(sql, many)

    def _run(self, sql: str, many: Sequence[Sequence[Any]]) -> "_Cursor":
        cursor = self._connection.cursor()
        before = self._connection.total_changes()
        self.description, self._rows = None, []
        described: list[Any] = []

        def describe(running: apsw.Cursor, sql: str, bindings: Any) -> bool:
            described[:] = running.get_description()
            return True

        cursor.exec_trace = describe
        with _as_sqlite3_says():
            for values in many:
                self._rows += cursor.execute(self._instead.get(sql, sql), tuple(values)).fetchall()
        if described:
            self.description = tuple(
                (name, None, None, None, None, None, None) for name, _ in described
            )
        self.rowcount = self._connection.total_changes() - before
        self.lastrowid = self._connection.last_insert_rowid()
        return self

    def fetchone(self) -> tuple[Any, ...] | None:
        return self._rows.pop(0) if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[tuple[Any, ...]]:
        size = size or self.arraysize
        taken, self._rows = self._rows[:size], self._rows[size:]
        return taken

    def fetchall(self) -> list[tuple[Any, ...]]:
        taken, self._rows = self._rows, []
        return taken

    def close(self) -> None:
        self._rows = []
