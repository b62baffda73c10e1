"""``sessions.csv``: one row for each observation, with what is known of its session."""

from dataclasses import dataclass

from imhcode.analysis.coded_session import CodedSession
from imhcode.analysis.denominators import seconds
from imhcode.domain.study import Dyad, Session
from imhcode.formats.tables.about import ABOUT, About
from imhcode.formats.tables.table_file import Value

NAME = "sessions.csv"
COLUMNS = (
    *ABOUT,
    *("scheme_hash", "status", "child_id", "site_id", "group_blind", "visit"),
    *("session_date_shifted", "child_age_mo", "child_age_corr_mo", "n_events", "n_episodes"),
    *("coded_from_s", "coded_until_s", "coded_s", "codable_s", "uncodable_s", "excluded_s"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What is known of the session an observation is of."""

    session: Session
    dyad: Dyad
    status: str
    scheme_hash: str
    n_events: int


def row(about: About, visit: Visit, coded: CodedSession) -> list[Value]:
    """The row of one observation."""
    from_us, until_us = coded.window_us
    return [
        *about.cells,
        visit.scheme_hash,
        visit.status,
        visit.dyad.child_id,
        visit.dyad.site_id,
        visit.dyad.group,
        visit.session.visit,
        visit.session.date,
        visit.session.child_age_months,
        visit.session.child_age_corrected_months,
        visit.n_events,
        len(coded.episodes),
        seconds(from_us),
        seconds(until_us),
        seconds(until_us - from_us),
        seconds(coded.codable.length_us),
        seconds(coded.uncodable.length_us),
        seconds(coded.excluded.length_us),
    ]
