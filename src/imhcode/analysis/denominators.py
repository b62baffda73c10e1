"""What stands below the line, what counts above it, and why there may be no number."""

import re

import numpy as np

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.measured import Number
from imhcode.analysis.runs import Flags
from imhcode.analysis.selecting import Declared, chosen
from imhcode.analysis.spans import Union

US_PER_MIN = 60_000_000
US_PER_S = 1_000_000

NO_TIME = "no codable time"


def time_below(
    session: CodedSession, section: Section, denominator: object, track_id: str
) -> Union:
    """The time that a share or a rate is taken of.

    Parameters
    ----------
    denominator : str or Mapping
        ``codable``, or what the scheme declares instead.
    track_id : str
        The measure's own track.
    """
    if not isinstance(denominator, dict):
        return section.time
    if "codable_of" in denominator:
        whole = session.codable_of(denominator["codable_of"])
        return whole.within(section.from_us, section.until_us)
    track_id = denominator.get("time_of") or denominator.get("track") or track_id
    codes = chosen(session.tracks[track_id], denominator)
    return session.time_of(track_id, codes).common(section.time)


def events_in(
    session: CodedSession, section: Section, track_id: str, codes: Flags, time: Union | None = None
) -> Flags:
    """Which events of a track count: their onset lies in ``time``, by default the section's.

    What is coded on the clock of the visit in which a recording is watched has nothing to do with
    the recording's codable time; it all belongs to the session.
    """
    lane = session.lane(track_id)
    if session.tracks[track_id].clock == "session":
        return codes[lane.codes] & (section.episode is None)
    return codes[lane.codes] & (time or section.time).has(lane.onsets)


def empty_reason(declared: Declared, otherwise: str) -> str:
    """What the scheme calls it when there is nothing to count: ``no bids``."""
    for part in declared.get("null_when", "").split(" or "):
        if part.startswith("no ") or part == "denominator = 0":
            return str(part)
    return otherwise


def too_short(declared: Declared, time_us: int) -> str:
    """The scheme's own sentence if the codable time is less than it asks for; else empty."""
    for part in declared.get("null_when", "").split(" or "):
        found = re.fullmatch(r"codable time < ([0-9.]+) s", part)
        if found and time_us < float(found[1]) * US_PER_S:
            return str(part)
    return ""


def least(declared: Declared, otherwise: int) -> int:
    """How many bins, events … the scheme asks for: ``fewer than 30 scored bins``."""
    found = re.search(r"fewer than ([0-9]+)", declared.get("null_when", ""))
    return int(found[1]) if found else otherwise


def share(
    statistic: str, part: int, whole: int, reason: str, n: int | None = None, *, time: bool = False
) -> Number:
    """A quotient of whole numbers, of events or of microseconds."""
    below = whole if time else None
    if whole == 0:
        return Number(statistic, None, n, denominator_us=below, null_reason=reason)
    return Number(statistic, part / whole, n, denominator_us=below)


def seconds(time_us: float) -> float:
    """Microseconds as seconds."""
    return float(time_us) / US_PER_S


def summary(statistic: str, times_us: np.ndarray) -> float | int:
    """One statistic of some lengths: mean, median, max, total, in seconds, or n."""
    match statistic:
        case "n":
            return len(times_us)
        case "total":
            return seconds(int(times_us.sum()))
        case "mean":
            return seconds(int(times_us.sum()) / len(times_us))
        case "median":
            middle = np.sort(times_us)[[(len(times_us) - 1) // 2, len(times_us) // 2]]
            return seconds(int(middle.sum()) / 2)
        case "max":
            return seconds(int(times_us.max()))
    raise ValueError(statistic)
