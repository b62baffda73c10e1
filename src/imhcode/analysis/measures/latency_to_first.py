"""Time from each event to the first of another sort."""

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.measured import Result
from imhcode.analysis.measures import MEASURES, MeasureKind, said
from imhcode.analysis.selecting import Declared, chosen
from imhcode.analysis.waiting import held_onsets, of_waits, starts, waited


def latency_to_first(declared: Declared, session: CodedSession, section: Section) -> Result:
    """A state of the other sort that holds at the start already counts as a wait of nothing."""
    start, to = declared["from"], declared["to"]
    track = session.tracks[to["track"]]
    holding = None
    if track.kind != "point":
        holding = session.time_of(to["track"], chosen(track, to))
    waits = waited(
        session,
        section,
        declared["censor_at"],
        starts(session, section, start),
        held_onsets(session, to, 0),
        track_id=start["track"],
        holding=holding,
    )
    return of_waits(declared, waits)


MEASURES.add(
    MeasureKind(
        name="latency_to_first",
        of=latency_to_first,
        formula=lambda declared: (
            f"seconds from the onset of {said(declared['from'])} to the first "
            f"{said(declared['to'])}; censored at "
            f"{', '.join(declared['censor_at']).replace('_', ' ')} (product-limit estimate)"
        ),
        source="Kaplan, E. L., & Meier, P. (1958). J. Am. Stat. Assoc., 53, 457-481.",
        tracks=lambda declared: (declared["from"]["track"],),
    )
)
