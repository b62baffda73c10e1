"""The visit note for the family: what may leave the study, put into a page and written down.

Nothing here knows of private notes, and nothing it hands to the page has a field for them.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from imhcode.domain.moment import Moment
from imhcode.domain.visit import PARENT_WORDS
from imhcode.media.clips.still import Still
from imhcode.reports.family_note import FamilyNote, SharedMoment, family_note_page
from imhcode.reports.photograph import Photograph
from imhcode.services.consent import may_export
from imhcode.services.goals import goals_of
from imhcode.services.note_file import NoteWritten, Version, write_note
from imhcode.services.review import FOR_THE_FAMILY, for_the_family
from imhcode.services.studies import StudyService
from imhcode.services.visit_moments import AboutVisit, Stills, Told, stills_for, told

if TYPE_CHECKING:
    from imhcode.reports.pdf import Paper

HARD_ON_SELF = "self_critical"  #: words that nobody wants to find again on a page to keep


def family_note(
    study: StudyService, about: AboutVisit, on: str, index_folder: Path | None = None
) -> tuple[FamilyNote, Stills]:
    """The note, and what the register has to say of its pictures.

    Parameters
    ----------
    on : str
        The ISO date of today: the day for which consent is asked.

    Raises
    ------
    NotCovered
        Somebody in the pictures has not agreed to the family's own copy.
    NoSuchEntry, NothingToTell
        There is nothing to tell.
    """
    what = told(study, about)
    shown = tuple(one for one in what.shown if one.status in FOR_THE_FAMILY)
    stills = stills_for(study, shown, what.entries, "family_copy", on, index_folder)
    if not shown:
        for session in what.sessions:
            may_export(study.file, session.id, "family_copy", on).raise_if_refused()
    goals = goals_of(study.file, about.dyad_id)
    note = FamilyNote(
        language=what.language,
        date=what.date,
        moments=tuple(_shared(one, stills.of.get(one.id)) for one in shown),
        your_words=_their_words(study, what),
        goals=tuple(one.text for one in goals if one.status == "open"),
    )
    return note, stills


def write_family_note(
    study: StudyService,
    about: AboutVisit,
    to: Path,
    *,
    coder_id: str,
    on: str,
    paper: "Paper" = "A4",
    index_folder: Path | None = None,
) -> NoteWritten:
    """Write the note to ``NAME-for-the-family.html`` or ``.pdf``, and write its pictures down.

    Raises
    ------
    NotCovered, NoSuchEntry, NothingToTell, NotAPage, NameOfTheOther
        Refused; nothing is written.
    Trouble
        The disk would not; nothing is written.
    """
    note, stills = family_note(study, about, on, index_folder)
    version = Version(
        ending="-for-the-family", title=note.title, mark=note.mark, landscape=True, paper=paper
    )
    page = family_note_page(note)
    return write_note(study, page, to, version, stills, coder_id=coder_id, on=on)


def _shared(moment: Moment, still: Still | None) -> SharedMoment:
    (given,) = for_the_family([moment])
    return SharedMoment(
        title=given.title,
        childs_words=given.words,
        question=given.question,
        picture=Photograph(still.png, still.width, still.height) if still else None,
    )


def _their_words(study: StudyService, what: Told) -> tuple[str, ...]:
    """What the parent said, without what they said against themselves."""
    theirs = {
        code.id
        for scheme in study.schemes().values()
        for track in scheme.tracks
        for code in track.codes
        if track.clock == "session" and PARENT_WORDS in (*track.modifiers, *code.modifiers)
    }
    return tuple(
        one.words
        for one in what.entries
        if one.words and one.code in theirs and one.stance != HARD_ON_SELF
    )
