"""``survival.csv``: one row for each wait, ready for ``survival::Surv(time_s, event)``."""

from collections.abc import Iterable, Iterator

from imhcode.analysis.denominators import seconds
from imhcode.analysis.measuring import Measured
from imhcode.formats.tables.about import ABOUT, About
from imhcode.formats.tables.table_file import Value

NAME = "survival.csv"
COLUMNS = (
    *ABOUT,
    *("episode_id", "episode_n", "measure_id", "start_event_id", "start_s"),
    *("time_s", "event", "censor_reason", "params_hash"),
)


def rows(about: About, measured: Iterable[Measured]) -> Iterator[list[Value]]:
    """Yield the waits of each measure by time."""
    for one in measured:
        section = one.section
        for wait in one.result.waits:
            yield [
                *about.cells,
                section.kind if section else "",
                section.n if section and section.episode else None,
                one.measure_id,
                wait.start_id,
                seconds(wait.from_us),
                seconds(wait.time_us),
                int(wait.came),
                wait.censor_reason,
                about.params_hash,
            ]
