"""Text of unknown encoding, as far as its first bytes or UTF-8 tell it."""

import codecs
from pathlib import Path

from imhcode.formats.errors import NotText

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decoded(path: Path, raw: bytes, otherwise: str = "") -> str:
    """The text of a file; line ends become one kind.

    UTF-16 is known by its byte-order mark, or by the noughts between Latin letters.

    Parameters
    ----------
    otherwise : str
        Encoding to take where it is not UTF-8; by default it is refused.

    Raises
    ------
    NotText
        The bytes are no text of any of these, or hold a NUL.
    """
    mark, encoding = next(((m, e) for m, e in _MARKS if raw.startswith(m)), (b"", ""))
    if not encoding:
        encoding = {(True, False): "utf-16-be", (False, True): "utf-16-le"}.get(
            (raw[:1] == b"\0", len(raw) > 1 and raw[1:2] == b"\0"), "utf-8"
        )
    body = raw[len(mark) :]
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as failure:
        if otherwise and encoding == "utf-8" and b"\0" not in body:
            text = body.decode(otherwise, "replace")
        else:
            line = body[: failure.start].count("\n".encode(encoding)) + 1
            why = f"cannot be decoded as {encoding.upper()}"
            raise NotText(path=path, line=line, why=why) from failure
    nul = text.find("\0")
    if nul >= 0:
        raise NotText(path=path, line=text.count("\n", 0, nul) + 1, why="holds a NUL character")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
