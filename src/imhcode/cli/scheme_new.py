"""``imhcode scheme new``: the file of a scheme of one's own, from something that is there."""

from pathlib import Path
from typing import Annotated

import typer

from imhcode.cli.errors import FileIsThere, FolderIsMissing


def new(
    to: Annotated[Path, typer.Option(metavar="FILE", help="The file to write, FILE.yaml.")],
    from_list: Annotated[
        Path | None,
        typer.Option(metavar="CSV", help="A list of codes: code, key, kind, track …"),
    ] = None,
    like: Annotated[str, typer.Option(metavar="NAME|FILE", help="A scheme to begin as.")] = "",
    scheme_id: Annotated[str, typer.Option("--id", metavar="ID", help="Of the new scheme.")] = "",
) -> None:
    """Begin a scheme: from a plain list of codes, as a copy, or with a few lines that work.

    Exit status 1 if there is anything to mend in it.
    """
    from imhcode.services.scheme_editing import SchemeDraft  # noqa: PLC0415  (loads YAML, pydantic)

    if to.exists():
        raise FileIsThere(path=to)
    if not to.absolute().parent.is_dir():
        raise FolderIsMissing(path=to.absolute().parent)
    if from_list is not None and like:
        raise typer.BadParameter("give --from-list or --like, not both")
    if from_list is not None:
        draft = SchemeDraft.of_list(from_list, scheme_id=scheme_id)
    elif like:
        draft = SchemeDraft.copy_of(like, scheme_id)
    else:
        draft = SchemeDraft.small()
        if scheme_id:
            draft.put(("id",), scheme_id)
    draft.save(to)
    print(f"Began {to}. Open it in the window, or mend it until “imhcode scheme check” is content.")
    findings = draft.findings()
    for one in findings:
        print(one.at(to.name))
    if any(one.severity == "error" for one in findings):
        raise typer.Exit(1)
