"""Gold standards: reconciled from two blind observations, with reasons, and frozen.

What else is accepted of an event lies in the edit log of the gold standard, as a decision of its
own: it can be undone, and says who accepted it and when.
"""

from collections.abc import Iterable, Mapping

from imhcode.domain.decision import Decision
from imhcode.domain.edit import Edit
from imhcode.domain.errors import Refused
from imhcode.domain.gestures.finding import event_of, track_of
from imhcode.domain.observation import Role
from imhcode.domain.scheme import Scheme
from imhcode.domain.study import ObservationEntry
from imhcode.domain.text import clean_text
from imhcode.services import submitting
from imhcode.services.coding import CodingService
from imhcode.services.consensus import ConsensusService, NotAPair, standing_decisions
from imhcode.services.studies import StudyService

NOTHING_NEEDED = ""  #: among what is accepted: the event may be left out


class NotGold(Refused):
    """Fields: ``role``."""

    sentence = "Only a gold standard says what else is accepted; this observation is {role}."


class NotOnThisTrack(Refused):
    """Fields: ``code``, ``track``."""

    sentence = "“{track}” has no code “{code}” that could be accepted."


class NotBlindWork(Refused):
    """Fields: ``coder``, ``role``."""

    sentence = "A gold standard is made of two people's own work; that of {coder} is {role}."
    next_step = "Compare two coders who coded the session each for themselves."


class GoldIsThere(Refused):
    """Fields: ``session``, ``coder``."""

    sentence = "The session {session} has a frozen gold standard already, led by {coder}."
    next_step = "Trainees are scored against that one."


class ReasonsAreMissing(Refused):
    """Fields: ``lacking``."""

    sentence = "{lacking} decisions of this gold standard have no reason."
    next_step = "Write one for each: trainees will be shown it."


def is_blind_work(*some: ObservationEntry) -> bool:
    """Whether all of these say what one person saw by themselves."""
    return all(one.role in ("primary", "reliability", "training") for one in some)


def begin(
    study: StudyService,
    first: ObservationEntry,
    second: ObservationEntry,
    coder_id: str,
    *,
    tolerance_us: int | None = None,
) -> ConsensusService:
    """Begin a gold standard of two blind observations, or go on with the one that was begun.

    Raises
    ------
    NotBlindWork, GoldIsThere
        As their sentences say.
    Refused
        As :meth:`ConsensusService.begin` says.
    """
    for one in (first, second):
        if not is_blind_work(one):
            raise NotBlindWork(coder=one.coder_id, role=one.role)
    there = gold_for(study, first.session_id, study.schemes()[first.scheme_hash])
    if there is not None and there.coder_id != coder_id:
        raise GoldIsThere(session=first.session_id, coder=there.coder_id)
    return ConsensusService.begin(
        study, first, second, coder_id, role="gold", tolerance_us=tolerance_us
    )


def accept(coding: CodingService, event_id: str, codes: Iterable[str], note: str = "") -> Edit:
    """Say what else counts as right where others are scored against this event.

    Parameters
    ----------
    codes : iterable of str
        Other codes of its track; `NOTHING_NEEDED`: it may be left out; none takes it all back.
    note : str
        Why.

    Raises
    ------
    NotGold, NoSuchEvent, NotOnThisTrack, ObservationIsClosed
        As their sentences say.
    """
    observation = coding.observation
    if observation.role != "gold":
        raise NotGold(role=observation.role)
    event = event_of(observation, event_id)
    track = track_of(observation, event)
    accepted = tuple(dict.fromkeys(codes))
    for code in accepted:
        if code != NOTHING_NEEDED and track.code(code) is None:
            raise NotOnThisTrack(code=code, track=track.label)
    decision = Decision(
        about=event.id, choice="accept", note=clean_text(note).strip(), accepted=accepted
    )
    return coding.do(Edit("consensus", (), decision=decision))


def accepted_by(coding: CodingService) -> Mapping[str, Decision]:
    """What else a gold standard accepts, by the id of the event; the latest word stands."""
    found = {
        one.decision.about: one.decision
        for one in standing_decisions(coding)
        if one.decision.choice == "accept"
    }
    return {event: one for event, one in found.items() if one.accepted}


def reasons_of(study: StudyService, entry: ObservationEntry) -> Mapping[str, str]:
    """Why each event of a gold standard is as it is, by its id; what trainees are shown.

    The comment of the event, and the notes of the decisions about it.  Events that both coders
    had alike need no reason.
    """
    coding = coding_of(study, entry)
    reasons: dict[str, list[str]] = {}
    for event in coding.observation.timeline.in_order():
        if event.comment:
            reasons.setdefault(event.id, []).append(event.comment)
    made = _made_of_two(study, entry)
    for one in standing_decisions(coding):
        about = one.decision.about
        ids = (about,) if one.decision.choice == "accept" else made.events_of(about) if made else ()
        for event_id in ids if one.decision.note else ():
            reasons.setdefault(event_id, []).append(one.decision.note)
    return {event: "\n".join(dict.fromkeys(said)) for event, said in reasons.items()}


def _made_of_two(study: StudyService, entry: ObservationEntry) -> ConsensusService | None:
    """The reconciling that a gold standard came from; ``None`` if it was coded or imported."""
    try:
        return ConsensusService.resume(study, entry)
    except NotAPair:
        return None


def freeze(study: StudyService, entry: ObservationEntry, coder_id: str) -> None:
    """Submit and lock a gold standard: from now on others are scored against it.

    One that was made of two observations has to be decided throughout, with a reason for each
    decision.

    Raises
    ------
    NotGold, NotAllDecided, ReasonsAreMissing
        As their sentences say; it is as it was.
    """
    if entry.role != "gold":
        raise NotGold(role=entry.role)
    coding = coding_of(study, entry)
    made = _made_of_two(study, entry)
    if made is not None:
        lacking = [one for one in made.decided.values() if not one.decision.note]
        if lacking:
            raise ReasonsAreMissing(lacking=len(lacking))
        if coding.observation.status == "draft":
            made.finish()
            coding = made.coding
    if coding.observation.status == "draft":
        submitting.submit(study.file, coding, coder_id)
    if coding.observation.status == "submitted":
        submitting.lock(study.file, coding, coder_id)


def gold_for(study: StudyService, session_id: str, scheme: Scheme) -> ObservationEntry | None:
    """The frozen gold standard of a session in exactly that version of a scheme."""
    for one in study.file.observations():
        if (one.session_id, one.role, one.scheme_hash) == (
            session_id,
            "gold",
            scheme.content_hash,
        ) and one.status == "locked":
            return one
    return None


def coding_of(study: StudyService, entry: ObservationEntry) -> CodingService:
    """A gold standard, open for reading and, as a draft, for accepting."""
    role: Role = entry.role
    scheme = study.schemes()[entry.scheme_hash]
    return study.coding(entry.session_id, entry.coder_id, role=role, scheme=scheme)
