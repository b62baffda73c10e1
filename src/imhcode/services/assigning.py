"""Who codes which session: drawn by the program, kept in the study, not shown to coders."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime

from imhcode import __version__
from imhcode.analysis.double_coding import Assignment, Part, Visit, drawn
from imhcode.domain.errors import Refused
from imhcode.domain.observation import Role
from imhcode.domain.scheme import Scheme
from imhcode.domain.study import Coder, CoderRole, Session
from imhcode.store.study_file import StudyFile

_PARTS: Mapping[Role, Part] = {"primary": "primary", "reliability": "reliability"}


class NotAShare(Refused):
    """Fields: ``share``."""

    sentence = "{share} is not a share of the sessions."
    next_step = "Say a number from 0 to 1, such as 0.2 for every fifth session."


class TooFewCoders(Refused):
    """Fields: ``wanted``."""

    sentence = "At least {wanted} coders are needed for this."
    next_step = "Name them one after another: --coder ANNA --coder BEN."


class NothingToAssign(Refused):
    """A study without sessions."""

    sentence = "The study has no sessions yet."
    next_step = "Add recordings first: imhcode add STUDY VIDEO --session ID."


def assignments_of(file: StudyFile, scheme: Scheme) -> tuple[Assignment, ...]:
    """Who was drawn for which session, for one scheme; none before the first draw."""
    text = file.note(_key(scheme))
    return tuple(Assignment(**one) for one in json.loads(text)["assignments"]) if text else ()


def assign(
    file: StudyFile,
    scheme: Scheme,
    coders: Sequence[str],
    *,
    share: float,
    seed: int,
    dry_run: bool = False,
) -> tuple[Assignment, ...]:
    """Draw who codes the sessions that nobody was drawn for yet, and keep it.

    What was drawn before, and what is coded already, stays; so sessions that arrive later can be
    assigned by drawing again.

    Raises
    ------
    NotAShare, TooFewCoders, NothingToAssign
        As their sentences say; nothing was drawn.
    """
    if not 0 <= share <= 1:
        raise NotAShare(share=share)
    names = list(dict.fromkeys(coders))
    if len(names) < (wanted := 2 if share > 0 else 1):
        raise TooFewCoders(wanted=wanted)
    visits = [
        Visit(session_id=one.id, dyad_id=one.dyad_id, wave=one.visit) for one in file.all(Session)
    ]
    if not visits:
        raise NothingToAssign
    already = _with_what_is_coded(file, scheme, assignments_of(file, scheme))
    made = drawn(visits, names, share=share, seed=seed, already=already)
    if not dry_run:
        for name in names:
            ensure_coder(file, name)
        _keep(file, scheme, made, share=share, seed=seed)
    return made


def _with_what_is_coded(
    file: StudyFile, scheme: Scheme, already: tuple[Assignment, ...]
) -> tuple[Assignment, ...]:
    """Earlier assignments, and observations that were begun without one."""
    there = {(one.session_id, one.part) for one in already}
    more = [
        Assignment(session_id=one.session_id, coder_id=one.coder_id, part=_PARTS[one.role])
        for one in file.observations()
        if one.scheme_id == scheme.id
        and one.role in _PARTS
        and (one.session_id, one.role) not in there
    ]
    first = {(one.session_id, one.part): one for one in reversed(more)}
    return (*already, *first.values())


def _keep(
    file: StudyFile, scheme: Scheme, made: tuple[Assignment, ...], *, share: float, seed: int
) -> None:
    text = file.note(_key(scheme))
    draws = json.loads(text)["draws"] if text else []
    at_utc = datetime.now(UTC).isoformat(timespec="seconds")
    draws.append({"share": share, "seed": seed, "at_utc": at_utc, "program": __version__})
    kept = {"assignments": [asdict(one) for one in made], "draws": draws}
    file.remember(_key(scheme), json.dumps(kept))


def _key(scheme: Scheme) -> str:
    """Versions of a scheme share a draw: a session is not coded anew for each."""
    return f"assignments/{scheme.id}"


def role_for(file: StudyFile, session_id: str, coder_id: str, scheme: Scheme) -> Role:
    """In which role a coder's observation of a session is begun; the coder is not told."""
    for one in assignments_of(file, scheme):
        if (one.session_id, one.coder_id) == (session_id, coder_id):
            return one.part
    return "primary"


def ensure_coder(file: StudyFile, coder_id: str, role: CoderRole | None = None) -> Coder:
    """The coder with that id, made if they are not there; a ``role`` is theirs from now on."""
    for coder in file.all(Coder):
        if coder.id == coder_id:
            if role is None or coder.role == role:
                return coder
            changed = replace(coder, role=role)
            file.change(changed)
            return changed
    new = Coder(id=coder_id, role=role or "coder")
    file.add(new)
    return new
