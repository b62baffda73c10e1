"""A practice set as one person sees it: sessions, how far each is, and what may be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from imhcode.analysis.training import TrainingResult
from imhcode.analysis.training_criterion import Judged, Progress
from imhcode.domain.scheme import Scheme
from imhcode.domain.study import ObservationEntry
from imhcode.services.agreement_pairs import ChosenPair
from imhcode.services.blinding import Blinding
from imhcode.services.certificates import Reminder, certify, reminders, write_certificate
from imhcode.services.gold import gold_for, reasons_of
from imhcode.services.practice_sets import PracticeSet, practice_sets
from imhcode.services.training import (
    feedback,
    practice_of,
    progress_of,
    result_of,
    trainees_of,
)
from imhcode.ui.agreement.deciding import Found

if TYPE_CHECKING:
    from imhcode.services.studies import StudyService


@dataclass(frozen=True, slots=True, kw_only=True)
class Practised:
    """One session of a set.

    Attributes
    ----------
    entry : ObservationEntry or None
        The trainee's observation, if begun.
    judged : Judged or None
        What the rule says of it, where that may be told.
    """

    session_id: str
    entry: ObservationEntry | None
    judged: Judged | None

    @property
    def is_submitted(self) -> bool:
        """Whether it was handed in."""
        return self.entry is not None and self.entry.status != "draft"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Told:
    """What is told about one session: errors in order of time, with reasons by the gold event."""

    result: TrainingResult
    errors: Sequence[Found]
    reasons: dict[str, str]
    gold: ObservationEntry
    trainee: ObservationEntry


class TrainingModel:
    """Asks the services; a trainee is told what the set allows, a trainer everything.

    Parameters
    ----------
    coder_id : str
        Who looks.
    """

    def __init__(self, study: "StudyService", coder_id: str) -> None:
        self.study = study
        self.coder_id = coder_id
        blinding = Blinding(study, coder_id)
        self.is_trainer = blinding.role != "coder"
        self.may_train = blinding.may_train

    def sets(self) -> list[PracticeSet]:
        """The sets this person has to do with."""
        every = practice_sets(self.study.file)
        return [
            one for one in every if self.is_trainer or not one.coders or self.coder_id in one.coders
        ]

    def trainees(self, of: PracticeSet) -> list[str]:
        """Whose attempts can be looked at."""
        return list(trainees_of(self.study, of)) if self.is_trainer else [self.coder_id]

    def scheme(self, of: PracticeSet) -> Scheme:
        """The version that is learnt."""
        return self.study.schemes()[of.scheme_hash]

    def practised(self, of: PracticeSet, trainee: str) -> list[Practised]:
        """Every session of a set, in its order."""
        entries = practice_of(self.study, of, trainee)
        over = all(one in entries and entries[one].status != "draft" for one in of.sessions)
        by_session = of.feedback in ("at_once", "while_coding")
        may_know = by_session or (of.feedback == "at_end" and over)
        told = {}
        if self.is_trainer or may_know:
            told = {one.attempt.session_id: one for one in self.progress(of, trainee).judged}
        return [
            Practised(session_id=one, entry=entries.get(one), judged=told.get(one))
            for one in of.sessions
        ]

    def progress(self, of: PracticeSet, trainee: str) -> Progress:
        """How far a trainee is."""
        return progress_of(self.study, of, trainee)

    def told(self, of: PracticeSet, trainee: str, session_id: str) -> Told:
        """Everything about one attempt.

        Raises
        ------
        Refused
            The set gives no feedback, or not yet.
        """
        if self.is_trainer and trainee != self.coder_id:
            return self._told_to_trainer(of, trainee, session_id)
        found = feedback(self.study, of, trainee, session_id)
        errors = self._errors(found.result, found.gold, found.trainee)
        return Told(
            result=found.result,
            errors=errors,
            reasons=dict(found.reasons),
            gold=found.gold,
            trainee=found.trainee,
        )

    def reminders(self) -> list[Reminder]:
        """Whose certificate wants looking at: to a trainer all, to anybody else their own."""
        return [
            one
            for one in reminders(self.study)
            if self.is_trainer or one.certificate.coder_id == self.coder_id
        ]

    def _told_to_trainer(self, of: PracticeSet, trainee: str, session_id: str) -> Told:
        result = result_of(self.study, of, trainee, session_id)
        gold = gold_for(self.study, session_id, self.scheme(of))
        entry = practice_of(self.study, of, trainee)[session_id]
        assert gold is not None  # noqa: S101  (result_of has refused)
        return Told(
            result=result,
            errors=self._errors(result, gold, entry),
            reasons=dict(reasons_of(self.study, gold)),
            gold=gold,
            trainee=entry,
        )

    def _errors(
        self, result: TrainingResult, gold: ObservationEntry, trainee: ObservationEntry
    ) -> list[Found]:
        pair = ChosenPair(self.study.session(result.session_id), gold, trainee)
        return [Found(pair, one) for one in result.errors]

    def write_certificate(self, of: PracticeSet, trainee: str, path: Path) -> None:
        """Issue the certificate of a set, and write it down.

        Raises
        ------
        Refused
            The criterion has not been reached.
        """
        certify(self.study, of.name, trainee)
        write_certificate(self.study, trainee, path)
