"""Observations from a study into files: whole files, or none."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from imhcode import __version__
from imhcode.domain.errors import Refused, Trouble
from imhcode.domain.observation import ROLES
from imhcode.domain.scheme import Scheme
from imhcode.domain.study import Dyad, ObservationEntry
from imhcode.formats import FORMATS
from imhcode.formats.record import Part, Record
from imhcode.services.importing import UnknownFormat, UnknownRole
from imhcode.services.studies import SessionEntry, StudyService
from imhcode.store.errors import NoSuchEntry

MANIFEST = "export_manifest.json"


class FileInTheWay(Refused):
    """A file where the folder of an export should be."""

    sentence = "{path} is a file; an export as {format} is a folder of files."
    next_step = "Choose a folder, or a name that is free."


class NotWritten(Trouble):
    """The disk would not take it."""

    sentence = "The export could not be written to {path}: {why}."
    next_step = "What was there before is untouched. Make room or choose another folder."


@dataclass(frozen=True, slots=True)
class Exported:
    """One file of an export.

    Attributes
    ----------
    rows : int
        Rows below the header; 0 for a file that is no table.
    """

    path: Path
    rows: int
    sha256: str


def export(
    study: StudyService,
    format_name: str,
    to: Path,
    *,
    session: str | None = None,
    coder: str | None = None,
    role: str | None = None,
    scheme: str | None = None,
) -> list[Exported]:
    """Write observations to a folder; the same study gives the same bytes.

    Parameters
    ----------
    session, coder, role, scheme : str, optional
        Only observations of these; ``scheme`` may be ``id`` or ``id@version``.

    Returns
    -------
    list of Exported
        Every file, the manifest last.

    Raises
    ------
    Refused
        There is no such format, session, coder, role or scheme, or a file is in the way.
    NotWritten
        The disk would not; files that were there before are as they were.
    """
    if format_name not in FORMATS:
        known = ", ".join(FORMATS.names())
        raise UnknownFormat(name=f"“{format_name}”", does="writes", known=known)
    filters = {"session": session, "coder": coder, "role": role, "scheme": scheme}
    records = _records(study, session=session, coder=coder, role=role, scheme=scheme)
    for folder in (to, *to.parents):
        if folder.exists() and not folder.is_dir():
            raise FileInTheWay(path=folder, format=format_name)
    try:
        to.mkdir(parents=True, exist_ok=True)
        half = Path(tempfile.mkdtemp(prefix=".half-", dir=to))
        try:
            parts = FORMATS[format_name].write(study.study_id, records, half)
            files = [_finished(half / part.name, to / part.name, part.rows) for part in parts]
            text = _manifest(study, format_name, filters, records, files)
            (half / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
            files.append(_finished(half / MANIFEST, to / MANIFEST, 0))
            for part in (*parts, Part(MANIFEST, 0)):
                os.replace(half / part.name, to / part.name)  # noqa: PTH105
        finally:
            shutil.rmtree(half, ignore_errors=True)
        _sync_folder(to)
    except OSError as failure:
        raise NotWritten(path=to, why=failure.strerror or failure) from failure
    return files


def _records(
    study: StudyService,
    *,
    session: str | None,
    coder: str | None,
    role: str | None,
    scheme: str | None,
) -> list[Record]:
    """The observations wanted, each with where it belongs."""
    sessions, dyads = study.sessions(), study.dyads()
    entries = [one for each in sessions for one in each.observations]
    schemes = study.schemes().values()
    if role is not None and role not in ROLES:
        raise UnknownRole(name=role, known=", ".join(ROLES))
    _refuse_unknown("session", session, (each.session.id for each in sessions))
    _refuse_unknown("coder", coder, (one.coder_id for one in entries))
    _refuse_unknown("scheme", scheme, (name for one in schemes for name in (one.id, _name(one))))
    return [
        _record(study, each, one, dyads.get(each.session.dyad_id, Dyad(id="")))
        for each in sessions
        for one in each.observations
        if session in (None, one.session_id)
        and coder in (None, one.coder_id)
        and role in (None, one.role)
        and scheme in (None, one.scheme_id, f"{one.scheme_id}@{one.scheme_version}")
    ]


def _name(scheme: Scheme) -> str:
    return f"{scheme.id}@{scheme.version}"


def _refuse_unknown(what: str, wanted: str | None, known: Iterable[str]) -> None:
    names = list(dict.fromkeys(known))
    if wanted is not None and wanted not in names:
        raise NoSuchEntry(what=what, name=wanted, known=", ".join(names) or "none yet")


def _record(
    study: StudyService, entry: SessionEntry, observation: ObservationEntry, dyad: Dyad
) -> Record:
    return Record(
        observation=study.observation(observation),
        session=entry.session,
        dyad=dyad,
        fps={recording.id: recording.fps for recording in entry.recordings},
        episodes=study.file.episodes_of(entry.session.id),
    )


def _finished(half: Path, path: Path, rows: int) -> Exported:
    """Get a file onto the disk, and say what it is."""
    digest = hashlib.sha256()
    with half.open("rb+") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
        os.fsync(file.fileno())
    return Exported(path, rows, digest.hexdigest())


def _sync_folder(folder: Path) -> None:
    """Get the new names onto the disk, where the system lets a folder be opened for that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _manifest(
    study: StudyService,
    format_name: str,
    filters: dict[str, str | None],
    records: Sequence[Record],
    files: Sequence[Exported],
) -> str:
    """What was exported and by what; no time of day, so that it can be compared."""
    schemes = {
        record.observation.scheme.content_hash: record.observation.scheme for record in records
    }
    manifest = {
        "program": f"imhcode {__version__}",
        "study_id": study.study_id,
        "format": format_name,
        "filters": {name: value for name, value in filters.items() if value is not None},
        "parameters": {
            _name(scheme): scheme.document.get("parameters", []) for scheme in schemes.values()
        },
        "schemes": [
            {"id": scheme.id, "version": scheme.version, "hash": scheme.content_hash}
            for scheme in sorted(schemes.values(), key=lambda one: (one.id, one.version))
        ],
        "observations": len(records),
        "files": [{"path": one.path.name, "rows": one.rows, "sha256": one.sha256} for one in files],
    }
    return json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
