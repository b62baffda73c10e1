"""How long answers took, as a histogram."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from imhcode.analysis.coded_session import CodedSession
from imhcode.analysis.denominators import seconds, summary
from imhcode.analysis.figure import (
    Axis,
    Bar,
    Figure,
    Mark,
    Moments,
    Note,
    Origin,
    Panel,
    Rule,
)
from imhcode.analysis.figure_looks import counted, own_series
from imhcode.analysis.figures import FIGURES, FigureKind, FigureSession, Topic
from imhcode.analysis.measures.link_latency import answer_times

BIN_US = 500_000
COLUMNS = ("session_id", "event_id", "onset_s", "latency_s")


@dataclass(frozen=True, slots=True)
class _Answers:
    """Of one session, in the order of what was answered."""

    whose: Origin
    times: np.ndarray
    onsets: np.ndarray
    event_ids: tuple[str, ...]


def topics(session: CodedSession) -> Iterator[Topic]:
    """Yield one for each measure of how long answers took."""
    for measure_id, one in session.measures.items():
        if one["kind"] == "link_latency":
            yield Topic(kind="latencies", about=measure_id, label=one["label"])


def look(topic: Topic, session: FigureSession) -> _Answers | None:
    """The answers of the whole session."""
    coded = session.coded
    declared = coded.measures[topic.about]
    times, places = answer_times(declared, coded, coded.session)
    lane = coded.lane(coded.link_tracks(declared["link"])[0])
    if not len(times):
        return None
    ids = tuple(lane.ids[k] for k in places.tolist())
    return _Answers(session.origin(), times, lane.onsets[places], ids)


def draw(topic: Topic, blank: CodedSession, looks: Sequence[_Answers]) -> Figure:
    """Half-second bins, and the median over all answers."""
    times = np.concatenate([one.times for one in looks])
    onsets = np.concatenate([one.onsets for one in looks]).tolist()
    whose = [one.whose for one in looks for _ in one.event_ids]
    event_ids = [one_id for one in looks for one_id in one.event_ids]
    by_bin: dict[int, list[int]] = defaultdict(list)
    for place, k in enumerate((times // BIN_US).tolist()):
        by_bin[k].append(place)
    marks: list[Mark] = [
        Bar(
            x0=seconds(k * BIN_US), x1=seconds((k + 1) * BIN_US), y0=0, y1=len(some),
            series="answers",
            origins=Moments(
                [whose[n] for n in some],
                [onsets[n] for n in some],
                [event_ids[n] for n in some],
            ),
            says=f"{seconds(k * BIN_US):g} to {seconds((k + 1) * BIN_US):g} s: "
            f"{counted(len(some), 'answer')}",
        )
        for k, some in sorted(by_bin.items())
    ]  # fmt: skip
    highest = max(map(len, by_bin.values()))
    median_s = summary("median", times)
    text = f"median {median_s:.3g} s"
    marks += [
        Rule(at=median_s, says=text),
        Note(x=median_s, y=highest * 1.07, text=f" {text}", anchor="start"),
    ]
    lowest = seconds(min(0, *by_bin) * BIN_US)
    longest = seconds((ceil(int(times.max()) / BIN_US) + 1) * BIN_US)
    rule = blank.scheme.link(blank.measures[topic.about]["link"])
    by = rule.label if rule and rule.label else blank.measures[topic.about]["link"]
    return Figure(
        id=topic.id,
        kind=topic.kind,
        title=topic.label,
        caption=(
            f"{topic.label}: seconds from the onset of an event to the onset of its answer "
            f"({by}), in bins of half a second. {counted(len(times), 'answer')} of "
            f"{counted(len(looks), 'session')}, {text}."
        ),
        panels=(
            Panel(
                x=Axis(label="Latency", unit="s", low=lowest, high=longest),
                y=Axis(label="Answers", low=0, high=highest * 1.15, whole=True),
                marks=tuple(marks),
            ),
        ),
        series=(own_series(0, "answers", topic.label, in_legend=False),),
        columns=COLUMNS,
        rows=tuple(
            (one.session_id, event_id, seconds(onset), seconds(time_us))
            for one, event_id, onset, time_us in zip(
                whose, event_ids, onsets, times.tolist(), strict=True
            )
        ),
    )


FIGURES.add(FigureKind(name="latencies", topics=topics, look=look, draw=draw))
