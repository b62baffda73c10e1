"""Text as people type or paste it, made fit to be kept."""

import re

_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def clean_text(text: str) -> str:
    """Text without control characters and lone surrogates; all line ends become one kind.

    SQLite, CSV readers and spreadsheets stop at these; a comment must survive all of them.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.encode("utf-8", "replace").decode("utf-8")
    return _UNFIT.sub("", text).strip()
