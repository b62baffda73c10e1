"""Handing an observation in: draft, submitted, locked; each step a line of the study's log."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from imhcode.domain.errors import Refused
from imhcode.domain.observation import Observation, Status
from imhcode.domain.study import ObservationEntry
from imhcode.domain.text import clean_text
from imhcode.services.coding import CodingService
from imhcode.store.study_file import StudyFile
from imhcode.store.study_log import StudyEdit


class NotThatStep(Refused):
    """Fields: ``now``, ``wanted``."""

    sentence = "This observation is {now}; it cannot become {wanted}."
    next_step = "A draft is submitted, a submitted one is locked or given back as a draft."


_STEPS: Mapping[Status, frozenset[Status]] = {
    "draft": frozenset({"submitted"}),
    "submitted": frozenset({"locked", "draft"}),
    "locked": frozenset({"submitted"}),
}


def submit(file: StudyFile, coding: CodingService, coder_id: str) -> None:
    """Say that an observation is finished; its edits are refused from now on."""
    _become(file, coding, "submitted", coder_id)


def lock(file: StudyFile, coding: CodingService, coder_id: str) -> None:
    """Freeze a submitted observation."""
    _become(file, coding, "locked", coder_id)


def give_back(file: StudyFile, coding: CodingService, coder_id: str, reason: str = "") -> None:
    """Take one step back: from locked to submitted, from submitted to draft.

    Parameters
    ----------
    reason : str
        Why; kept with the study and told by :func:`reasons_of`.
    """
    before: Status = "submitted" if coding.observation.status == "locked" else "draft"
    line = _become(file, coding, before, coder_id)
    said = clean_text(reason).strip()
    if said:
        file.remember(_note(coding.observation.id, line), said)


def reasons_of(file: StudyFile, observation_id: str) -> dict[int, str]:
    """Why an observation was given back, by the line of the study's log that says so."""
    lines = [
        entry.n
        for entry in file.log_of_study().entries()
        if entry.edit.kind == "observation" and entry.edit.entry_id == observation_id
    ]
    said = {line: file.note(_note(observation_id, line)) for line in lines}
    return {line: reason for line, reason in said.items() if reason}


def hides_ratings(
    observation: Observation, of_session: Iterable[ObservationEntry], coder_id: str
) -> bool:
    """Whether somebody must not see the ratings of an observation yet.

    Others' blind ratings stay hidden from a coder until an observation of their own of the same
    session and scheme is submitted.

    Parameters
    ----------
    of_session : iterable of ObservationEntry
        Every observation of the session.
    coder_id : str
        Who looks.
    """
    if observation.coder_id == coder_id or not any(
        scale.blind for scale in observation.scheme.ratings
    ):
        return False
    return not any(
        one.coder_id == coder_id
        and one.scheme_id == observation.scheme.id
        and one.status != "draft"
        for one in of_session
    )


class HandingIn:
    """One open observation on its way from draft to submitted, as somebody sees it.

    Parameters
    ----------
    file : StudyFile
        Open for writing.
    coding : CodingService
        The open observation.
    coder_id : str
        Who looks at it and hands it in.
    """

    def __init__(self, file: StudyFile, coding: CodingService, coder_id: str) -> None:
        self._file = file
        self._coding = coding
        self._coder_id = coder_id

    @property
    def status(self) -> Status:
        """Draft, submitted or locked."""
        return self._coding.observation.status

    @property
    def hides_ratings(self) -> bool:
        """Whether the ratings must not be seen yet: see :func:`hides_ratings`."""
        observation = self._coding.observation
        of_session = [
            one for one in self._file.observations() if one.session_id == observation.session_id
        ]
        return hides_ratings(observation, of_session, self._coder_id)

    def submit(self) -> None:
        """Say that the observation is finished."""
        submit(self._file, self._coding, self._coder_id)

    def give_back(self, reason: str) -> None:
        """Make it a draft again, and say why."""
        give_back(self._file, self._coding, self._coder_id, reason)

    def reason(self) -> str:
        """Why it was last given back; empty if it never was."""
        reasons = reasons_of(self._file, self._coding.observation.id)
        return reasons[max(reasons)] if reasons else ""


def _note(observation_id: str, line: int) -> str:
    return f"given-back/{observation_id}/{line}"


def _become(file: StudyFile, coding: CodingService, wanted: Status, coder_id: str) -> int:
    """Take one step and return its line of the log; who may take which the caller must know.

    Raises
    ------
    NotThatStep
        The observation is elsewhere.
    StudyTrouble
        The disk would not; nothing has changed.
    """
    observation = coding.observation
    if wanted not in _STEPS[observation.status]:
        raise NotThatStep(now=observation.status, wanted=wanted)
    edit = StudyEdit(
        "observation", observation.id, {"status": observation.status}, {"status": wanted}
    )
    line = file.log_of_study().append("do", edit, coder_id)
    coding.observation = replace(observation, status=wanted)
    return line
