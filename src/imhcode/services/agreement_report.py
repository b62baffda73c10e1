"""The agreement of a study as a page for a browser or as a PDF."""

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from imhcode.domain.errors import Refused
from imhcode.reports.agreement import ReportedComparison, agreement_report
from imhcode.reports.bands import BANDS
from imhcode.reports.page_file import write_page
from imhcode.services.agreement import Agreement
from imhcode.services.agreement_provenance import provenance
from imhcode.services.agreement_records import disagreement_records
from imhcode.services.studies import StudyService

if TYPE_CHECKING:
    from imhcode.reports.pdf import Paper

LISTED = 500  #: disagreements on the page; ``disagreements.csv`` has all of them


class UnknownBands(Refused):
    """Words for kappas that nobody proposed."""

    sentence = "There are no bands “{name}”."
    next_step = "Known are {known}; without any, values stand for themselves."


def agreement_page(study: StudyService, found: Agreement, bands: str = "") -> str:
    """The report as one HTML page."""
    if bands and bands not in BANDS:
        raise UnknownBands(name=bands, known=", ".join(BANDS))
    return agreement_report(
        provenance(found),
        [
            ReportedComparison(scheme=one.scheme, rows=one.rows, tables=one.tables)
            for one in found.comparisons
        ],
        list(islice(disagreement_records(study, found), LISTED)),
        bands=BANDS.get(bands),
    )


def write_agreement_report(
    study: StudyService, found: Agreement, path: Path, *, bands: str = "", paper: "Paper" = "A4"
) -> None:
    """Write the report to a file ending with ``.html`` or ``.pdf``.

    Raises
    ------
    NotAPage, UnknownBands
        The name ends otherwise; there are no such bands.
    PageNotWritten
        The disk would not; what was there is still there.
    """

    def as_html() -> str:
        return agreement_page(study, found, bands)

    def as_pdf() -> bytes:
        from imhcode.reports.pdf import pdf_of  # noqa: PLC0415  (loads Qt)

        return pdf_of(as_html(), title="Agreement", paper=paper)

    write_page(path, as_html, as_pdf)
