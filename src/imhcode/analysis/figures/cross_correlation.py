"""How two tracks go together at each lag: correlations, or how often both say the same."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from imhcode.analysis.coded_session import CodedSession
from imhcode.analysis.denominators import seconds
from imhcode.analysis.figure import Axis, Cell, Figure, Line, Mark, Origin, Panel, Rule
from imhcode.analysis.figure_looks import counted, kinds_in_order, own_series, section_label
from imhcode.analysis.figures import FIGURES, FigureKind, FigureSession, Topic
from imhcode.analysis.selecting import Declared

LABELS = {
    "r": "r",
    "prewhitened_r": "r, pre-whitened",
    "recurrence": "Share of bins with the same code",
}
KINDS = {
    "cross_correlation": ("r", "prewhitened_r"),
    "recurrence_profile": ("recurrence",),
}
MOST_LINES = 30  #: of single sessions behind the mean
COLUMNS = ("episode", "series", "lag_s", "mean", "n_sessions")

Values = Mapping[int, float | None]


@dataclass(frozen=True, slots=True)
class _Lags:
    """One section's profile of one series, by lag in microseconds."""

    kind: str
    series: str
    values: Values
    origin: Origin


def topics(session: CodedSession) -> Iterator[Topic]:
    """Yield one for each measure with a profile over lags."""
    for measure_id, one in session.measures.items():
        if one["kind"] in KINDS:
            yield Topic(kind="cross_correlation", about=measure_id, label=one["label"])


def look(topic: Topic, session: FigureSession) -> list[_Lags] | None:
    """Its profiles, by section and series."""
    found = []
    for one in session.of_measure(topic.about):
        section = one.section
        for series in dict.fromkeys(point.series for point in one.result.lags):
            values = {
                point.lag_us: point.value for point in one.result.lags if point.series == series
            }
            origin = session.origin(section.from_us if section else None)
            found.append(_Lags(section.kind if section else "", series, values, origin))
    return found or None


def draw(topic: Topic, blank: CodedSession, looks: Sequence[list[_Lags]]) -> Figure:
    """One panel for each kind of episode: the mean, and single sessions behind it."""
    declared = blank.measures[topic.about]
    by_kind: dict[str, list[_Lags]] = defaultdict(list)
    for found in looks:
        for one in found:
            by_kind[one.kind].append(one)
    panels: list[Panel] = []
    rows: list[tuple[Cell, ...]] = []
    names = KINDS[declared["kind"]]
    lowest = 0 if names == ("recurrence",) else -1
    for kind in kinds_in_order(blank, by_kind):
        marks: list[Mark] = [Rule(at=0)]
        if lowest:
            marks.append(Rule(at=0, upright=False, dashed=False))
        for series in names:
            some = [one for one in by_kind[kind] if one.series == series]
            means = {lag: _mean([one.values.get(lag) for one in some]) for lag in some[0].values}
            marks += _lines(series, some, means, singly=series == names[0])
            rows += [
                (kind or "session", series, seconds(lag), mean, len(some))
                for lag, mean in means.items()
            ]
        lags = [seconds(lag) for lag in by_kind[kind][0].values]
        panels.append(
            Panel(
                title=section_label(blank, kind),
                x=Axis(label="Lag", unit="s", low=lags[0] - 0.001, high=lags[-1] + 0.001),
                y=Axis(label="r" if lowest else "Share of bins", low=lowest, high=1),
                marks=tuple(marks),
            )
        )
    return Figure(
        id=topic.id,
        kind=topic.kind,
        title=topic.label,
        caption=f"{_said(declared, blank)} {counted(len(looks), 'session')}.",
        panels=tuple(panels),
        series=tuple(own_series(k, name, LABELS[name]) for k, name in enumerate(names)),
        columns=COLUMNS,
        rows=tuple(rows),
    )


def _said(declared: Declared, blank: CodedSession) -> str:
    first, second = (blank.tracks[one].label for one in declared["tracks"])
    bins = f"in bins of {declared['bin_s']:g} s; at a positive lag {first} leads."
    if declared["kind"] == "recurrence_profile":
        return f"Share of bins in which {first} and {second} say the same code, by lag, {bins}"
    return (
        f"Correlation of {first} with {second} by lag, {bins} Pre-whitened: of what a first-order "
        "autoregression leaves of each."
    )


def _lines(series: str, some: Sequence[_Lags], means: Values, *, singly: bool) -> Iterator[Mark]:
    """Yield the mean, and before it thin lines of the sessions, where they are not too many."""
    if singly and 1 < len(some) <= MOST_LINES:
        for one in some:
            yield _line(series, one.values, (one.origin,), one.origin.session_id, thin=True)
    yield _line(series, means, tuple(one.origin for one in some), LABELS[series], thin=False)


def _line(
    series: str, values: Values, origins: tuple[Origin, ...], says: str, *, thin: bool
) -> Line:
    there = [(seconds(lag), value) for lag, value in values.items() if value is not None]
    return Line(
        xs=tuple(x for x, _ in there), ys=tuple(y for _, y in there),
        series=series, origins=origins, says=says, thin=thin,
    )  # fmt: skip


def _mean(values: Sequence[float | None]) -> float | None:
    """Over those that have a number."""
    there = [one for one in values if one is not None]
    return sum(there) / len(there) if there else None


FIGURES.add(FigureKind(name="cross_correlation", topics=topics, look=look, draw=draw))
