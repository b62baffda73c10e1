"""The argument STUDY, the option --json, and how the commands print."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from imhcode.services.studies import StudyService

SUFFIX = ".imh"

Study = Annotated[Path, typer.Argument(metavar="STUDY", help="The study, a file NAME.imh.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]


def named(study: Path) -> Path:
    """The path with ``.imh`` at its end."""
    return study if study.suffix == SUFFIX else study.with_name(study.name + SUFFIX)


def opened(study: Path, *, writing: bool) -> "StudyService":
    """Open a study; its ending may be left out."""
    from imhcode.services.studies import StudyService  # noqa: PLC0415  (loads the database)

    path = study if study.exists() else named(study)
    return StudyService.open(path if path.exists() else study, writing=writing)


def print_json(value: object) -> None:
    """Print one JSON document that any terminal can show."""
    print(json.dumps(value, indent=2))


def counted(number: int, noun: str) -> str:
    """``1 event``, ``2 events``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
