"""``contingency.csv``: one row for each two-by-two table, with all that is said of it."""

from collections.abc import Iterable, Iterator

from imhcode.analysis.contingency import TwoByTwo
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
    *("zero_cell", "low_expected", "chance_near_target", "chance_p", "params_hash"),
)


def rows(about: About, measured: Iterable[Measured]) -> Iterator[list[Value]]:
    """Yield the tables of each measure."""
    for one in measured:
        section = one.section
        for square in one.result.squares:
            table = TwoByTwo(square.a, square.b, square.c, square.d)
            yield [
                *about.cells,
                section.kind if section else "",
                section.n if section and section.episode else None,
                one.measure_id,
                square.given,
                *(table.a, table.b, table.c, table.d),
                *(getattr(table, name) for name in _SAID),
                int(table.has_zero_cell),
                int(table.is_thin),
                square.chance_mean,
                square.chance_p,
                about.params_hash,
            ]
