"""``imhcode import``: take events from a file into a study."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from imhcode.cli.study_argument import AsJson, Study, counted, opened, print_json


def import_(
    study: Study,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file with the events.")],
    format_name: Annotated[
        str | None, typer.Option("--format", metavar="NAME", help="By default as it ends.")
    ] = None,
    session: Annotated[
        str | None, typer.Option(metavar="ID", help="Where the file is silent.")
    ] = None,
    coder: Annotated[
        str | None, typer.Option(metavar="ID", help="Where the file is silent.")
    ] = None,
    scheme: Annotated[
        str | None, typer.Option(metavar="ID", help="Where the file is silent.")
    ] = None,
    role: Annotated[str | None, typer.Option(help="Where the file is silent.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take events from a file; what is not good is named with its line.

    Exit status 1 if any event was refused.
    """
    from imhcode.services.importing import import_file  # noqa: PLC0415  (heavy)

    with opened(study, writing=not dry_run) as service:
        report = import_file(
            service,
            file,
            format_name=format_name,
            session=session,
            coder=coder,
            scheme=scheme,
            role=role,
            dry_run=dry_run,
        )
    if as_json:
        print_json(asdict(report))
    else:
        for one in report.findings:
            print(f"{file.name}:{one.line}: {one.severity}: {one.message}")
        done = "would be imported" if dry_run else "imported"
        print(
            f"{counted(report.found, 'event')} found, {report.imported} {done}, "
            f"{report.refused} refused."
        )
    if any(one.severity == "error" for one in report.findings):
        raise typer.Exit(1)
