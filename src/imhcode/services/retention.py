"""Until when recordings are kept, and what falls due: shown, never acted on by itself."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date as calendar_date
from datetime import timedelta
from typing import Literal

from imhcode.domain.consent import USE_WORDS, Consent, standing
from imhcode.domain.dates import as_date
from imhcode.domain.family import Person
from imhcode.domain.retention import Deletion, Retention
from imhcode.domain.study import Recording, Session
from imhcode.domain.text import clean_text
from imhcode.services.coding import fresh_id
from imhcode.services.logged_values import LoggedValues
from imhcode.store.kept import kept_in
from imhcode.store.study_file import StudyFile

What = Literal["session", "recording"]


@dataclass(frozen=True, slots=True)
class Due:
    """Something that ends on a day.

    Attributes
    ----------
    what : str
        ``session`` or ``recording``: it is to be destroyed; ``consent``: a permission ends.
    entry_id : str
        Id of the session, recording or person.
    on : str
        ISO date of its last day.
    sentence : str
        A template, to be translated before ``fields`` fill it.
    """

    what: Literal["session", "recording", "consent"]
    entry_id: str
    on: str
    sentence: str
    fields: dict[str, str]

    @property
    def message(self) -> str:
        """The sentence, filled in."""
        return self.sentence.format(**self.fields)


class Retentions(LoggedValues[Retention]):
    """Until when a session, or one recording, is kept; one day for each.

    Parameters
    ----------
    what, entry_id : str
        Which session or recording (`NoSuchEntry`).
    """

    def __init__(self, file: StudyFile, what: What, entry_id: str, coder_id: str) -> None:
        if what == "session":
            file.get(Session, entry_id)
        else:
            file.get(Recording, entry_id)
        super().__init__(
            file,
            Retention,
            f"{what}/{entry_id}",
            lambda one: (one.what, one.entry_id) == (what, entry_id),
            coder_id,
        )
        self._what: What = what
        self._entry_id = entry_id

    @property
    def keep_until(self) -> str:
        """The last day; empty if nobody has said."""
        return self.values[0].keep_until if self.values else ""

    def keep(self, until: str, note: str = "") -> None:
        """Say until when it is kept; empty takes the day away (`NotADate`)."""
        day = as_date(until)
        if not day:
            self.take(*(one.id for one in self.values))
            return
        old = self.values[0] if self.values else None
        new = Retention(
            id=fresh_id(),
            what=self._what,
            entry_id=self._entry_id,
            keep_until=day,
            note=clean_text(note),
        )
        self.put(replace(new, id=old.id) if old else new)


def due(file: StudyFile, on: str, days: int = 30) -> list[Due]:
    """What is over on a day or ends within so many days, the earliest first."""
    horizon = (calendar_date.fromisoformat(on) + timedelta(days=days)).isoformat()
    found = [*_to_destroy(file, horizon), *_ending(file, on, horizon)]
    return sorted(found, key=lambda one: (one.on, one.what, one.entry_id))


def _to_destroy(file: StudyFile, horizon: str) -> Iterator[Due]:
    gone = {one.recording_id for one in kept_in(file, Deletion)}
    recordings = file.all(Recording)
    for one in kept_in(file, Retention):
        if one.keep_until > horizon:
            continue
        left = [
            recording
            for recording in recordings
            if one.entry_id in (recording.id, recording.session_id) and recording.id not in gone
        ]
        if left:
            said = "{what} {name} is kept until {on}."
            fields = {"what": one.what.capitalize(), "name": one.entry_id, "on": one.keep_until}
            yield Due(one.what, one.entry_id, one.keep_until, said, fields)


def _ending(file: StudyFile, on: str, horizon: str) -> Iterator[Due]:
    consents = kept_in(file, Consent)
    for person in kept_in(file, Person):
        for use, words in USE_WORDS.items():
            found = standing(consents, person.id, use, on)
            if found.state in ("granted", "expired") and found.until and found.until <= horizon:
                said = "The agreement of {label} ({dyad}) to {use} ends on {on}."
                fields = {
                    "label": person.label,
                    "dyad": person.dyad_id,
                    "use": words,
                    "on": found.until,
                }
                yield Due("consent", person.id, found.until, said, fields)
