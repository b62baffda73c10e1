"""Facts of a session as other programs keep them: variables with labels of anybody's choosing.

The labels that we write are read exactly; others are guessed where they can mean one thing only.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from imhcode.domain.study import Dyad, Session
from imhcode.domain.timecode import US_PER_S, as_decimal
from imhcode.formats.csv.numbers import as_us, is_number
from imhcode.formats.record import Record

#: labels that we write
SESSION, DYAD, VISIT, CHILD = "session", "dyad", "visit", "child"
AGE, CORRECTED = "child_age_months", "child_age_corrected_months"
CODER, ROLE, SCHEME, VERSION = "coder", "role", "scheme", "scheme_version"
ZERO = "clock_zero_s"  #: session time of the zero of the file's own clock
SITE, GROUP, DATE = "site", "group", "date"
OURS = (
    *(SESSION, DYAD, CHILD, SITE, GROUP, VISIT, DATE, AGE, CORRECTED),
    *(CODER, ROLE, SCHEME, VERSION, ZERO),
)

_ALSO = {
    **{f"{one}_id": one for one in (SESSION, DYAD, CHILD, SITE, CODER, SCHEME)},
    **dict.fromkeys(("participant", "participant_id", "subject_id"), CHILD),
    **dict.fromkeys(("family", "family_id", "case", "case_id"), DYAD),
    **dict.fromkeys(("wave", "visit_number", "session_number"), VISIT),
    **dict.fromkeys(("age_months", "age_in_months", "child_age_mo", "age_mo"), AGE),
    **dict.fromkeys(("corrected_age_months", "child_age_corr_mo"), CORRECTED),
    **dict.fromkeys(("session_date", "test_date", "testdate", "date_of_visit"), DATE),
    **dict.fromkeys(("observer", "rater", "annotator", "coder_name"), CODER),
    "coding_role": ROLE,
}
_ROLES = frozenset({"primary", "reliability", "training", "gold", "consensus"})
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](.*))?", re.DOTALL)


@dataclass(slots=True)
class Facts:
    """Who was observed, when, and by whom.

    Attributes
    ----------
    said : dict
        What each fact of :data:`OURS` was given as.
    rest : dict
        What has no place in a study, by label.
    zero_us : int
        Session time of the zero of the file's own clock.
    """

    session: Session
    dyad: Dyad = Dyad(id="")  # noqa: RUF009  (frozen: one empty dyad for all)
    said: dict[str, str] = field(default_factory=dict)
    rest: dict[str, str] = field(default_factory=dict)
    zero_us: int = 0


def facts_of(name: str, day: str, variables: Mapping[str, str]) -> Facts:
    """The facts that variables say.

    Parameters
    ----------
    name : str
        Id of the session where no variable says it.
    day : str
        ISO date, with or without a time of day.
    """
    said: dict[str, str] = {}
    rest: dict[str, str] = {}
    for label, value in variables.items():
        text = value.strip()
        plain = re.sub(r"\W+", "_", label.strip().casefold()).strip("_")
        fact = plain if plain in OURS else _ALSO.get(plain, "")
        if not text:
            continue
        if not fact or fact in said or not _may_be(fact, text):
            rest[label] = text
        else:
            said[fact] = text
    given = said.get(DATE, "") or day.strip()
    found = _DATE.fullmatch(given)
    valid = found[1] if found and _is_day(found[1]) else ""
    if found and valid and (found[2] or "").strip("0:.Z"):
        rest["time of day"] = found[2]
    elif given and not valid:
        rest["date"] = given
    return Facts(
        session=Session(
            id=said.get(SESSION, name.strip()),
            dyad_id=said.get(DYAD, ""),
            visit=said.get(VISIT, ""),
            date=valid,
            child_age_months=_months(said.get(AGE)),
            child_age_corrected_months=_months(said.get(CORRECTED)),
        ),
        dyad=Dyad(
            id=said.get(DYAD, ""),
            child_id=said.get(CHILD, ""),
            site_id=said.get(SITE, ""),
            group=said.get(GROUP, ""),
        ),
        said=said,
        rest=rest,
        zero_us=as_us(said.get(ZERO, "0"), US_PER_S, comma=False) or 0,
    )


def facts_said(record: Record, zero_us: int) -> dict[str, str]:
    """What is written of a record, by label; what is not known is empty."""
    session, dyad, observation = record.session, record.dyad, record.observation
    return {
        SESSION: session.id,
        DYAD: session.dyad_id or dyad.id,
        CHILD: dyad.child_id,
        SITE: dyad.site_id,
        GROUP: dyad.group,
        VISIT: session.visit,
        DATE: session.date,
        AGE: _as_text(session.child_age_months),
        CORRECTED: _as_text(session.child_age_corrected_months),
        CODER: observation.coder_id,
        ROLE: observation.role,
        SCHEME: observation.scheme.id,
        VERSION: observation.scheme.version,
        ZERO: as_decimal(zero_us, US_PER_S) if zero_us else "",
    }


def _as_text(age: float | None) -> str:
    return "" if age is None else repr(float(age)).removesuffix(".0")


def _may_be(fact: str, text: str) -> bool:
    if fact in (AGE, CORRECTED, ZERO):
        return is_number(text)
    return fact != ROLE or text in _ROLES


def _months(text: str | None) -> float | None:
    return None if text is None else float(text)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
