"""Share of codable time."""

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.denominators import NO_TIME, empty_reason, share, time_below
from imhcode.analysis.measured import VALUE, Result
from imhcode.analysis.measures import MEASURES, MeasureKind, each_code_of, own_track, said
from imhcode.analysis.runs import Flags, by_subject
from imhcode.analysis.selecting import Declared, one_by_one
from imhcode.analysis.spans import Union


def proportion_time(declared: Declared, session: CodedSession, section: Section) -> Result:
    """Time of the numerator inside the denominator, over the denominator.

    Where a track is coded for several subjects (mother, father) both times are added over them.
    """
    numerator = declared["numerator"]
    track_id = numerator.get("track") or declared["track"]
    below = time_below(session, section, declared.get("denominator", "codable"), declared["track"])
    whole = below.length_us * session.subjects(track_id)
    reason = empty_reason(declared, NO_TIME)
    numbers = []
    for name, codes in one_by_one(session.tracks[track_id], numerator):
        held, n = _held(session, track_id, codes, below, union=numerator.get("union", False))
        numbers.append(share(name or VALUE, held, whole, reason, n, time=True))
    return Result(tuple(numbers))


def _held(
    session: CodedSession, track_id: str, codes: Flags, below: Union, *, union: bool
) -> tuple[int, int]:
    """Microseconds, and in how many stretches.

    Codes that may hold at once are each counted, unless their union is wanted.
    """
    held_us = n = 0
    track = session.tracks[track_id]
    for lane in by_subject(session.lane(track_id)):
        mine = codes[lane.codes]
        together = union or track.exclusive
        groups = [mine] if together else [mine & (lane.codes == k) for k in codes.nonzero()[0]]
        for group in groups:
            time = Union.of(lane.onsets[group], lane.offsets[group]).common(below)
            held_us += time.length_us
            n += len(time.onsets)
    return held_us, n


def _formula(declared: Declared) -> str:
    below = declared.get("denominator", "codable")
    whole = "codable time"
    if isinstance(below, dict):
        if "codable_of" in below:
            whole = f"the time at which {below['codable_of']} could be coded"
        elif "time_of" in below:
            whole = f"the time of {below['time_of']}"
        else:
            whole = f"the codable time of {said(below)}"
    return f"time of {said(declared['numerator'])} ({declared['track']}) / {whole}"


MEASURES.add(
    MeasureKind(
        name="proportion_time",
        of=proportion_time,
        formula=_formula,
        source="Bakeman, R., & Quera, V. (2011). Sequential analysis and observational methods.",
        tracks=own_track,
        statistics=lambda declared, session: (
            tuple(each_code_of(declared, session, declared["numerator"])) or (VALUE,)
        ),
    )
)
