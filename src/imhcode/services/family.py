"""The people of a dyad and who of them is in which session, each change saved."""

from collections.abc import Callable
from datetime import date as calendar_date

from imhcode.domain.checks import declares
from imhcode.domain.consent import Consent
from imhcode.domain.errors import Refused
from imhcode.domain.family import RELATIONS, InPicture, Person, Presence, Relation, in_picture
from imhcode.domain.moment import Moment
from imhcode.domain.scheme import Scheme
from imhcode.domain.setting import Family
from imhcode.domain.study import Session
from imhcode.domain.text import clean_text
from imhcode.services.coding import fresh_id
from imhcode.services.logged_values import LoggedValues
from imhcode.services.values_of_dyad import ValuesOfDyad
from imhcode.store.errors import NoSuchEntry
from imhcode.store.kept import kept_in
from imhcode.store.study_file import StudyFile


class NeedsALabel(Refused):
    """A person, goal or visit without a word for it."""

    sentence = "There is no word for it."
    next_step = "Write one, such as “grandmother”; never a name."


class LabelIsTaken(Refused):
    """Fields: ``label``, ``dyad``."""

    sentence = "{dyad} has a person called “{label}” already."
    next_step = "Choose another word, such as “other grandmother”."


class NoSuchRelation(Refused):
    """Fields: ``relation``, ``known``."""

    sentence = "“{relation}” is not what somebody can be in a dyad."
    next_step = "There are: {known}."


class IsNeeded(Refused):
    """Fields: ``label``."""

    sentence = "{label} cannot be taken away: sessions they are in, or consents, name them."
    next_step = "Take them out of the sessions first; consents stay, and can be withdrawn."


class NotOfThisDyad(Refused):
    """Fields: ``person``, ``session``."""

    sentence = "{person} is not among the people of the dyad of {session}."
    next_step = "Write them down as a person of the dyad first."


class People(ValuesOfDyad[Person]):
    """The people of one dyad.

    Parameters
    ----------
    file : StudyFile
        Open for writing.
    dyad_id : str
        One that the study has (`NoSuchEntry`).
    coder_id : str
        Who does it, for the log.
    """

    of = Person

    def add(self, label: str, relation: str) -> Person:
        """Write a person down.

        Raises
        ------
        NeedsALabel, LabelIsTaken, NoSuchRelation
            As their sentences say.
        """
        made = Person(
            id=self._new_id(),
            dyad_id=self._dyad_id,
            label=self._fit(label),
            relation=_relation(relation),
        )
        self.put(made)
        return made

    def rename(self, person_id: str, label: str) -> Person:
        """Call a person by another word."""
        old = self.get(person_id)
        if clean_text(label) == old.label:
            return old
        new = Person(id=old.id, dyad_id=old.dyad_id, label=self._fit(label), relation=old.relation)
        self.put(new)
        return new

    def remove(self, person_id: str) -> None:
        """Take away a person whom no session and no consent names (`IsNeeded`)."""
        self._refuse_needed(self.get(person_id))
        self.take(person_id)

    def undo(self) -> None:
        """Take back the latest change; not the coming of one who is needed by now."""
        edit = self.history.latest_done()
        for person_id in edit.after.keys() - edit.before.keys():
            self._refuse_needed(self.get(person_id))
        super().undo()

    def called(self, word: str) -> Person:
        """The person with that id or label (`NoSuchEntry`)."""
        for one in self.values:
            if word in (one.id, one.label):
                return one
        known = ", ".join(one.label for one in self.values) or "none yet"
        raise NoSuchEntry(what="person", name=word, known=known)

    def _fit(self, label: str) -> str:
        said = clean_text(label)
        if not said:
            raise NeedsALabel
        if any(one.label.casefold() == said.casefold() for one in self.values):
            raise LabelIsTaken(label=said, dyad=self._dyad_id)
        return said

    def _refuse_needed(self, person: Person) -> None:
        named = {one.person_id for one in kept_in(self._file, Consent)}
        named |= {one.person_id for one in kept_in(self._file, Presence)}
        if person.id in named:
            raise IsNeeded(label=person.label)


class Present(LoggedValues[Presence]):
    """Who is to be seen or heard in the recordings of one session."""

    def __init__(
        self,
        file: StudyFile,
        session_id: str,
        coder_id: str,
        *,
        new_id: Callable[[], str] = fresh_id,
    ) -> None:
        self._session = file.get(Session, session_id)
        super().__init__(
            file, Presence, session_id, lambda one: one.session_id == session_id, coder_id
        )
        self._new_id = new_id

    @property
    def people(self) -> tuple[str, ...]:
        """Ids of those who are there."""
        return tuple(one.person_id for one in self.values)

    def add(self, person_id: str) -> None:
        """Say that somebody of the dyad is there (`NotOfThisDyad`)."""
        if person_id in self.people:
            return
        of_dyad = people_of(self._file, self._session.dyad_id)
        if person_id not in {one.id for one in of_dyad}:
            raise NotOfThisDyad(person=person_id, session=self._session.id)
        made = Presence(id=self._new_id(), session_id=self._session.id, person_id=person_id)
        self.put(made)

    def remove(self, person_id: str) -> None:
        """Say that somebody is not there after all."""
        self.take(*(one.id for one in self.values if one.person_id == person_id))


def people_of(file: StudyFile, dyad_id: str) -> tuple[Person, ...]:
    """Everybody written down for a dyad."""
    return tuple(one for one in kept_in(file, Person) if one.dyad_id == dyad_id)


def people_in(file: StudyFile, session_id: str, moment: Moment | None = None) -> InPicture:
    """Who is in a session, or in one moment of it where somebody has said so of the moment."""
    session = file.get(Session, session_id)
    present = _present_in(file, session_id)
    return in_picture(
        people_of(file, session.dyad_id), present, moment.who if moment is not None else ()
    )


def family_of(file: StudyFile, session: Session, scheme: Scheme) -> Family | None:
    """What a scheme's checks need to know of the people of a session, today.

    ``None`` if no check of the scheme asks for consent.
    """
    if not declares(scheme, "people_consent"):
        return None
    return Family(
        people=people_of(file, session.dyad_id),
        present=_present_in(file, session.id),
        consents=tuple(one for one in kept_in(file, Consent) if one.dyad_id == session.dyad_id),
        on=calendar_date.today().isoformat(),  # noqa: DTZ011  (the day on the wall is meant)
    )


def _present_in(file: StudyFile, session_id: str) -> tuple[str, ...]:
    return tuple(one.person_id for one in kept_in(file, Presence) if one.session_id == session_id)


def _relation(word: str) -> Relation:
    for relation in RELATIONS:
        if relation == word.strip().replace(" ", "_").replace("-", "_"):
            return relation
    known = ", ".join(one.replace("_", " ") for one in RELATIONS)
    raise NoSuchRelation(relation=word, known=known)
