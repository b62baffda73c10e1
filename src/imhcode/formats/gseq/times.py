"""Times in an SDIS file: ``12.5``, ``M:SS``, ``HH:MM:SS``, with decimals of the seconds."""

from imhcode.domain.timecode import US_PER_S
from imhcode.formats.csv.numbers import as_us

LATEST_US = 10**15  #: thirty years: what lies beyond is a mistake of some program


def time_us(text: str, unit_us: int) -> int | None:
    """A time as whole microseconds; ``None`` if it is none.

    Parameters
    ----------
    unit_us : int
        Of a number without colons.

    >>> time_us("1:02.5", 1), time_us("12.5", 1_000_000), time_us("1:2:3:4", 1)
    (62500000, 12500000, None)
    """
    whole, _, rest = text.partition(".")
    short = len(whole) < 10 and len(rest) < 7 and text.isascii()
    if unit_us == US_PER_S and short and whole and (whole + rest).isdecimal():
        return int(whole) * US_PER_S + int(rest.ljust(6, "0"))  # by far the most
    if ":" not in text:
        plain = as_us(text, unit_us, comma=False)
        return plain if plain is not None and 0 <= plain <= LATEST_US else None
    *before, last = text.split(":")
    if len(before) > 2 or not all(one.isascii() and one.isdecimal() for one in before):
        return None
    seconds_us = as_us(last, US_PER_S, comma=False)
    if seconds_us is None or seconds_us < 0 or any(len(one) > 6 for one in before):
        return None
    minutes = 0
    for one in before:
        minutes = minutes * 60 + int(one)
    exact_us = minutes * 60 * US_PER_S + seconds_us
    return exact_us if exact_us <= LATEST_US else None
