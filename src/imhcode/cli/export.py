"""``imhcode export``: write observations for other programs."""

from pathlib import Path
from typing import Annotated

import typer

from imhcode.cli.study_argument import AsJson, Study, counted, opened, print_json


def export(
    study: Study,
    to: Annotated[Path, typer.Option(metavar="PATH", help="A folder for csv, else a file.")],
    format_name: Annotated[str, typer.Option("--format", metavar="NAME")] = "csv",
    session: Annotated[str | None, typer.Option(metavar="ID", help="Only this session.")] = None,
    coder: Annotated[str | None, typer.Option(metavar="ID", help="Only this coder.")] = None,
    role: Annotated[str | None, typer.Option(help="Only observations in this role.")] = None,
    scheme: Annotated[str | None, typer.Option(metavar="ID", help="Only this scheme.")] = None,
    as_json: AsJson = False,
) -> None:
    """Write events to files that other programs read."""
    from imhcode.services.exporting import export as export_study  # noqa: PLC0415  (heavy)

    with opened(study, writing=False) as service:
        files = export_study(
            service, format_name, to, session=session, coder=coder, role=role, scheme=scheme
        )
    if as_json:
        print_json(
            {
                "files": [
                    {"path": str(one.path), "rows": one.rows, "sha256": one.sha256} for one in files
                ]
            }
        )
        return
    for one in files:
        print(f"{one.path} ({counted(one.rows, 'row')})" if one.rows else one.path)
