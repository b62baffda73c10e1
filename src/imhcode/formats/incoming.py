"""What a format reads from a file, before anybody has asked whether a scheme allows it."""

from dataclasses import dataclass, field

from imhcode.domain.event import Link, Values
from imhcode.domain.study import Dyad, Session
from imhcode.formats.finding import Finding
from imhcode.formats.found import FoundMedia, FoundNote, FoundVocabulary


@dataclass(slots=True, kw_only=True)
class IncomingEvent:
    """One event as a file has it; empty text means that the file does not say.

    Attributes
    ----------
    line : int
        Where it begins in the file, from 1; in a file without lines, its number there.
    where : str
        The place in words where a line says too little: ``observation “tea”, event 12``.
    offset_us : int or None
        ``None`` where the file has none: an instant or a running state, as the track says.
    modifiers : tuple of (str, tuple of str)
        Modifier id and what stands there, not yet taken apart.
    """

    line: int
    session: Session
    dyad: Dyad
    coder_id: str
    role: str
    scheme_id: str
    scheme_version: str
    scheme_hash: str
    event_id: str
    track: str
    code: str
    onset_us: int
    offset_us: int | None
    onset_frame: int | None
    offset_frame: int | None
    recording: str
    modifiers: tuple[tuple[str, Values], ...]
    links: tuple[Link, ...]
    pass_id: str
    comment: str
    instance: str = ""
    transcript: str = ""
    flagged: bool = False
    onset_reviewed: bool = False
    offset_reviewed: bool = False
    where: str = ""


@dataclass(slots=True, kw_only=True)
class IncomingRating:
    """One rating as a file has it; empty text means that the file does not say.

    Attributes
    ----------
    episode : str
        Kind of the episode, ``episode_n`` its number in the session, from 1; empty and 0 for the
        whole session.
    evidence : tuple of str
        Ids of events.
    """

    line: int
    session: Session
    dyad: Dyad
    coder_id: str
    role: str
    scheme_id: str
    scheme_version: str
    scheme_hash: str
    rating_id: str
    scale: str
    episode: str = ""
    episode_n: int = 0
    value: float | None = None
    na_reason: str = ""
    confidence: str = ""
    evidence: Values = ()
    comment: str = ""


@dataclass(slots=True)
class Reading:
    """What a file holds.

    Attributes
    ----------
    found : int
        Rows that should be events; those not in ``events`` have an error among ``findings`` or
        are counted by a note.
    modifiers : tuple of str
        Ids of the modifiers the file speaks of.
    vocabulary : FoundVocabulary or None
        The file's own words; ``None`` if its words are meant to be those of a scheme.
    media : list of FoundMedia
        Films that it names.
    notes : list of FoundNote
        What has no place here.
    ratings : list of IncomingRating
        Global scores; each counts in ``found`` as an event does.
    sessions : list of Session
        Those that the file speaks of without any event, so that they are made all the same.
    columns : str
        What the columns of a table were taken for, as it can be corrected; else empty.
    """

    found: int = 0
    events: list[IncomingEvent] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    modifiers: tuple[str, ...] = ()
    vocabulary: FoundVocabulary | None = None
    media: list[FoundMedia] = field(default_factory=list)
    notes: list[FoundNote] = field(default_factory=list)
    ratings: list[IncomingRating] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    columns: str = ""
