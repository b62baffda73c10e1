"""``measures_wide.csv``: one row for each session or episode, one column for each statistic."""

from collections.abc import Iterable, Iterator, Mapping
from zlib import crc32

from imhcode.analysis.measured import VALUE
from imhcode.analysis.measuring import Measured
from imhcode.formats.tables.about import ABOUT, About
from imhcode.formats.tables.table_file import Value

NAME = "measures_wide.csv"
BEFORE = (*ABOUT, "episode_id", "episode_n", "params_hash")
LONGEST = 32  #: characters of a name that every statistics program takes

Statistic = tuple[str, str]


def variable(measure_id: str, statistic: str) -> str:
    """The name of the column; a long one is cut, and told from others by four digits.

    >>> variable("bid_rate", "value"), variable("response_latency", "median")
    ('bid_rate', 'response_latency_median')
    >>> variable("state_repair_latency", "kaplan_meier_median")
    'state_repair_latency_kaplan_36a2'
    """
    name = measure_id if statistic == VALUE else f"{measure_id}_{statistic}"
    if len(name) <= LONGEST:
        return name
    return f"{name[: LONGEST - 5].rstrip('_')}_{crc32(name.encode()) & 0xFFFF:04x}"


def columns_of(statistics: Iterable[Statistic]) -> list[str]:
    """The header for these statistics."""
    return [*BEFORE, *dict.fromkeys(variable(*one) for one in statistics)]


def rows(
    about: About, measured: Iterable[Measured], columns: Iterable[str]
) -> Iterator[list[Value]]:
    """Yield a row for each session or episode, the session first."""
    by_section: dict[tuple[int, str], dict[str, Value]] = {}
    for one in measured:
        section = one.section
        place = (section.n, section.kind) if section and section.episode else (0, "")
        cells = by_section.setdefault(place, {})
        for number in one.result.numbers:
            cells[variable(one.measure_id, number.statistic)] = number.value
    names = list(columns)[len(BEFORE) :]
    for (n, kind), cells in sorted(by_section.items()):
        yield [*about.cells, kind, n or None, about.params_hash, *_picked(cells, names)]


def _picked(cells: Mapping[str, Value], names: Iterable[str]) -> list[Value]:
    return [cells.get(name) for name in names]
