"""Where two tracks are together, cell by cell, and the way a session takes through them."""

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
    Origin,
    Panel,
    Series,
    Shade,
)
from imhcode.analysis.figure_looks import (
    PALETTE,
    code_names,
    counted,
    kinds_in_order,
    section_label,
)
from imhcode.analysis.figures import FIGURES, FigureKind, FigureSession, Topic
from imhcode.analysis.measures.state_space_grid import grid_in
from imhcode.analysis.measuring import sections_of
from imhcode.analysis.selecting import uncodable
from imhcode.analysis.state_space import Grid, dispersion
from imhcode.domain.scheme import Code, Track

LONGEST_WAY = 60  #: visits; a longer way through the grid is a tangle
APART = 0.6180339887  #: golden section: visits of a cell lie beside each other
COLUMNS = ("episode", "first", "second", "seconds", "share", "visits")


@dataclass(frozen=True, slots=True)
class _Section:
    kind: str
    grid: Grid
    origin: Origin


def topics(session: CodedSession) -> Iterator[Topic]:
    """Yield one for each grid."""
    for measure_id, one in session.measures.items():
        if one["kind"] == "state_space_grid":
            yield Topic(kind="state_space", about=measure_id, label=one["label"])


def look(topic: Topic, session: FigureSession) -> list[_Section] | None:
    """The visits of each section."""
    coded = session.coded
    declared = coded.measures[topic.about]
    if any(coded.subjects(one) > 1 for one in declared["tracks"]):
        return None
    found = [
        _Section(one.kind, grid_in(declared, coded, one), session.origin())
        for one in sections_of(declared, coded)
    ]
    return [one for one in found if len(one.grid.cells)] or None


def draw(topic: Topic, blank: CodedSession, looks: Sequence[list[_Section]]) -> Figure:
    """One panel for each kind of episode: darker cells hold more of the time."""
    declared = blank.measures[topic.about]
    across, down = (blank.tracks[one] for one in declared["tracks"])
    by_kind: dict[str, list[_Section]] = defaultdict(list)
    for found in looks:
        for one in found:
            by_kind[one.kind].append(one)
    panels, rows, said = [], [], []
    for kind in kinds_in_order(blank, by_kind):
        panel, table, spread = _panel(by_kind[kind], across, down, section_label(blank, kind))
        panels.append(panel)
        rows += [(kind or "session", *cells) for cells in table]
        said.append(f"{section_label(blank, kind)}: dispersion {spread:.2f}")
    way = " Dots are visits, larger for longer ones." if _has_way(looks) else ""
    return Figure(
        id=topic.id,
        kind=topic.kind,
        title=topic.label,
        caption=(
            f"State-space grid of {across.label} by {down.label}: share of the time on the grid in "
            f"each cell.{way} Dispersion = 1 - (n Σ(d/D)² - 1) / (n - 1) over all n cells. "
            f"{'; '.join(said)}; {counted(len(looks), 'session')}."
        ),
        panels=tuple(panels),
        series=(Series(id="way", label="Visits", color=PALETTE[1], in_legend=False),),
        columns=COLUMNS,
        rows=tuple(rows),
    )


def _has_way(looks: Sequence[list[_Section]]) -> bool:
    return len(looks) == 1 and any(len(one.grid.cells) <= LONGEST_WAY for one in looks[0])


def _codes(track: Track) -> list[Code]:
    blind = uncodable(track)
    return [code for k, code in enumerate(track.codes) if not blind[k]]


def _panel(
    some: Sequence[_Section], across: Track, down: Track, title: str
) -> tuple[Panel, list[tuple[Cell, ...]], float]:
    first, second = _codes(across), _codes(down)
    held = np.zeros(len(first) * len(second), np.int64)
    visits = np.zeros(len(held), np.int64)
    for one in some:
        np.add.at(held, one.grid.cells, one.grid.lengths)
        np.add.at(visits, one.grid.cells, 1)
    share = held / held.sum()
    marks: list[Mark] = []
    rows: list[tuple[Cell, ...]] = []
    for cell in range(len(held)):
        x, y = divmod(cell, len(second))
        rows.append(
            (
                *(first[x].id, second[y].id, seconds(int(held[cell])), float(share[cell])),
                int(visits[cell]),
            )
        )
        text = f"{share[cell]:.0%}" if share[cell] >= 0.005 else ""
        marks.append(
            Shade(
                x=x, y=y, share=float(share[cell]), text=text,
                says=f"{first[x].label}, {second[y].label}: {seconds(int(held[cell])):.1f} s, "
                f"{counted(int(visits[cell]), 'visit')}",
                origins=_moments(some, cell),
            )
        )  # fmt: skip
    if len(some) == 1 and len(some[0].grid.cells) <= LONGEST_WAY:
        marks += _way(some[0], len(second))
    panel = Panel(
        title=title,
        x=_axis(across, first),
        y=_axis(down, second),
        marks=tuple(marks),
        square=True,
    )
    return panel, rows, dispersion(held, len(held))


def _axis(track: Track, codes: Sequence[Code]) -> Axis:
    names = tuple(code_names(track)[one.id] for one in codes)
    return Axis(label=track.label, categories=names, low=-0.5, high=len(names) - 0.5)


def _moments(some: Sequence[_Section], cell: int) -> tuple[Origin, ...]:
    """The first visit of each session."""
    return tuple(
        replace(one.origin, time_us=int(one.grid.onsets[here[0]]))
        for one in some
        if len(here := np.flatnonzero(one.grid.cells == cell))
    )


def _way(one: _Section, n_down: int) -> Iterator[Mark]:
    grid = one.grid
    longest = int(grid.lengths.max())
    seen: dict[int, int] = defaultdict(int)
    xs, ys, dots = [], [], []
    for cell, onset, length in zip(
        grid.cells.tolist(), grid.onsets.tolist(), grid.lengths.tolist(), strict=True
    ):
        k = seen[cell]
        seen[cell] += 1
        x, y = divmod(cell, n_down)
        xs.append(x - 0.32 + 0.64 * ((k + 0.5) * APART % 1))
        ys.append(y - 0.34 + 0.5 * ((k + 0.5) * APART * APART % 1))
        dots.append(
            Dot(
                x=xs[-1], y=ys[-1], size=length / longest, series="way",
                says=f"from {seconds(onset):.2f} s for {seconds(length):.2f} s",
                origins=(replace(one.origin, time_us=onset),),
            )
        )  # fmt: skip
    yield Line(xs=tuple(xs), ys=tuple(ys), thin=True, series="way")
    yield from dots


FIGURES.add(FigureKind(name="state_space", topics=topics, look=look, draw=draw))
