"""Whether a trainee has reached the criterion: a rule over attempts in order of submission."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Verdict = Literal["passed", "failed", "not counted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """What a trainee has to reach.

    Attributes
    ----------
    index : str
        An index of agreement against the gold standard, by its name in ``agreement.csv``.
    threshold : float
        What it has to reach on every track that counts.
    consecutive : int
        So many sessions in a row.
    tracks : tuple of str
        Tracks that count; none: every track on which the index is defined.
    critical : tuple of str
        ``track/code`` of what must not be missed even once.
    """

    index: str = "kappa_event"
    threshold: float = 0.7
    consecutive: int = 3
    tracks: tuple[str, ...] = ()
    critical: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One session that a trainee has handed in.

    Attributes
    ----------
    submitted_utc : str
        When it was handed in first, ISO.
    times_submitted : int
        More than one: it was given back in between, when feedback may have been seen.
    values : Mapping of str to (float or None)
        The criterion's index by track; ``None`` where it is not defined.
    missed : Mapping of str to int
        How many of the gold standard's events of each critical ``track/code`` were missed.
    told_meanwhile : bool
        Whether the gold standard was told event by event: then it could be followed.
    """

    session_id: str
    submitted_utc: str
    times_submitted: int = 1
    values: Mapping[str, float | None] = field(default_factory=dict)
    missed: Mapping[str, int] = field(default_factory=dict)
    told_meanwhile: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One attempt with what the rule says of it; ``why`` names what decided."""

    attempt: Attempt
    verdict: Verdict
    lowest: float | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a trainee is.

    Attributes
    ----------
    run : int
        Sessions passed in a row up to now.
    met_by : tuple of Judged
        The first run that met the criterion; empty while none has.
    """

    judged: tuple[Judged, ...]
    run: int
    met_by: tuple[Judged, ...]

    @property
    def is_met(self) -> bool:
        """Whether the criterion has been reached; it stays so."""
        return bool(self.met_by)


def judged(criterion: Criterion, attempt: Attempt) -> Judged:
    """What the rule says of one attempt."""
    counted = criterion.tracks or tuple(attempt.values)
    known = {track: value for track in counted if (value := attempt.values.get(track)) is not None}
    lowest = min(known.values(), default=None)
    missed = [one for one in criterion.critical if attempt.missed.get(one, 0)]
    verdict: Verdict
    if attempt.times_submitted > 1:
        verdict, why = "not counted", "given back"
    elif attempt.told_meanwhile:
        verdict, why = "not counted", "told while coding"
    elif missed:
        verdict, why = "failed", f"critical miss: {', '.join(missed)}"
    elif lowest is None:
        verdict, why = "not counted", "index undefined"
    else:
        verdict = "passed" if lowest >= criterion.threshold else "failed"
        why = min(known, key=lambda track: known[track])
    return Judged(attempt=attempt, verdict=verdict, lowest=lowest, why=why)


def progress(criterion: Criterion, attempts: Sequence[Attempt]) -> Progress:
    """Where a trainee stands after these attempts.

    They are taken in order of submission, whatever their order here.  What is not counted neither
    helps nor breaks a run.
    """
    in_order = sorted(attempts, key=lambda one: (one.submitted_utc, one.session_id))
    every = tuple(judged(criterion, one) for one in in_order)
    run: list[Judged] = []
    met: tuple[Judged, ...] = ()
    for one in every:
        if one.verdict == "passed":
            run.append(one)
        elif one.verdict == "failed":
            run = []
        if not met and len(run) >= criterion.consecutive:
            met = tuple(run)
    return Progress(judged=every, run=len(run), met_by=met)
