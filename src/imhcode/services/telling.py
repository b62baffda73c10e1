"""Trainees told of each event as they code it, in practice sets that say so."""

from imhcode.analysis.pair_parameters import Parameters
from imhcode.analysis.told_events import EventTold, told_of
from imhcode.domain.edit import Edit
from imhcode.domain.observation import Observation
from imhcode.domain.study import ObservationEntry
from imhcode.services.gold import accepted_by, coding_of, gold_for, reasons_of
from imhcode.services.practice_sets import practice_sets
from imhcode.services.studies import StudyService


class Telling:
    """The gold standard that one observation is held against, event by event.

    Make it with :meth:`of`.  From the first event that is told the observation is known as one
    whose coder could follow the gold standard: it counts to no criterion, in whatever set.
    """

    def __init__(self, study: StudyService, observation_id: str, gold: ObservationEntry) -> None:
        self._study, self._id = study, observation_id
        self._gold = study.observation(gold)
        found = accepted_by(coding_of(study, gold))
        self._accepted = {event: one.accepted for event, one in found.items()}
        self._reasons = reasons_of(study, gold)

    @classmethod
    def of(cls, study: StudyService, observation: Observation) -> "Telling | None":
        """The telling that goes with an observation; ``None`` if nothing is told of it."""
        if observation.role != "training" or observation.status != "draft":
            return None
        wanted = observation.scheme.content_hash, "while_coding"
        for one in practice_sets(study.file):
            if (
                (one.scheme_hash, one.feedback) == wanted
                and observation.session_id in one.sessions
                and (not one.coders or observation.coder_id in one.coders)
            ):
                scheme = study.schemes()[one.scheme_hash]
                gold = gold_for(study, observation.session_id, scheme)
                return None if gold is None else cls(study, observation.id, gold)
        return None

    def about(self, edit: Edit) -> list[EventTold]:
        """What is told of the events that an edit has made, recoded, or begun elsewhere."""
        scheme, found = self._gold.scheme, []
        for step in edit.steps:
            event, before = step.after, step.before
            if event is None:
                continue
            if before is not None and (before.code, before.onset_us) == (
                event.code,
                event.onset_us,
            ):
                continue
            track = scheme.track(event.track)
            if track is None:
                continue
            tolerance_us = Parameters().tolerance_of(scheme, track)
            told = told_of(event, self._gold, tolerance_us, self._accepted)
            if told is not None:
                found.append(told)
        if found and not was_told(self._study, self._id):
            self._study.file.remember(_key(self._id), "yes")
        return found

    def reason(self, told: EventTold) -> str:
        """Why the gold standard is so there; empty if that was not said."""
        return self._reasons.get(told.gold.id, "") if told.gold else ""


def was_told(study: StudyService, observation_id: str) -> bool:
    """Whether anything of an observation was told while it was coded."""
    return bool(study.file.note(_key(observation_id)))


def _key(observation_id: str) -> str:
    return f"told/{observation_id}"
