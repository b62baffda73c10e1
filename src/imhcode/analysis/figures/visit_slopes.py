"""How a number changes from visit to visit, one line a dyad."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from imhcode.analysis.coded_session import CodedSession
from imhcode.analysis.figure import Axis, Cell, Dot, Figure, Line, Mark, Origin, Panel, Series
from imhcode.analysis.figure_looks import QUIET, counted, own_series
from imhcode.analysis.figures import (
    FIGURES,
    FigureKind,
    FigureSession,
    Topic,
    without_panels,
)
from imhcode.analysis.measured import VALUE
from imhcode.analysis.measures import MEASURES
from imhcode.analysis.measures.words import words_for
from imhcode.analysis.straight_line import slope

MOST_LINES = 7  #: dyads with a look of their own; of more, all are thin and the mean is drawn
COLUMNS = ("dyad_id", "session_id", "visit", "visit_n", "value")


@dataclass(frozen=True, slots=True)
class _Visit:
    dyad_id: str
    place: tuple[object, ...]
    visit: str
    value: float
    origin: Origin


def topics(session: CodedSession) -> Iterator[Topic]:
    """Yield one for each measure with a single number a session."""
    for measure_id, one in session.measures.items():
        if "session" in one["per"] and MEASURES[one["kind"]].statistics(one, session) == (VALUE,):
            yield Topic(kind="visit_slopes", about=measure_id, label=f"{one['label']} by visit")


def look(topic: Topic, session: FigureSession) -> _Visit | None:
    """Its number; sessions without a dyad have no visits."""
    if not session.dyad_id:
        return None
    for one in session.of_measure(topic.about):
        number = one.result.numbers[0]
        if one.section and not one.section.episode and number.value is not None:
            is_number = session.visit.isdecimal()
            order = (not is_number, int(session.visit) if is_number else 0)
            place = (*order, session.visit, session.date, session.session_id)
            origin = session.origin()
            return _Visit(session.dyad_id, place, session.visit, float(number.value), origin)
    return None


def draw(topic: Topic, blank: CodedSession, looks: Sequence[_Visit]) -> Figure:
    """Visits are numbered from 1 in their order; of several coders the first one counts."""
    dyads: dict[str, list[_Visit]] = defaultdict(list)
    for one in sorted(looks, key=lambda one: one.place):
        if all(other.origin.session_id != one.origin.session_id for other in dyads[one.dyad_id]):
            dyads[one.dyad_id].append(one)
    dyads = dict(sorted(dyads.items()))
    if max(map(len, dyads.values())) < 2:
        return without_panels(topic, "no dyad has two visits with a number")
    singly = len(dyads) <= MOST_LINES
    marks: list[Mark] = []
    series: list[Series] = []
    for k, (name, visits) in enumerate(dyads.items()):
        look_of = name if singly else "dyads"
        if singly:
            series.append(own_series(k, name, name))
        marks += _line(name, visits, look_of, thin=not singly)
    values = [one.value for one in looks]
    most = max(len(visits) for visits in dyads.values())
    if not singly:
        series = [
            Series(id="dyads", label="Each dyad", color=QUIET),
            own_series(0, "mean", "Mean of dyads"),
        ]
        marks += _mean(list(dyads.values()), most)
    declared = blank.measures[topic.about]
    words = words_for(declared)
    spread = (max(values) - min(values)) or abs(max(values)) or 1.0
    low = 0.0 if min(values) >= 0 else min(values) - spread * 0.1
    return Figure(
        id=topic.id,
        kind=topic.kind,
        title=topic.label,
        caption=(
            f"{words.label} ({words.formula}) by visit, {counted(len(dyads), 'dyad')}. "
            f"{_slopes(dyads) if singly else ''}".strip()
        ),
        panels=(
            Panel(
                x=Axis(
                    label="Visit",
                    categories=tuple(str(k) for k in range(1, most + 1)),
                    low=-0.5,
                    high=most - 0.5,
                ),
                y=Axis(
                    label=words.label,
                    unit="" if words.unit == "proportion" else words.unit.replace("_", " "),
                    low=low,
                    high=max(values) + spread * 0.1,
                ),
                marks=tuple(marks),
            ),
        ),
        series=tuple(series),
        columns=COLUMNS,
        rows=tuple(_table(dyads)),
    )


def _line(name: str, visits: Sequence[_Visit], series: str, *, thin: bool) -> Iterator[Mark]:
    ys = tuple(one.value for one in visits)
    if len(ys) > 1:
        xs = tuple(float(k) for k in range(len(ys)))
        yield Line(xs=xs, ys=ys, series=series, thin=thin, says=name)
    for k, one in enumerate(visits):
        yield Dot(
            x=k, y=one.value, size=0.05 if thin else 0.3, series=series, origins=(one.origin,),
            says=f"{name}, visit {one.visit or k + 1}: {one.value:.4g}",
        )  # fmt: skip


def _mean(dyads: Sequence[Sequence[_Visit]], most: int) -> Iterator[Mark]:
    means = []
    for k in range(most):
        there = [visits[k].value for visits in dyads if len(visits) > k]
        means.append(sum(there) / len(there))
    yield Line(xs=tuple(float(k) for k in range(most)), ys=tuple(means), series="mean")
    for k, one in enumerate(means):
        yield Dot(x=k, y=one, size=0.3, series="mean", says=f"mean at visit {k + 1}: {one:.4g}")


def _slopes(dyads: dict[str, list[_Visit]]) -> str:
    said = [
        f"{name} {slope(range(1, len(visits) + 1), [one.value for one in visits]):+.3g} a visit"
        for name, visits in dyads.items()
        if len(visits) > 1
    ]
    return f"Least-squares slopes: {', '.join(said)}." if said else ""


def _table(dyads: dict[str, list[_Visit]]) -> Iterator[tuple[Cell, ...]]:
    for name, visits in dyads.items():
        for k, one in enumerate(visits, start=1):
            yield name, one.origin.session_id, one.visit, k, one.value


FIGURES.add(FigureKind(name="visit_slopes", topics=topics, look=look, draw=draw))
