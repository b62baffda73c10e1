"""Changes from some states to others, per minute."""

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.denominators import NO_TIME, US_PER_MIN
from imhcode.analysis.measured import VALUE, Number, Result
from imhcode.analysis.measures import MEASURES, MeasureKind, own_track, said
from imhcode.analysis.measures.run_latency import FROM, TO, grouped
from imhcode.analysis.runs import by_subject, runs_of
from imhcode.analysis.selecting import Declared


def transition_rate(declared: Declared, session: CodedSession, section: Section) -> Result:
    """Changes straight from the one to the other, if that lasts, over minutes of scored time."""
    track = session.tracks[declared["track"]]
    time = session.scored(section, track.id)
    hold_us = round(declared.get("to_hold_s", 0) * 1_000_000)
    n = 0
    for lane in by_subject(session.lane(track.id)):
        runs = runs_of(
            lane,
            time,
            seamless=track.exclusive and track.exhaustive,
            groups=grouped(track, declared),
        )
        change = runs.linked[1:] & (runs.codes[:-1] == FROM) & (runs.codes[1:] == TO)
        n += int((change & (runs.lengths[1:] >= hold_us)).sum())
    whole_us = time.length_us
    if not whole_us:
        return Result((Number(VALUE, None, n, denominator_us=0, null_reason=NO_TIME),))
    return Result((Number(VALUE, n * US_PER_MIN / whole_us, n, denominator_us=whole_us),))


MEASURES.add(
    MeasureKind(
        name="transition_rate",
        of=transition_rate,
        formula=lambda declared: (
            f"number of changes from {said(declared['from'])} to {said(declared['to'])} that holds "
            f"for {declared.get('to_hold_s', 0):g} s ({declared['track']}) / minutes of scored time"
        ),
        source="Tronick, E. Z., & Cohn, J. F. (1989). Child Development, 60, 85-92.",
        tracks=own_track,
    )
)
