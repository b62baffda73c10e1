"""``imhcode report``: pages to read and to print."""

from pathlib import Path
from typing import Annotated, Literal

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
    paper: Annotated[
        Literal["A4", "Letter"], typer.Option(metavar="PAPER", help="Of a PDF: A4 or Letter.")
    ] = "A4",
) -> None:
    """Write a report: one file that needs no network; a file of that name is written over."""
    if not about_agreement:
        if len(session or ()) != 1:
            raise typer.BadParameter("say what it is about: --agreement, or --session ID for one.")
        _of_session(study, (session or [""])[0], to, paper)
        return
    from imhcode.services.agreement import agreement  # noqa: PLC0415  (heavy)
    from imhcode.services.agreement_pairs import Choice  # noqa: PLC0415
    from imhcode.services.agreement_report import write_agreement_report  # noqa: PLC0415

    with opened(study, writing=False) as service:
        found = agreement(service, Choice(sessions=tuple(session or ())))
        write_agreement_report(service, found, to, bands=bands)
    print(f"Wrote {to}.")


def _of_session(study: Path, session: str, to: Path, paper: Literal["A4", "Letter"]) -> None:
    from imhcode.services.measures import Measuring  # noqa: PLC0415  (heavy)
    from imhcode.services.session_report import write_session_report  # noqa: PLC0415

    with opened(study, writing=False) as service:
        write_session_report(Measuring(service, session=session), to, paper=paper)
    print(f"Wrote {to}.")
