"""``imhcode new``: make a study."""

from typing import Annotated

import typer

from imhcode.cli.errors import FolderIsMissing
from imhcode.cli.study_argument import Study, named


def new(
    study: Study,
    scheme: Annotated[
        list[str],
        typer.Option(metavar="NAME|FILE", help="A coding scheme; more than one may be given."),
    ] = ["abr"],  # noqa: B006  (typer copies it)
) -> None:
    """Make a new study with its coding schemes."""
    from imhcode.schemes.document import load_scheme  # noqa: PLC0415  (loads pydantic and YAML)
    from imhcode.schemes.shipped import find_scheme  # noqa: PLC0415
    from imhcode.services.studies import StudyService  # noqa: PLC0415

    path = named(study)
    if not path.absolute().parent.is_dir():
        raise FolderIsMissing(path=path.absolute().parent)
    schemes = [load_scheme(find_scheme(one)) for one in scheme]
    StudyService.create(path, schemes).close()
    labels = ", ".join(f"{one.title} ({one.id} {one.version})" for one in schemes)
    print(f"Made {path} with {labels}.")
