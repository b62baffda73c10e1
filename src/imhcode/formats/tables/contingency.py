"""``contingency.csv``: one row for each two-by-two table, with all that is said of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from imhcode.analysis.contingency import TwoByTwo
from imhcode.analysis.measured import Square
from imhcode.analysis.measuring import Measured
from imhcode.formats.tables.about import ABOUT, About
from imhcode.formats.tables.table_file import Value

NAME = "contingency.csv"
_SAID = (
    *("p_given", "p_outside", "p_base", "operant_contingency", "odds_ratio", "log_odds"),
    *("log_odds_se", "yules_q", "phi", "adjusted_residual"),
)
COLUMNS = (
    *ABOUT,
    *("episode_id", "episode_n", "measure_id", "given_code"),
    *("near_target", "near_none", "away_target", "away_none"),
    *_SAID,
    *("zero_cell", "low_expected", "chance_near_target", "chance_p"),
    *("n_sessions", "shuffled_near_target", "shuffled_p", "params_hash"),
)


@dataclass(frozen=True, slots=True)
class Pooled:
    """The tables of several sessions added up, against bins of other sessions."""

    episode_kind: str
    measure_id: str
    square: Square
    n_sessions: int
    shuffled_near_target: float
    shuffled_p: float


def rows(about: About, measured: Iterable[Measured]) -> Iterator[list[Value]]:
    """Yield the tables of each measure."""
    for one in measured:
        section = one.section
        kind = section.kind if section else ""
        n = section.n if section and section.episode else None
        for square in one.result.squares:
            yield _row(about, [kind, n, one.measure_id], square, [None, None, None])


def pooled_row(about: About, one: Pooled) -> list[Value]:
    """The row of several sessions."""
    shuffled: list[Value] = [one.n_sessions, one.shuffled_near_target, one.shuffled_p]
    return _row(about, [one.episode_kind, None, one.measure_id], one.square, shuffled)


def _row(about: About, where: list[Value], square: Square, shuffled: list[Value]) -> list[Value]:
    table = TwoByTwo(square.a, square.b, square.c, square.d)
    return [
        *about.cells,
        *where,
        square.given,
        *(table.a, table.b, table.c, table.d),
        *(getattr(table, name) for name in _SAID),
        int(table.has_zero_cell),
        int(table.is_thin),
        square.chance_mean,
        square.chance_p,
        *shuffled,
        about.params_hash,
    ]
