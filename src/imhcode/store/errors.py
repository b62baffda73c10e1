"""What can be wrong with a study file, and how SQLite's error codes are sorted into it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from imhcode.domain.errors import ImhcodeError, Refused, Trouble


class StudyIsMissing(Refused):
    """No file there."""

    sentence = "There is no study at {path}."
    next_step = "Check the name, or make a new one with “imhcode new”."


class StudyExists(Refused):
    """A file stands where a new study should go."""

    sentence = "{path} is there already."
    next_step = "Choose another name, or open it."


class NotAStudy(Refused):
    """A file that is no study."""

    sentence = "{path} is not an imhcode study."
    next_step = "Choose a file that ends in .imh and was made by imhcode."


class StudyIsNewer(Refused):
    """A study of a later version of the program."""

    sentence = "{path} was made by a newer imhcode (study format {found}, this one reads {known})."
    next_step = "Update imhcode; the file has not been touched."


class StudyIsOlder(Refused):
    """A study of an earlier version of the tables, opened for reading only."""

    sentence = "{path} was made by an earlier imhcode (study format {found}, now {known})."
    next_step = (
        "Open it once in the window: it is brought up to date, and a copy of it is kept beside it."
    )


class NoSuchEntry(Refused):
    """A session, coder or recording the study does not have."""

    sentence = "The study has no {what} “{name}”."
    next_step = "It has: {known}."


class EntryExists(Refused):
    """A second entry under the same name."""

    sentence = "The study already has a {what} “{name}”."


class StudyTrouble(Trouble):
    """The disk would not do what was asked."""

    sentence = "The study {path} could not be read or written: {why}."
    next_step = "Nothing that was acknowledged is lost; check the drive and try again."


class StudyIsOpenElsewhere(StudyTrouble):
    """Another program holds the file."""

    sentence = "{path} is open in another window or on another computer."
    next_step = "Close it there first: two writers would lose edits."


class StudyIsReadOnly(StudyTrouble):
    """The file or its folder cannot be written."""

    sentence = "{path} cannot be written: the file or its folder is read-only."
    next_step = "Copy it to a place where you may write, and open the copy."


class DiskIsFull(StudyTrouble):
    """No space left."""

    sentence = "The disk that holds {path} is full; the last edit was not saved."
    next_step = "Make room and repeat it; everything before it is safe."


class StudyIsDamaged(StudyTrouble):
    """The pages of the file do not fit together."""

    sentence = "{path} is damaged: {why}."
    next_step = "Do not write to it; restore a backup, or ask for help with a copy of the file."


_BY_CODE: dict[int, type[StudyTrouble]] = {
    sqlite3.SQLITE_BUSY: StudyIsOpenElsewhere,
    sqlite3.SQLITE_LOCKED: StudyIsOpenElsewhere,
    sqlite3.SQLITE_READONLY: StudyIsReadOnly,
    sqlite3.SQLITE_CANTOPEN: StudyIsReadOnly,
    sqlite3.SQLITE_FULL: DiskIsFull,
    sqlite3.SQLITE_CORRUPT: StudyIsDamaged,
}


@contextmanager
def blaming_the_world(path: Path) -> Iterator[None]:
    """Turn a database error inside the block into one of the sentences above."""
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415  (slow: not before a study is open)

    try:
        yield
    except (DBAPIError, sqlite3.Error) as failure:
        raise sorted_out(failure, path) from failure


def sorted_out(failure: BaseException, path: Path) -> ImhcodeError:
    """The sentence for one database error."""
    origin = getattr(failure, "orig", None) or failure
    code = getattr(origin, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code == sqlite3.SQLITE_NOTADB:
        return NotAStudy(path=path)
    return _BY_CODE.get(code, StudyTrouble)(path=path, why=str(origin))
