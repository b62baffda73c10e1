"""``imhcode import``: take events from files into a study, and look at what came in before."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from imhcode.cli.study_argument import AsJson, Study, opened, print_json

if TYPE_CHECKING:
    from imhcode.services.import_plan import FileRead
    from imhcode.services.import_report import Report
    from imhcode.services.studies import StudyService

_SILENT = "Where the file is silent."


def import_(
    study: Study,
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE…", help="The files with the events."),
    ] = None,
    *,
    format_name: Annotated[
        str, typer.Option("--format", metavar="NAME", help="By default as it ends and begins.")
    ] = "",
    columns: Annotated[
        str, typer.Option(metavar="ROLE=NAME,…", help="What the columns of a table are.")
    ] = "",
    session: Annotated[str, typer.Option(metavar="ID", help=_SILENT)] = "",
    coder: Annotated[str, typer.Option(metavar="ID", help=_SILENT)] = "",
    scheme: Annotated[str, typer.Option(metavar="ID", help=_SILENT)] = "",
    role: Annotated[str, typer.Option(help=_SILENT)] = "",
    mapping: Annotated[
        Path | None,
        typer.Option(metavar="YAML", help="What becomes of the words of the file."),
    ] = None,
    propose: Annotated[
        Path | None,
        typer.Option(metavar="YAML", help="Write such a mapping to be corrected; import nothing."),
    ] = None,
    new_scheme: Annotated[
        bool, typer.Option("--new-scheme", help="Make a scheme of the words of the file.")
    ] = False,
    scheme_to: Annotated[
        Path | None,
        typer.Option(metavar="YAML", help="Write that scheme to be corrected; import nothing."),
    ] = None,
    snap: Annotated[
        bool, typer.Option("--snap", help="Move times onto the frames of the recordings.")
    ] = False,
    no_recordings: Annotated[
        bool, typer.Option("--no-recordings", help="Leave films out that the file names.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Import although it was imported before.")
    ] = False,
    reports: Annotated[
        bool, typer.Option("--reports", help="Show the reports of earlier imports.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take events from files; what is not good is named with its place, nothing is lost silently.

    Exit status 1 if any event was refused.
    """
    from imhcode.services.import_plan import Choices, read_file  # noqa: PLC0415  (heavy)
    from imhcode.services.importing import Importing  # noqa: PLC0415  (heavy)

    if reports:
        _show_reports(study, as_json=as_json)
        return
    if not files:
        raise typer.BadParameter("give a file to import, or --reports")
    read = [read_file(file, format_name, columns) for file in files]  # all of them first
    if propose is not None or scheme_to is not None:
        _propose(study, read, scheme, propose, scheme_to)
        return
    choices = Choices(
        session=session,
        coder=coder,
        role=role,
        scheme=scheme,
        mapping=mapping,
        new_scheme=new_scheme,
        snap=snap,
        films=not no_recordings,
        again=again,
    )
    made: list[Report] = []
    with opened(study, writing=not dry_run) as service:
        for one in read:
            importing = Importing(service, one, choices)
            made.append(importing.rehearsed() if dry_run else importing.carried_out())
            if not as_json:
                _print(made[-1].as_json(), dry_run=dry_run)
    if as_json:
        print_json(_as_json(made))
    if any(one.severity == "error" for report in made for one in report.findings):
        raise typer.Exit(1)


def _as_json(reports: "list[Report]") -> dict[str, Any]:
    """One report as it is; several with their sums."""
    if len(reports) == 1:
        return reports[0].as_json()
    listed = [one.as_json() for one in reports]
    counts = ("found", "imported", "kept_as_notes", "refused")
    sums: dict[str, Any] = {name: sum(one[name] for one in listed) for name in counts}
    findings = [{"file": one["file"], **each} for one in listed for each in one["findings"]]
    return {**sums, "findings": findings, "files": listed}


def _propose(
    study: Path,
    read: "list[FileRead]",
    scheme: str,
    mapping_to: Path | None,
    scheme_to: Path | None,
) -> None:
    from imhcode.services.import_proposals import (  # noqa: PLC0415  (heavy)
        write_mapping,
        write_scheme,
    )

    if len(read) > 1:
        raise typer.BadParameter("a proposal is written for one file at a time")
    service: StudyService
    with opened(study, writing=False) as service:
        if mapping_to is not None:
            write_mapping(service, read[0], scheme, mapping_to)
            print(f"Wrote {mapping_to}. Correct it, then import with --mapping {mapping_to}.")
        if scheme_to is not None:
            write_scheme(service, read[0], scheme_to)
            print(f"Wrote {scheme_to}. “imhcode scheme check” tells what is to be mended.")


def _show_reports(study: Path, *, as_json: bool) -> None:
    with opened(study, writing=False) as service:
        kept = service.file.log_of_imports().all()
    if as_json:
        print_json(
            [{"id": one.id, "at": one.at_utc, "state": one.state, **one.report} for one in kept]
        )
        return
    for one in kept:
        state = "" if one.state == "done" else f" ({one.state})"
        print(f"{one.id}. {one.at_utc[:16].replace('T', ' ')} {one.file} as {one.format}{state}")
        _print(dict(one.report), dry_run=False, indent="   ")
    if not kept:
        print("Nothing has been imported into this study.")


def _print(report: dict[str, Any], *, dry_run: bool, indent: str = "") -> None:
    from imhcode.services.import_report import lines_of  # noqa: PLC0415

    for line in lines_of(report, dry_run=dry_run):
        print(f"{indent}{line}")
