"""What a study holds beside events: dyads, sessions, recordings, coders, observations."""

from dataclasses import dataclass
from typing import Literal, get_args

from imhcode.domain.observation import Role, Status

CoderRole = Literal["coder", "trainer", "investigator"]
CODER_ROLES: tuple[CoderRole, ...] = get_args(CoderRole)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dyad:
    """One child with the caregivers who appear with it, known by a pseudonym only."""

    id: str
    child_id: str = ""
    site_id: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One recorded visit of one dyad.

    Attributes
    ----------
    child_age_months, child_age_corrected_months : float or None
        At the visit; corrected for prematurity in the second.
    date : str
        ISO date, shifted where the lab shifts dates; empty if not given.
    """

    id: str
    dyad_id: str = ""
    visit: str = ""
    date: str = ""
    child_age_months: float | None = None
    child_age_corrected_months: float | None = None


def age_months_of(session: Session) -> float | None:
    """The child's age at the visit, corrected where that is known."""
    corrected = session.child_age_corrected_months
    return session.child_age_months if corrected is None else corrected


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One media file of a session and where it lies on the session clock.

    Attributes
    ----------
    path : str
        Relative to the study file where that works, with forward slashes; else absolute.
    offset_us : int
        Session time = recording time + ``offset_us``.
    frames : int
        Frames shown; 0 until the file has been indexed.
    end_us : int
        End of the last frame on the recording's own clock.
    fps : str
        Nominal frames per second as a decimal text; empty if unknown or variable.
    sha256, quick_hash : str
        Fingerprints of the file: of all of it, and of its size and ends.
    interval_us : int
        How long each picture of a folder of still images is shown; 0 for a film.
    deinterlaced : bool
        Whether interlaced pictures are shown without combs.
    """

    id: str
    session_id: str
    path: str
    offset_us: int = 0
    frames: int = 0
    end_us: int = 0
    fps: str = ""
    variable_frame_rate: bool = False
    sha256: str = ""
    quick_hash: str = ""
    interval_us: int = 0
    deinterlaced: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Coder:
    """The person who codes, by the name the study knows.

    Attributes
    ----------
    role : str
        What of others' work is listed for them; see :mod:`imhcode.services.blinding`.
    """

    id: str
    name: str = ""
    role: CoderRole = "coder"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationEntry:
    """What a list of observations shows, without the events."""

    id: str
    session_id: str
    coder_id: str
    role: Role
    status: Status
    scheme_id: str
    scheme_version: str
    scheme_hash: str
    n_events: int
    coded_from_us: int | None = None
    coded_until_us: int | None = None
