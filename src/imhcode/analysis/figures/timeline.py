"""Every event of a session as a stretch or a mark, one panel a subject."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from imhcode.analysis.coded_lane import CodedLane
from imhcode.analysis.coded_session import CodedSession
from imhcode.analysis.denominators import seconds
from imhcode.analysis.figure import Axis, Bar, Cell, Dot, Figure, Mark, Note, Panel, Rule, Series
from imhcode.analysis.figure_looks import QUIET, code_series, section_label, series_id
from imhcode.analysis.figures import FIGURES, FigureKind, FigureSession, Topic
from imhcode.analysis.runs import by_subject
from imhcode.domain.scheme import Track

_EPISODE = Series(id="episode", label="Episode", color=QUIET, pattern="blank", in_legend=False)
FILLED = 0.8  #: share of a row's height that its marks take
COLUMNS = ("session_id", "track_id", "instance", "code", "onset_s", "offset_s")


@dataclass(frozen=True, slots=True)
class _Row:
    """One track of one person."""

    track: Track
    instance: str
    lane: CodedLane

    @property
    def label(self) -> str:
        return f"{self.track.label} ({self.instance})" if self.instance else self.track.label


def topics(session: CodedSession) -> Iterator[Topic]:
    """Yield the one there is."""
    if session.scheme.tracks:
        yield Topic(kind="timeline", about="", label="Timeline of the session", single=True)


def look(_: Topic, session: FigureSession) -> FigureSession | None:
    """The session itself: it is the only one."""
    return session if any(_rows(session.coded)) else None


def draw(topic: Topic, _: CodedSession, looks: Sequence[FigureSession]) -> Figure:
    """One panel for each subject of whom anything is coded."""
    session = looks[0]
    coded, rows = session.coded, list(_rows(session.coded))
    from_s, until_s = (seconds(one) for one in coded.window_us)
    time = Axis(label="Time", unit="s", low=from_s, high=max(until_s, from_s + 1))
    subjects = list(dict.fromkeys(row.track.subject for row in rows))
    panels = [
        _panel(session, [row for row in rows if row.track.subject == one], time, one)
        for one in subjects
    ]
    series = list(_series(rows))
    if coded.episodes:
        panels.insert(0, _episodes(session, time))
        series.append(_EPISODE)
    return Figure(
        id=topic.id,
        kind=topic.kind,
        title=f"{topic.label} {session.session_id}",
        caption=(
            f"Events of session {session.session_id} by time, one row a track; the legend names "
            "codes in the order of the rows."
            + (" Upright lines are borders of episodes." if coded.episodes else "")
        ),
        panels=tuple(panels),
        series=tuple(series),
        columns=COLUMNS,
        rows=tuple(_table(session.session_id, rows)),
    )


def _rows(coded: CodedSession) -> Iterator[_Row]:
    """Yield the tracks that say anything, by the scheme's order of subjects."""
    subjects = [one.id for one in coded.scheme.subjects]
    tracks = [one for one in coded.scheme.tracks if one.clock == "media"]
    for track in sorted(tracks, key=lambda one: _place(subjects, one.subject)):
        for lane in by_subject(coded.lane(track.id)):
            if len(lane):
                yield _Row(track, lane.instances[0] if lane.instances else "", lane)


def _place(subjects: list[str], subject: str) -> int:
    return subjects.index(subject) if subject in subjects else len(subjects)


def _episodes(session: FigureSession, time: Axis) -> Panel:
    """A row that says which episode it is."""
    marks: list[Mark] = []
    for episode in session.coded.episodes:
        until_us = session.coded.window_us[1] if episode.offset_us is None else episode.offset_us
        x0, x1 = max(seconds(episode.onset_us), time.low), min(seconds(until_us), time.high)
        if x0 < x1:
            label = section_label(session.coded, episode.kind)
            came = (session.origin(episode.onset_us),)
            bar = Bar(x0=x0, x1=x1, y0=-0.5, y1=0.5, series="episode", says=label, origins=came)
            marks += [bar, Note(x=(x0 + x1) / 2, y=0, text=label)]
    row = Axis(categories=("Episode",), low=-0.5, high=0.5, downwards=True)
    return Panel(x=time, y=row, marks=tuple(marks))


def _panel(session: FigureSession, rows: Sequence[_Row], time: Axis, subject: str) -> Panel:
    marks: list[Mark] = [one for k, row in enumerate(rows) for one in _marks(session, row, k)]
    for episode in session.coded.episodes:
        if time.low < seconds(episode.onset_us) < time.high:
            says = section_label(session.coded, episode.kind)
            marks.append(Rule(at=seconds(episode.onset_us), says=says))
    names = tuple(row.label for row in rows)
    return Panel(
        x=time,
        y=Axis(categories=names, low=-0.5, high=len(rows) - 0.5, downwards=True),
        marks=tuple(marks),
        title=session.coded.scheme.subject_label(subject),
    )


def _marks(session: FigureSession, row: _Row, place: int) -> Iterator[Mark]:
    track, lane = row.track, row.lane
    layers = _layers(row)
    high = FILLED / len(set(layers.values()))
    for k, (onset, offset, code) in enumerate(
        zip(lane.onsets.tolist(), lane.offsets.tolist(), lane.codes.tolist(), strict=True)
    ):
        the_code = track.codes[code]
        top = place - FILLED / 2 + layers[code] * high
        event_id = lane.ids[k] if lane.ids else ""
        came = (session.origin(onset, event_id),)
        series, says = series_id(track, the_code.id), f"{the_code.label}, {_said(onset, offset)}"
        if offset > onset:
            yield Bar(
                x0=seconds(onset), x1=seconds(offset), y0=top, y1=top + high,
                series=series, says=says, origins=came,
            )  # fmt: skip
        else:
            yield Dot(x=seconds(onset), y=top + high / 2, series=series, says=says, origins=came)


def _layers(row: _Row) -> dict[int, int]:
    """Which part of its row each code takes: codes that may hold at once lie one below another."""
    used = sorted(set(row.lane.codes.tolist()))
    if row.track.kind == "state" and not row.track.exclusive:
        return {code: place for place, code in enumerate(used)}
    return dict.fromkeys(used, 0)


def _series(rows: Iterable[_Row]) -> Iterator[Series]:
    """Yield the codes that are used; a label that two tracks have gets the track's with it."""
    found = []
    for track in {row.track.id: row.track for row in rows}.values():
        mine = [row for row in rows if row.track.id == track.id]
        used = {track.codes[k].id for row in mine for k in row.lane.codes.tolist()}
        found += [(track, one) for one in code_series(track, only=used)]
    labels = [one.label for _, one in found]
    for track, one in found:
        twice = labels.count(one.label) > 1
        yield replace(one, label=f"{one.label} ({track.label})") if twice else one


def _table(session_id: str, rows: Iterable[_Row]) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        lane = row.lane
        for onset, offset, code in zip(
            lane.onsets.tolist(), lane.offsets.tolist(), lane.codes.tolist(), strict=True
        ):
            name = row.track.codes[code].id
            yield session_id, row.track.id, row.instance, name, seconds(onset), seconds(offset)


def _said(onset: int, offset: int) -> str:
    if offset > onset:
        return f"{seconds(onset):.2f} to {seconds(offset):.2f} s"
    return f"at {seconds(onset):.2f} s"


FIGURES.add(FigureKind(name="timeline", topics=topics, look=look, draw=draw))
