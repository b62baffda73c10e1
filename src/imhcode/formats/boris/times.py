"""Seconds as BORIS writes them: a number, or a text that is one; exact, never through a float."""

from typing import Any

from imhcode.domain.timecode import US_PER_S
from imhcode.formats.csv.numbers import as_us

LATEST_US = 2_147_483_647 * US_PER_S  #: what BORIS itself takes for a time


class Times:
    """Times of one file; whole seconds and fractions met before are remembered."""

    def __init__(self) -> None:
        self._whole_us: dict[str, int] = {}
        self._rest_us: dict[str, int] = {}

    def us(self, value: Any) -> int | None:
        """Whole microseconds; ``None`` for whatever is no time."""
        if type(value) is str:
            whole, _, rest = value.partition(".")
            whole_us, rest_us = self._whole_us.get(whole), self._rest_us.get(rest)
            if whole_us is not None and rest_us is not None:
                return whole_us + rest_us
            if whole.isdecimal() and rest.isdecimal() and value.isascii() and len(rest) <= 6:
                found = time_us(value)
                if found is not None:
                    self._rest_us[rest] = int(rest.ljust(6, "0"))
                    self._whole_us[whole] = found - self._rest_us[rest]
                return found
        return time_us(value)


def time_us(value: Any) -> int | None:
    """Whole microseconds; ``None`` for whatever is no time.

    >>> time_us("12.340"), time_us(3), time_us("NaN")
    (12340000, 3000000, None)
    """
    if type(value) is str:
        found = as_us(value.strip(), US_PER_S, comma=False)
    elif type(value) is int:
        found = value * US_PER_S
    else:
        return None
    return found if found is not None and abs(found) <= LATEST_US else None


def length_us(value: Any) -> int:
    """A length or a shift; what is no time is none."""
    return time_us(value) or 0
