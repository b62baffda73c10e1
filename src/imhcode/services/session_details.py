"""What a study knows of a visit beside its recordings: which visit it was, and the child's age."""

from dataclasses import dataclass, replace

from imhcode.domain.dates import as_date
from imhcode.domain.errors import Refused
from imhcode.domain.study import Session
from imhcode.domain.text import clean_text
from imhcode.services.studies import StudyService

OLDEST_MONTHS = 300.0


class NotAnAge(Refused):
    """Fields: ``text``."""

    sentence = "“{text}” is not an age in months."
    next_step = "Write months, such as 7 or 7.5."


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What is to be written down, as somebody typed it; ``None`` leaves a detail as it is.

    Attributes
    ----------
    visit, date : str or None
        Which visit it was, and its ISO date; empty takes it away.
    age, corrected_age : str or None
        The child's age in months, and corrected for prematurity; empty takes it away.
    """

    visit: str | None = None
    date: str | None = None
    age: str | None = None
    corrected_age: str | None = None


def changed(session: Session, details: Details) -> Session:
    """The session with its details written down.

    Raises
    ------
    NotAnAge, NotADate
        As their sentences say; nothing is changed.
    """
    if details.visit is not None:
        session = replace(session, visit=clean_text(details.visit).strip())
    if details.date is not None:
        session = replace(session, date=as_date(details.date))
    if details.age is not None:
        session = replace(session, child_age_months=_as_months(details.age))
    if details.corrected_age is not None:
        months = _as_months(details.corrected_age)
        session = replace(session, child_age_corrected_months=months)
    return session


def write_details(study: StudyService, session_id: str, details: Details) -> Session:
    """Write the details of a session of the study down."""
    before = study.session(session_id).session
    after = changed(before, details)
    if after != before:
        study.file.change(after)
    return after


def _as_months(text: str) -> float | None:
    said = text.strip().replace(",", ".")
    if not said:
        return None
    try:
        months = float(said)
    except ValueError:
        raise NotAnAge(text=text) from None
    if not 0 <= months <= OLDEST_MONTHS:  # catches "nan" too
        raise NotAnAge(text=text)
    return months
