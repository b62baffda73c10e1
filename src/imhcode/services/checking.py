"""Whether a study is whole: the file, its recordings, the log against the events, the rules."""

from collections.abc import Iterator
from dataclasses import dataclass

from imhcode.domain.checks.finding import Finding, Severity
from imhcode.domain.checks.standing import findings_of
from imhcode.domain.edit import Step
from imhcode.domain.event import Event
from imhcode.domain.observation import Observation
from imhcode.domain.rating import Rating, RatingStep
from imhcode.services.coding_rules import scene_of
from imhcode.services.studies import SessionEntry, StudyService
from imhcode.store.errors import StudyIsDamaged


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """One thing that is wrong, or wants a look.

    Attributes
    ----------
    severity : str
        ``error``: numbers made from this may be wrong; ``warning``: perhaps unfinished; ``info``:
        worth a look.
    rule : str
        Short name, for scripts: ``overlap``, ``log-chain``, or the id of a check of the scheme.
    where : str
        Ids from the large to the small: ``S01/c1/primary/abr``, or a recording.
    line : int or None
        Line of the edit log, from 1, where the log is meant.
    message : str
        One sentence without full stop.
    track : str
        The track that is meant; empty if none is.
    event_ids : tuple of str
        The events to look at.
    from_us, until_us : int or None
        The stretch of the session to look at, half-open.
    """

    severity: Severity
    rule: str
    where: str
    line: int | None
    message: str
    track: str = ""
    event_ids: tuple[str, ...] = ()
    from_us: int | None = None
    until_us: int | None = None

    @classmethod
    def of(cls, finding: Finding, where: str) -> "CheckFinding":
        """What a look at the coding of one observation has found."""
        return cls(
            severity=finding.severity,
            rule=finding.rule,
            where=where,
            line=None,
            message=finding.message,
            track=finding.track,
            event_ids=finding.event_ids,
            from_us=finding.from_us,
            until_us=finding.until_us,
        )


def check(study: StudyService) -> list[CheckFinding]:
    """Look at everything; an empty list means that nothing is wrong."""
    return list(_findings(study))


def _findings(study: StudyService) -> Iterator[CheckFinding]:
    whole = study.file.integrity()
    if whole != "ok":
        yield CheckFinding("error", "file-integrity", "", None, f"the file is damaged: {whole}")
    moved = study.file.log_of_study().broken_at()
    if moved is not None:
        said = f"line {moved} of the log of offsets was changed, or one before it was taken away"
        yield CheckFinding("error", "offset-log-chain", "", moved, said)
    for session in study.sessions():
        yield from _recordings(study, session)
        for entry in session.observations:
            where = f"{entry.session_id}/{entry.coder_id}/{entry.role}/{entry.scheme_id}"
            try:
                observation = study.observation(entry)
            except StudyIsDamaged as failure:
                said = f"the events cannot be read: {failure.fields['why']}"
                yield CheckFinding("error", "events-unreadable", where, None, said)
                continue
            yield from _log(study, observation, where)
            for finding in findings_of(scene_of(study, observation, session)):
                yield CheckFinding.of(finding, where)


def _recordings(study: StudyService, session: SessionEntry) -> Iterator[CheckFinding]:
    for recording in session.recordings:
        where = f"{session.session.id}/{recording.id}"
        match study.state_of(recording):
            case "missing":
                said = f"the recording {recording.path} is not there"
                yield CheckFinding("warning", "recording-missing", where, None, said)
            case "replaced":
                said = f"the recording {recording.path} is not the file that was added"
                yield CheckFinding("error", "recording-replaced", where, None, said)


def _log(study: StudyService, observation: Observation, where: str) -> Iterator[CheckFinding]:
    """Whether the log is as it was written, and adds up to the events and ratings."""
    log = study.file.log_of(observation.id)
    broken = log.broken_at()
    if broken is not None:
        said = f"line {broken} of the edit log was changed, or one before it was taken away"
        yield CheckFinding("error", "log-chain", where, broken, said)
    replayed: dict[str, Event | Rating] = {}
    n = 0
    try:
        for line in log.entries():
            n = line.n
            steps: tuple[Step | RatingStep, ...] = (*line.edit.steps, *line.edit.ratings)
            for step in steps:
                if step.before is not None and replayed.pop(step.before.id, None) != step.before:
                    said = f"line {n} of the edit log does not follow from those before it"
                    yield CheckFinding("error", "log-replay", where, n, said)
                if step.after is not None:
                    replayed[step.after.id] = step.after
    except StudyIsDamaged as failure:
        said = f"the edit log stops making sense: {failure.fields['why']}"
        yield CheckFinding("error", "log-unreadable", where, n + 1, said)
        return
    stored: dict[str, Event | Rating] = {event.id: event for event in observation.timeline}
    stored.update(observation.ratings)
    differing = [
        one for one in replayed.keys() | stored.keys() if replayed.get(one) != stored.get(one)
    ]
    if differing:
        some = ", ".join(sorted(differing)[:3]) + (", …" if len(differing) > 3 else "")
        said = f"the edit log does not add up to events and ratings; they differ in {some}"
        yield CheckFinding("error", "log-replay", where, None, said)
