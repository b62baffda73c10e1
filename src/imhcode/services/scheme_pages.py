"""The coding manual and the key card of a scheme, as a page for a browser or as a PDF."""

from pathlib import Path
from typing import TYPE_CHECKING

from imhcode.domain.scheme import Scheme
from imhcode.reports.coding_manual import coding_manual
from imhcode.reports.key_card import key_card
from imhcode.reports.page_file import write_page

if TYPE_CHECKING:
    from imhcode.reports.pdf import Paper


def write_manual(scheme: Scheme, path: Path, *, card: bool = False, paper: "Paper" = "A4") -> None:
    """Write the manual, or the one-page card, to a file ending with ``.html`` or ``.pdf``.

    Raises
    ------
    NotAPage
        The name ends otherwise.
    PageNotWritten
        The disk would not; what was there is still there.
    """
    write_page(
        path,
        lambda: key_card(scheme) if card else coding_manual(scheme),
        lambda: _pdf(scheme, card=card, paper=paper),
    )


def _pdf(scheme: Scheme, *, card: bool, paper: "Paper") -> bytes:
    from imhcode.reports.pdf import pdf_of, pdf_on_one_page  # noqa: PLC0415  (loads Qt)

    title = f"{scheme.title} {scheme.version}"
    if card:
        return pdf_on_one_page(lambda points: key_card(scheme, points), title=title, paper=paper)
    return pdf_of(coding_manual(scheme), title=title, paper=paper)
