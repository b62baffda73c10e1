"""One dyad over time: moments, what was said, goals and what was tried.  Counts, and no scores."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from imhcode.domain.goal import Goal, Strategy
from imhcode.domain.moment import Moment
from imhcode.domain.study import Dyad, Session
from imhcode.domain.visit import Visit, VisitEntry
from imhcode.services.goals import goals_of
from imhcode.services.review import moments
from imhcode.services.studies import StudyService
from imhcode.services.visits import entries_of, visits_of
from imhcode.store.kept import kept_in


@dataclass(frozen=True, slots=True)
class SessionMoments:
    """The moments of one session, in order.

    Attributes
    ----------
    by_kind, by_status, by_goal : Mapping of str to int
        How many there are of each code, status and goal; what there is none of is left out.
    """

    session: Session
    moments: tuple[Moment, ...]
    by_kind: Mapping[str, int]
    by_status: Mapping[str, int]
    by_goal: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class VisitSaid:
    """What was noted of one visit.

    Attributes
    ----------
    by_code, by_stance : Mapping of str to int
        How often each thing was noted.
    words : tuple of VisitEntry
        Those of them with words, in order.
    """

    visit: Visit
    entries: tuple[VisitEntry, ...]
    by_code: Mapping[str, int]
    by_stance: Mapping[str, int]
    words: tuple[VisitEntry, ...]


@dataclass(frozen=True, slots=True)
class Across:
    """A dyad over time."""

    dyad_id: str
    sessions: tuple[SessionMoments, ...]
    visits: tuple[VisitSaid, ...]
    goals: tuple[Goal, ...]
    strategies: tuple[Strategy, ...]


def across(study: StudyService, dyad_id: str, coder_id: str = "") -> Across:
    """Everything about a dyad, each list in order of time; moments of one coder or of all.

    Raises
    ------
    NoSuchEntry
        The study has no such dyad.
    """
    file = study.file
    file.get(Dyad, dyad_id)
    of_dyad = [one for one in file.all(Session) if one.dyad_id == dyad_id]
    sessions = sorted(of_dyad, key=lambda one: (one.date, one.visit))
    tried = [one for one in kept_in(file, Strategy) if one.dyad_id == dyad_id]
    return Across(
        dyad_id,
        tuple(_of_session(study, one, coder_id) for one in sessions),
        tuple(_of_visit(study, one) for one in visits_of(file, dyad_id)),
        goals_of(file, dyad_id),
        tuple(sorted(tried, key=lambda one: one.on)),
    )


def _of_session(study: StudyService, session: Session, coder_id: str) -> SessionMoments:
    found = moments(study, session.id, coder_id)
    return SessionMoments(
        session,
        found,
        Counter(one.kind for one in found),
        Counter(one.status for one in found),
        Counter(one.goal_id for one in found if one.goal_id),
    )


def _of_visit(study: StudyService, visit: Visit) -> VisitSaid:
    entries = entries_of(study.file, visit.id)
    return VisitSaid(
        visit,
        entries,
        Counter(one.code for one in entries),
        Counter(one.stance for one in entries if one.stance),
        tuple(one for one in entries if one.words),
    )
