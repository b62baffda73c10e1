"""How numbers change from visit to visit."""

from collections.abc import Sequence

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.measured import VALUE, Number, Result, nothing
from imhcode.analysis.measures import MEASURES, MeasureKind
from imhcode.analysis.selecting import Declared
from imhcode.analysis.straight_line import slope


def trend(declared: Declared, session: CodedSession, section: Section) -> Result:
    """Of one session there is none; :func:`over_visits` has those of a dyad."""
    del session, section
    return nothing(_statistics(declared), "one visit only")


def over_visits(name: str, values: Sequence[float | None]) -> tuple[Number, ...]:
    """Slope over the visits, and first and last number; visits without one are left out.

    Parameters
    ----------
    values : sequence of float or None
        One for each visit, in their order; visits are numbered from 1.
    """
    there = [(k, value) for k, value in enumerate(values, start=1) if value is not None]
    n = len(there)
    if n < 2:
        return (Number(f"{name}_slope", None, n, null_reason="fewer than 2 visits"),)
    return (
        Number(f"{name}_slope", slope(*zip(*there, strict=True)), n),
        Number(f"{name}_first", there[0][1], n),
        Number(f"{name}_last", there[-1][1], n),
    )


def series_name(measure_id: str, statistic: str) -> str:
    """What one series of numbers is called."""
    return measure_id if statistic == VALUE else f"{measure_id}_{statistic}"


def _statistics(declared: Declared) -> tuple[str, ...]:
    return tuple(f"{one}_slope" for one in declared["measures"])


MEASURES.add(
    MeasureKind(
        name="trend",
        of=trend,
        formula=lambda declared: (
            f"least-squares slope of {', '.join(declared['measures'])} over the number of the "
            "visit; first and last number"
        ),
        source="own",
        tracks=lambda _: (),
        timed=False,
        statistics=lambda declared, _: _statistics(declared),
    )
)
