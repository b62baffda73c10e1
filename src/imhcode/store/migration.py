"""A study of an earlier version of the tables is brought up to this one, after a copy of it.

Versions have only added tables and columns so far, so one look at what is missing serves them all
(docs/decisions/0014).
"""

from pathlib import Path
from typing import Any

from sqlalchemy import Column, ColumnDefault, Connection, Table, inspect
from sqlalchemy.schema import CreateColumn

from imhcode.store.errors import StudyIsOlder
from imhcode.store.tables import GUARDS, STUDY_VERSION, metadata


def migrate(connection: Connection, path: Path, *, writing: bool) -> None:
    """Bring an open study up to date; one that is, is left alone.

    A complete copy is written beside it first.  All of it happens in one transaction.

    Raises
    ------
    StudyIsOlder
        It is open for reading only.
    StudyTrouble
        The disk would not; the study is as it was.
    """
    run = connection.exec_driver_sql
    version = int(run("PRAGMA user_version").scalar_one())
    connection.rollback()
    if version == STUDY_VERSION:
        return
    if not writing:
        raise StudyIsOlder(path=path, found=version, known=STUDY_VERSION)
    _copied(connection, path, version)
    with connection.begin():
        there = set(inspect(connection).get_table_names())
        metadata.create_all(connection)
        for table in metadata.sorted_tables:
            if table.name in there:
                _add_columns(connection, table)
        guarded = set(run("SELECT sql FROM sqlite_schema WHERE type='trigger'").scalars())
        for guard in GUARDS:
            if guard not in guarded:
                run(guard)
        run(f"PRAGMA user_version={STUDY_VERSION}")


def _copied(connection: Connection, path: Path, version: int) -> None:
    """Write a complete copy beside the study, under a name that is free."""
    copy, number = path.with_name(f"{path.stem}-format-{version}{path.suffix}"), 1
    while copy.exists():
        number += 1
        copy = path.with_name(f"{path.stem}-format-{version}-{number}{path.suffix}")
    driver: Any = connection.connection.driver_connection
    try:
        driver.execute("VACUUM INTO ?", (str(copy),))
    except BaseException:
        copy.unlink(missing_ok=True)
        raise


def _add_columns(connection: Connection, table: Table) -> None:
    there = {one["name"] for one in inspect(connection).get_columns(table.name)}
    for column in table.columns:
        if column.name not in there:
            written = CreateColumn(column).compile(connection)
            default = "" if column.nullable else f" DEFAULT {_default_of(column)}"
            line = f"ALTER TABLE {table.name} ADD COLUMN {written}{default}"
            connection.exec_driver_sql(line)


def _default_of(column: Column[Any]) -> str:
    """What rows that are there already get."""
    default = column.default
    value = default.arg if isinstance(default, ColumnDefault) else ""
    return str(int(value)) if isinstance(value, bool | int) else f"'{value}'"
