"""A page on its way to the disk: whole or not at all."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from imhcode.reports.errors import NotAPage, PageNotWritten


def write_page(path: Path, html: Callable[[], str], pdf: Callable[[], bytes]) -> None:
    """Write what the ending of the name asks for: ``.html`` or ``.pdf``.

    Raises
    ------
    NotAPage
        The name ends otherwise.
    PageNotWritten
        The disk would not; what was there is still there.
    """
    ending = path.suffix.lower()
    if ending not in (".html", ".htm", ".pdf"):
        raise NotAPage(path=path)
    content = pdf() if ending == ".pdf" else html().encode()
    half = path.with_name(f"{path.name}.part")
    try:
        half.write_bytes(content)
        half.replace(path)
    except OSError as failure:
        with suppress(OSError):
            half.unlink()
        raise PageNotWritten(path=path, why=failure.strerror or failure) from failure
