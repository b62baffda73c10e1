"""``imhcode export``: write observations for other programs, and say what they cannot hold."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from imhcode.cli.study_argument import AsJson, Study, counted, opened, print_json

if TYPE_CHECKING:
    from imhcode.formats.loss import Loss


def export(
    study: Study,
    *,
    to: Annotated[
        Path | None, typer.Option(metavar="PATH", help="A folder, or a file if one will do.")
    ] = None,
    format_name: Annotated[str, typer.Option("--format", metavar="NAME")] = "csv",
    session: Annotated[str | None, typer.Option(metavar="ID", help="Only this session.")] = None,
    coder: Annotated[str | None, typer.Option(metavar="ID", help="Only this coder.")] = None,
    role: Annotated[str | None, typer.Option(help="Only observations in this role.")] = None,
    scheme: Annotated[str | None, typer.Option(metavar="ID", help="Only this scheme.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what the format cannot hold.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write events to files that other programs read; what they cannot hold is said first."""
    from imhcode.services.exporting import export as export_study  # noqa: PLC0415  (heavy)
    from imhcode.services.exporting import losses  # noqa: PLC0415  (heavy)

    if to is None and not dry_run:
        raise typer.BadParameter("say with --to where the files are to go")
    only = {"session": session, "coder": coder, "role": role, "scheme": scheme}
    with opened(study, writing=False) as service:
        lost = losses(service, format_name, **only)
        if not as_json:
            _tell(lost, format_name, dry_run=dry_run)
        written = [] if dry_run or to is None else export_study(service, format_name, to, **only)
    if as_json:
        files = [{"path": str(one.path), "rows": one.rows, "sha256": one.sha256} for one in written]
        print_json({"files": files, "losses": [asdict(one) for one in lost]})
        return
    for one in written:
        print(f"{one.path} ({counted(one.rows, 'row')})" if one.rows else one.path)


def _tell(lost: "list[Loss]", format_name: str, *, dry_run: bool) -> None:
    """Say what cannot be held: on stderr beside the names of files, else as the answer."""
    to = sys.stdout if dry_run else sys.stderr
    for one in lost:
        print(f"{format_name} cannot hold {one.what} ({one.count}): {one.how}.", file=to)
    if dry_run and not lost:
        print(f"{format_name} holds all of it.", file=to)
