"""How many still wait for repair, or are not yet calm, after how long (Kaplan-Meier)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from imhcode.analysis.coded_session import CodedSession
from imhcode.analysis.denominators import seconds
from imhcode.analysis.figure import (
    Axis,
    Cell,
    Dot,
    Figure,
    Line,
    Mark,
    Moments,
    Origin,
    Panel,
    Rule,
)
from imhcode.analysis.figure_looks import counted, kinds_in_order, own_series, section_label
from imhcode.analysis.figures import FIGURES, FigureKind, FigureSession, Topic
from imhcode.analysis.measured import Wait
from imhcode.analysis.measures.words import words_for
from imhcode.analysis.measuring import Measured
from imhcode.analysis.survival import Curve, kaplan_meier

KINDS = ("survival_latency", "run_latency", "latency_to_first", "latency_from_episode_start")
COLUMNS = ("session_id", "episode", "start_event_id", "start_s", "time_s", "event", "censor_reason")


@dataclass(frozen=True, slots=True)
class _Waited:
    kind: str
    wait: Wait
    whose: Origin


def topics(session: CodedSession) -> Iterator[Topic]:
    """Yield one for each measure that waits for something."""
    for measure_id, one in session.measures.items():
        if one["kind"] in KINDS:
            yield Topic(kind="survival", about=measure_id, label=one["label"])


def look(topic: Topic, session: FigureSession) -> list[_Waited] | None:
    """Its waits: by episode where it has any, else of the whole session."""
    whose = session.origin()
    return [
        _Waited(
            one.section.kind if one.section else "",
            wait,
            whose,
        )
        for one in by_episode(session.of_measure(topic.about))
        for wait in one.result.waits
    ] or None


def by_episode(measured: Sequence[Measured]) -> list[Measured]:
    """What is about episodes, where there is any; else what there is."""
    episodes = [one for one in measured if one.section and one.section.episode]
    return episodes or list(measured)


def draw(topic: Topic, blank: CodedSession, looks: Sequence[list[_Waited]]) -> Figure:
    """One stepped curve for each kind of episode; upright strokes are censored waits."""
    by_kind: dict[str, list[_Waited]] = defaultdict(list)
    for found in looks:
        for one in found:
            by_kind[one.kind].append(one)
    kinds = kinds_in_order(blank, by_kind)
    longest = max(one.wait.time_us for some in by_kind.values() for one in some)
    marks: list[Mark] = [Rule(at=0.5, upright=False, says="half still wait")]
    series, said = [], []
    for place, kind in enumerate(kinds):
        some = by_kind[kind]
        curve = kaplan_meier([one.wait.time_us for one in some], [one.wait.came for one in some])
        marks += _curve(kind or "all", some, curve)
        label = section_label(blank, kind)
        own = own_series(place, kind or "all", label, in_legend=len(kinds) > 1)
        series += [own, replace(own, id=f"{own.id}, censored", shape="tick", in_legend=False)]
        median = "not reached" if curve.median_us is None else f"{seconds(curve.median_us):.3g} s"
        censored = sum(not one.wait.came for one in some)
        before = f"{label}: " if len(kinds) > 1 else ""
        said.append(f"{before}n = {len(some)}, {censored} censored, median {median}")
    words = words_for(blank.measures[topic.about])
    return Figure(
        id=topic.id,
        kind=topic.kind,
        title=topic.label,
        caption=(
            f"{words.label}: share still waiting (Kaplan-Meier; {words.formula}). "
            f"{'; '.join(said)}; {counted(len(looks), 'session')}. "
            "Upright strokes are censored waits."
        ),
        panels=(
            Panel(
                x=Axis(label="Time", unit="s", low=0, high=max(seconds(longest) * 1.03, 0.1)),
                y=Axis(label="Share still waiting", low=0, high=1.03),
                marks=tuple(marks),
            ),
        ),
        series=tuple(series),
        columns=COLUMNS,
        rows=tuple(_cells(one) for kind in kinds for one in by_kind[kind]),
    )


def _curve(name: str, some: Sequence[_Waited], curve: Curve) -> Iterator[Mark]:
    longest = max(one.wait.time_us for one in some)
    xs = (0.0, *(seconds(one) for one in curve.times.tolist()), seconds(longest))
    heights = curve.waiting.tolist()
    ys = (1.0, *heights, heights[-1] if heights else 1.0)
    yield Line(xs=xs, ys=ys, stepped=True, series=name)
    for one in some:
        k = int(np.searchsorted(curve.times, one.wait.time_us, side="right"))
        at = ys[k]
        time_s = seconds(one.wait.time_us)
        if one.wait.came:
            says = f"{one.whose.session_id}: after {time_s:g} s"
        else:
            reason = one.wait.censor_reason.replace("_", " ")
            says = f"{one.whose.session_id}: censored after {time_s:g} s ({reason})"
        yield Dot(
            x=time_s,
            y=at,
            series=name if one.wait.came else f"{name}, censored",
            size=0.1,
            says=says,
            origins=Moments((one.whose,), (one.wait.from_us,), (one.wait.start_id,)),
        )


def _cells(one: _Waited) -> tuple[Cell, ...]:
    wait = one.wait
    return (
        *(one.whose.session_id, one.kind, wait.start_id, seconds(wait.from_us)),
        *(seconds(wait.time_us), int(wait.came), wait.censor_reason),
    )


FIGURES.add(FigureKind(name="survival", topics=topics, look=look, draw=draw))
