"""Who has agreed to what: statements written down, exports refused, clips found again."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from imhcode.domain.clip_record import ClipRecord
from imhcode.domain.consent import (
    USES,
    Answer,
    Consent,
    Standing,
    State,
    Use,
    Verdict,
    may,
    standing,
)
from imhcode.domain.dates import as_date
from imhcode.domain.errors import Refused
from imhcode.domain.family import InPicture, Person, Presence
from imhcode.domain.moment import Moment
from imhcode.domain.study import Session
from imhcode.domain.text import clean_text
from imhcode.services.family import people_in, people_of
from imhcode.services.values_of_dyad import ValuesOfDyad
from imhcode.store.errors import NoSuchEntry
from imhcode.store.kept import kept_in
from imhcode.store.study_file import StudyFile

Shown = Literal["shown", "masked", "perhaps"]


class NoSuchUse(Refused):
    """Fields: ``use``, ``known``."""

    sentence = "“{use}” is not a use that consent is asked for."
    next_step = "There are: {known}."


class NeedsADate(Refused):
    """A statement without a day."""

    sentence = "Consent needs the day from which it holds."
    next_step = "Write year, month and day, such as 2026-05-31."


class EndsBeforeItBegins(Refused):
    """Fields: ``on``, ``until``."""

    sentence = "A permission from {on} cannot end on {until}."


class NothingToWithdraw(Refused):
    """Fields: ``label``."""

    sentence = "{label} has agreed to nothing that could be taken back."
    next_step = "To write down a no, use a refusal."


@dataclass(frozen=True, slots=True)
class Matrix:
    """How consent stands on a day: people down, uses across.

    Attributes
    ----------
    cells : Mapping of (str, str) to Standing
        By person's id and use.
    """

    on: str
    people: tuple[Person, ...]
    uses: tuple[Use, ...]
    cells: Mapping[tuple[str, Use], Standing]

    def state(self, person_id: str, use: Use) -> State:
        """One cell."""
        return self.cells[person_id, use].state


@dataclass(frozen=True, slots=True)
class ClipWith:
    """A clip that has to do with a person.

    Attributes
    ----------
    how : str
        ``shown``; ``masked``: covered in the picture, and perhaps heard; ``perhaps``: they are in
        the session, and nothing says whether they are in the clip.
    """

    clip: ClipRecord
    how: Shown


class Consents(ValuesOfDyad[Consent]):
    """The statements of the people of one dyad: only ever added to, and taken back by undo.

    Parameters
    ----------
    file : StudyFile
        Open for writing.
    dyad_id : str
        One that the study has (`NoSuchEntry`).
    coder_id : str
        Who writes it down, for the log.
    """

    of = Consent

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody of the dyad, as they are written down now."""
        return people_of(self._file, self._dyad_id)

    def grant(self, person_id: str, use: str, on: str, until: str = "", note: str = "") -> Consent:
        """Write down that somebody agrees to a use, from a day on, perhaps until a last day.

        Raises
        ------
        NoSuchEntry, NoSuchUse, NeedsADate, NotADate, EndsBeforeItBegins
            As their sentences say; nothing is written.
        """
        first, last = _day(on), as_date(until)
        if last and last < first:
            raise EndsBeforeItBegins(on=first, until=last)
        return self._say(person_id, [use_called(use)], "granted", first, last, note)[0]

    def refuse(self, person_id: str, use: str, on: str, note: str = "") -> Consent:
        """Write down that somebody does not agree to a use."""
        return self._say(person_id, [use_called(use)], "refused", _day(on), "", note)[0]

    def withdraw(self, person_id: str, use: str, on: str, note: str = "") -> tuple[Consent, ...]:
        """Write down that somebody takes an agreement back; ``use`` empty: all that they gave.

        Raises
        ------
        NothingToWithdraw
            They never agreed to it.
        """
        person = self._person(person_id)
        uses = [use_called(use)] if use else list(USES)
        given = {
            one.use for one in self.values if one.person_id == person_id and one.answer == "granted"
        }
        meant = [one for one in uses if one in given]
        if not meant:
            raise NothingToWithdraw(label=person.label)
        return self._say(person_id, meant, "withdrawn", _day(on), "", note)

    def standing(self, person_id: str, use: Use, on: str) -> Standing:
        """How somebody's consent to a use stands on a day."""
        return standing(self.values, person_id, use, on)

    def matrix(self, on: str) -> Matrix:
        """How everything stands on a day."""
        people = self.people
        cells = {(one.id, use): self.standing(one.id, use, on) for one in people for use in USES}
        return Matrix(on, people, USES, cells)

    def _say(
        self,
        person_id: str,
        uses: Iterable[Use],
        answer: Answer,
        on: str,
        until: str,
        note: str,
    ) -> tuple[Consent, ...]:
        self._person(person_id)
        n = max((one.n for one in self.values), default=0)
        said = tuple(
            Consent(
                id=self._new_id(),
                dyad_id=self._dyad_id,
                person_id=person_id,
                use=use,
                answer=answer,
                on=on,
                until=until,
                note=clean_text(note),
                n=n + number,
            )
            for number, use in enumerate(uses, start=1)
        )
        self.put(*said)
        return said

    def _person(self, person_id: str) -> Person:
        for one in self.people:
            if one.id == person_id:
                return one
        known = ", ".join(one.label for one in self.people) or "none yet"
        raise NoSuchEntry(what="person", name=person_id, known=known)


def may_export(
    file: StudyFile,
    session_id: str,
    use: Use,
    on: str,
    *,
    moments: Iterable[Moment] = (),
    masked: Collection[str] = (),
) -> Verdict:
    """Whether a stretch of a session may be put to a use on a day.

    Parameters
    ----------
    moments : iterable of Moment
        What the stretch consists of; without any, everybody in the session has to agree.
    masked : collection of str
        Ids of people who are covered in every picture of it.
    """
    session = file.get(Session, session_id)
    consents = [one for one in kept_in(file, Consent) if one.dyad_id == session.dyad_id]
    there = _in_all(file, session_id, moments)
    return may(use, there.people, consents, on, masked=masked, unknown=there.unknown)


def clips_with(file: StudyFile, person_id: str) -> list[ClipWith]:
    """Every clip that was ever made with somebody, also where it is not sure that they are in it.

    A clip in which they were not written down counts as ``perhaps`` when they are in its session.
    """
    sessions = {one.session_id for one in kept_in(file, Presence) if one.person_id == person_id}
    return [
        ClipWith(clip, how)
        for clip in kept_in(file, ClipRecord)
        if (how := _how(clip, person_id, sessions)) is not None
    ]


def use_called(word: str) -> Use:
    """The use called so, with or without hyphens (`NoSuchUse`)."""
    for use in USES:
        if use == word.strip().replace(" ", "_").replace("-", "_"):
            return use
    raise NoSuchUse(use=word, known=", ".join(USES))


def _in_all(file: StudyFile, session_id: str, moments: Iterable[Moment]) -> InPicture:
    """Everybody in any of the moments, once each."""
    found = [people_in(file, session_id, one) for one in moments]
    found = found or [people_in(file, session_id)]
    people = dict.fromkeys(person for one in found for person in one.people)
    unknown = dict.fromkeys(relation for one in found for relation in one.unknown)
    return InPicture(tuple(people), tuple(unknown))


def _how(clip: ClipRecord, person_id: str, sessions: Collection[str]) -> Shown | None:
    if person_id in clip.people:
        return "shown"
    if person_id in clip.masked:
        return "masked"
    return "perhaps" if clip.session_id in sessions else None


def _day(text: str) -> str:
    day = as_date(text)
    if not day:
        raise NeedsADate
    return day
