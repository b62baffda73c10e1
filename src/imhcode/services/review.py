"""Moments of a session: in order, with their titles, and taken over from what researchers coded."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from imhcode.analysis.candidate_queries import NotAQuery, query_from_text
from imhcode.analysis.candidates import Candidate, candidates
from imhcode.domain.edit import Edit
from imhcode.domain.errors import Refused
from imhcode.domain.event import Event, Stamp
from imhcode.domain.moment import (
    STATUS,
    FamilyMoment,
    Moment,
    MomentCard,
    moments_of,
    review_track,
)
from imhcode.domain.observation import Role
from imhcode.domain.scheme import Scheme
from imhcode.domain.study import ObservationEntry, Session
from imhcode.domain.text import clean_text
from imhcode.services.blinding import Blinding
from imhcode.services.coding import CodingService, fresh_id
from imhcode.services.logged_values import LoggedValues
from imhcode.services.studies import StudyService
from imhcode.store.kept import kept_in
from imhcode.store.study_file import StudyFile

LONGEST_TITLE = 160  #: characters; it must be readable across a room
FOR_THE_FAMILY = ("chosen", "shown")  #: statuses of moments that are looked at together
_MOST_TRUSTED_FIRST: tuple[Role, ...] = ("consensus", "gold", "primary", "reliability", "training")


class NoMoments(Refused):
    """Fields: ``scheme``."""

    sentence = "The scheme {scheme} has no track on which moments are marked."
    next_step = "Use a scheme for reviewing, such as strengths_review."


class NothingCoded(Refused):
    """Fields: ``session``, ``text``."""

    sentence = "Nothing that you may see was coded in {session} with a scheme that knows “{text}”."
    next_step = "Choose another query, or mark moments while watching."


@dataclass(frozen=True, slots=True)
class FoundIn:
    """A candidate with the observation it was found in."""

    entry: ObservationEntry
    candidate: Candidate


class Cards(LoggedValues[MomentCard]):
    """Titles and order of a session's moments.

    Parameters
    ----------
    file : StudyFile
        Open for writing.
    coder_id : str
        Who does it, for the log.
    """

    def __init__(self, file: StudyFile, session_id: str, coder_id: str) -> None:
        file.get(Session, session_id)
        super().__init__(
            file, MomentCard, session_id, lambda one: one.session_id == session_id, coder_id
        )
        self._session_id = session_id

    def card(self, event_id: str) -> MomentCard:
        """The card of a moment; a blank one if nobody has written on it."""
        blank = MomentCard(id=event_id, session_id=self._session_id)
        return next((one for one in self.values if one.id == event_id), blank)

    def entitle(self, event_id: str, title: str) -> MomentCard:
        """Give a moment a title in plain words; empty: the scheme's words for its kind."""
        said = " ".join(clean_text(title).split())[:LONGEST_TITLE]
        changed = replace(self.card(event_id), title=said)
        if changed != self.card(event_id):
            self.put(changed)
        return changed

    def reorder(self, event_ids: Sequence[str]) -> None:
        """Show these moments in this order, and all others after them by time; one edit."""
        order = {event_id: place for place, event_id in enumerate(event_ids, start=1)}
        known = {one.id: one for one in self.values} | {one: self.card(one) for one in order}
        after = [replace(one, place=order.get(one.id)) for one in known.values()]
        self.put(*(one for one in after if one != self.card(one.id)))


def moments(study: StudyService, session_id: str, coder_id: str = "") -> tuple[Moment, ...]:
    """The moments of a session in the order of showing, of one coder or of all."""
    cards = {one.id: one for one in kept_in(study.file, MomentCard)}
    found: list[Moment] = []
    for entry in study.session(session_id).observations:
        if coder_id in ("", entry.coder_id) and review_track(_scheme_of(study, entry)):
            found += moments_of(study.observation(entry), cards)
    return tuple(sorted(found, key=lambda one: one.in_order))


def for_the_family(found: Iterable[Moment]) -> tuple[FamilyMoment, ...]:
    """What a parent may be shown of moments: those that were chosen, in their order."""
    return tuple(one.for_family() for one in found if one.status in FOR_THE_FAMILY)


def candidates_for(
    study: StudyService, session_id: str, text: str, viewer: str = ""
) -> tuple[FoundIn, ...]:
    """What a query finds in a session, in one observation of each scheme that knows its words.

    Of several observations the most trusted is asked: consensus, gold, then what was coded first.
    What has to stay hidden from the one who looks is passed over.

    Parameters
    ----------
    text : str
        See :mod:`imhcode.analysis.candidate_queries`.
    viewer : str
        Who looks.

    Raises
    ------
    NotAQuery, NothingCoded
        No scheme of the session's observations knows the words; there is none.
    """
    session = study.session(session_id)
    blinding = Blinding(study, viewer)
    misread: NotAQuery | None = None
    found: list[FoundIn] = []
    asked: set[str] = set()
    entries = [one for one in session.observations if blinding.may_open(one)]
    for entry in sorted(entries, key=lambda one: _MOST_TRUSTED_FIRST.index(one.role)):
        scheme = _scheme_of(study, entry)
        if scheme.id in asked or review_track(scheme) is not None:
            continue
        try:
            query = query_from_text(text, scheme)
        except NotAQuery as failure:
            misread = failure
            continue
        asked.add(scheme.id)
        coded_us = study.extent_us(session_id)
        some = candidates(study.observation(entry), query, coded_us)
        found += [FoundIn(entry, one) for one in some]
    if not asked:
        raise misread or NothingCoded(session=session_id, text=text)
    return tuple(sorted(found, key=lambda one: one.candidate.onset_us))


def take(
    coding: CodingService,
    chosen: Iterable[Candidate],
    code_id: str,
    *,
    stamp_of: Callable[[int], Stamp] = Stamp,
    new_id: Callable[[], str] = fresh_id,
) -> Edit:
    """Make moments of candidates, all in one edit that can be undone.

    Parameters
    ----------
    coding : CodingService
        An observation of a review scheme.
    code_id : str
        Which kind of moment they are.
    stamp_of : callable
        The frame at a session time.

    Raises
    ------
    NoMoments, NoSuchCode
        The scheme has no such thing.
    """
    scheme = coding.observation.scheme
    track = review_track(scheme)
    if track is None:
        raise NoMoments(scheme=scheme.id)
    events = []
    for one in chosen:
        onset, offset = stamp_of(one.onset_us), stamp_of(one.offset_us)
        same = onset.recording == offset.recording
        events.append(
            Event(
                id=new_id(),
                track=track.id,
                code=code_id,
                onset_us=onset.time_us,
                offset_us=max(onset.time_us, offset.time_us),
                onset_frame=onset.frame,
                offset_frame=offset.frame if same else None,
                recording=onset.recording,
                modifiers=((STATUS, ("candidate",)),),
            )
        )
    return coding.add(events)


def _scheme_of(study: StudyService, entry: ObservationEntry) -> Scheme:
    return study.schemes()[entry.scheme_hash]
