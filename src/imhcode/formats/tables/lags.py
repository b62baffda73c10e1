"""``lags.csv``: one row for each point of a profile over lags."""

from collections.abc import Iterable, Iterator

from imhcode.analysis.denominators import seconds
from imhcode.analysis.measuring import Measured
from imhcode.formats.tables.about import ABOUT, About
from imhcode.formats.tables.table_file import Value

NAME = "lags.csv"
COLUMNS = (
    *ABOUT,
    *("episode_id", "episode_n", "measure_id", "series", "lag_s", "value", "params_hash"),
)


def rows(about: About, measured: Iterable[Measured]) -> Iterator[list[Value]]:
    """Yield the points of each measure by series and lag."""
    for one in measured:
        section = one.section
        for point in one.result.lags:
            yield [
                *about.cells,
                section.kind if section else "",
                section.n if section and section.episode else None,
                one.measure_id,
                point.series,
                seconds(point.lag_us),
                point.value,
                about.params_hash,
            ]
