"""Visits of a dyad and what was said in them, logged with one key on the visit's own clock."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from imhcode.domain.dates import as_date
from imhcode.domain.errors import Refused
from imhcode.domain.moment import conversation_track
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Scheme
from imhcode.domain.text import clean_text
from imhcode.domain.visit import PARENT_STANCE, Visit, VisitEntry, events_of_visit
from imhcode.services.coding import fresh_id
from imhcode.services.family import NeedsALabel
from imhcode.services.logged_values import LoggedValues
from imhcode.services.values_of_dyad import ValuesOfDyad
from imhcode.store.errors import EntryExists
from imhcode.store.kept import kept_in
from imhcode.store.study_file import StudyFile

_US = timedelta(microseconds=1)


class NoConversation(Refused):
    """Fields: ``scheme``."""

    sentence = "The scheme {scheme} has no track for what is said while watching together."
    next_step = "Use a scheme for reviewing, such as strengths_review."


class NotInConversation(Refused):
    """Fields: ``word``, ``known``."""

    sentence = "“{word}” is nothing that can be noted of a visit."
    next_step = "There are: {known}."


class VisitHasNotBegun(Refused):
    """Fields: ``visit``."""

    sentence = "Visit {visit} has not begun, so that its clock does not run."
    next_step = "Begin it first."


class HasEntries(Refused):
    """Fields: ``visit``."""

    sentence = "Something was noted in visit {visit} already, so that it cannot be undone."
    next_step = "Take those notes back first."


def utc_now() -> datetime:
    """What the clock on the wall says."""
    return datetime.now(UTC)


class Visits(ValuesOfDyad[Visit]):
    """The visits of one dyad.

    Parameters
    ----------
    file : StudyFile
        Open for writing.
    dyad_id : str
        One that the study has (`NoSuchEntry`).
    coder_id : str
        Who leads the visits that are added, and does it, for the log.
    """

    of = Visit

    def __init__(
        self,
        file: StudyFile,
        dyad_id: str,
        coder_id: str,
        *,
        now: Callable[[], datetime] = utc_now,
        new_id: Callable[[], str] = fresh_id,
    ) -> None:
        super().__init__(file, dyad_id, coder_id, new_id=new_id)
        self._now = now

    def add(self, label: str, date: str = "") -> Visit:
        """Write a visit down, such as ``3``; its clock does not run yet.

        Raises
        ------
        NeedsALabel, EntryExists, NotADate
            As their sentences say.
        """
        said = clean_text(label)
        if not said:
            raise NeedsALabel
        if any(one.label == said for one in self.values):
            raise EntryExists(what="visit", name=said)
        made = Visit(
            id=self._new_id(),
            dyad_id=self._dyad_id,
            label=said,
            date=as_date(date),
            coder_id=self._coder_id,
        )
        self.put(made)
        return made

    def begin(self, visit_id: str) -> Visit:
        """Let a visit's clock run; one that runs goes on as it is."""
        visit = self.get(visit_id)
        if visit.began_utc:
            return visit
        begun = replace(visit, began_utc=self._now().astimezone(UTC).isoformat())
        self.put(begun)
        return begun

    def undo(self) -> None:
        """Take back the latest change; not a visit, or its beginning, that has notes by now."""
        edit = self.history.latest_done()
        for entry in kept_in(self._file, VisitEntry):
            if entry.visit_id in edit.after:
                raise HasEntries(visit=self.get(entry.visit_id).label)
        super().undo()


class VisitLog(LoggedValues[VisitEntry]):
    """What happened in one visit, each note saved at once.

    Parameters
    ----------
    visit : Visit
        One that has begun (`VisitHasNotBegun`).
    scheme : Scheme
        A scheme for reviewing: its conversation track says what can be noted (`NoConversation`).
    """

    def __init__(
        self,
        file: StudyFile,
        visit: Visit,
        scheme: Scheme,
        coder_id: str,
        *,
        now: Callable[[], datetime] = utc_now,
        new_id: Callable[[], str] = fresh_id,
    ) -> None:
        if not visit.began_utc:
            raise VisitHasNotBegun(visit=visit.label)
        track = conversation_track(scheme)
        if track is None:
            raise NoConversation(scheme=scheme.id)
        super().__init__(file, VisitEntry, visit.id, lambda one: one.visit_id == visit.id, coder_id)
        self.visit = visit
        self.scheme = scheme
        self.track = track
        self._began = datetime.fromisoformat(visit.began_utc)
        self._now = now
        self._new_id = new_id

    @property
    def clock_us(self) -> int:
        """How long the visit has gone on, µs; it goes on while the program is closed."""
        return max(0, (self._now() - self._began) // _US)

    def note(
        self,
        code: str,
        *,
        session_id: str = "",
        media_us: int | None = None,
        recording_id: str = "",
        frame: int | None = None,
        moment_id: str = "",
    ) -> VisitEntry:
        """Note that something happens now.

        Parameters
        ----------
        code : str
            Of the conversation track (`NotInConversation`).
        session_id, media_us, recording_id, frame, moment_id
            What is on the screen: see :class:`imhcode.domain.visit.VisitEntry`.

        Raises
        ------
        StudyTrouble
            The disk would not; nothing was noted.
        """
        at_us = self.clock_us
        if self.track.code(code) is None:
            known = ", ".join(one.id for one in self.track.codes)
            raise NotInConversation(word=code, known=known)
        made = VisitEntry(
            id=self._new_id(),
            visit_id=self.visit.id,
            code=code,
            at_us=at_us,
            session_id=session_id,
            media_us=media_us,
            recording_id=recording_id,
            frame=frame,
            moment_id=moment_id,
        )
        self.put(made)
        return made

    def end(self, entry_id: str) -> VisitEntry:
        """Note that something that was noted ends now."""
        entry = self.get(entry_id)
        return self._changed(replace(entry, until_us=max(entry.at_us, self.clock_us)))

    def write(self, entry_id: str, words: str) -> VisitEntry:
        """Type what was said, after it was noted."""
        return self._changed(replace(self.get(entry_id), words=clean_text(words)))

    def say_stance(self, entry_id: str, stance: str) -> VisitEntry:
        """Say what kind of thing the parent said; empty takes it off (`NotInConversation`)."""
        modifier = next((one for one in self.scheme.modifiers if one.id == PARENT_STANCE), None)
        known = [one.id for one in modifier.values] if modifier else []
        if stance and stance not in known:
            raise NotInConversation(word=stance, known=", ".join(known) or "none")
        return self._changed(replace(self.get(entry_id), stance=stance))

    def _changed(self, entry: VisitEntry) -> VisitEntry:
        self.put(entry)
        return entry


def visits_of(file: StudyFile, dyad_id: str) -> tuple[Visit, ...]:
    """The visits of a dyad, by date and then as they were written down."""
    found = [one for one in kept_in(file, Visit) if one.dyad_id == dyad_id]
    return tuple(sorted(found, key=lambda one: one.date or one.began_utc[:10]))


def entries_of(file: StudyFile, visit_id: str) -> tuple[VisitEntry, ...]:
    """What was noted of a visit, in order of its clock."""
    found = [one for one in kept_in(file, VisitEntry) if one.visit_id == visit_id]
    return tuple(sorted(found, key=lambda one: one.at_us))


def as_observation(file: StudyFile, visit: Visit, scheme: Scheme) -> Observation:
    """A visit as an observation on its own clock, for the measures that a scheme declares of it."""
    track = conversation_track(scheme)
    if track is None:
        raise NoConversation(scheme=scheme.id)
    entries = entries_of(file, visit.id)
    last_us = max((one.until_us or one.at_us for one in entries), default=0)
    blank = Observation(
        id=visit.id,
        session_id=f"visit {visit.label}",
        coder_id=visit.coder_id,
        scheme=scheme,
        coded_from_us=0,
        coded_until_us=last_us,
    )
    return blank.with_events(events_of_visit(entries, track))
