"""The global scores of a session, scale by scale."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from imhcode.analysis.coded_session import CodedSession
from imhcode.analysis.figure import Axis, Cell, Dot, Figure, Line, Mark, Origin, Panel
from imhcode.analysis.figure_looks import counted, own_series, section_label
from imhcode.analysis.figures import FIGURES, FigureKind, FigureSession, Topic
from imhcode.domain.rating import Rating
from imhcode.domain.scheme import RatingScale

MOST_LINES = 7  #: sessions drawn one by one; more are drawn as their mean over single dots
MEAN = "mean"
COLUMNS = ("session_id", "episode", "scale", "score", "na_reason")


@dataclass(frozen=True, slots=True)
class _Scores:
    """One session's scores of one section, by scale."""

    session_id: str
    kind: str
    scores: dict[str, float]
    missing: dict[str, str]
    origin: Origin


def topics(session: CodedSession) -> Iterator[Topic]:
    """Yield the one there is, where the scheme has scales."""
    if session.scheme.ratings:
        yield Topic(kind="rating_profile", about="", label="Profile of ratings")


def look(_: Topic, session: FigureSession) -> list[_Scores] | None:
    """Scores of the session and of each of its episodes."""
    coded = session.coded
    episodes = {one.id: one for one in coded.episodes}
    by_place: dict[str, list[Rating]] = defaultdict(list)
    for one in coded.ratings:
        by_place[one.episode].append(one)
    found = []
    for place, some in by_place.items():
        episode = episodes.get(place)
        found.append(
            _Scores(
                session.session_id,
                episode.kind if episode else "",
                {one.scale: float(one.value) for one in some if one.value is not None},
                {one.scale: one.na_reason or "not given" for one in some if one.value is None},
                session.origin(episode.onset_us if episode else None),
            )
        )
    return found or None


def draw(topic: Topic, blank: CodedSession, looks: Sequence[list[_Scores]]) -> Figure:
    """A row for each scale; scales of one range share a panel."""
    some = [one for found in looks for one in found]
    used = {name for one in some for name in one.scores}
    scales = [one for one in blank.scheme.ratings if one.id in used]
    by_range: dict[tuple[float, float], list[RatingScale]] = defaultdict(list)
    for scale in scales:
        by_range[scale.scale.minimum, scale.scale.maximum].append(scale)
    single = len(some) <= MOST_LINES
    series = [
        own_series(k, f"{k}", _label(blank, one, some)) for k, one in enumerate(some) if single
    ]
    if not single:
        series = [own_series(6, "one", "Single ratings"), own_series(0, MEAN, "Mean")]
    return Figure(
        id=topic.id,
        kind=topic.kind,
        title=topic.label,
        caption=(
            f"Global scores by scale, from the lowest to the highest point of each scale; "
            f"{counted(len(some), 'rating form')} of {counted(len(looks), 'session')}. "
            "Scales differ in direction; scores that do not apply are left out."
        ),
        panels=tuple(
            Panel(
                x=Axis(label="Score", low=low - 0.3, high=high + 0.3, whole=True),
                y=Axis(
                    categories=tuple(one.label for one in mine),
                    low=-0.5,
                    high=len(mine) - 0.5,
                    downwards=True,
                ),
                marks=tuple(_marks(mine, some, single=single)),
            )
            for (low, high), mine in by_range.items()
        ),
        series=tuple(series),
        columns=COLUMNS,
        rows=tuple(_table(some)),
    )


def _marks(
    scales: Sequence[RatingScale], some: Sequence[_Scores], *, single: bool
) -> Iterator[Mark]:
    for k, one in enumerate(some):
        there = [(one.scores[s.id], y) for y, s in enumerate(scales) if s.id in one.scores]
        if single and len(there) > 1:
            xs, ys = zip(*there, strict=True)
            yield Line(xs=xs, ys=ys, thin=True, series=f"{k}", origins=(one.origin,))
        apart = (k - (len(some) - 1) / 2) * 0.08 if single else 0
        for x, y in there:
            yield Dot(
                x=x, y=y + apart, size=0.3 if single else 0.05, series=f"{k}" if single else "one",
                says=f"{one.session_id}: {scales[y].label} {x:g}", origins=(one.origin,),
            )  # fmt: skip
    if single:
        return
    means = [
        (sum(values) / len(values), y)
        for y, scale in enumerate(scales)
        if (values := [one.scores[scale.id] for one in some if scale.id in one.scores])
    ]
    xs, ys = zip(*means, strict=True)
    yield Line(xs=xs, ys=ys, series=MEAN)
    for x, y in means:
        yield Dot(x=x, y=y, size=0.4, series=MEAN, says=f"mean {scales[y].label} {x:.2f}")


def _label(blank: CodedSession, one: _Scores, some: Sequence[_Scores]) -> str:
    place = section_label(blank, one.kind)
    if len({other.session_id for other in some}) == 1:
        return place
    return f"{one.session_id}, {place}" if one.kind else one.session_id


def _table(some: Sequence[_Scores]) -> Iterator[tuple[Cell, ...]]:
    for one in some:
        for name, score in one.scores.items():
            yield one.session_id, one.kind or "session", name, score, ""
        for name, reason in one.missing.items():
            yield one.session_id, one.kind or "session", name, None, reason


FIGURES.add(FigureKind(name="rating_profile", topics=topics, look=look, draw=draw))
