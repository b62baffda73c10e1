"""Events per minute."""

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.denominators import NO_TIME, US_PER_MIN, events_in, time_below
from imhcode.analysis.measured import VALUE, Number, Result
from imhcode.analysis.measures import MEASURES, MeasureKind, own_track, said
from imhcode.analysis.selecting import Declared, chosen


def rate_per_minute(declared: Declared, session: CodedSession, section: Section) -> Result:
    """Events whose onset lies in the denominator's time, over its minutes."""
    track_id = declared["track"]
    below = time_below(session, section, declared.get("denominator", "codable"), track_id)
    codes = chosen(session.tracks[track_id], declared)
    n = int(events_in(session, section, track_id, codes, below).sum())
    whole = below.length_us
    if not whole:
        return Result((Number(VALUE, None, n, denominator_us=0, null_reason=NO_TIME),))
    return Result((Number(VALUE, n * US_PER_MIN / whole, n, denominator_us=whole),))


def _formula(declared: Declared) -> str:
    below = declared.get("denominator", "codable")
    minutes = "minutes of codable time"
    if isinstance(below, dict):
        minutes = "minutes of " + " ".join(f"{name} {what}" for name, what in below.items())
    return f"number of events of {said(declared)} ({declared['track']}) / {minutes}"


MEASURES.add(
    MeasureKind(
        name="rate_per_minute",
        of=rate_per_minute,
        formula=_formula,
        source="Bakeman, R., & Quera, V. (2011). Sequential analysis and observational methods.",
        tracks=own_track,
    )
)
