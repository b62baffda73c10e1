"""Observations from a study into files: whole files, or none."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from imhcode import __version__
from imhcode.domain.observation import ROLES
from imhcode.domain.scheme import Scheme
from imhcode.domain.study import Dyad, ObservationEntry
from imhcode.formats import FORMATS
from imhcode.formats.record import Record
from imhcode.services.importing import UnknownFormat, UnknownRole
from imhcode.services.studies import SessionEntry, StudyService
from imhcode.services.whole_folder import Exported, whole_folder
from imhcode.store.errors import NoSuchEntry

MANIFEST = "export_manifest.json"


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
    with whole_folder(to, format_name) as folder:
        for part in FORMATS[format_name].write(study.study_id, records, folder.half):
            folder.finish(part.name, part.rows)
        text = _manifest(study, format_name, filters, records, folder.files)
        folder.write_text(MANIFEST, text)
    return folder.files


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
        recordings=tuple(
            replace(one, path=study.path_of(one).as_posix()) for one in entry.recordings
        ),
    )


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
