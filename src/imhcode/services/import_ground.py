"""What an import asks of a study while it is worked out, wherever that happens.

A study belongs to one thread.  Working out what a million rows would become belongs to another one:
so whatever is asked of the study goes through one door, and who works elsewhere says how a question
gets to the study's thread.  Answers are values.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol, TypeVar

from imhcode.domain.observation import Observation, Role
from imhcode.domain.scheme import Scheme
from imhcode.domain.setting import NOTHING_KNOWN, Setting
from imhcode.domain.study import ObservationEntry, Recording
from imhcode.services.session_setting import setting_of
from imhcode.services.studies import RecordingState, SessionEntry, StudyService
from imhcode.store.import_log import KeptReport

Answer = TypeVar("Answer")


class Asking(Protocol):
    """How a question gets to the thread of the study, and its answer back."""

    def __call__(self, question: Callable[[], Answer], /) -> Answer:
        """Ask; whatever the question raises is raised here."""


def asked_here(question: Callable[[], Answer]) -> Answer:
    """The answer on this thread, which is that of the study."""
    return question()


class ImportGround:
    """A study as an import sees it.

    Parameters
    ----------
    asking : Asking
        By default this is the study's thread.
    """

    def __init__(self, study: StudyService, asking: Asking = asked_here) -> None:
        self._study, self._ask = study, asking
        self.path: Path = study.path

    def schemes(self) -> Mapping[str, Scheme]:
        """Every scheme of the study by content hash."""
        return self._ask(lambda: dict(self._study.schemes()))

    def scheme(self, name: str = "") -> Scheme:
        """The scheme called so; see `StudyService.scheme` for what is refused."""
        return self._ask(lambda: self._study.scheme(name))

    def sessions(self) -> list[SessionEntry]:
        """Every session with its recordings and observations."""
        return self._ask(self._study.sessions)

    def path_of(self, recording: Recording) -> Path:
        """Where a recording's file should be on this machine."""
        return self._study.path_of(recording)

    def state_of(self, recording: Recording) -> RecordingState:
        """Whether a recording is there and still the one that was added."""
        return self._study.state_of(recording)

    def entry(
        self, session_id: str, coder_id: str, role: Role, scheme: Scheme
    ) -> ObservationEntry | None:
        """The observation by that coder in that role, if there is one."""
        return self._ask(lambda: self._study.entry(session_id, coder_id, role, scheme))

    def observation(self, entry: ObservationEntry) -> Observation:
        """An observation with its events."""
        return self._ask(lambda: self._study.observation(entry))

    def setting_of(self, observation: Observation) -> Setting:
        """What is known of the session of an observation; nothing if there is none yet."""
        session_id = observation.session_id
        for one in self.sessions():
            if one.session.id == session_id:
                episodes = self._ask(lambda: self._study.file.episodes_of(session_id))
                return setting_of(observation, one.session, one.recordings, episodes)
        return NOTHING_KNOWN

    def imports(self) -> list[KeptReport]:
        """What came in before."""
        return self._ask(self._study.file.log_of_imports().all)
