"""``imhcode scheme manual``: the coding manual and the key card, to print."""

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from imhcode.cli.scheme_argument import SchemeName, scheme_called


class PaperName(Enum):
    """The sizes of paper that a PDF can have."""

    A4 = "A4"
    LETTER = "Letter"


def manual(
    name: SchemeName,
    to: Annotated[Path, typer.Option(metavar="FILE", help="FILE.html or FILE.pdf.")],
    card: Annotated[bool, typer.Option("--card", help="Only the keys, on one page.")] = False,
    paper: Annotated[PaperName, typer.Option(help="Paper of a PDF.")] = PaperName.A4,
) -> None:
    """Write the coding manual of a scheme: tracks, codes and definitions, as the author wrote them.

    A page needs nothing beside itself and no network; a file of that name is written over.
    """
    from imhcode.services.scheme_pages import write_manual  # noqa: PLC0415  (loads the templates)

    write_manual(scheme_called(name), to, card=card, paper=paper.value)
    print(f"Wrote {to}.")
