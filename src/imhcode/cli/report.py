"""``imhcode report``: pages to read and to print."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from imhcode.cli.study_argument import Study, opened
from imhcode.cli.visit_note import write_note


def report(
    study: Study,
    *,
    to: Annotated[Path, typer.Option(metavar="FILE", help="FILE.html or FILE.pdf.")],
    about_agreement: Annotated[
        bool, typer.Option("--agreement", help="How far coders agree, with figures and methods.")
    ] = False,
    certificate: Annotated[
        str, typer.Option(metavar="CODER", help="The newest certificate of that trainee.")
    ] = "",
    measures: Annotated[
        bool, typer.Option("--measures", help="With --agreement: every measure too.")
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
    for_: Annotated[
        Literal["family", "file"] | None,
        typer.Option("--for", metavar="WHOM", help="A visit note: for the family, or the file."),
    ] = None,
    dyad: Annotated[str, typer.Option(metavar="ID", help="With --for: whose visit it was.")] = "",
    visit: Annotated[str, typer.Option(metavar="LABEL", help="With --for: which visit.")] = "",
    across: Annotated[
        bool, typer.Option("--across", help="With --for file: all visits of the dyad.")
    ] = False,
    language: Annotated[
        str, typer.Option(metavar="CODE", help="With --for: en or de; else the scheme's own.")
    ] = "",
    coder: Annotated[str, typer.Option(metavar="ID", help="With --for: who makes it.")] = "",
) -> None:
    """Write a report: one file that needs no network; a file of that name is written over."""
    if for_ is not None:
        if about_agreement or certificate:
            raise typer.BadParameter("--for stands alone: one file is about one thing.")
        write_note(
            study,
            to,
            for_,
            dyad=dyad,
            visit=visit,
            sessions=tuple(session or ()),
            across=across,
            language=language,
            paper=paper,
            coder=coder,
        )
        return
    if certificate:
        if about_agreement or session:
            raise typer.BadParameter("--certificate stands alone: one file is about one thing.")
        _of_trainee(study, certificate, to, paper)
        return
    if not about_agreement:
        if len(session or ()) != 1:
            raise typer.BadParameter(
                "say what it is about: --agreement, --certificate CODER, or --session ID."
            )
        _of_session(study, (session or [""])[0], to, paper)
        return
    from imhcode.services.agreement import agreement  # noqa: PLC0415  (heavy)
    from imhcode.services.agreement_pairs import Choice  # noqa: PLC0415
    from imhcode.services.agreement_report import write_agreement_report  # noqa: PLC0415

    with opened(study, writing=False) as service:
        found = agreement(service, Choice(sessions=tuple(session or ()), measures=measures))
        write_agreement_report(service, found, to, bands=bands, paper=paper)
    print(f"Wrote {to}.")


def _of_trainee(study: Path, coder: str, to: Path, paper: Literal["A4", "Letter"]) -> None:
    from imhcode.services.certificates import write_certificate  # noqa: PLC0415  (heavy)

    with opened(study, writing=False) as service:
        write_certificate(service, coder, to, paper=paper)
    print(f"Wrote {to}.")


def _of_session(study: Path, session: str, to: Path, paper: Literal["A4", "Letter"]) -> None:
    from imhcode.services.measures import Measuring  # noqa: PLC0415  (heavy)
    from imhcode.services.session_report import write_session_report  # noqa: PLC0415

    with opened(study, writing=False) as service:
        write_session_report(Measuring(service, session=session), to, paper=paper)
    print(f"Wrote {to}.")
