"""``imhcode report --for``: what was seen in a visit, for the family or for the file."""

from datetime import date
from pathlib import Path
from typing import Literal

import typer

from imhcode.cli.study_argument import opened

Paper = Literal["A4", "Letter"]
For = Literal["family", "file"]


def write_note(
    study: Path,
    to: Path,
    for_: For,
    *,
    dyad: str,
    visit: str,
    sessions: tuple[str, ...],
    across: bool,
    language: str,
    paper: Paper,
    coder: str,
) -> None:
    """Write one version of a note, and say where it lies."""
    if not dyad:
        raise typer.BadParameter("say whose visit it was: --dyad ID")
    if across and (for_ == "family" or visit or sessions):
        raise typer.BadParameter("--across is for the file, and about all visits of the dyad")
    from imhcode.services.family_note import write_family_note  # noqa: PLC0415  (heavy, as below)
    from imhcode.services.visit_moments import AboutVisit  # noqa: PLC0415
    from imhcode.services.visit_notes import (  # noqa: PLC0415
        write_visit_note,
        write_visits_across,
    )
    from imhcode.settings import load  # noqa: PLC0415

    about = AboutVisit(dyad_id=dyad, visit=visit, session_ids=sessions, language=language)
    by = coder or load().coder
    today = date.today().isoformat()  # noqa: DTZ011  (the day on the wall, where the person is)
    with opened(study, writing=True) as service:
        if across:
            written = write_visits_across(
                service, dyad, to, coder_id=by, on=today, language=language, paper=paper
            )
        else:
            write = write_family_note if for_ == "family" else write_visit_note
            written = write(service, about, to, coder_id=by, on=today, paper=paper)
    print(f"Wrote {written.path}.")
    for warning in written.warnings:
        print(f"Without a still: {warning}")
