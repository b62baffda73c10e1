"""Some events of a track against others."""

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.denominators import empty_reason, events_in, share
from imhcode.analysis.measured import VALUE, Result
from imhcode.analysis.measures import MEASURES, MeasureKind, own_track, said
from imhcode.analysis.selecting import Declared, chosen


def event_ratio(declared: Declared, session: CodedSession, section: Section) -> Result:
    """Number of the ones over number of the others."""
    counts = []
    for name in ("numerator", "denominator"):
        track_id = declared[name].get("track") or declared["track"]
        codes = chosen(session.tracks[track_id], declared[name])
        counts.append(int(events_in(session, section, track_id, codes).sum()))
    above, below = counts
    return Result((share(VALUE, above, below, empty_reason(declared, "no events"), below),))


MEASURES.add(
    MeasureKind(
        name="event_ratio",
        of=event_ratio,
        formula=lambda declared: (
            f"number of {said(declared['numerator'])} / number of "
            f"{said(declared['denominator'])} ({declared['track']})"
        ),
        source="Bakeman, R., & Quera, V. (2011). Sequential analysis and observational methods.",
        tracks=own_track,
    )
)
