"""How long the timeline takes to paint, against a loop that draws rectangle by rectangle.

    python benchmarks/timeline_painting.py [--smoke]

A hundred thousand events on twenty tracks in a widget of 1600 x 400 pixels, off screen.  Each
figure repaints everything, as scrolling does; ``playhead`` repaints what a moving playhead needs.
The loop draws bare rectangles and nothing else, so it wins once only a few are in view; what counts
there is the milliseconds.
"""

import os
import sys
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap, QRegion
from PySide6.QtWidgets import QApplication, QWidget

from imhcode.domain.event import Event
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Code, Scheme, Subject, Track
from imhcode.ui import theme
from imhcode.ui.coding.timeline_view import TimelineView

WIDTH, HEIGHT, TRACKS = 1600, 400, 20
COLOURS = ("#009E73", "#56B4E9", "#F0E442", "#D55E00", "#CC79A7", "#0072B2")
PATTERNS = ("solid", "dots", "diagonal", "crosshatch", "vertical", "grid")
STEP_US = 400_000


def observation_of(events: int) -> Observation:
    """Half of the tracks full of states without gaps, half full of points."""
    codes = tuple(
        Code(
            id=f"c{n}", label=f"Code number {n}", key="abcdef"[n], color=color, pattern=PATTERNS[n]
        )
        for n, color in enumerate(COLOURS)
    )
    tracks = tuple(
        Track(
            id=f"t{n}",
            label=f"Track {n}",
            subject="dyad",
            kind="point" if n % 2 else "state",
            exclusive=not n % 2,
            codes=codes,
        )
        for n in range(TRACKS)
    )
    dyad = Subject(id="dyad", label="Dyad", role="group")
    scheme = Scheme(id="many", version="1", title="Many", subjects=(dyad,), tracks=tracks)
    chance = np.random.default_rng(1)
    coded = []
    for track in tracks:
        count = events // TRACKS
        onsets = np.sort(chance.choice(count * STEP_US, count, replace=False)).tolist()
        ends = onsets if track.kind == "point" else [*onsets[1:], count * STEP_US]
        coded += [
            Event(
                id=f"{track.id}-{n}",
                track=track.id,
                code=f"c{n % len(codes)}",
                onset_us=onset,
                offset_us=end,
            )
            for n, (onset, end) in enumerate(zip(onsets, ends, strict=True))
        ]
    blank = Observation(id="o", session_id="s", coder_id="k", scheme=scheme)
    return blank.with_events(coded)


class NaiveTimeline(QWidget):
    """The baseline: the same lanes, one ``drawRect`` for each visible event."""

    def __init__(self, view: TimelineView, observation: Observation) -> None:
        super().__init__()
        self._view, self._observation = view, observation
        self._colours = {f"c{n}": QColor(color) for n, color in enumerate(COLOURS)}
        self.resize(WIDTH, HEIGHT)

    def paintEvent(self, event: object) -> None:
        """Draw every visible event of every visible lane."""
        del event
        scale, lanes = self._view.scale, self._view._lanes
        with QPainter(self) as painter:
            for row in lanes.rows:
                if row.top >= HEIGHT:
                    break
                lane = self._observation.timeline.lane(row.track.id)
                for one in lane.between(scale.from_us, scale.until_us):
                    left, right = scale.x_of(one.onset_us), scale.x_of(one.until_us)
                    painter.setBrush(self._colours[one.code])
                    painter.drawRect(QRectF(left, row.top, max(right - left, 2), row.height))


def timed(paint: Callable[[], None], times: int) -> tuple[float, float, float]:
    """Best, median and 95th percentile of the thread's own time, in milliseconds."""
    taken = []
    for _ in range(times):
        begun = time.thread_time()
        paint()
        taken.append((time.thread_time() - begun) * 1000)
    return min(taken), float(np.median(taken)), float(np.percentile(taken, 95))


def run(smoke: bool) -> dict[str, float | str]:
    """Measure and print; fewer events and repeats for a smoke test."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, theme.DARK)
    events, repeats, naive_repeats = (2_000, 3, 1) if smoke else (100_000, 60, 3)
    observation = observation_of(events)
    whole_us = events // TRACKS * STEP_US
    view = TimelineView()
    view.resize(WIDTH, HEIGHT)
    view.set_range(0, whole_us)
    view.show_observation(observation, observation.scheme.tracks)
    naive = NaiveTimeline(view, observation)
    canvas = QPixmap(WIDTH, HEIGHT)
    figures: dict[str, float | str] = {"events": float(events)}

    def repaint() -> None:
        view._refresh()
        view.render(canvas)

    def move_playhead() -> None:
        x = 700
        view.render(canvas, QRect(x, 0, 16, HEIGHT).topLeft(), QRegion(x, 0, 16, HEIGHT))

    middle_us = whole_us // 2
    spans = {"all": whole_us, "10 %": whole_us // 10, "1 %": whole_us // 100, "10 s": 10_000_000}
    for name, span_us in spans.items():
        view.zoom_to_fit()
        view._zoom(whole_us / span_us, view.scale.x_of(middle_us))
        repaint()
        best, median, p95 = timed(repaint, repeats)
        slow, *_ = timed(lambda: naive.render(canvas), naive_repeats)
        figures[f"{name}: best ms"] = round(best, 2)
        figures[f"{name}: median ms"] = round(median, 2)
        figures[f"{name}: p95 ms"] = round(p95, 2)
        figures[f"{name}: times faster than a loop"] = round(slow / best, 1)
    _, median, p95 = timed(move_playhead, repeats)
    figures["playhead: median ms"] = round(median, 3)
    figures["playhead: p95 ms"] = round(p95, 3)
    for name, figure in figures.items():
        print(f"{name:32} {figure}")
    return figures


if __name__ == "__main__":
    run("--smoke" in sys.argv)
