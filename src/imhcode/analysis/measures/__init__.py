"""Kinds of measure that a scheme can declare, one module each, named like the kind.

A module turns what the scheme declares into numbers of one section of one coded session, and
holds the sentence that says how.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import isfinite

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.denominators import NO_TIME, too_short
from imhcode.analysis.measured import VALUE, Number, Result, nothing
from imhcode.analysis.selecting import Declared, is_each_code, one_by_one
from imhcode.registry import Registry


def declared_statistics(declared: Declared, session: CodedSession) -> tuple[str, ...]:
    """The statistics that a measure is asked for; ``value`` if it has only one."""
    del session
    return tuple(declared.get("statistic") or (VALUE,))


def each_code_of(declared: Declared, session: CodedSession, selection: Declared) -> list[str]:
    """The codes for which there is a number each; none where there is one for all."""
    if not is_each_code(selection):
        return []
    track = session.tracks[selection.get("track") or declared["track"]]
    return [name for name, _ in one_by_one(track, selection)]


@dataclass(frozen=True, slots=True)
class MeasureKind:
    """One kind.

    Attributes
    ----------
    name : str
        As ``kind`` in the scheme, and the name of its module.
    of : callable
        From the declaration, a session and one of its sections to the numbers.
    formula : callable
        From the declaration to a sentence's worth of words: what was divided by what.
    source : str
        Where it comes from.
    tracks : callable
        The tracks it needs, from the declaration: those that exhaust the time must be coded.
    statistics : callable
        Every statistic that it gives, so that each can be empty with a reason.
    timed : bool
        Whether there is nothing to say where no time is codable.
    """

    name: str
    of: Callable[[Declared, CodedSession, Section], Result]
    formula: Callable[[Declared], str]
    source: str
    tracks: Callable[[Declared], tuple[str, ...]]
    statistics: Callable[[Declared, CodedSession], tuple[str, ...]] = declared_statistics
    timed: bool = True


MEASURES: Registry[MeasureKind] = Registry("imhcode.analysis.measures")


def own_track(declared: Declared) -> tuple[str, ...]:
    """The measure's one track."""
    return (declared["track"],)


def said(selection: Declared) -> str:
    """A selection in words: its codes, its classes, or all codes."""
    codes, classes = selection.get("codes"), selection.get("classes")
    parts = []
    if isinstance(codes, list | tuple):
        parts.append(" or ".join(codes))
    if classes:
        parts.append("codes of class " + " or ".join(classes))
    named = " or ".join(parts) or ("each code" if codes == "each_code" else "any code")
    return f"{named} on {selection['track']}" if selection.get("track") else named


def compute(declared: Declared, session: CodedSession, section: Section) -> Result:
    """One measure of one section, or why there is none."""
    kind = MEASURES[declared["kind"]]
    reason = _unworkable(declared, session, section)
    if reason:
        return nothing(kind.statistics(declared, session), reason)
    result = kind.of(declared, session, section)
    return replace(result, numbers=tuple(map(_defined, result.numbers)))


def _defined(number: Number) -> Number:
    """The number, or none where arithmetic gave none; a value never is NaN."""
    if number.value is None or isfinite(number.value):
        return number
    return replace(number, value=None, null_reason="not defined")


def _unworkable(declared: Declared, session: CodedSession, section: Section) -> str:
    """Why nothing can be said, whatever the kind of measure; empty if it can."""
    kind = MEASURES[declared["kind"]]
    needed = kind.tracks(declared)
    if session.is_blank:
        return "nothing coded"
    for track_id in needed:
        track = session.tracks[track_id]
        if track.exclusive and track.exhaustive and not session.is_coded(track_id):
            return f"{track_id} not coded"
    visit_only = bool(needed) and all(session.tracks[one].clock == "session" for one in needed)
    if kind.timed and not visit_only and not section.time.length_us:
        return NO_TIME
    return too_short(declared, section.time.length_us)
