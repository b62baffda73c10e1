"""How many events."""

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.denominators import events_in
from imhcode.analysis.measured import VALUE, Number, Result
from imhcode.analysis.measures import MEASURES, MeasureKind, each_code_of, own_track, said
from imhcode.analysis.measures.proportion_of_events import with_value
from imhcode.analysis.selecting import Declared, one_by_one


def count(declared: Declared, session: CodedSession, section: Section) -> Result:
    """Events whose onset lies in codable time of the section."""
    track_id, where = declared["track"], declared.get("where")
    numbers = []
    for name, codes in one_by_one(session.tracks[track_id], declared):
        mine = events_in(session, section, track_id, codes)
        if where:
            mine = mine & with_value(session, track_id, where)
        n = int(mine.sum())
        numbers.append(Number(name or VALUE, n, n))
    return Result(tuple(numbers))


def _formula(declared: Declared) -> str:
    where = declared.get("where")
    what = f" with {where['modifier']} {' or '.join(where['values'])}" if where else ""
    return f"number of events of {said(declared)} ({declared['track']}){what}"


MEASURES.add(
    MeasureKind(
        name="count",
        of=count,
        formula=_formula,
        source="Bakeman, R., & Quera, V. (2011). Sequential analysis and observational methods.",
        tracks=own_track,
        statistics=lambda declared, session: (
            tuple(each_code_of(declared, session, declared)) or (VALUE,)
        ),
    )
)
