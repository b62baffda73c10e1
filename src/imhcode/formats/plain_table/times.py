"""Times in tables, in whatever unit, as whole microseconds."""

import re
from fractions import Fraction

from imhcode.domain.timecode import US_PER_MS, US_PER_S, rounded_us
from imhcode.formats.csv.numbers import as_us
from imhcode.formats.plain_table.mapping import ColumnMapping

LATEST_US = 10**15  #: thirty years: what lies beyond is a mistake of some program
_UNIT_US = {"s": US_PER_S, "ms": US_PER_MS, "us": 1, "min": 60 * US_PER_S, "h": 3600 * US_PER_S}
_SAID = re.compile(r"(.*\d)\s*(ms|s|sec|secs|seconds)", re.DOTALL)
_CLOCK = re.compile(r"(-?)(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2})(?:[.,:](\d{1,9}))?", re.ASCII)


def time_us(cell: str, mapping: ColumnMapping) -> int | None:
    """A cell as microseconds; ``None`` if it is no time.

    ``1:02:03:004`` has thousandths behind its last colon, as Datavyu writes them; with two digits
    there they would be frames, and nobody could say of which rate.

    >>> time_us("1:02.5", ColumnMapping()), time_us("1,5", ColumnMapping(unit="ms"))
    (62500000, 1500)
    """
    text = cell.strip()
    whole, _, rest = text.partition(".")
    unit_us = _UNIT_US.get(mapping.unit, 0)
    plain = len(text) < 10 and text.isascii() and bool(whole) and (whole + rest).isdecimal()
    scale = int("1" + "0" * len(rest)) if plain else 1
    if plain and unit_us and unit_us % scale == 0:  # by far the most
        return int(whole) * unit_us + int(rest or 0) * (unit_us // scale)
    clock = _CLOCK.fullmatch(text) if ":" in text else None
    if clock is not None:
        found = _from_clock(text, clock)
    elif mapping.unit == "frames":
        found = _from_frame(text, mapping.fps)
    else:
        unit_us = unit_us or US_PER_S
        said = _SAID.fullmatch(text)
        if said is not None:
            text, unit_us = said[1], US_PER_MS if said[2] == "ms" else US_PER_S
        found = as_us(text, unit_us, comma=True)
    return found if found is not None and abs(found) <= LATEST_US else None


def _from_clock(text: str, clock: re.Match[str]) -> int | None:
    sign, hours, minutes, seconds, rest = clock.groups()
    if rest and text[-len(rest) - 1] == ":" and len(rest) != 3:
        return None
    if hours is None and rest and text[-len(rest) - 1] == ":":
        return None
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    exact = rounded_us(whole + Fraction(int(rest or 0), 10 ** len(rest or "")))
    return -exact if sign else exact


def _from_frame(text: str, fps: Fraction) -> int | None:
    number = text.removesuffix(".0")
    if not fps or not number.isascii() or not number.isdecimal() or len(number) > 12:
        return None
    return rounded_us(Fraction(int(number)) / fps)
