"""What is known of the session an observation is of, beside its events."""

from dataclasses import dataclass

from imhcode.domain.consent import Consent
from imhcode.domain.episode import Episode
from imhcode.domain.family import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Who can be seen in a session, and what they have agreed to.

    Attributes
    ----------
    people : tuple of Person
        Everybody the dyad has.
    present : tuple of str
        Ids of those who are in the session.
    on : str
        The day that consent is asked for, an ISO date.
    """

    people: tuple[Person, ...] = ()
    present: tuple[str, ...] = ()
    consents: tuple[Consent, ...] = ()
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What rules may need to know of a session.

    Attributes
    ----------
    age_months : float or None
        The child's age at the visit, corrected where that is known.
    episodes : tuple of Episode
        Those of the session, in order of their onsets.
    coded_from_us, coded_until_us : int, int or None
        The coded range, half-open; ``None`` where nothing says where it ends.
    family : Family or None
        ``None`` where consent is not asked for.
    """

    age_months: float | None = None
    episodes: tuple[Episode, ...] = ()
    coded_from_us: int = 0
    coded_until_us: int | None = None
    family: Family | None = None


NOTHING_KNOWN = Setting()
