"""Every number of the chosen observations, and how they are put together for the table."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean
from typing import Literal, TypeVar

Amount = TypeVar("Amount", int, float)
Grouping = Literal["", "episode", "visit", "age"]
GROUPINGS: tuple[Grouping, ...] = ("episode", "visit", "age", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRow:
    """One statistic of one measure of one session or episode.

    Attributes
    ----------
    session_id : str
        Empty for a number over several sessions of a dyad.
    episode, episode_n : str, int
        Kind and place of the episode; empty and 0 for the whole session.
    age_months : float or None
        Corrected where that is known.
    from_us : int or None
        Where what it is about begins, on the session clock.
    denominator_s : float or None
        Time below the line, or looked at.
    reason : str
        Why there is no value; empty if there is one.
    """

    measure_id: str
    statistic: str
    session_id: str
    dyad_id: str
    observation_id: str
    coder_id: str
    role: str
    visit: str
    age_months: float | None
    episode: str
    episode_n: int
    from_us: int | None
    value: float | int | None
    n: int | None
    n_censored: int | None
    denominator_s: float | None
    reason: str


@dataclass(frozen=True, kw_only=True, eq=False)
class NumberLine:
    """One line of the table: one number, or the same one of several sessions.

    Attributes
    ----------
    rows : tuple of NumberRow
        In the order of the sessions; at least one.
    place : int
        That of the measure and statistic in the scheme.
    """

    measure_id: str
    statistic: str
    episode: str
    place: int
    rows: tuple[NumberRow, ...]

    @cached_property
    def values(self) -> tuple[float, ...]:
        """Those that are defined."""
        return tuple(one.value for one in self.rows if one.value is not None)

    @cached_property
    def value(self) -> float | int | None:
        """The number; of several sessions their mean."""
        if not self.values:
            return None
        return self.values[0] if len(self.rows) == 1 else fmean(self.values)

    @cached_property
    def n(self) -> int | None:
        """What it rests on, all sessions together."""
        return _sum(one.n for one in self.rows)

    @cached_property
    def n_censored(self) -> int | None:
        """How many of them were cut before they ended."""
        return _sum(one.n_censored for one in self.rows)

    @cached_property
    def denominator_s(self) -> float | None:
        """Time below the line, all sessions together."""
        return _sum(one.denominator_s for one in self.rows)

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        """Why numbers are missing, each reason once."""
        return tuple(dict.fromkeys(one.reason for one in self.rows if one.value is None))


@dataclass(frozen=True, slots=True, eq=False)
class NumberGroup:
    """Lines that stand together, such as those of the still face.

    Attributes
    ----------
    key : str
        Kind of episode, visit or age; empty for the whole session, or what is not known.
    """

    key: str
    lines: tuple[NumberLine, ...]


def _sum(some: Iterable[Amount | None]) -> Amount | None:
    there = [one for one in some if one is not None]
    return sum(there) if there else None


def key_of(row: NumberRow, by: Grouping) -> str:
    """The group that a number belongs to."""
    if by == "episode":
        return row.episode
    if by == "visit":
        return row.visit
    if by == "age":
        return "" if row.age_months is None else str(int(row.age_months))
    return ""


def grouped(
    rows: Iterable[NumberRow],
    by: Grouping,
    places: "dict[tuple[str, str], int]",
    is_wanted: Callable[[NumberLine], bool] = lambda _: True,
) -> list[NumberGroup]:
    """Numbers put into groups and lines.

    Numbers of different kinds of episode, or of different roles of coders, are never put into one
    line: their mean would mean nothing.

    Parameters
    ----------
    places : dict
        Where each measure and statistic stands in the scheme.
    """
    groups: dict[str, dict[tuple[str, ...], list[NumberRow]]] = defaultdict(dict)
    for row in rows:
        lines = groups[key_of(row, by)]
        about = (row.measure_id, row.statistic, row.episode, row.role, _over(row))
        lines.setdefault(about, []).append(row)
    found = []
    for key in sorted(groups, key=_in_order(groups, by)):
        lines_here = [
            NumberLine(
                measure_id=about[0],
                statistic=about[1],
                episode=about[2],
                place=places.get((about[0], about[1]), len(places)),
                rows=tuple(some),
            )
            for about, some in groups[key].items()
        ]
        kept = tuple(
            sorted((one for one in lines_here if is_wanted(one)), key=lambda one: one.place)
        )
        if kept:
            found.append(NumberGroup(key, kept))
    return found


def _over(row: NumberRow) -> str:
    """What a number over several sessions is about: it stands alone."""
    return "" if row.session_id else row.dyad_id or "–"


def _in_order(groups: "Iterable[str]", by: Grouping) -> "Callable[[str], tuple[object, ...]]":
    """Whole sessions first, then episodes as they were met; visits and ages by number."""
    met = {key: place for place, key in enumerate(groups)}
    if by == "episode":
        return lambda key: (key != "", met[key])
    return lambda key: (key == "", not key.isdecimal(), int(key) if key.isdecimal() else 0, key)


Column = Literal["measure", "value", "n", "denominator", "censored", "reason"]


def in_order_of(
    lines: Sequence[NumberLine],
    column: Column,
    label: Callable[[NumberLine], str],
    *,
    falling: bool = False,
) -> list[NumberLine]:
    """Lines by one column; what is empty there comes last either way."""

    def key(line: NumberLine) -> object:
        if column == "measure":
            return label(line).casefold()
        if column == "reason":
            return ", ".join(line.reasons) or None
        return {
            "value": line.value,
            "n": line.n,
            "denominator": line.denominator_s,
            "censored": line.n_censored,
        }[column]

    keys = {id(line): key(line) for line in lines}
    there = [one for one in lines if keys[id(one)] is not None]
    there.sort(key=lambda one: keys[id(one)], reverse=falling)  # type: ignore[arg-type,return-value]
    return there + [one for one in lines if keys[id(one)] is None]
