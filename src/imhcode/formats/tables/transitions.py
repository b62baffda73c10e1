"""``transitions.csv``: one row for each pair of codes."""

from collections.abc import Iterable, Iterator

from imhcode.analysis.measuring import Measured
from imhcode.formats.tables.about import ABOUT, About
from imhcode.formats.tables.table_file import Value

NAME = "transitions.csv"
COLUMNS = (
    *ABOUT,
    *("episode_id", "episode_n", "measure_id", "lag", "from_code", "to_code", "count"),
    *(
        "probability",
        "expected",
        "adjusted_residual",
        "permutation_p",
        "structural_zero",
        "params_hash",
    ),
)


def rows(about: About, measured: Iterable[Measured]) -> Iterator[list[Value]]:
    """Yield the cells of each table by rows, also those with nothing in them."""
    for one in measured:
        section = one.section
        for cell in one.result.passages:
            yield [
                *about.cells,
                section.kind if section else "",
                section.n if section and section.episode else None,
                one.measure_id,
                cell.lag,
                cell.from_code,
                cell.to_code,
                cell.count,
                cell.probability,
                cell.expected,
                cell.residual,
                cell.permutation_p,
                int(cell.structural_zero),
                about.params_hash,
            ]
