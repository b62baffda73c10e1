"""A note on its way to the disk: its name says who it is for, and its pictures are written down."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from imhcode.domain.errors import Refused
from imhcode.reports.errors import NotAPage
from imhcode.reports.page_file import write_page
from imhcode.services.clip_register import ClipRegister
from imhcode.services.coding import fresh_id
from imhcode.services.studies import StudyService
from imhcode.services.visit_moments import Stills

if TYPE_CHECKING:
    from imhcode.reports.pdf import Paper

PAGES = (".html", ".htm", ".pdf")
ENDINGS = ("-for-the-family", "-confidential-for-the-file")


class NameOfTheOther(Refused):
    """Fields: ``name``, ``ending``."""

    sentence = "“{name}” is the name of a note for somebody else."
    next_step = "A note of this kind ends with “{ending}”; leave the ending out, and it is added."


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What tells the two versions of a note apart.

    Attributes
    ----------
    ending : str
        Of the file's name; one of `ENDINGS`.
    title, mark : str
        At the foot of every page of a PDF.
    landscape : bool
        How the paper lies.
    """

    ending: str
    title: str
    mark: str
    landscape: bool
    paper: "Paper" = "A4"


@dataclass(frozen=True, slots=True)
class NoteWritten:
    """Where a note lies, and what whoever hands it on has to know."""

    path: Path
    warnings: tuple[str, ...] = ()


def named(to: Path, ending: str) -> Path:
    """The path with the ending that says who it is for.

    Raises
    ------
    NameOfTheOther
        It says that it is for somebody else.

    >>> named(Path("note.pdf"), "-for-the-family").name
    'note-for-the-family.pdf'
    """
    if any(one != ending and one in to.stem for one in ENDINGS):
        raise NameOfTheOther(name=to.name, ending=ending)
    return to if to.stem.endswith(ending) else to.with_name(f"{to.stem}{ending}{to.suffix}")


def write_note(
    study: StudyService,
    page: str,
    to: Path,
    version: Version,
    stills: Stills,
    *,
    coder_id: str,
    on: str,
) -> NoteWritten:
    """Write a page as HTML or PDF, and its pictures into the register, so that they can be found.

    The register comes first: of what is in it and not on the disk nobody is harmed.

    Raises
    ------
    NameOfTheOther, NotAPage
        Refused.
    Trouble
        The disk would not; neither file nor register has it.
    """
    path = named(to, version.ending)
    if path.suffix.lower() not in PAGES:
        raise NotAPage(path=path)
    content = page.encode()
    if path.suffix.lower() == ".pdf":
        from imhcode.reports.pdf import pdf_of  # noqa: PLC0415  (loads Qt)

        content = pdf_of(
            page,
            title=version.title,
            paper=version.paper,
            landscape=version.landscape,
            mark=version.mark,
        )
    digest = hashlib.sha256(content).hexdigest()
    kept = []
    try:
        for record in stills.records:
            register = ClipRegister(study.file, record.session_id, coder_id)
            named_record = replace(
                record,
                id=fresh_id(),
                file_name=path.name,
                sha256=digest,
                made_on=on,
                made_by=coder_id,
            )
            register.register(named_record)
            kept.append(register)
        write_page(path, lambda: page, lambda: content)
    except BaseException:
        for register in kept:
            register.undo()
        raise
    return NoteWritten(path, stills.missing)
