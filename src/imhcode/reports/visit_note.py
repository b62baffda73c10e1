"""The visit note for the file: everything the clinician knows of a visit, private notes too."""

from dataclasses import dataclass

from imhcode.reports.note_words import FILE_WORDS, day_in_words, known_language
from imhcode.reports.pages import page_of
from imhcode.reports.photograph import Photograph


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledMoment:
    """A moment with all that is known of it.

    Attributes
    ----------
    title, kind : str
        In plain words, and what the scheme calls it for the clinician.
    where : str
        Session and time in it.
    facts : tuple of (str, str)
        A word of `FILE_WORDS` and what is said, in order; empty ones left out.
    private_note : str
        For the clinician and their supervisor.
    picture, frame : Photograph or None, int
        One frame of it and its number.
    """

    title: str
    kind: str
    where: str
    facts: tuple[tuple[str, str], ...] = ()
    private_note: str = ""
    picture: Photograph | None = None
    frame: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One thing that was noted while watching, as it is read."""

    clock: str
    what: str
    words: str = ""
    stance: str = ""
    on_screen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledGoal:
    """A goal with what was tried; ``tried`` holds day, what, and how it went."""

    text: str
    status: str
    since: str = ""
    tried: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitNote:
    """Everything that is on the page for the file.

    Attributes
    ----------
    facts : tuple of (str, str)
        A word of `FILE_WORDS` and what is said: dyad, visit, date, who led it.
    moments, others : tuple of FiledMoment
        Those that were looked at, and the rest of the same recordings.
    private_notes : tuple of (str, str, str)
        Where, what kind, and the words.
    no_stills : tuple of str
        Why pictures are missing.
    """

    language: str = "en"
    facts: tuple[tuple[str, str], ...] = ()
    moments: tuple[FiledMoment, ...] = ()
    others: tuple[FiledMoment, ...] = ()
    private_notes: tuple[tuple[str, str, str], ...] = ()
    log: tuple[LogLine, ...] = ()
    goals: tuple[FiledGoal, ...] = ()
    no_stills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitsAcross:
    """A dyad over time, for the file.

    Attributes
    ----------
    dyad : str
        Its pseudonym.
    sessions : tuple of (str, str, int, str)
        Session, day, how many moments, and how many of each kind in words.
    visits : tuple of (str, str, str)
        Visit, day, and how often each thing was noted in words.
    words : tuple of (str, str, str)
        Visit and day, what the parent said, and as what.
    """

    language: str = "en"
    dyad: str = ""
    sessions: tuple[tuple[str, str, int, str], ...] = ()
    visits: tuple[tuple[str, str, str], ...] = ()
    words: tuple[tuple[str, str, str], ...] = ()
    goals: tuple[FiledGoal, ...] = ()


def mark_of(language: str) -> str:
    """What every page for the file says at its foot."""
    return FILE_WORDS[known_language(language)]["mark"]


def visit_note_page(note: VisitNote) -> str:
    """The note as one HTML page that needs no network."""
    return _page("visit_note.html", note)


def visits_across_page(across: VisitsAcross) -> str:
    """The dyad's visits as one HTML page that needs no network."""
    return _page("visits_across.html", across)


def _page(template: str, note: VisitNote | VisitsAcross) -> str:
    language = known_language(note.language)
    return page_of(
        template,
        note=note,
        language=language,
        say=FILE_WORDS[language],
        day=lambda iso: day_in_words(iso, language),
    )
