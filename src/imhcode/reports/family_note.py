"""The visit note for the family: what went well, in pictures and in their own words.

Its value types have no field for anything else.  A code, a score, a note, an id, a file name or a
word of another family has no place in them, so that it cannot get onto the page.
"""

from dataclasses import dataclass

from imhcode.reports.note_words import FAMILY_WORDS, day_in_words, known_language
from imhcode.reports.pages import page_of
from imhcode.reports.photograph import Photograph


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedMoment:
    """A moment that was looked at together, as the family may keep it.

    Attributes
    ----------
    title : str
        In plain words; empty for a few of ours.
    childs_words, question : str
        What the child may be saying; what to wonder about.
    picture : Photograph or None
        One frame of it.
    """

    title: str = ""
    childs_words: str = ""
    question: str = ""
    picture: Photograph | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyNote:
    """Everything that is on the family's page.

    Attributes
    ----------
    language : str
        Which language the page speaks, such as ``de``.
    date : str
        ISO date of the visit; empty if it has none.
    moments : tuple of SharedMoment
        In the order in which they were looked at.
    your_words : tuple of str
        What the parent said.
    goals : tuple of str
        What the family works towards, in plain words.
    """

    language: str = "en"
    date: str = ""
    moments: tuple[SharedMoment, ...] = ()
    your_words: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """What every page says at its foot."""
        return FAMILY_WORDS[known_language(self.language)]["mark"]

    @property
    def title(self) -> str:
        """What the page is called."""
        return FAMILY_WORDS[known_language(self.language)]["title"]


def family_note_page(note: FamilyNote) -> str:
    """The note as one HTML page that needs no network."""
    language = known_language(note.language)
    return page_of(
        "family_note.html",
        note=note,
        language=language,
        say=FAMILY_WORDS[language],
        date=day_in_words(note.date, language),
    )
