"""Which index is asked of which tables of a track."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from imhcode.analysis.agreement import INDICES, TableIndex
from imhcode.analysis.pair_tables import PairTables
from imhcode.analysis.square_tables import Tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Tables of one kind and the indices that mean something on them.

    Attributes
    ----------
    tables : array, shape (S, K, K) or (S, codes, K, K)
    codes : tuple of str
        What the second axis stands for; one empty name where there is none.
    indices : tuple of TableIndex
    name : str
        Where the index is called otherwise; kappa with tolerance is kappa on a table that knows
        the tolerance, event-based kappa of one code is kappa of it against the rest.
    has_tolerance : bool
        Whether the value depends on the tolerance.
    unit : str
        What the cells are: time, events, events both coders have, answers.
    """

    tables: Tables
    codes: tuple[str, ...] = ("",)
    indices: tuple[TableIndex, ...]
    name: str = ""
    direction: str = "both"
    has_tolerance: bool = False
    unit: str

    @property
    def by_code(self) -> Tables:
        """The tables with an axis for codes, shape (S, codes, K, K)."""
        return self.tables if self.tables.ndim == 4 else self.tables[:, None]


def asked_of(one: PairTables) -> Iterator[Asked]:
    """Yield everything that can be asked of a track."""
    yield from _about_time(one)
    if one.time_by_group is not None:
        yield Asked(
            tables=one.time_by_group,
            codes=tuple(group.name for group in one.groups),
            indices=_on("time_code"),
            unit="time",
        )
    if one.ordered is not None:
        yield Asked(tables=one.ordered, indices=_on("rating"), unit="time on the scale")
    yield from _about_events(one)
    if one.answers is not None:
        yield Asked(
            tables=one.answers,
            indices=_on("answers"),
            has_tolerance=True,
            unit="answer",
        )
    for modifier, tables in one.modifiers.items():
        if tables.any():
            yield Asked(
                tables=tables[:, None],
                codes=(modifier,),
                indices=_on("modifier"),
                has_tolerance=True,
                unit="matched event",
            )


def _about_time(one: PairTables) -> Iterator[Asked]:
    if one.time is None:
        return
    yield Asked(tables=one.time, indices=_on("time"), unit="time")
    for direction, tables in (("a_to_b", one.a_to_b), ("b_to_a", one.b_to_a)):
        if tables is not None:
            yield Asked(
                tables=tables,
                indices=(INDICES["kappa_time"],),
                name="kappa_time_tolerance",
                direction=direction,
                has_tolerance=True,
                unit="time",
            )


def _about_events(one: PairTables) -> Iterator[Asked]:
    yield Asked(
        tables=one.aligned,
        indices=_on("aligned"),
        has_tolerance=True,
        unit="event",
    )
    groups = tuple(group.name for group in one.groups)
    against = _without_partner_is_not(one.events_by_group)
    for name, indices in (("", _on("event_code")), ("kappa_event", (INDICES["kappa_time_code"],))):
        yield Asked(
            tables=against,
            codes=groups,
            indices=indices,
            name=name,
            has_tolerance=True,
            unit="event",
        )
    if one.linked is not None:
        yield Asked(
            tables=one.linked,
            indices=_on("linked"),
            unit="linked event",
        )
    yield Asked(
        tables=one.aligned[:, :-1, :-1],
        indices=_on("matched"),
        has_tolerance=True,
        unit="matched event",
    )


def _without_partner_is_not(tables: Tables) -> Tables:
    """2 x 2 from 3 x 3: an event without a partner is one that the other did not call so."""
    into = np.array([[1.0, 0, 0], [0, 1, 1]])
    return np.asarray(into @ tables @ into.T)


def _on(basis: str) -> tuple[TableIndex, ...]:
    return tuple(index for index in INDICES if basis in index.bases)
