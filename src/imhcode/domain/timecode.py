"""Whole microseconds, and how people read and write them.

Time inside the program is a whole number of microseconds on the session clock.  Only this module
turns it into ``00:42.160`` and back; milliseconds with three decimals are made from integers, so
that no float ever decides where an event lies.
"""

import re
from fractions import Fraction

from imhcode.domain.errors import Refused

US_PER_S = 1_000_000
US_PER_MS = 1_000

_CLOCK = re.compile(r"(-?)(?:(?:(\d+):)?(\d{1,3}):)?(\d+(?:[.,]\d{1,6})?)")


class NotATime(Refused):
    """Text that is no time."""

    sentence = "“{text}” is not a time."
    next_step = "Write seconds (42.16), minutes (0:42.16) or hours (1:02:03.5)."


def rounded_us(seconds: Fraction) -> int:
    """Whole microseconds nearest to an exact number of seconds; halves go up.

    Rounding is done on the exact fraction (a frame number over a time base), never on a float, so
    that a frame has the same time wherever it is worked out.
    """
    scaled = seconds * US_PER_S
    return (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)


def as_clock(time_us: int, *, hours: bool | None = None) -> str:
    """Say ``time_us`` as ``00:42.160``, with hours where there are any.

    Milliseconds are cut, not rounded: a clock must not show a time that has not come.

    >>> as_clock(42_160_000)
    '00:42.160'
    >>> as_clock(3_723_004_999)
    '1:02:03.004'
    >>> as_clock(-1_480_000)
    '-00:01.480'
    """
    sign, time_us = ("-", -time_us) if time_us < 0 else ("", time_us)
    seconds, rest_us = divmod(time_us, US_PER_S)
    minutes, seconds = divmod(seconds, 60)
    whole_hours, minutes_left = divmod(minutes, 60)
    tail = f"{minutes_left:02d}:{seconds:02d}.{rest_us // US_PER_MS:03d}"
    if hours or (hours is None and whole_hours):
        return f"{sign}{whole_hours}:{tail}"
    return f"{sign}{minutes:02d}:{seconds:02d}.{rest_us // US_PER_MS:03d}"


def from_clock(text: str) -> int:
    """Read ``42.16``, ``0:42.16`` or ``1:02:03.5`` as whole microseconds.

    Raises
    ------
    NotATime
        The text is none of these.

    >>> from_clock("0:42.16")
    42160000
    """
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        raise NotATime(text=text)
    sign, hours, minutes, seconds = found.groups()
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60
    time_us = rounded_us(whole + Fraction(seconds.replace(",", ".")))
    return -time_us if sign else time_us


def as_decimal(time_us: int, unit_us: int) -> str:
    """Say ``time_us`` in units of ``unit_us`` as an exact decimal without needless zeros.

    >>> as_decimal(42_160_033, US_PER_MS)
    '42160.033'
    >>> as_decimal(42_160_000, US_PER_S)
    '42.16'
    """
    sign, time_us = ("-", -time_us) if time_us < 0 else ("", time_us)
    whole, rest = divmod(time_us, unit_us)
    places = len(str(unit_us)) - 1
    digits = f"{rest:0{places}d}".rstrip("0") if rest else ""
    return f"{sign}{whole}.{digits}" if digits else f"{sign}{whole}"
