"""Numbers over several sessions of a dyad: trends over visits, and means by visit or dyad."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from imhcode.analysis.measured import Number, Result
from imhcode.analysis.measures import compute
from imhcode.analysis.measures.trend import over_visits, series_name
from imhcode.analysis.measuring import Measured
from imhcode.analysis.selecting import Declared
from imhcode.formats.tables.about import About
from imhcode.services.measures import Sitting

SEVERAL = {"visit", "dyad"}  #: what a number over several sessions can be about


@dataclass(slots=True)
class _Visits:
    """The numbers of one dyad, by visit; of a visit with several coders those of the first."""

    about: About
    measures: dict[str, Declared]
    coders: set[str] = field(default_factory=set)
    by_session: dict[tuple[object, ...], dict[tuple[str, str], float | int | None]] = field(
        default_factory=dict
    )


class DyadMeasures:
    """Collects what is needed while sessions go by: a few numbers of each, no events."""

    def __init__(self) -> None:
        self._dyads: dict[tuple[str, ...], _Visits] = {}

    def see(self, sitting: Sitting) -> None:
        """Keep what is followed over visits."""
        measures = {
            name: one for name, one in sitting.coded.measures.items() if SEVERAL & set(one["per"])
        }
        if not measures:
            return
        about = sitting.about
        alone = "" if about.dyad_id else about.session_id
        key = (
            *(about.dyad_id, alone, about.scheme_id, about.scheme_version),
            about.coding_role,
        )
        visits = self._dyads.setdefault(key, _Visits(about, measures))
        place = (*_order(sitting), about.session_id)
        if place in visits.by_session:
            return
        visits.coders.add(about.coder_id)
        visits.by_session[place] = {
            (measure_id, number.statistic): number.value
            for measure_id in _followed(measures)
            for number in compute(
                sitting.coded.measures[measure_id], sitting.coded, sitting.coded.session
            ).numbers
        }

    def measured(self) -> Iterator[tuple[About, list[Measured]]]:
        """Yield the numbers of each dyad."""
        for _, visits in sorted(self._dyads.items()):
            coder = next(iter(visits.coders)) if len(visits.coders) == 1 else ""
            about = replace(visits.about, session_id="", coder_id=coder)
            series = [values for _, values in sorted(visits.by_session.items())]
            found = [
                Measured(measure_id, None, _over(measure_id, declared, series))
                for measure_id, declared in visits.measures.items()
            ]
            yield about, found


def _order(sitting: Sitting) -> tuple[object, ...]:
    """Where a session stands among those of its dyad: by visit, numbers as numbers, then date."""
    session = sitting.visit.session
    is_number = session.visit.isdecimal()
    return (not is_number, int(session.visit) if is_number else 0, session.visit, session.date)


def _followed(measures: dict[str, Declared]) -> Iterator[str]:
    """The measures whose numbers are needed."""
    for measure_id, declared in measures.items():
        yield from declared["measures"] if declared["kind"] == "trend" else [measure_id]


def _over(
    measure_id: str,
    declared: Declared,
    series: Sequence[dict[tuple[str, str], float | int | None]],
) -> Result:
    followed = list(declared["measures"]) if declared["kind"] == "trend" else [measure_id]
    by_name: dict[tuple[str, str], list[float | None]] = defaultdict(list)
    names = dict.fromkeys(name for values in series for name in values if name[0] in followed)
    for values in series:
        for name in names:
            by_name[name].append(values.get(name))
    if declared["kind"] == "trend":
        return Result(
            tuple(
                number
                for name, values in by_name.items()
                for number in over_visits(series_name(*name), values)
            )
        )
    return Result(tuple(_mean(statistic, by_name[_, statistic]) for _, statistic in by_name))


def _mean(statistic: str, values: Sequence[float | None]) -> Number:
    """The mean over sessions that have a number."""
    there = [one for one in values if one is not None]
    if not there:
        return Number(statistic, None, 0, null_reason="no session has one")
    return Number(statistic, sum(there) / len(there), len(there))
