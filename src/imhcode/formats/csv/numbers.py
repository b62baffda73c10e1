"""Times and frames as people and programs write them; exact, never through a float."""

import re
from fractions import Fraction

from imhcode.domain.timecode import US_PER_S, rounded_us

_NUMBER = re.compile(r"[+-]?(\d{1,18}(\.\d{0,30})?|\.\d{1,30})([eE][+-]?\d{1,2})?", re.ASCII)
_FRAME = re.compile(r"(\d{1,12})(\.0*)?", re.ASCII)  # tables with gaps make 250 into 250.0


def is_number(text: str) -> bool:
    """Whether the text is one finite decimal number."""
    return _NUMBER.fullmatch(text) is not None


def as_us(text: str, unit_us: int, *, comma: bool) -> int | None:
    """A number of units as whole microseconds, halves up; ``None`` if it is no number.

    Parameters
    ----------
    unit_us : int
        1000 for milliseconds, 1000000 for seconds.
    comma : bool
        Whether a comma may stand for the decimal point.
    """
    if text.isascii() and text.isdecimal() and len(text) < 18:
        return int(text) * unit_us
    if comma:
        text = text.replace(",", ".")
    if not is_number(text):
        return None
    return rounded_us(Fraction(text) * unit_us / US_PER_S)


def as_frame(text: str) -> int | None:
    """A frame number; ``None`` if the text is none."""
    found = _FRAME.fullmatch(text)
    return int(found[1]) if found else None
