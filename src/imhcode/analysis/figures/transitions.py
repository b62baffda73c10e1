"""Which state follows which, as a diagram of arrows."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import cos, pi, sin
from typing import Literal

import numpy as np

from imhcode.analysis.coded_session import CodedSession
from imhcode.analysis.figure import Arrow, Axis, Cell, Dot, Figure, Mark, Note, Origin, Panel
from imhcode.analysis.figure_looks import (
    code_names,
    code_series,
    counted,
    kinds_in_order,
    section_label,
    series_id,
)
from imhcode.analysis.figures import FIGURES, FigureKind, FigureSession, Topic
from imhcode.analysis.figures.survival import by_episode
from imhcode.analysis.measured import Passage
from imhcode.analysis.measuring import Measured
from imhcode.domain.scheme import Track

FAINTEST = 0.05  #: probability from which on there is an arrow; the table has all of them
NUMBERED = 12  #: more numbers than these lie on top of each other
COLUMNS = ("episode", "from_code", "to_code", "count", "probability")
Counts = dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class _Counted:
    kind: str
    passages: tuple[Passage, ...]
    origin: Origin


def topics(session: CodedSession) -> Iterator[Topic]:
    """Yield one for each table of transitions."""
    for measure_id, one in session.measures.items():
        if one["kind"] == "transition_matrix":
            yield Topic(kind="transitions", about=measure_id, label=one["label"])


def look(topic: Topic, session: FigureSession) -> list[_Counted] | None:
    """Counts at lag 1, of the whole session where the measure has them, else by episode."""
    found = session.of_measure(topic.about)
    whole = [one for one in found if one.section and not one.section.episode]
    return [_of(one, session) for one in whole or by_episode(found) if _any(one)] or None


def _any(one: Measured) -> bool:
    return any(cell.count for cell in one.result.passages)


def _of(one: Measured, session: FigureSession) -> _Counted:
    section = one.section
    cells = tuple(cell for cell in one.result.passages if cell.count and cell.lag == 1)
    at_us = section.from_us if section else None
    return _Counted(section.kind if section else "", cells, session.origin(at_us))


def draw(topic: Topic, blank: CodedSession, looks: Sequence[list[_Counted]]) -> Figure:
    """Codes round a circle, larger with more transitions; arrows thicker with probability."""
    track = blank.tracks[blank.measures[topic.about]["track"]]
    by_kind: dict[str, list[_Counted]] = defaultdict(list)
    for found in looks:
        for one in found:
            by_kind[one.kind].append(one)
    panels: list[Panel] = []
    rows: list[tuple[Cell, ...]] = []
    used: set[str] = set()
    n_moves = 0
    for kind in kinds_in_order(blank, by_kind):
        counts: Counts = defaultdict(int)
        for one in by_kind[kind]:
            for cell in one.passages:
                counts[cell.from_code, cell.to_code] += cell.count
        n_moves += sum(counts.values())
        used |= {code for pair in counts for code in pair}
        origins = tuple(one.origin for one in by_kind[kind])
        title = section_label(blank, kind) if kind else ""
        panels.append(_panel(track, counts, origins, title))
        rows += [(kind or "session", *cells) for cells in _table(counts)]
    return Figure(
        id=topic.id,
        kind=topic.kind,
        title=topic.label,
        caption=(
            f"{track.label}: probability that each code is followed by each other "
            "(count / all transitions from that code), over codable time without a break; "
            f"arrows from {FAINTEST:g} on, numbers at the {NUMBERED} likeliest. "
            f"{counted(n_moves, 'transition')} of "
            f"{counted(len(looks), 'session')}."
        ),
        panels=tuple(panels),
        series=tuple(replace(one, in_legend=False) for one in code_series(track, only=used)),
        columns=COLUMNS,
        rows=tuple(rows),
    )


def _table(counts: Counts) -> Iterator[tuple[str, str, int, float]]:
    leaving: dict[str, int] = defaultdict(int)
    for (code, _), count in counts.items():
        leaving[code] += count
    for (code, to), count in counts.items():
        yield code, to, count, count / leaving[code]


def _panel(track: Track, counts: Counts, origins: tuple[Origin, ...], title: str) -> Panel:
    used = {code for pair in counts for code in pair}
    codes = [code for code in track.codes if code.id in used]
    places = {
        code.id: (cos(angle), sin(angle))
        for code, angle in zip(
            codes, pi / 2 - np.arange(len(codes)) * 2 * pi / max(len(codes), 1), strict=True
        )
    }
    passing: dict[str, int] = defaultdict(int)
    marks: list[Mark] = []
    labels = code_names(track)
    shares = sorted((share for *_, share in _table(counts)), reverse=True)
    least = shares[NUMBERED - 1] if len(shares) > NUMBERED else 0.0
    for from_code, to_code, count, share in _table(counts):
        passing[from_code] += count
        passing[to_code] += count
        (x0, y0), (x1, y1) = places[from_code], places[to_code]
        if share < FAINTEST:
            continue
        marks.append(
            Arrow(
                x0=x0, y0=y0, x1=x1, y1=y1, weight=share,
                text=f"{share:.2f}" if share >= least else "",
                series=series_id(track, from_code), origins=origins,
                says=f"{labels[from_code]} to {labels[to_code]}: {count} times, {share:.2f}",
            )
        )  # fmt: skip
    most = max(passing.values(), default=1)
    for code in codes:
        x, y = places[code.id]
        marks.append(
            Dot(
                x=x, y=y, size=passing[code.id] / most, series=series_id(track, code.id),
                says=f"{labels[code.id]}: {passing[code.id]} arrows begin or end here",
                origins=origins,
            )
        )  # fmt: skip
        side: Literal["start", "middle", "end"] = "start" if x > 0 else "end"
        if abs(x) < 0.3:
            side = "middle"
        marks.append(Note(x=x * 1.22, y=y * 1.22, text=labels[code.id], anchor=side))
    across = Axis(low=-1.9, high=1.9, hidden=True)
    up = Axis(low=-1.35, high=1.35, hidden=True)
    return Panel(x=across, y=up, marks=tuple(marks), title=title, square=True)


FIGURES.add(FigureKind(name="transitions", topics=topics, look=look, draw=draw))
