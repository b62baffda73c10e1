"""How often the target comes near the given, and how often at other times."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from imhcode.analysis.coded_session import CodedSession
from imhcode.analysis.contingency import TwoByTwo
from imhcode.analysis.figure import Axis, Cell, Dot, Figure, Line, Mark, Note, Origin, Panel
from imhcode.analysis.figure_looks import counted, own_series, section_label
from imhcode.analysis.figures import FIGURES, FigureKind, FigureSession, Topic
from imhcode.analysis.measured import Square

MOST_ROWS = 24  #: with more, sessions are added up
COLUMNS = (
    *("session_id", "episode", "given", "near_target", "near_none", "away_target", "away_none"),
    *("p_given", "p_outside", "yules_q", "odds_ratio", "chance_p"),
)


@dataclass(frozen=True, slots=True)
class _Table:
    """One table of one session."""

    session_id: str
    kind: str
    square: Square
    origins: tuple[Origin, ...]

    @property
    def counts(self) -> TwoByTwo:
        return TwoByTwo(self.square.a, self.square.b, self.square.c, self.square.d)


def topics(session: CodedSession) -> Iterator[Topic]:
    """Yield one for each measure of this kind."""
    for measure_id, one in session.measures.items():
        if one["kind"] == "contingency_2x2":
            yield Topic(kind="contingency", about=measure_id, label=one["label"])


def look(topic: Topic, session: FigureSession) -> list[_Table] | None:
    """Its tables."""
    return [
        _Table(
            session.session_id,
            one.section.kind if one.section else "",
            square,
            (session.origin(one.section.from_us if one.section else None),),
        )
        for one in session.of_measure(topic.about)
        for square in one.result.squares
        if square.a + square.b and square.c + square.d
    ] or None


def draw(topic: Topic, blank: CodedSession, looks: Sequence[list[_Table]]) -> Figure:
    """A row for each table: the two shares joined by a line, and Yule's Q beside them."""
    declared = blank.measures[topic.about]
    tables = [one for found in looks for one in found]
    pooled = len(tables) > MOST_ROWS and len(looks) > 1
    if pooled:
        tables = _added(tables)
    marks: list[Mark] = []
    for y, one in enumerate(tables):
        marks += _row(y, one)
    highest = max(max(one.counts.p_given or 0, one.counts.p_outside or 0) for one in tables)
    high = min(1.0, max(0.1, highest * 1.15))
    added = " added up" if pooled else ""
    near = f"within {declared['window_s']:g} s"
    return Figure(
        id=topic.id,
        kind=topic.kind,
        title=topic.label,
        caption=(
            f"{topic.label}: share of codable {declared['bin_s']:g}-s bins with the target, "
            f"{near} after the given and at other times; Q is Yule's Q = (ad - bc) / (ad + bc). "
            f"{counted(len(looks), 'session')}{added}."
        ),
        panels=(
            Panel(
                x=Axis(label="Share of bins with the target", low=0, high=high),
                y=Axis(
                    categories=tuple(_label(blank, topic.about, one, tables) for one in tables),
                    low=-0.5,
                    high=len(tables) - 0.5,
                    downwards=True,
                ),
                marks=tuple(marks),
            ),
        ),
        series=(
            own_series(0, "given", f"{near[0].upper()}{near[1:]} after it"),
            own_series(1, "outside", "At other times"),
        ),
        columns=COLUMNS,
        rows=tuple(_cells(one) for one in tables),
    )


def _row(y: int, one: _Table) -> Iterator[Mark]:
    counts = one.counts
    given, outside = counts.p_given or 0.0, counts.p_outside or 0.0
    came = one.origins
    yield Line(xs=(outside, given), ys=(y, y), thin=True, origins=came)
    said = f"{counts.c} of {counts.c + counts.d} bins at other times"
    yield Dot(x=outside, y=y, series="outside", size=0.4, says=said, origins=came)
    said = f"{counts.a} of {counts.a + counts.b} bins near it"
    yield Dot(x=given, y=y, series="given", size=0.4, says=said, origins=came)
    if counts.yules_q is not None:
        text = f"Q = {counts.yules_q:.2f}".replace("-", "−")
        yield Note(x=max(given, outside), y=y, text=f"   {text}", anchor="start", says=text)


def _label(blank: CodedSession, measure_id: str, one: _Table, tables: Sequence[_Table]) -> str:
    """What a row is about: whatever tells it from the others."""
    parts = []
    if len({other.session_id for other in tables}) > 1:
        parts.append(one.session_id)
    if one.kind:
        parts.append(section_label(blank, one.kind))
    if one.square.given:
        track = blank.tracks[blank.measures[measure_id]["given"]["track"]]
        code = track.code(one.square.given)
        parts.append(code.label if code else one.square.given)
    return ", ".join(parts) or one.session_id or "All sessions"


def _added(tables: Sequence[_Table]) -> list[_Table]:
    """Tables of all sessions added up, by episode and given."""
    by_what: dict[tuple[str, str], list[_Table]] = defaultdict(list)
    for one in tables:
        by_what[one.kind, one.square.given].append(one)
    return [
        _Table(
            "",
            kind,
            Square(given, *(sum(getattr(one.square, cell) for one in some) for cell in "abcd")),
            tuple(origin for one in some for origin in one.origins),
        )
        for (kind, given), some in by_what.items()
    ]


def _cells(one: _Table) -> tuple[Cell, ...]:
    counts = one.counts
    return (
        *(one.session_id, one.kind, one.square.given, counts.a, counts.b, counts.c, counts.d),
        *(counts.p_given, counts.p_outside, counts.yules_q, counts.odds_ratio),
        one.square.chance_p,
    )


FIGURES.add(FigureKind(name="contingency", topics=topics, look=look, draw=draw))
