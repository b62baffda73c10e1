"""Which moments a note on a visit is about, and one picture of each, as far as consent goes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from imhcode.domain.clip_record import ClipRecord
from imhcode.domain.consent import NotCovered, Use
from imhcode.domain.errors import ImhcodeError, Refused
from imhcode.domain.moment import Moment
from imhcode.domain.scheme import Scheme
from imhcode.domain.study import Dyad, Session
from imhcode.domain.visit import Visit, VisitEntry
from imhcode.media.clips.pictures import ClipPictures
from imhcode.media.clips.still import Still, still_of
from imhcode.schemes.translating import translated
from imhcode.services.clip_masks import Masks, masks_from_text
from imhcode.services.clips import ClipWish, Prepared, prepared
from imhcode.services.consent import may_export
from imhcode.services.review import FOR_THE_FAMILY, moments
from imhcode.services.studies import StudyService
from imhcode.services.visits import entries_of, visits_of
from imhcode.store.errors import NoSuchEntry


class NothingToTell(Refused):
    """Fields: ``dyad``."""

    sentence = "There is nothing to write about: no moment of {dyad} was shown or chosen."
    next_step = "Choose moments first, or say which session or visit is meant."


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutVisit:
    """What a note is to be about.

    Attributes
    ----------
    dyad_id : str
        Whose visit it was.
    visit : str
        The label of the visit; empty for a note about recordings only.
    session_ids : tuple of str
        Recordings it is about; empty for those that were on the screen, else the latest one in
        which moments were chosen.
    language : str
        The language of the page and of the scheme's words; empty for the scheme's own.
    """

    dyad_id: str
    visit: str = ""
    session_ids: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What there is to tell of a visit; everything a clinician may see but private notes.

    Attributes
    ----------
    visit : Visit or None
        The visit, if one was meant.
    entries : tuple of VisitEntry
        What was noted of it, in order.
    sessions : tuple of Session
        Whose moments these are.
    shown, others : tuple of Moment
        Those that were shown or chosen, in their order; the rest of the same recordings.
    language : str
        Which the scheme's words are in.
    """

    visit: Visit | None
    entries: tuple[VisitEntry, ...]
    sessions: tuple[Session, ...]
    shown: tuple[Moment, ...]
    others: tuple[Moment, ...]
    language: str

    @property
    def date(self) -> str:
        """The day of the visit; without a visit that of the recording, if there is one only."""
        if self.visit is not None:
            return self.visit.date or self.visit.began_utc[:10]
        return self.sessions[0].date if len(self.sessions) == 1 else ""


@dataclass(frozen=True, slots=True)
class Stills:
    """One picture of each moment.

    Attributes
    ----------
    of : Mapping of str to Still
        By the moment's id; what has none is left out.
    records : tuple of ClipRecord
        What the register has to say of them, one a session, without file.
    missing : tuple of str
        Why pictures are missing, for the clinician.
    """

    of: Mapping[str, Still]
    records: tuple[ClipRecord, ...]
    missing: tuple[str, ...]


def told(study: StudyService, about: AboutVisit) -> Told:
    """Find what a note is about.

    Raises
    ------
    NoSuchEntry
        There is no such dyad, visit or session.
    NothingToTell
        Nothing was shown, chosen or noted.
    """
    study.file.get(Dyad, about.dyad_id)
    visit = _visit(study, about)
    entries = entries_of(study.file, visit.id) if visit else ()
    sessions = _sessions(study, about, entries)
    language = about.language
    found: list[Moment] = []
    for session in sessions:
        for one in moments(study, session.id):
            language = language or str(scheme_of(study, one).document.get("language", "en"))
            found.append(in_words(study, one, language))
    order = list(dict.fromkeys(one.moment_id for one in entries if one.moment_id))
    shown = [one for one in found if one.id in order or one.status in FOR_THE_FAMILY]
    if order and not about.session_ids:
        shown = [one for one in shown if one.id in order]
        shown.sort(key=lambda one: order.index(one.id))
    if not shown and not entries:
        raise NothingToTell(dyad=about.dyad_id)
    ids = {one.id for one in shown}
    others = tuple(one for one in found if one.id not in ids)
    return Told(visit, entries, sessions, tuple(shown), others, language or "en")


def stills_for(
    study: StudyService,
    chosen: Iterable[Moment],
    entries: Iterable[VisitEntry],
    use: Use,
    on: str,
    index_folder: Path | None = None,
) -> Stills:
    """One picture of each moment: where the film was paused to talk, else from its middle.

    People who are covered on every picture of the session's first camera need not have agreed.

    Parameters
    ----------
    on : str
        The ISO date of today.

    Raises
    ------
    NotCovered
        Somebody in the pictures has not agreed to that use.
    """
    by_session: dict[str, list[Moment]] = {}
    for one in chosen:
        by_session.setdefault(one.session_id, []).append(one)
    paused = {one.moment_id: one for one in entries if one.frame is not None and one.moment_id}
    stills: dict[str, Still] = {}
    records: list[ClipRecord] = []
    missing: list[str] = []
    for session_id, its_moments in by_session.items():
        ended = tuple(one for one in its_moments if one.offset_us is not None)
        wish = ClipWish(
            session_id=session_id,
            moments=ended or tuple(its_moments),
            use=use,
            has_sound=False,
            masks=masks_of(study, session_id),
        )
        try:
            what = prepared(study, wish, on)
            found = _pictured(what, ended, paused, index_folder)
        except NotCovered:
            raise
        except ImhcodeError as failure:
            may_export(study.file, session_id, use, on, moments=its_moments).raise_if_refused()
            missing.append(failure.text())
            continue
        stills |= found
        frames = tuple((one.from_us, one.until_us) for one in found.values())
        records.append(replace(what.record, stretches_us=frames, muted="all"))
    return Stills(stills, tuple(records), tuple(missing))


def masks_of(study: StudyService, session_id: str) -> Masks:
    """The masks that were drawn for a session."""
    text = study.choice(f"masks/{session_id}")
    ids = [one.id for one in study.session(session_id).recordings]
    return masks_from_text(text, ids) if text else {}


def scheme_of(study: StudyService, moment: Moment) -> Scheme:
    """The scheme that a moment was marked with."""
    for one in study.session(moment.session_id).observations:
        if one.id == moment.observation_id:
            return study.schemes()[one.scheme_hash]
    raise NoSuchEntry(what="observation", name=moment.observation_id, known="others")


def _pictured(
    what: Prepared,
    chosen: tuple[Moment, ...],
    paused: Mapping[str, VisitEntry],
    index_folder: Path | None,
) -> dict[str, Still]:
    found = {}
    leading = what.record.recording_ids[0]
    with ClipPictures(what.plan, index_folder) as pictures:
        for part, moment in enumerate(chosen):
            entry = paused.get(moment.id)
            is_there = entry is not None and entry.recording_id == leading
            frame = entry.frame if entry is not None and is_there else None
            found[moment.id] = still_of(pictures, part, frame)
    return found


def _visit(study: StudyService, about: AboutVisit) -> Visit | None:
    if not about.visit:
        return None
    known = visits_of(study.file, about.dyad_id)
    for one in known:
        if about.visit in (one.label, one.id):
            return one
    names = ", ".join(one.label for one in known) or "none yet"
    raise NoSuchEntry(what="visit", name=about.visit, known=names)


def _sessions(
    study: StudyService, about: AboutVisit, entries: Iterable[VisitEntry]
) -> tuple[Session, ...]:
    of_dyad = {
        one.id: one
        for one in sorted(study.file.all(Session), key=lambda one: (one.date, one.visit))
        if one.dyad_id == about.dyad_id
    }
    for session_id in about.session_ids:
        if session_id not in of_dyad:
            known = ", ".join(of_dyad) or "none yet"
            raise NoSuchEntry(what="session", name=session_id, known=known)
    meant = about.session_ids or tuple(
        dict.fromkeys(one.session_id for one in entries if one.session_id in of_dyad)
    )
    if meant:
        return tuple(of_dyad[one] for one in meant)
    for session in reversed(of_dyad.values()):
        if any(one.status in FOR_THE_FAMILY for one in moments(study, session.id)):
            return (session,)
    return ()


def in_words(study: StudyService, moment: Moment, language: str) -> Moment:
    """The same with what the scheme says of it in a language."""
    scheme = translated(scheme_of(study, moment), language)
    code = scheme.code(moment.event.track, moment.kind)
    if code is None:
        return moment
    return replace(moment, code_label=code.label, parent_text=code.parent_text)
