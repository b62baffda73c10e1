"""What the person may correct before an import: a mapping of words, or the scheme they make."""

from pathlib import Path

from imhcode.domain.errors import Refused, Trouble
from imhcode.services.counterparts import counterparts
from imhcode.services.file_words import words_of
from imhcode.services.import_ground import ImportGround
from imhcode.services.import_plan import Choices, FileRead, plan_of
from imhcode.services.mapping_document import mapping_text
from imhcode.services.proposed_scheme import proposed_scheme
from imhcode.services.studies import NoScheme, StudyService


class WhichSchemeToMapTo(Refused):
    """A mapping needs a scheme at its other end."""

    sentence = "The study has several schemes: {known}."
    next_step = "Say with --scheme which one the words are to be mapped to."


class ProposalIsThere(Refused):
    """A file in the way, perhaps one that somebody has corrected."""

    sentence = "There is a file {path} already."
    next_step = "Choose another name: somebody may have corrected that one."


class ProposalNotWritten(Trouble):
    """The disk would not."""

    sentence = "{path} could not be written: {why}."
    next_step = "Make room or choose another folder."


def write_mapping(study: StudyService, file: FileRead, scheme: str, to: Path) -> None:
    """Write what each word of a file may be in a scheme of the study, to be corrected."""
    known = list(study.schemes().values())
    if not known:
        raise NoScheme(path=study.path)
    if not scheme and len(known) > 1:
        raise WhichSchemeToMapTo(known=", ".join(f"{one.id}@{one.version}" for one in known))
    chosen = study.scheme(scheme)
    _write(to, mapping_text(chosen, counterparts(words_of(file.reading), chosen)))


def write_scheme(study: StudyService, file: FileRead, to: Path) -> None:
    """Write the scheme that the words of a file make, to be gone on with."""
    plan = plan_of(ImportGround(study), file, Choices(new_scheme=True))
    words = plan.words or words_of(file.reading)
    text = plan.proposed.text if plan.proposed else proposed_scheme(words, to.stem, ()).text
    _write(to, text)


def _write(to: Path, text: str) -> None:
    try:
        with to.open("x", encoding="utf-8", newline="\n") as opened:
            opened.write(text)
    except FileExistsError as failure:
        raise ProposalIsThere(path=to) from failure
    except OSError as failure:
        raise ProposalNotWritten(path=to, why=failure.strerror or failure) from failure
