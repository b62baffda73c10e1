"""All that is written down of the family of one session, open to be changed."""

from collections.abc import Sequence
from typing import Any

from imhcode.domain.study import Recording
from imhcode.services.consent import Consents
from imhcode.services.family import People, Present
from imhcode.services.goals import Goals, Strategies
from imhcode.services.history import NothingToRedo, NothingToUndo
from imhcode.services.logged_values import LoggedValues
from imhcode.services.retention import Due, Retentions, due
from imhcode.services.studies import StudyService


class FamilyRecord:
    """The lists of the services, and undo over those that stand on one page.

    Parameters
    ----------
    study : StudyService
        Open for writing.
    session_id : str
        A session that has a dyad.
    coder_id : str
        Who does it.
    on : str
        The day that consent is asked for, an ISO date.

    Attributes
    ----------
    of_consent, of_goals : sequence of LoggedValues
        What undo takes back on the page of consent, on that of goals.
    """

    def __init__(self, study: StudyService, session_id: str, coder_id: str, on: str) -> None:
        self.study, self.session_id, self.coder_id, self.on = study, session_id, coder_id, on
        entry = study.session(session_id)
        self.session, self.recordings = entry.session, tuple(entry.recordings)
        self.dyad_id = self.session.dyad_id
        file = study.file
        self.people = People(file, self.dyad_id, coder_id)
        self.present = Present(file, session_id, coder_id)
        self.consents = Consents(file, self.dyad_id, coder_id)
        self.goals = Goals(file, self.dyad_id, coder_id)
        self.strategies = Strategies(file, self.dyad_id, coder_id)
        self.kept_session = Retentions(file, "session", session_id, coder_id)
        self.kept_recordings = {
            one.id: Retentions(file, "recording", one.id, coder_id) for one in self.recordings
        }
        self.of_consent: Sequence[LoggedValues[Any]] = (
            self.people,
            self.present,
            self.consents,
            self.kept_session,
            *self.kept_recordings.values(),
        )
        self.of_goals: Sequence[LoggedValues[Any]] = (self.goals, self.strategies)

    def name_of(self, recording: Recording) -> str:
        """What a recording is called here: its file's name, or its id if it has none."""
        return self.study.path_of(recording).stem or recording.id

    def due(self) -> list[Due]:
        """What of this family is over or ends soon."""
        sessions = {
            one.session.id for one in self.study.sessions() if one.session.dyad_id == self.dyad_id
        }
        recordings = {
            one.id for one in self.study.file.all(Recording) if one.session_id in sessions
        }
        of_family = {
            "session": sessions,
            "recording": recordings,
            "consent": {one.id for one in self.people.values},
        }
        return [one for one in due(self.study.file, self.on) if one.entry_id in of_family[one.what]]


def undo_latest(several: Sequence[LoggedValues[Any]]) -> LoggedValues[Any]:
    """Take back what was done last in any of these lists, and say in which (`NothingToUndo`)."""
    done = [one for one in several if one.moments.can_undo]
    if not done:
        raise NothingToUndo
    latest = max(done, key=lambda one: one.moments.latest_done())
    latest.undo()
    return latest


def redo_latest(several: Sequence[LoggedValues[Any]]) -> LoggedValues[Any]:
    """Bring back what was taken back last, unless something was done since (`NothingToRedo`)."""
    undone = [one for one in several if one.moments.can_redo]
    if not undone:
        raise NothingToRedo
    first = min(undone, key=lambda one: one.moments.latest_undone())
    stands = [one.moments.latest_done() for one in several if one.moments.can_undo]
    if stands and max(stands) > first.moments.latest_undone():
        raise NothingToRedo
    first.redo()
    return first
