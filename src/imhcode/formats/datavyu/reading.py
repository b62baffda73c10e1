"""Datavyu's own files: an archive of columns, a project, and the settings of each film."""

from pathlib import Path

from imhcode.domain.timecode import US_PER_MS
from imhcode.formats.datavyu.db_text import NEWEST, parsed
from imhcode.formats.datavyu.errors import NotADatavyuFile
from imhcode.formats.datavyu.meaning import Meaning
from imhcode.formats.datavyu.project_entry import films_of
from imhcode.formats.finding import Finding
from imhcode.formats.found import FoundMedia, FoundNote
from imhcode.formats.incoming import Reading
from imhcode.formats.strict_zip import read_members

DB, PROJECT = "db", "project"


def read_opf(path: Path) -> Reading:
    """Read an archive of any version.

    Raises
    ------
    Refused
        It is no archive, an unsafe one, or none of Datavyu's.
    """
    members = read_members(path)
    if DB not in members:
        raise NotADatavyuFile(path=path, missing="“db” entry")
    text, findings = text_of(members[DB])
    db = parsed(text)
    meaning = Meaning(db.columns, lines=True)
    reading = meaning.read()
    reading.findings[:0] = findings
    if db.version > NEWEST:
        why = f"its columns are of version {db.version}; they were read as version {NEWEST}"
        reading.findings.append(Finding("warning", "newer-version", 1, why))
    for line, stray in db.strays:
        if stray[2:3] == ":" and stray[:2].isdecimal():
            reading.found += 1
            why = "is a cell, but no column begins before it"
            reading.findings.append(Finding("error", "no-column", line, why, where=f"line {line}"))
        else:
            reading.notes.append(FoundNote(text=stray[:2_000], where=f"line {line}"))
            why = f"“{stray[:40]}” is neither a column nor a cell; it is a note"
            reading.findings.append(Finding("warning", "stray", line, why, where=f"line {line}"))
    session = meaning.facts.session.id
    if PROJECT not in members:
        why = "it has no “project” entry, so no films are known"
        reading.findings.append(Finding("warning", "no-project", 0, why))
        return reading
    told, _ = text_of(members[PROJECT])
    for film in films_of(told, members, path):
        at_us = film.offset_ms * US_PER_MS + meaning.facts.zero_us
        media = FoundMedia(session=session, path=film.path, offset_us=at_us, fps=film.fps)
        reading.media.append(media)
    return reading


def text_of(raw: bytes) -> tuple[str, list[Finding]]:
    """Text in UTF-8 or in the alphabet of the machine that wrote it: Datavyu says nothing of it."""
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as failure:
        line = raw.count(b"\n", 0, failure.start) + 1
        why = "is no UTF-8; all text was read as Windows-1252, as Datavyu writes it there"
        return raw.decode("cp1252", "replace"), [Finding("warning", "encoding", line, why)]
