"""How codable time is shared out among the states of a track, one stacked bar an episode."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.figure import Axis, Bar, Cell, Figure, Origin, Panel, Series
from imhcode.analysis.figure_looks import (
    QUIET,
    code_series,
    counted,
    kinds_in_order,
    section_label,
    sections_shown,
    series_id,
)
from imhcode.analysis.figures import FIGURES, FigureKind, FigureSession, Topic
from imhcode.analysis.runs import by_subject, runs_of
from imhcode.analysis.selecting import uncodable

WIDTH = 0.62
UNCODED = "nothing coded"
COLUMNS = ("episode", "code", "mean_share", "n_sessions", "seconds")


@dataclass(frozen=True, slots=True)
class _Shares:
    """Microseconds of each code in the sections of one kind, and below the line."""

    kind: str
    by_code: np.ndarray
    whole_us: int
    origin: Origin


def topics(session: CodedSession) -> Iterator[Topic]:
    """Yield one for each track whose states exclude each other."""
    for track in session.tracks.values():
        if track.kind == "state" and track.exclusive and track.clock == "media":
            label = f"Share of time: {track.label}"
            yield Topic(kind="time_bars", about=track.id, label=label)


def look(topic: Topic, session: FigureSession) -> list[_Shares] | None:
    """Times by kind of episode; of several of a kind together."""
    coded = session.coded
    if not coded.is_coded(topic.about):
        return None
    found: dict[str, _Shares] = {}
    for section in sections_shown(coded):
        shares = _shares(topic.about, session, section)
        before = found.get(section.kind)
        if before:
            shares = _Shares(
                section.kind,
                before.by_code + shares.by_code,
                before.whole_us + shares.whole_us,
                before.origin,
            )
        if shares.whole_us:
            found[section.kind] = shares
    return list(found.values()) or None


def _shares(track_id: str, session: FigureSession, section: Section) -> _Shares:
    coded = session.coded
    track, time = coded.tracks[track_id], coded.scored(section, track_id)
    held = np.zeros(len(track.codes), np.int64)
    for lane in by_subject(coded.lane(track_id)):
        runs = runs_of(lane, time, seamless=False, merged=False)
        np.add.at(held, runs.codes, runs.lengths)
    whole_us = time.length_us * coded.subjects(track_id)
    return _Shares(section.kind, held, whole_us, session.origin(section.from_us))


def draw(topic: Topic, blank: CodedSession, looks: Sequence[list[_Shares]]) -> Figure:
    """The mean of the sessions' shares, each session with the same weight."""
    track = blank.tracks[topic.about]
    by_kind: dict[str, list[_Shares]] = defaultdict(list)
    for found in looks:
        for one in found:
            by_kind[one.kind].append(one)
    kinds = kinds_in_order(blank, by_kind)
    marks: list[Bar] = []
    rows: list[tuple[Cell, ...]] = []
    used: set[str] = set()
    for x, kind in enumerate(kinds):
        some, upto = by_kind[kind], 0.0
        shares = np.mean([one.by_code / one.whole_us for one in some], axis=0)
        shares = np.where(uncodable(track), 0, shares)
        total = np.sum([one.by_code for one in some], axis=0)
        parts = [
            (code.id, code.label, float(shares[k]), int(total[k]))
            for k, code in enumerate(track.codes)
            if shares[k] > 0
        ]
        rest = 1 - sum(part[2] for part in parts)
        if rest > 1e-9:
            whole = sum(one.whole_us for one in some) - sum(part[3] for part in parts)
            parts.append((UNCODED, "Nothing coded", rest, whole))
        for code_id, label, share, held_us in parts:
            used.add(code_id)
            marks.append(
                Bar(
                    x0=x - WIDTH / 2, x1=x + WIDTH / 2, y0=upto, y1=upto + share,
                    series=series_id(track, code_id), says=f"{label}: {share:.1%}",
                    origins=tuple(one.origin for one in some),
                )
            )  # fmt: skip
            rows.append((kind or "session", code_id, share, len(some), held_us / 1e6))
            upto += share
    labels = tuple(section_label(blank, kind) for kind in kinds)
    series = code_series(track, only=used)
    if UNCODED in used:
        series.append(
            Series(
                id=series_id(track, UNCODED), label="Nothing coded", color=QUIET, pattern="blank"
            )
        )
    apart = max(0.0, (3 - len(labels)) / 2)  # a single bar is no wall
    each = " Shares are means over sessions." if len(looks) > 1 else ""
    return Figure(
        id=topic.id,
        kind=topic.kind,
        title=topic.label,
        caption=(
            f"{track.label}: time of each code divided by codable time, "
            f"{counted(len(looks), 'session')}.{each}"
        ),
        panels=(
            Panel(
                x=Axis(categories=labels, low=-0.5 - apart, high=len(labels) - 0.5 + apart),
                y=Axis(label="Share of codable time", low=0, high=1),
                marks=tuple(marks),
            ),
        ),
        series=tuple(series),
        columns=COLUMNS,
        rows=tuple(rows),
    )


FIGURES.add(FigureKind(name="time_bars", topics=topics, look=look, draw=draw))
