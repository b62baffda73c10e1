"""Square tables of two coders: margins, chance, and a code against the rest."""

import numpy as np
import numpy.typing as npt

#: ``(..., K, K)``: any number of tables of K codes; cells are microseconds or events.
Tables = npt.NDArray[np.float64]
#: ``(...)``: one number a table.
Values = npt.NDArray[np.float64]


def divided(above: npt.ArrayLike, below: npt.ArrayLike) -> Values:
    """Quotients; NaN where nothing can be divided by."""
    above, below = np.broadcast_arrays(np.asarray(above, float), np.asarray(below, float))
    result = np.full(above.shape, np.nan)
    np.divide(above, below, out=result, where=below != 0)
    return result


def totals(tables: Tables) -> Values:
    """Sum of each table, shape ``(...)``."""
    return np.asarray(tables.sum(axis=(-2, -1)), float)


def margins(tables: Tables) -> tuple[Values, Values]:
    """Row sums (coder A) and column sums (coder B), each of shape ``(..., K)``."""
    return np.asarray(tables.sum(axis=-1), float), np.asarray(tables.sum(axis=-2), float)


def diagonals(tables: Tables) -> Values:
    """What both coders say alike, shape ``(...)``."""
    return np.asarray(np.trace(tables, axis1=-2, axis2=-1), float)


def observed(tables: Tables) -> Values:
    """Proportion of the whole on which the coders agree."""
    return divided(diagonals(tables), totals(tables))


def expected(tables: Tables) -> Values:
    """Proportion on which they would agree by chance, from the product of both margins."""
    rows, columns = margins(tables)
    return divided((rows * columns).sum(axis=-1), totals(tables) ** 2)


def over_chance(seen: Values, by_chance: Values) -> Values:
    """``(po - pe) / (1 - pe)``; NaN where chance explains everything."""
    room = 1 - by_chance
    return divided(seen - by_chance, np.where(np.abs(room) < 1e-12, 0.0, room))


def against_the_rest(tables: Tables, code: int) -> Tables:
    """2 x 2 tables of one code: both, only A; only B, neither."""
    rows, columns = margins(tables)
    both = tables[..., code, code]
    only_a, only_b = rows[..., code] - both, columns[..., code] - both
    neither = totals(tables) - both - only_a - only_b
    return np.stack(
        [np.stack([both, only_a], axis=-1), np.stack([only_b, neither], axis=-1)], axis=-2
    ).astype(float)


def used(tables: Tables) -> Values:
    """How many codes either coder used: those nobody used must not change an index."""
    rows, columns = margins(tables)
    return np.asarray(((rows + columns) > 0).sum(axis=-1), float)


def why_no_kappa(table: Tables) -> str:
    """Why chance-corrected agreement is not defined on this table."""
    return "nothing to compare" if totals(table) == 0 else "single code"


def why_nothing(table: Tables) -> str:
    """Why a proportion is not defined on this table."""
    del table
    return "nothing to compare"
