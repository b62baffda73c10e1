"""Training to a criterion: scores of trainees against gold standards, and when they are told."""

from collections.abc import Mapping
from dataclasses import dataclass

from imhcode.analysis.training import TrainingResult, scored
from imhcode.analysis.training_criterion import Attempt, Progress, progress
from imhcode.domain.errors import Refused
from imhcode.domain.observation import Observation
from imhcode.domain.study import Coder, ObservationEntry
from imhcode.services.gold import accepted_by, coding_of, gold_for, reasons_of
from imhcode.services.practice_sets import NoGoldStandard, PracticeSet
from imhcode.services.studies import StudyService
from imhcode.services.telling import was_told


class NotSubmitted(Refused):
    """Fields: ``coder``, ``session``."""

    sentence = "{coder} has not submitted {session} yet."
    next_step = "Only what is submitted is compared with the gold standard."


class FeedbackIsOff(Refused):
    """Fields: ``name``."""

    sentence = "The practice set “{name}” gives no feedback to trainees."
    next_step = "Ask your trainer."


class FeedbackComesLater(Refused):
    """Fields: ``name``, ``left``."""

    sentence = "Feedback on “{name}” comes when every session is submitted; left: {left}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What a trainee is shown of one session.

    Attributes
    ----------
    gold, trainee : ObservationEntry
        Both lanes of the walk through the errors.
    reasons : Mapping of str to str
        By the id of an event of the gold standard: why it is so.
    """

    result: TrainingResult
    gold: ObservationEntry
    trainee: ObservationEntry
    reasons: Mapping[str, str]


def practice_of(
    study: StudyService, of: PracticeSet, coder_id: str
) -> Mapping[str, ObservationEntry]:
    """The trainee's observations in a set, by session, submitted or not."""
    return {
        one.session_id: one
        for one in study.file.observations()
        if (one.coder_id, one.role, one.scheme_hash) == (coder_id, "training", of.scheme_hash)
        and one.session_id in of.sessions
    }


def result_of(
    study: StudyService, of: PracticeSet, coder_id: str, session_id: str
) -> TrainingResult:
    """How a trainee did in one session: for trainers, whatever the feedback is.

    Raises
    ------
    NotSubmitted, NoGoldStandard
        As their sentences say.
    """
    return _result(study, *_both(study, of, coder_id, session_id))


def feedback(study: StudyService, of: PracticeSet, coder_id: str, session_id: str) -> Feedback:
    """What a trainee may see of one session by now.

    Raises
    ------
    FeedbackIsOff, FeedbackComesLater, NotSubmitted, NoGoldStandard
        As their sentences say.
    """
    if of.feedback == "off":
        raise FeedbackIsOff(name=of.name)
    gold, trainee = _both(study, of, coder_id, session_id)
    if of.feedback == "at_end":
        done = practice_of(study, of, coder_id)
        left = [one for one in of.sessions if one not in done or done[one].status == "draft"]
        if left:
            raise FeedbackComesLater(name=of.name, left=", ".join(left))
    return Feedback(
        result=_result(study, gold, trainee),
        gold=gold,
        trainee=trainee,
        reasons=reasons_of(study, gold),
    )


def progress_of(study: StudyService, of: PracticeSet, coder_id: str) -> Progress:
    """Where a trainee stands: every submitted session, in order of submission, and the rule."""
    handed_in = _submissions(study)
    attempts = []
    for session_id, entry in practice_of(study, of, coder_id).items():
        if entry.status == "draft":
            continue
        first_utc, times = handed_in.get(entry.id, ("", 1))
        result = result_of(study, of, coder_id, session_id)
        told = was_told(study, entry.id)
        attempts.append(_attempt(of, result, first_utc, times, told=told))
    return progress(of.criterion, attempts)


def trainees_of(study: StudyService, of: PracticeSet) -> tuple[str, ...]:
    """Whose set it is: those named, or all who coded any of it for training."""
    if of.coders:
        return of.coders
    return tuple(coder.id for coder in study.file.all(Coder) if practice_of(study, of, coder.id))


def _attempt(
    of: PracticeSet, result: TrainingResult, first_utc: str, times: int, *, told: bool
) -> Attempt:
    missed = {}
    for one in of.criterion.critical:
        score = result.code(*one.partition("/")[::2])
        missed[one] = score.n_gold - score.n_hit if score else 0
    return Attempt(
        session_id=result.session_id,
        submitted_utc=first_utc,
        times_submitted=times,
        values={one.track_id: one.indices.get(of.criterion.index) for one in result.tracks},
        missed=missed,
        told_meanwhile=told,
    )


def _submissions(study: StudyService) -> dict[str, tuple[str, int]]:
    """When each observation was handed in first, and how often."""
    found: dict[str, tuple[str, int]] = {}
    for line in study.file.log_of_study().entries():
        step = line.edit.before.get("status"), line.edit.after.get("status")
        if line.edit.kind == "observation" and step == ("draft", "submitted"):
            first, times = found.get(line.edit.entry_id, (line.at_utc, 0))
            found[line.edit.entry_id] = first, times + 1
    return found


def _both(
    study: StudyService, of: PracticeSet, coder_id: str, session_id: str
) -> tuple[ObservationEntry, ObservationEntry]:
    scheme = study.schemes()[of.scheme_hash]
    gold = gold_for(study, session_id, scheme)
    if gold is None or session_id not in of.sessions:
        raise NoGoldStandard(session=session_id, scheme=f"{of.scheme_id} {of.scheme_version}")
    entry = practice_of(study, of, coder_id).get(session_id)
    if entry is None or entry.status == "draft":
        raise NotSubmitted(coder=coder_id, session=session_id)
    return gold, entry


def _result(
    study: StudyService, gold: ObservationEntry, trainee: ObservationEntry
) -> TrainingResult:
    accepted = accepted_by(coding_of(study, gold))
    pair = study.observation(gold), study.observation(trainee)
    return scored(
        *pair,
        _window(study, *pair),
        accepted={event: one.accepted for event, one in accepted.items()},
        episodes=study.file.episodes_of(gold.session_id),
    )


def _window(study: StudyService, first: Observation, second: Observation) -> tuple[int, int]:
    """Where both were to look: the intersection of their coded ranges."""
    starts, ends = study.extent_us(first.session_id)
    pair = (first, second)
    from_us = max(starts if one.coded_from_us is None else one.coded_from_us for one in pair)
    until_us = min(ends if one.coded_until_us is None else one.coded_until_us for one in pair)
    return from_us, max(from_us, until_us)
