"""What the columns of an unknown table are, by their names and by what stands in them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property

from imhcode.formats.plain_table.grid import NUMBER_OR_CLOCK, Grid
from imhcode.formats.plain_table.known_layouts import known_layout
from imhcode.formats.plain_table.mapping import ColumnMapping, Guess, Sureness
from imhcode.formats.plain_table.words import MODIFIER_WORDS, ROLE_WORDS, parts_of, says, unit_in

STARTS = frozenset(("start", "begin", "on", "state start", "anfang"))
STOPS = frozenset(("stop", "end", "off", "state stop", "ende"))
POINTS = frozenset(("point", "event", "instant", "momentary", "punkt"))
_SAMPLE = 500
_MOSTLY = 0.6
_CERTAIN = 150  #: a name that says nothing else
_NO_DIGIT = re.compile(r"[^\d.:-]")
_TIMES = ("onset", "offset", "duration")
Take = Callable[[str, str, Sureness], None]
_FINEST = ("us", "ms", "s", "clock", "", "min", "frames")


class _Column:
    """A column and the first of its cells."""

    def __init__(self, name: str, cells: Sequence[str]) -> None:
        self.name = name
        self.cells = [one.strip() for one in cells if one.strip()]

    @cached_property
    def times(self) -> bool:
        """Whether most of its cells can be times."""
        fitting = sum(NUMBER_OR_CLOCK.fullmatch(one) is not None for one in self.cells)
        return bool(self.cells) and fitting >= _MOSTLY * len(self.cells)

    @cached_property
    def status(self) -> bool:
        """Whether it says starts and stops, and nothing else."""
        said = {one.casefold() for one in self.cells}
        known = STARTS | STOPS | POINTS
        return bool(said & STARTS and said & STOPS) and said <= known

    @cached_property
    def words(self) -> int:
        """How often its words come again; 0 if it is no column of words."""
        if self.times or not self.cells or len(set(self.cells)) == len(self.cells) > 20:
            return 0
        return 1 + len(self.cells) - len(set(self.cells))


def guess_of(grid: Grid) -> Guess:
    """The likeliest mapping of a table; what nobody can guess stays empty."""
    known = known_layout(grid.header)
    return _guessed(grid) if known is None else Guess(known, dict.fromkeys(known.roles(), "sure"))


def _guessed(grid: Grid) -> Guess:
    """What names and cells say of the columns."""
    sample = grid.rows[:_SAMPLE]
    columns = [_Column(name, [row[n] for _, row in sample]) for n, name in enumerate(grid.header)]
    found: dict[str, str] = {}
    sureness: dict[str, Sureness] = {}
    free = {one.name: one for one in columns}

    def take(role: str, name: str, sure: Sureness) -> None:
        found[role], sureness[role] = name, sure
        del free[name]

    for one in columns:
        if one.status and "status" not in found:
            take("status", one.name, "sure")
    _by_name(free, take, ("onset",), "")
    unit = unit_in(found.get("onset", ""))
    spoken_for = {*found, *(("offset", "duration") if "status" in found else ())}
    _by_name(free, take, tuple(role for role in ROLE_WORDS if role not in spoken_for), unit)
    if "onset" not in found:
        times = [one for one in free.values() if one.times]
        if times:
            take("onset", times[0].name, "guess")
            if len(times) > 1 and _follows(times[0], times[1]):
                take("offset", times[1].name, "guess")
    if "code" not in found:
        words = [one for one in free.values() if one.words]
        if words:
            take("code", max(words, key=lambda one: one.words).name, "guess")
    modifiers = tuple(one for one in free if {*parts_of(one)} & {*MODIFIER_WORDS})
    mapping = replace(ColumnMapping(modifiers=modifiers), **found)  # type: ignore[arg-type]
    if modifiers:
        sureness["modifiers"] = "likely"
    unit, sureness["unit"] = _unit(mapping, columns)
    return Guess(replace(mapping, unit=unit), sureness)


def _by_name(
    free: dict[str, _Column],
    take: Take,
    roles: Sequence[str],
    unit: str,
) -> None:
    """Give each role the column whose name says it best, the best of all first."""
    scores = [
        (says(name, role), name, role)
        for name, column in free.items()
        for role in roles
        if _may_be(role, column)
    ]

    def place(one: tuple[int, str, str]) -> tuple[int, bool, int, int]:
        score, name, _ = one
        own = unit_in(name)
        return -score // 20, own != unit, _FINEST.index(own), -score

    taken: set[str] = set()
    for score, name, role in sorted((one for one in scores if one[0]), key=place):
        if name in free and role not in taken:
            taken.add(role)
            agrees = role in _TIMES or (role == "code" and free[name].words > 0)
            certain = score >= _CERTAIN
            take(role, name, "sure" if certain and agrees else "likely" if certain else "guess")


def _may_be(role: str, column: _Column) -> bool:
    if role in _TIMES:
        return column.times
    if role == "code":
        return "id" not in parts_of(column.name) and bool(column.cells)
    return role != "status"


def _follows(onset: _Column, offset: _Column) -> bool:
    """Whether no time of the second comes before that of the first."""
    pairs = list(zip(onset.cells, offset.cells, strict=False))
    return all(_rough(a) <= _rough(b) for a, b in pairs) and any(a != b for a, b in pairs)


def _rough(cell: str) -> float:
    """About how long, for comparing only."""
    total = 0.0
    for part in _NO_DIGIT.sub("", cell.replace(",", ".")).split(":"):
        total = total * 60 + float(part or 0)
    return total


def _unit(mapping: ColumnMapping, columns: Sequence[_Column]) -> tuple[str, Sureness]:
    """The unit of the times, by the column's name, else by how they are written."""
    onset = next((one for one in columns if one.name == mapping.onset), None)
    if onset is None:
        return "s", "guess"
    said = unit_in(onset.name)
    if any(":" in one for one in onset.cells):
        return "clock", "sure"
    if said and said != "clock":
        return said, "sure"
    if any("." in one or "," in one for one in onset.cells):
        return "s", "likely"
    numbers = sorted(_rough(one) for one in onset.cells if NUMBER_OR_CLOCK.fullmatch(one))
    if numbers and numbers[len(numbers) // 2] >= 36_000:  # ten hours of seconds, or half a minute
        return "ms", "likely"
    return "s", "guess"
