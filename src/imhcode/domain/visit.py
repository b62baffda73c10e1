"""Visits: a recording is watched with the parent, and what is said is logged on a second clock.

The visit's own clock counts from its beginning and goes on while the picture stands still; each
entry also keeps what was on the screen.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from imhcode.domain.codes import Track
from imhcode.domain.event import Event

PARENT_WORDS, PARENT_STANCE = "parent_words", "parent_stance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One meeting in which recordings are watched.

    Attributes
    ----------
    label : str
        Which visit it is, such as ``3``; unique in its dyad.
    date : str
        ISO date, shifted where the lab shifts dates.
    began_utc : str
        When its clock began, ISO with time zone; empty until then.
    coder_id : str
        Who leads it.
    """

    id: str
    dyad_id: str
    label: str
    date: str = ""
    began_utc: str = ""
    coder_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitEntry:
    """One thing that happened in a visit.

    Attributes
    ----------
    code : str
        Of the conversation track of the review scheme.
    at_us, until_us : int, int or None
        On the visit's clock; ``None`` if only its beginning was noted.
    session_id, media_us : str, int or None
        The session that was on the screen and the time in it; empty if nothing was.
    recording_id, frame : str, int or None
        The picture that was on the screen.
    moment_id : str
        The moment that was being shown; empty if none was.
    words, stance : str
        What the parent said, typed after, and what kind of thing it was.
    """

    id: str
    visit_id: str
    code: str
    at_us: int
    until_us: int | None = None
    session_id: str = ""
    media_us: int | None = None
    recording_id: str = ""
    frame: int | None = None
    moment_id: str = ""
    words: str = ""
    stance: str = ""


def events_of_visit(entries: Iterable[VisitEntry], track: Track) -> list[Event]:
    """The entries as events of a conversation track, on the visit's clock, for measures.

    Words that the code does not take are left out; entries of other codes are.
    """
    return [
        Event(
            id=one.id,
            track=track.id,
            code=one.code,
            onset_us=one.at_us,
            offset_us=one.at_us if one.until_us is None else one.until_us,
            modifiers=tuple(sorted(_said(one, track))),
        )
        for one in entries
        if track.code(one.code) is not None
    ]


def _said(entry: VisitEntry, track: Track) -> Iterable[tuple[str, tuple[str, ...]]]:
    code = track.code(entry.code)
    taken = (*track.modifiers, *(code.modifiers if code else ()))
    for modifier, value in ((PARENT_WORDS, entry.words), (PARENT_STANCE, entry.stance)):
        if value and modifier in taken:
            yield modifier, (value,)
