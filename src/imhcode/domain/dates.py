"""Days as people write them: ISO dates, which sort as text."""

from datetime import date

from imhcode.domain.errors import Refused


class NotADate(Refused):
    """Fields: ``text``."""

    sentence = "“{text}” is not a date."
    next_step = "Write year, month and day, such as 2026-05-31; shifted dates are fine."


def as_date(text: str) -> str:
    """The text as an ISO date; empty stays empty.

    Raises
    ------
    NotADate
        It is none.

    >>> as_date(" 2026-05-31 ")
    '2026-05-31'
    """
    said = text.strip()
    try:
        return date.fromisoformat(said).isoformat() if said else ""
    except ValueError:
        raise NotADate(text=text) from None
