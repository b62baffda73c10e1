"""The argument that names a scheme: a shipped one, a file, or one that a study keeps."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from imhcode.cli.study_argument import SUFFIX

if TYPE_CHECKING:
    from imhcode.domain.scheme import Scheme

SCHEME_HELP = "A shipped scheme's id, a file, STUDY.imh, or STUDY.imh:NAME@VERSION."

SchemeName = Annotated[str, typer.Argument(metavar="NAME|FILE|STUDY", help=SCHEME_HELP)]


def scheme_called(name: str) -> "Scheme":
    """The scheme that is meant; of a study without further words, its first."""
    study, is_of_study, inside = name.partition(f"{SUFFIX}:")
    if is_of_study or name.endswith(SUFFIX):
        from imhcode.services.studies import StudyService  # noqa: PLC0415  (loads the database)

        path = Path(study + SUFFIX if is_of_study else name)
        with StudyService.open(path, writing=False) as service:
            return service.scheme(inside)
    from imhcode.schemes.document import load_scheme  # noqa: PLC0415  (loads pydantic and YAML)
    from imhcode.schemes.shipped import find_scheme  # noqa: PLC0415

    return load_scheme(find_scheme(name))
