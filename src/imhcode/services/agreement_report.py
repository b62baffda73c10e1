"""The agreement of a study as a page for a browser or as a PDF."""

from contextlib import suppress
from itertools import islice
from pathlib import Path

from imhcode.domain.errors import Refused
from imhcode.reports.agreement import ReportedComparison, agreement_report
from imhcode.reports.bands import BANDS
from imhcode.reports.errors import NotAPage, PageNotWritten
from imhcode.services.agreement import Agreement
from imhcode.services.agreement_provenance import provenance
from imhcode.services.agreement_records import disagreement_records
from imhcode.services.studies import StudyService

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
    study: StudyService, found: Agreement, path: Path, *, bands: str = ""
) -> None:
    """Write the report to a file ending with ``.html`` or ``.pdf``.

    Raises
    ------
    NotAPage, UnknownBands
        The name ends otherwise; there are no such bands.
    PageNotWritten
        The disk would not; what was there is still there.
    """
    ending = path.suffix.lower()
    if ending not in (".html", ".htm", ".pdf"):
        raise NotAPage(path=path)
    page = agreement_page(study, found, bands)
    content = page.encode()
    if ending == ".pdf":
        from imhcode.reports.pdf import pdf_of  # noqa: PLC0415  (loads Qt)

        content = pdf_of(page, title="Agreement")
    half = path.with_name(f"{path.name}.part")
    try:
        half.write_bytes(content)
        half.replace(path)
    except OSError as failure:
        with suppress(OSError):
            half.unlink()
        raise PageNotWritten(path=path, why=failure.strerror or failure) from failure
