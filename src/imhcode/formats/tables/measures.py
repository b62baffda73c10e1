"""``measures.csv``: one row for each statistic of each measure."""

from collections.abc import Iterable, Iterator

from imhcode.analysis.denominators import seconds
from imhcode.analysis.measuring import Measured
from imhcode.formats.tables.about import ABOUT, About
from imhcode.formats.tables.table_file import Value

NAME = "measures.csv"
COLUMNS = (
    *ABOUT,
    *("episode_id", "measure_id", "statistic", "value", "n", "n_censored", "null_reason"),
    *("denominator_s", "episode_n", "params_hash"),
)


def rows(about: About, measured: Iterable[Measured]) -> Iterator[list[Value]]:
    """Yield the rows in the order of the scheme."""
    before = about.cells
    for one in measured:
        kind = one.section.kind if one.section else ""
        n = one.section.n if one.section and one.section.episode else None
        for number in one.result.numbers:
            whole_us = number.denominator_us
            yield [
                *before,
                kind,
                one.measure_id,
                number.statistic,
                number.value,
                number.n,
                number.n_censored,
                number.null_reason,
                None if whole_us is None else seconds(whole_us),
                n,
                about.params_hash,
            ]
