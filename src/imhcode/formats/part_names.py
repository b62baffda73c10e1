"""Names of files, one per observation, that every system takes."""

import re
from collections.abc import Sequence

from imhcode.formats.record import Record

_UNFIT = re.compile(r"[^\w.-]+|^[.-]+|\.+$")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_LONGEST = 55  #: characters; names may have 255 bytes, a letter up to four


def part_names(records: Sequence[Record], suffix: str) -> list[str]:
    """Session, coder and role of each record as the name of a file; no two are the same.

    >>> part_names([], ".eaf")
    []
    """
    names: list[str] = []
    taken: set[str] = set()
    for record in records:
        one = record.observation
        stem = _fit(f"{one.session_id}_{one.coder_id}_{one.role}")
        name, n = stem, 1
        while name.casefold() in taken:
            n += 1
            name = f"{stem}_{n}"
        taken.add(name.casefold())
        names.append(name + suffix)
    return names


def _fit(words: str) -> str:
    plain = _UNFIT.sub("_", words)[:_LONGEST] or "_"
    return f"_{plain}" if _RESERVED.fullmatch(plain) else plain
