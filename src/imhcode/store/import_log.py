"""Reports of imports, kept in the study: what came from which file, and what had no place."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, update

from imhcode import __version__
from imhcode.store.connection import reading
from imhcode.store.errors import StudyIsDamaged, blaming_the_world
from imhcode.store.tables import imports


@dataclass(frozen=True, slots=True)
class KeptReport:
    """One import.

    Attributes
    ----------
    state : str
        ``going on`` if it was stopped from outside, ``done`` or ``cancelled``.
    report : Mapping
        As JSON has it.
    """

    id: int
    at_utc: str
    file: str
    sha256: str
    format: str
    coder_id: str
    state: str
    report: Mapping[str, Any]


class ImportLog:
    """The imports of one study.

    Parameters
    ----------
    connection : Connection
        The study file's one connection.
    path : Path
        The study file, for sentences.
    """

    def __init__(self, connection: Connection, path: Path) -> None:
        self._connection, self._path = connection, path

    def begin(self, file: str, sha256: str, format_name: str, coder_id: str) -> int:
        """Note that an import has begun; return its id."""
        line = {
            "at_utc": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "file": file,
            "sha256": sha256,
            "format": format_name,
            "coder_id": coder_id,
            "program": __version__,
            "state": "going on",
            "report": "{}",
        }
        with blaming_the_world(self._path), self._connection.begin():
            made = self._connection.execute(insert(imports), line)
        key = made.inserted_primary_key
        return int(key[0]) if key is not None else 0

    def keep(self, import_id: int, state: str, report: Mapping[str, Any]) -> None:
        """Put what is known by now in the place of what was known before."""
        text = json.dumps(report, ensure_ascii=False, sort_keys=True)
        change = update(imports).where(imports.c.id == import_id)
        with blaming_the_world(self._path), self._connection.begin():
            self._connection.execute(change.values(state=state, report=text))

    def all(self) -> list[KeptReport]:
        """Every import, the first first.

        Raises
        ------
        StudyIsDamaged
            A report is not what :meth:`keep` writes.
        """
        if "imports" not in self._tables():
            return []
        with reading(self._connection, self._path):
            rows = self._connection.execute(select(imports).order_by(imports.c.id)).all()
        try:
            return [
                KeptReport(
                    *(row.id, row.at_utc, row.file, row.sha256, row.format, row.coder_id),
                    *(row.state, json.loads(row.report)),
                )
                for row in rows
            ]
        except ValueError as failure:
            raise StudyIsDamaged(
                path=self._path, why="an import report cannot be read"
            ) from failure

    def _tables(self) -> set[str]:
        with reading(self._connection, self._path):
            run = self._connection.exec_driver_sql
            return set(run("SELECT name FROM sqlite_schema WHERE type='table'").scalars())
