"""Moving observations to another version of their scheme.

Each becomes a new observation of the same session by the same coder in the same role, whose events
and ratings come by one edit, so that one undo takes them away again.  The old observation is not
touched.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from imhcode.domain.errors import Refused
from imhcode.domain.mapping import SchemeMapping
from imhcode.domain.moving import Look, Move, moved
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Scheme
from imhcode.domain.study import Coder, ObservationEntry, Session
from imhcode.domain.timeline import Timeline
from imhcode.schemes.mapping import (
    load_mapping,
    mapping_without_document,
    name_of_scheme,
    scheme_named_in,
)
from imhcode.services.coding import fresh_id
from imhcode.services.studies import StudyService

_NEWER = "moved_to/"


class NothingToMove(Refused):
    """No observation that could be moved."""

    sentence = "No observation{of} is coded with {old}."
    next_step = "“imhcode info” lists the observations with their schemes."


class CodedAlready(Refused):
    """Something was coded with the new version before the move."""

    sentence = "It is coded with {new} already ({events} events)."
    next_step = "Undo what is there, or leave the old observation where it is."


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedObservation:
    """What became of one observation.

    Attributes
    ----------
    old : ObservationEntry
        The observation that was moved, and stays.
    new : str
        Id of the new observation; empty in a trial and where the move was refused.
    events, ratings, joined : int
        How many the new observation has; how many events were joined to the one before.
    looks : tuple of Look
        What a coder has to look at.
    refusal : str
        Why it could not be moved; empty if it could.
    """

    old: ObservationEntry
    new: str = ""
    events: int = 0
    ratings: int = 0
    joined: int = 0
    looks: tuple[Look, ...] = ()
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """What became of all of them, and what the mapping loses for good."""

    new: str
    observations: tuple[MovedObservation, ...]
    losses: tuple[str, ...]


def move_observations(
    study: StudyService,
    new: Scheme,
    *,
    mapping: Path | None = None,
    session_id: str = "",
    coder_id: str = "",
    trial: bool = False,
) -> Moving:
    """Move observations to ``new``, which the study is given if it has not got it.

    Parameters
    ----------
    mapping : Path, optional
        A mapping document; only observations of the scheme it starts from are moved.  Without
        one, everything in the old version must have its name in the new one.
    session_id, coder_id : str
        Only of that session, only by that coder.
    trial : bool
        Change nothing, only tell.

    Raises
    ------
    NothingToMove, MappingNeeded, MappingRefused, NoSuchEntry, SchemeIsLocked
        As their sentences say; nothing has changed.
    """
    if session_id:
        study.file.get(Session, session_id)
    if coder_id:
        study.file.get(Coder, coder_id)
    wanted = [
        entry
        for entry in study.file.observations()
        if session_id in ("", entry.session_id) and coder_id in ("", entry.coder_id)
    ]
    mappings = _mappings(study, new, wanted, mapping)
    if not mappings:
        old = scheme_named_in(mapping) if mapping else f"another version of {new.id}"
        raise NothingToMove(old=old, of=_of(session_id, coder_id))
    if not trial:
        study.add_scheme(new)
    found = tuple(
        _moved(study, entry, new, mappings[entry.scheme_hash], trial=trial)
        for entry in wanted
        if entry.scheme_hash in mappings
    )
    losses = dict.fromkeys(loss for one in mappings.values() for loss in one.losses)
    return Moving(new=name_of_scheme(new), observations=found, losses=tuple(losses))


def newer_of(study: StudyService) -> dict[str, str]:
    """Id of the observation that each moved one became, by the old one's id.

    Where the move was undone, the old one is the newest again.
    """
    entries = study.file.observations()
    coded = {entry.id for entry in entries if _is_coded(study, entry)}
    found = ((entry.id, study.file.note(_NEWER + entry.id)) for entry in entries)
    return {old: new for old, new in found if new in coded}


def _mappings(
    study: StudyService, new: Scheme, wanted: list[ObservationEntry], file: Path | None
) -> dict[str, SchemeMapping]:
    """The mapping of each old scheme, by its content hash."""
    hashes = dict.fromkeys(one.scheme_hash for one in wanted)
    olds = [study.schemes()[one] for one in hashes if one != new.content_hash]
    if file is None:
        fitting = [old for old in olds if old.id == new.id]
        return {old.content_hash: mapping_without_document(old, new) for old in fitting}
    named = scheme_named_in(file)
    fitting = [old for old in olds if name_of_scheme(old) == named]
    if not fitting and named not in {name_of_scheme(one) for one in study.schemes().values()}:
        study.scheme(named)  # refuses, and says which there are
    return {old.content_hash: load_mapping(file, old, new) for old in fitting}


def _moved(
    study: StudyService,
    entry: ObservationEntry,
    new: Scheme,
    mapping: SchemeMapping,
    *,
    trial: bool,
) -> MovedObservation:
    before = study.observation(entry)
    move = moved(before.timeline, before.ratings.values(), mapping, before.scheme, new)
    blank = replace(
        before, id=fresh_id(), scheme=new, status="draft", timeline=Timeline(), ratings={}
    )
    try:
        blank.after(move.edit)
        there = study.entry(entry.session_id, entry.coder_id, entry.role, new)
        if there is not None and _is_coded(study, there):
            raise CodedAlready(new=name_of_scheme(new), events=there.n_events)
    except Refused as refusal:
        return MovedObservation(old=entry, refusal=refusal.text())
    new_id = "" if trial else _written(study, entry, blank, move, known=there)
    return MovedObservation(
        old=entry,
        new=new_id,
        events=len(move.edit.steps),
        ratings=len(move.edit.ratings),
        joined=move.joined,
        looks=move.looks,
    )


def _is_coded(study: StudyService, entry: ObservationEntry) -> bool:
    return bool(entry.n_events or study.file.ratings_of(entry.id))


def _written(
    study: StudyService,
    entry: ObservationEntry,
    blank: Observation,
    move: Move,
    *,
    known: ObservationEntry | None,
) -> str:
    """Write the new observation down; return its id."""
    if known is None:
        study.file.add_observation(blank)
    coding = study.coding(entry.session_id, entry.coder_id, role=entry.role, scheme=blank.scheme)
    coding.do(move.edit)
    study.file.remember(_NEWER + entry.id, coding.observation.id)
    return coding.observation.id


def _of(session_id: str, coder_id: str) -> str:
    of_session = f" of {session_id}" if session_id else ""
    return f"{of_session} by {coder_id}" if coder_id else of_session
