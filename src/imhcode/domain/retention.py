"""Until when recordings are kept, and what is remembered of one that was destroyed."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """The last day on which a recording, or all of a session, is kept.

    Attributes
    ----------
    entry_id : str
        Id of the session or recording.
    keep_until : str
        ISO date of the last day.
    """

    id: str
    what: Literal["session", "recording"]
    entry_id: str
    keep_until: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """A recording that was destroyed.

    Attributes
    ----------
    sha256 : str
        What the file held, so that a copy that turns up can be recognised.
    files : tuple of str
        Names of all files that were destroyed, without folders.
    kept_coding : bool
        Whether the events coded on it stayed.
    certificate : str
        The whole text that says so.
    """

    id: str
    recording_id: str
    session_id: str
    sha256: str
    at_utc: str
    by: str
    files: tuple[str, ...]
    kept_coding: bool
    certificate: str
