"""Which column of a table is what: guessed, shown as one line of text, and corrected in it."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from imhcode.formats.plain_table.errors import BadColumns

Sureness = Literal["sure", "likely", "guess"]
UNITS = ("s", "ms", "us", "min", "h", "clock", "frames")


@dataclass(frozen=True, kw_only=True)
class ColumnMapping:
    """What each column is; a column by its name, empty if there is none.

    Attributes
    ----------
    status : str
        Column that says of each row whether it is a start, a stop or a moment.
    modifiers : tuple of str
        Columns that each say one modifier of the events.
    unit : str
        Of :data:`UNITS`; ``clock`` is ``1:02:03.5``, which is understood in any unit.
    fps : Fraction
        Frames a second, where the unit is frames; else 0.
    """

    onset: str = ""
    offset: str = ""
    duration: str = ""
    code: str = ""
    track: str = ""
    subject: str = ""
    status: str = ""
    session: str = ""
    coder: str = ""
    comment: str = ""
    transcript: str = ""
    modifiers: tuple[str, ...] = ()
    unit: str = "s"
    fps: Fraction = Fraction(0)

    def used(self) -> tuple[str, ...]:
        """All columns that are something."""
        return (*(one for role in ROLES if (one := str(getattr(self, role)))), *self.modifiers)

    def roles(self) -> tuple[str, ...]:
        """All roles that a column has."""
        return tuple(role for role in ROLES if getattr(self, role))

    def text(self) -> str:
        """As ``--columns`` and the window have it.

        >>> ColumnMapping(onset="Start", code="What", modifiers=("How", "Who")).text()
        'onset=Start,code=What,modifiers=How|Who,unit=s'
        """
        parts = [f"{role}={column}" for role in ROLES if (column := str(getattr(self, role)))]
        if self.modifiers:
            parts.append(f"modifiers={'|'.join(self.modifiers)}")
        parts.append(f"unit={self.unit}" + (f"@{self.fps}" if self.fps else ""))
        return ",".join(
            '"' + one.replace('"', '""') + '"' if _QUOTED & {*one} else one for one in parts
        )


_QUOTED = {",", '"'}
ROLES = tuple(
    one.name for one in fields(ColumnMapping) if one.name not in ("modifiers", "unit", "fps")
)


@dataclass(frozen=True, slots=True)
class Guess:
    """A mapping and how sure each part of it is, by role."""

    mapping: ColumnMapping
    sureness: dict[str, Sureness] = field(default_factory=dict)


def corrected(path: Path, guess: ColumnMapping, said: str, header: Sequence[str]) -> ColumnMapping:
    """The guess with what somebody says; ``comment=`` says that no column is that.

    Parameters
    ----------
    said : str
        ``onset=Start,code=Behaviour,unit=s``; names of columns in any case, or ``#3``.

    Raises
    ------
    BadColumns
        There is no such role, column or unit.
    """
    mapping = guess
    try:
        parts = next(csv.reader([said], skipinitialspace=True, strict=True), [])
    except csv.Error as failure:
        raise _bad(path, f"{failure}", header) from failure
    for part in parts:
        role, equal, value = (one.strip() for one in part.partition("="))
        if not equal:
            raise _bad(path, f"“{part[:60]}” is not ROLE=COLUMN", header)
        if role == "unit":
            mapping = _with_unit(path, mapping, value, header)
        elif role == "modifiers":
            named = [one for one in value.split("|") if one.strip()]
            mapping = replace(mapping, modifiers=tuple(_column(path, one, header) for one in named))
        elif role in ROLES:
            column = _column(path, value, header) if value else ""
            mapping = _alone(_with(mapping, role, column), role, column)
        else:
            raise _bad(path, f"“{role[:60]}” is not a role", header)
    return mapping


def _alone(mapping: ColumnMapping, role: str, column: str) -> ColumnMapping:
    """Take the column from what the guess thought it was."""
    for one in ROLES:
        if column and one != role and getattr(mapping, one) == column:
            mapping = _with(mapping, one, "")
    modifiers = tuple(one for one in mapping.modifiers if one != column)
    return replace(mapping, modifiers=modifiers)


def _with(mapping: ColumnMapping, role: str, column: str) -> ColumnMapping:
    given: dict[str, Any] = {role: column}
    return replace(mapping, **given)


def _column(path: Path, name: str, header: Sequence[str]) -> str:
    wanted = name.strip()
    if wanted in header:
        return wanted
    alike = [one for one in header if one.casefold() == wanted.casefold()]
    if len(alike) == 1:
        return alike[0]
    number = wanted.removeprefix("#")
    if wanted.startswith("#") and number.isdecimal() and 0 < int(number[:6]) <= len(header):
        return header[int(number) - 1]
    raise _bad(path, f"it has no column “{wanted[:60]}”", header)


def _with_unit(
    path: Path, mapping: ColumnMapping, value: str, header: Sequence[str]
) -> ColumnMapping:
    unit, _, rate = value.partition("@")
    if unit not in UNITS:
        raise _bad(path, f"“{unit[:60]}” is not a unit ({', '.join(UNITS)})", header)
    try:
        fps = Fraction(rate) if rate and len(rate) < 30 else Fraction(0)
    except (ValueError, ZeroDivisionError) as failure:
        raise _bad(path, f"“{rate}” is not a number of frames a second", header) from failure
    if rate and not 0 < fps < 100_000:
        raise _bad(path, f"“{rate[:60]}” is not a number of frames a second", header)
    return replace(mapping, unit=unit, fps=fps)


def _bad(path: Path, why: str, header: Sequence[str]) -> BadColumns:
    roles = ", ".join((*ROLES, "modifiers", "unit"))
    return BadColumns(path=path, why=why, roles=roles, columns=", ".join(header)[:1000])
