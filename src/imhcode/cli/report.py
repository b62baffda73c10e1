"""``imhcode report``: pages to read and to print."""

from pathlib import Path
from typing import Annotated

import typer

from imhcode.cli.study_argument import Study, opened


def report(
    study: Study,
    to: Annotated[Path, typer.Option(metavar="FILE", help="FILE.html or FILE.pdf.")],
    about_agreement: Annotated[
        bool, typer.Option("--agreement", help="How far coders agree, with figures and methods.")
    ] = False,
    session: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this session; may be repeated.")
    ] = None,
    bands: Annotated[
        str, typer.Option(metavar="AUTHOR", help="Words for kappas: landis-koch, fleiss, altman.")
    ] = "",
) -> None:
    """Write a report: one file that needs no network; a file of that name is written over."""
    if not about_agreement:
        raise typer.BadParameter("say what the report is about: --agreement")
    from imhcode.services.agreement import agreement  # noqa: PLC0415  (heavy)
    from imhcode.services.agreement_pairs import Choice  # noqa: PLC0415
    from imhcode.services.agreement_report import write_agreement_report  # noqa: PLC0415

    with opened(study, writing=False) as service:
        found = agreement(service, Choice(sessions=tuple(session or ())))
        write_agreement_report(service, found, to, bands=bands)
    print(f"Wrote {to}.")
