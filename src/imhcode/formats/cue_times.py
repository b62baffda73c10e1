"""The line of a subtitle that says from when to when it is shown."""

import re

from imhcode.domain.timecode import US_PER_MS, US_PER_S

Timing = tuple[int, int]  #: from when to when, µs

_CLOCK = r"(?:(\d{1,5}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,9}))?"
_TIMING = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}(?:\s.*)?", re.ASCII)


def timing(row: str) -> Timing | None:
    """Both times of a line with an arrow; ``None`` if they are none.

    >>> timing("00:01.500 --> 00:02.000 align:start")
    (1500000, 2000000)
    """
    found = _TIMING.fullmatch(row)
    if found is None:
        return None
    parts = found.groups()
    return _as_us(*parts[:4]), _as_us(*parts[4:])


def _as_us(hours: str | None, minutes: str, seconds: str, rest: str | None) -> int:
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * US_PER_S + int((rest or "")[:6].ljust(6, "0"))


def as_clock_text(time_us: int, point: str) -> str:
    """Hours, minutes, seconds and milliseconds.

    >>> as_clock_text(3_723_004_000, ",")
    '01:02:03,004'
    """
    seconds, rest_us = divmod(time_us, US_PER_S)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}{point}{rest_us // US_PER_MS:03d}"
