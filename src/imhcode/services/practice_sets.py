"""Sets of sessions that trainees code: which, with what feedback, and what has to be reached."""

import json
import random
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

from imhcode.analysis.agreement import INDICES
from imhcode.analysis.training_criterion import Criterion
from imhcode.domain.errors import Refused
from imhcode.domain.scheme import Scheme
from imhcode.domain.study import Session
from imhcode.services.gold import gold_for
from imhcode.services.studies import StudyService
from imhcode.store.study_file import StudyFile

Feedback = Literal["off", "at_end", "at_once", "while_coding"]
FEEDBACKS: tuple[Feedback, ...] = get_args(Feedback)

_NOTE = "practice_sets"
_WITH_TOLERANCE = "kappa_time_tolerance"


class NeedsAName(Refused):
    """A practice set without a name."""

    sentence = "The practice set needs a name."


class SetExists(Refused):
    """Fields: ``name``."""

    sentence = "There is a practice set “{name}” already."
    next_step = "What trainees have begun must not change: give the new one another name."


class NoSuchSet(Refused):
    """Fields: ``name``, ``known``."""

    sentence = "There is no practice set “{name}”."
    next_step = "There are: {known}."


class NoGoldStandard(Refused):
    """Fields: ``session``, ``scheme``."""

    sentence = "The session {session} has no frozen gold standard for {scheme}."
    next_step = "Reconcile two blind observations in the role gold, and freeze the result."


class NotACriterion(Refused):
    """Fields: ``why``."""

    sentence = "That is no criterion: {why}."


class TooFewUnseen(Refused):
    """Fields: ``there``, ``wanted``, ``coder``."""

    sentence = "{coder} has not seen {there} sessions with a gold standard; {wanted} are wanted."
    next_step = "Make more gold standards, or ask for fewer."


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeSet:
    """Sessions to be coded by trainees in the role training.

    Attributes
    ----------
    scheme_id, scheme_version, scheme_hash : str
        The version that is learnt; another one is another set.
    coders : tuple of str
        Whose set it is.
    feedback : str
        ``off``: trainees never see it; ``at_end``: when every session is submitted; ``at_once``:
        when that session is; ``while_coding``: also of each event as it is coded; then that
        session does not count to a criterion (:mod:`imhcode.services.telling`).
    valid_months, recheck_months : int
        How long a certificate holds, and after how long a recheck is due; 0: for ever, never.
    """

    name: str
    scheme_id: str
    scheme_version: str
    scheme_hash: str
    sessions: tuple[str, ...]
    coders: tuple[str, ...] = ()
    feedback: Feedback = "at_end"
    criterion: Criterion = field(default_factory=Criterion)
    valid_months: int = 12
    recheck_months: int = 6


def practice_sets(file: StudyFile) -> tuple[PracticeSet, ...]:
    """Every practice set, oldest first."""
    text = file.note(_NOTE)
    return tuple(_set_of(one) for one in json.loads(text)) if text else ()


def practice_set(file: StudyFile, name: str) -> PracticeSet:
    """The set of that name (`NoSuchSet`)."""
    found = practice_sets(file)
    for one in found:
        if one.name == name:
            return one
    raise NoSuchSet(name=name, known=", ".join(one.name for one in found) or "none yet")


def add_practice_set(
    study: StudyService,
    name: str,
    scheme: Scheme,
    sessions: Iterable[str],
    *,
    coders: Iterable[str] = (),
    feedback: Feedback = "at_end",
    criterion: Criterion | None = None,
    valid_months: int = 12,
    recheck_months: int = 6,
) -> PracticeSet:
    """Make a practice set; it never changes afterwards, so that what was reached means something.

    Raises
    ------
    NeedsAName, SetExists, NoSuchEntry, NoGoldStandard, NotACriterion
        As their sentences say; nothing was made.
    """
    there = practice_sets(study.file)
    if not name:
        raise NeedsAName
    if name in {one.name for one in there}:
        raise SetExists(name=name)
    chosen = tuple(dict.fromkeys(sessions))
    for session in chosen:
        study.session(session)
        if gold_for(study, session, scheme) is None:
            raise NoGoldStandard(session=session, scheme=f"{scheme.id} {scheme.version}")
    criterion = criterion or Criterion(consecutive=max(1, min(3, len(chosen))))
    _refuse_no_criterion(criterion, scheme, chosen)
    made = PracticeSet(
        name=name,
        scheme_id=scheme.id,
        scheme_version=scheme.version,
        scheme_hash=scheme.content_hash,
        sessions=chosen,
        coders=tuple(dict.fromkeys(coders)),
        feedback=feedback,
        criterion=criterion,
        valid_months=valid_months,
        recheck_months=recheck_months,
    )
    study.file.remember(_NOTE, json.dumps([asdict(one) for one in (*there, made)]))
    return made


def unseen_by(study: StudyService, coder_id: str, scheme: Scheme) -> tuple[str, ...]:
    """Sessions with a frozen gold standard that somebody has neither coded nor been given."""
    seen = {one.session_id for one in study.file.observations() if one.coder_id == coder_id}
    for one in practice_sets(study.file):
        if coder_id in one.coders:
            seen.update(one.sessions)
    return tuple(
        one.id
        for one in study.file.all(Session)
        if one.id not in seen and gold_for(study, one.id, scheme) is not None
    )


def retake(
    study: StudyService, of: str, name: str, coder_id: str, *, n_sessions: int, seed: int
) -> PracticeSet:
    """Make a set for one trainee out of sessions never seen before, drawn by the program.

    Feedback is off; everything else is as in the set ``of``.

    Raises
    ------
    NoSuchSet, TooFewUnseen, SetExists
        As their sentences say; nothing was made.
    """
    before = practice_set(study.file, of)
    scheme = study.schemes()[before.scheme_hash]
    unseen = unseen_by(study, coder_id, scheme)
    if len(unseen) < n_sessions:
        raise TooFewUnseen(there=len(unseen), wanted=n_sessions, coder=coder_id)
    chosen = random.Random(seed).sample(unseen, n_sessions)
    return add_practice_set(
        study,
        name,
        scheme,
        chosen,
        coders=[coder_id],
        feedback="off",
        criterion=before.criterion,
        valid_months=before.valid_months,
        recheck_months=before.recheck_months,
    )


def _refuse_no_criterion(criterion: Criterion, scheme: Scheme, sessions: tuple[str, ...]) -> None:
    known = {one.name for one in INDICES} | {_WITH_TOLERANCE}
    if criterion.index not in known:
        raise NotACriterion(why=f"there is no index “{criterion.index}”")
    if not 0 <= criterion.threshold <= 1:
        raise NotACriterion(why="the threshold lies from 0 to 1")
    if not 1 <= criterion.consecutive <= len(sessions):
        why = f"{criterion.consecutive} in a row cannot be reached with {len(sessions)} sessions"
        raise NotACriterion(why=why)
    for track in criterion.tracks:
        if scheme.track(track) is None:
            raise NotACriterion(why=f"{scheme.id} has no track “{track}”")
    for one in criterion.critical:
        track, _, code = one.partition("/")
        if scheme.code(track, code) is None:
            raise NotACriterion(why=f"{scheme.id} has no code “{code}” on a track “{track}”")


def _set_of(plain: dict[str, Any]) -> PracticeSet:
    given = dict(plain)
    rule = dict(given.pop("criterion"))
    for name in ("tracks", "critical"):
        rule[name] = tuple(rule[name])
    for name in ("sessions", "coders"):
        given[name] = tuple(given[name])
    return PracticeSet(**given, criterion=Criterion(**rule))
