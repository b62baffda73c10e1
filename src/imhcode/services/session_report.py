"""One session of a study as a page for a browser or as a PDF."""

import base64
import re
import struct
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from imhcode import __version__
from imhcode.analysis.figure import Figure
from imhcode.reports.figures.drawing import Width, drawn
from imhcode.reports.figures.style import DOTS_PER_INCH
from imhcode.reports.page_file import write_page
from imhcode.reports.session import DrawnFigure, ReportedObservation, facts_of, session_report
from imhcode.reports.svg import WIDEST
from imhcode.services.figure_files import FigureMakers
from imhcode.services.measures import Measuring, Sitting

if TYPE_CHECKING:
    from imhcode.reports.pdf import Paper

Draw = Callable[[Figure], DrawnFigure]


def session_page(measuring: Measuring, draw: Draw | None = None) -> str:
    """The report of the one session that is measured, as HTML.

    Parameters
    ----------
    measuring : Measuring
        Of one session; each of its observations is a part of the page.
    draw : callable, optional
        How figures become pictures; drawings in lines if it is not said.
    """
    observations = []
    for sitting in measuring.sittings():
        makers = FigureMakers(measuring.schemes.values())
        some = [figure for _, figure in (*makers.see(sitting), *makers.figures())]
        lab = measuring.schemes[sitting.visit.scheme_hash]
        observations.append(
            ReportedObservation(
                scheme=lab.scheme,
                session=sitting.for_figures,
                facts=_facts(sitting),
                parameters=lab.values,
                params_hash=lab.digest,
                figures=[(draw or in_lines)(one) for one in some],
            )
        )
    return session_report(measuring.session_id, observations, __version__)


def write_session_report(measuring: Measuring, path: Path, *, paper: "Paper" = "A4") -> None:
    """Write the report to a file ending with ``.html`` or ``.pdf``.

    Raises
    ------
    NotAPage, PageNotWritten
        See :func:`imhcode.reports.page_file.write_page`.
    """
    write_session_page(session_page_for(measuring, path), measuring.session_id, path, paper=paper)


def session_page_for(measuring: Measuring, path: Path) -> str:
    """The report as a file of that name needs it; on any thread, unlike the writing of a PDF."""
    return session_page(measuring, in_dots if path.suffix.lower() == ".pdf" else in_lines)


def write_session_page(page: str, session_id: str, path: Path, *, paper: "Paper" = "A4") -> None:
    """Write a page that `session_page_for` made; raises what :func:`write_session_report` does."""

    def as_pdf() -> bytes:
        from imhcode.reports.pdf import pdf_of  # noqa: PLC0415  (loads Qt)

        return pdf_of(page, title=f"Session {session_id}", paper=paper)

    write_page(path, lambda: page, as_pdf)


def _facts(sitting: Sitting) -> list[tuple[str, str]]:
    about, visit = sitting.about, sitting.visit
    session = visit.session
    age, corrected = session.child_age_months, session.child_age_corrected_months
    return facts_of(
        [
            ("Coded by", f"{about.coder_id}, {about.coding_role} record ({visit.status})"),
            ("Scheme", f"{about.scheme_id} {about.scheme_version}"),
            ("Dyad", about.dyad_id),
            ("Visit", session.visit),
            ("Date", session.date),
            ("Child's age", "" if age is None else f"{age:g} months"),
            ("Corrected age", "" if corrected is None else f"{corrected:g} months"),
            ("Events", visit.n_events),
        ]
    )


def in_lines(figure: Figure) -> DrawnFigure:
    """The figure as SVG: sharp at any size."""
    content = drawn(figure, "svg", _width(figure))
    found = re.search(rb'<svg [^>]*width="([0-9.]+)pt" height="([0-9.]+)pt"', content)
    across, high = (float(one) for one in found.groups()) if found else (1.0, 1.0)
    return _fitting(figure, "image/svg+xml", content, across, high)


def in_dots(figure: Figure) -> DrawnFigure:
    """The figure as PNG, fine enough for print: what lays out our PDF knows no patterns."""
    content = drawn(figure, "png", _width(figure))
    across, high = struct.unpack(">II", content[16:24])
    return _fitting(figure, "image/png", content, across / DOTS_PER_INCH, high / DOTS_PER_INCH)


def _width(figure: Figure) -> Width:
    """Half a page for what has one pair of axes."""
    return "column" if len(figure.panels) == 1 else "page"


def _fitting(figure: Figure, kind: str, content: bytes, across: float, high: float) -> DrawnFigure:
    address = f"data:{kind};base64,{base64.b64encode(content).decode()}"
    is_small = _width(figure) == "column"
    width = WIDEST / 2 - 8 if is_small else WIDEST
    return DrawnFigure(figure, address, round(width), round(width * high / across), is_small)
