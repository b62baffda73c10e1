"""What of others' work somebody is shown before their own is done.

It hides; it is not a lock on the file: who opens the study with another program sees everything
(docs/manual/training.md).  A study in which nobody is a trainer or an investigator, and for which
nothing was drawn, belongs to one person or to people who trust each other: nothing is hidden.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from imhcode.domain.errors import Refused
from imhcode.domain.observation import Role
from imhcode.domain.study import Coder, CoderRole, ObservationEntry
from imhcode.services.assigning import assignments_of
from imhcode.services.practice_sets import practice_sets
from imhcode.services.studies import SessionEntry, StudyService

_OWN_WORK: frozenset[Role] = frozenset({"primary", "reliability", "training"})
_NEVER_FOR_CODERS: frozenset[Role] = frozenset({"training", "gold"})


class NotBeforeYourOwn(Refused):
    """Fields: ``coder``, ``session``."""

    sentence = "The observation of {session} by {coder} stays hidden until yours is submitted."
    next_step = "Submit your own first; who is blind codes what is there."


class NotForCoders(Refused):
    """Fields: ``session``."""

    sentence = "This observation of {session} is for trainers and investigators."
    next_step = "What it says of your own coding comes with the feedback of your practice set."


@dataclass(frozen=True, slots=True)
class _Own:
    """How far somebody is with a session and a scheme."""

    pending: bool = False
    submitted: bool = False


class Blinding:
    """What one person may see of a study, as it stands now; make a new one after a change.

    Parameters
    ----------
    study : StudyService
        Open.
    coder_id : str
        Who looks; an id the study does not know is a coder.
    """

    def __init__(self, study: StudyService, coder_id: str) -> None:
        self._coder_id = coder_id
        file = study.file
        roles: dict[str, CoderRole] = {one.id: one.role for one in file.all(Coder)}
        self.role: CoderRole = roles.get(coder_id, "coder")
        plans = {scheme.id: assignments_of(file, scheme) for scheme in study.schemes().values()}
        self._assigned = {
            (one.session_id, scheme_id)
            for scheme_id, plan in plans.items()
            for one in plan
            if one.coder_id == coder_id
        }
        sets = practice_sets(file)
        self._practised = {
            session for one in sets if coder_id in one.coders for session in one.sessions
        }
        self.is_on = any(role != "coder" for role in roles.values()) or any(plans.values())
        self._chooses = bool(any(plans.values()) or self._practised)
        self._own: dict[tuple[str, str], _Own] = {}
        mine = [one for one in file.observations() if one.coder_id == coder_id]
        for one in mine:
            if one.role in _OWN_WORK:
                about = one.session_id, one.scheme_id
                before = self._own.get(about, _Own())
                draft = one.status == "draft"
                self._own[about] = _Own(before.pending or draft, before.submitted or not draft)
        for about in self._assigned - self._own.keys():
            self._own[about] = _Own(pending=True)
        self._begun = {one.session_id for one in mine}

    @property
    def may_train(self) -> bool:
        """Whether this person makes gold standards and practice sets."""
        return not self.is_on or self.role != "coder"

    def refuse(self, entry: ObservationEntry) -> None:
        """Refuse to open an observation that has to stay hidden.

        Raises
        ------
        NotBeforeYourOwn, NotForCoders
            As their sentences say.
        """
        if not self.is_on or entry.coder_id == self._coder_id:
            return
        own = self._own.get((entry.session_id, entry.scheme_id), _Own())
        if own.pending:
            raise NotBeforeYourOwn(coder=entry.coder_id, session=entry.session_id)
        if self.role != "coder":
            return
        if entry.role in _NEVER_FOR_CODERS:
            raise NotForCoders(session=entry.session_id)
        if not own.submitted or entry.status == "draft":
            raise NotBeforeYourOwn(coder=entry.coder_id, session=entry.session_id)

    def may_open(self, entry: ObservationEntry) -> bool:
        """Whether an observation may be opened, and so whether it is listed at all."""
        try:
            self.refuse(entry)
        except Refused:
            return False
        return True

    def lists(self, session_id: str) -> bool:
        """Whether a session is listed: coders see those drawn for them, and those they began."""
        if not self.is_on or self.role != "coder" or not self._chooses:
            return True
        drawn = {session for session, _ in self._assigned}
        return session_id in drawn | self._practised | self._begun

    def listed(self, sessions: Iterable[SessionEntry]) -> list[SessionEntry]:
        """Sessions and observations as this person's lists show them."""
        return [
            replace(one, observations=tuple(filter(self.may_open, one.observations)))
            for one in sessions
            if self.lists(one.session.id)
        ]

    def role_shown(self, role: Role) -> Role:
        """The role of somebody's own observation as it is shown: which is second, nobody sees."""
        hidden = self.is_on and self.role == "coder" and role == "reliability"
        return "primary" if hidden else role
