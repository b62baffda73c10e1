"""Observations from a study into files: whole files, or none."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from imhcode import __version__
from imhcode.domain.errors import Refused
from imhcode.domain.observation import ROLES
from imhcode.domain.scheme import Scheme
from imhcode.domain.study import Dyad, ObservationEntry
from imhcode.formats import Format, WritingOneFile
from imhcode.formats.loss import Loss
from imhcode.formats.record import Part, Record
from imhcode.services.format_choice import format_to_write
from imhcode.services.importing import UnknownRole
from imhcode.services.studies import SessionEntry, StudyService
from imhcode.services.whole_folder import Exported, whole_folder
from imhcode.store.errors import NoSuchEntry

MANIFEST = "export_manifest.json"


class OneFileCannotHold(Refused):
    """A file asked for where the format writes several."""

    sentence = "As {format} this would be {count} files; {path} is one."
    next_step = "Name a folder, or choose one session and one coder."


def losses(
    study: StudyService,
    format_name: str,
    *,
    session: str | None = None,
    coder: str | None = None,
    role: str | None = None,
    scheme: str | None = None,
) -> list[Loss]:
    """What the format cannot hold of these observations, before anything is written.

    Raises
    ------
    Refused
        There is no such format, session, coder, role or scheme.
    """
    chosen = format_to_write(format_name)
    return chosen.losses(_records(study, session=session, coder=coder, role=role, scheme=scheme))


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
    """Write observations to files; the same study gives the same bytes.

    Parameters
    ----------
    to : Path
        A folder; or a file, if its ending is that of the only file that the format writes.
    session, coder, role, scheme : str, optional
        Only observations of these; ``scheme`` may be ``id`` or ``id@version``.

    Returns
    -------
    list of Exported
        Every file, the manifest last; it says too what could not be held.

    Raises
    ------
    Refused
        There is no such format, session, coder, role or scheme, or a file is in the way.
    NotWritten
        The disk would not; files that were there before are as they were.
    """
    chosen = format_to_write(format_name)
    filters = {"session": session, "coder": coder, "role": role, "scheme": scheme}
    records = _records(study, session=session, coder=coder, role=role, scheme=scheme)
    lost = chosen.losses(records)
    as_file = _is_file(chosen, to)
    with whole_folder(to.parent if as_file else to, format_name) as folder:
        parts = chosen.write(study.study_id, records, folder.half)
        if as_file:
            parts = [_only(parts, to, format_name)]
            (folder.half / parts[0].name).rename(folder.half / to.name)
            parts = [Part(to.name, parts[0].rows)]
        for part in parts:
            folder.finish(part.name, part.rows)
        text = _manifest(study, format_name, filters, records, folder.files, lost)
        folder.write_text(f"{to.name}.manifest.json" if as_file else MANIFEST, text)
    return folder.files


def _is_file(chosen: Format, to: Path) -> bool:
    """Whether ``to`` names a file by an ending of the format; a folder may be called anything."""
    endings = (chosen.ending,) if isinstance(chosen, WritingOneFile) else chosen.suffixes
    return not to.is_dir() and to.name.lower().endswith(endings)


def _only(parts: Sequence[Part], to: Path, format_name: str) -> Part:
    if len(parts) != 1:
        raise OneFileCannotHold(format=format_name, count=len(parts), path=to)
    return parts[0]


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
    lost: Sequence[Loss],
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
        "losses": [{"what": one.what, "count": one.count, "how": one.how} for one in lost],
        "files": [{"path": one.path.name, "rows": one.rows, "sha256": one.sha256} for one in files],
    }
    return json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
