"""Every measure that a scheme declares, for one coded session."""

from collections.abc import Iterator
from dataclasses import dataclass

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.measured import Result, nothing
from imhcode.analysis.measures import MEASURES, compute
from imhcode.analysis.selecting import Declared


@dataclass(frozen=True, slots=True)
class Measured:
    """What one measure gives for one section; without a section: the session has none for it."""

    measure_id: str
    section: Section | None
    result: Result


def measured(
    session: CodedSession, *, episode: str = "", of_session: bool = True
) -> Iterator[Measured]:
    """Yield every measure of a session and its episodes, in the scheme's order.

    What is about several sessions (visits, dyads) is not among them.

    Parameters
    ----------
    episode : str
        Only episodes of that kind.
    of_session : bool
        Whether the numbers of the whole session are wanted.
    """
    for measure_id, declared in session.measures.items():
        sections = [
            one
            for one in sections_of(declared, session)
            if (one.episode is None and of_session and not episode)
            or (one.episode is not None and episode in ("", one.kind))
        ]
        for section in sections:
            yield Measured(measure_id, section, compute(declared, session, section))
        if not sections and not set(declared["per"]) <= {"visit", "dyad"}:
            reason = "no such episode" if session.sections else "no episodes"
            kind = MEASURES[declared["kind"]]
            if not episode and of_session:
                yield Measured(
                    measure_id, None, nothing(kind.statistics(declared, session), reason)
                )


def sections_of(declared: Declared, session: CodedSession) -> list[Section]:
    """What the measure gives one number for, each."""
    wanted, only_in = declared["per"], declared.get("only_in_episodes") or ()
    found = [session.session] if "session" in wanted else []
    if "episode" in wanted:
        found += [one for one in session.sections if not only_in or one.kind in only_in]
    return found
