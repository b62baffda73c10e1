"""How long one frame of a drag takes, and the edit it ends with, by the number of events.

    python -m benchmarks dragging [--smoke]

The real timeline, 1600 x 400 off screen, shows ten seconds in the middle of an exclusive track of
states without gaps and of nineteen other tracks.  One frame of a drag is all of it: the gesture is
worked out and checked, the preview shown, everything that has to be is painted.  The edit is done
by the real service on a log in memory, so that no disk is measured; ``shown`` adds lanes, table and
painting; ``one track`` has all events on one.  Ratios compare 50,000 events with 10,000.
"""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from benchmarks.timeline_painting import HEIGHT, WIDTH, observation_of
from imhcode.domain.edit import Cause, Edit
from imhcode.domain.event import Event, Stamp
from imhcode.domain.observation import Observation
from imhcode.services.coding import CodingService
from imhcode.services.editing import Editing
from imhcode.ui import theme
from imhcode.ui.coding.event_table import EventTable
from imhcode.ui.coding.timeline_view import TimelineView

FRAME_US = 40_000
SECONDS_US = 10_000_000


class Memory:
    """A log that keeps its lines in memory."""

    def __init__(self) -> None:
        self._lines: list[tuple[Cause, Edit]] = []

    def append(self, cause: Cause, edit: Edit, coder_id: str) -> int:
        """Keep one line."""
        del coder_id
        self._lines.append((cause, edit))
        return len(self._lines) - 1

    def causes(self) -> list[tuple[int, Cause]]:
        """The number and cause of every line."""
        return [(n, cause) for n, (cause, _) in enumerate(self._lines)]

    def edit(self, n: int) -> Edit:
        """The edit on one line."""
        return self._lines[n][1]

    def stretch(self, first: int, last: int) -> list[object]:
        """Nothing is ever asked of it here."""
        raise NotImplementedError(f"{first}-{last}")


def snap(time_us: int) -> Stamp:
    """The nearest frame of a recording of 25 frames a second."""
    frame = round(time_us / FRAME_US)
    return Stamp(frame * FRAME_US, "cam", frame)


def scene(events: int) -> tuple[Observation, int]:
    """An observation whose first track is exhaustive, and where its middle lies."""
    observation = observation_of(events)
    first, *others = observation.scheme.tracks
    scheme = replace(observation.scheme, tracks=(replace(first, exhaustive=True), *others))
    lane = observation.timeline.lane(first.id)
    return replace(observation, scheme=scheme), lane.at(len(lane) // 2).onset_us


def timed(act: Callable[[int], object], times: int) -> list[float]:
    """How long each of several goes took, in milliseconds of this thread."""
    taken = []
    for n in range(times):
        begun = time.thread_time()
        act(n)
        taken.append((time.thread_time() - begun) * 1000)
    return taken


def measure(events: int, repeats: int) -> dict[str, list[float]]:
    """Frames of drags and edits with that many events in the observation."""
    observation, middle_us = scene(events)
    track = observation.scheme.tracks[0].id
    coding = CodingService(observation, Memory())  # type: ignore[arg-type]
    editing = Editing(coding, snap)
    view, table, canvas = TimelineView(), EventTable(), QPixmap(WIDTH, HEIGHT)
    view.resize(WIDTH, HEIGHT)
    table.resize(WIDTH, 200)
    last_us = observation.timeline.last_us() or 1
    view.set_range(0, last_us)
    view.show_observation(observation, observation.scheme.tracks)
    table.show_observation(observation)
    view._zoom(last_us / SECONDS_US, view.scale.x_of(middle_us))
    event = observation.timeline.lane(track).covering(middle_us)[0]
    view.set_selected(event.id)
    onset_us, until_us = event.onset_us, event.until_us
    longest = max((until_us - onset_us) // FRAME_US, 4)

    def drag(part: str, n: int) -> None:
        by_us = (n % longest - longest // 2) * FRAME_US // 2
        if part == "edge":
            edit = editing.edge_moved(event.id, "onset", onset_us + by_us, "trim")
        else:
            edit = editing.moved(event.id, onset_us + by_us, "trim")
        view.show_preview(edit, onset_us + by_us, "00:00.000")
        view.render(canvas)

    def attempt(part: str, n: int) -> None:
        from imhcode.domain.errors import Refused

        try:
            drag(part, n)
        except Refused:
            view.render(canvas)  # the edge stands still where it can go no further

    for part in ("edge", "whole"):
        attempt(part, 0)
    frames = timed(lambda n: attempt("edge", n), repeats)
    whole = timed(lambda n: attempt("whole", n), repeats)
    view.show_preview(None)
    comments = [one.id for one in observation.timeline.lane(track)][:: max(events // 2000, 1)]

    def edit(n: int) -> Edit:
        return editing.flag([comments[n % len(comments)]])

    edit(0)
    edits = timed(edit, repeats)

    def shown(n: int) -> None:
        done = edit(n)
        view.show_edit(coding.observation, done)
        table.show_edit(coding.observation, done)
        view.render(canvas)

    return {"edge": frames, "whole": whole, "edit": edits, "shown": timed(shown, repeats)}


def edits_on_one_track(events: int, repeats: int) -> list[float]:
    """Edges nudged to and fro on a track that holds all events."""
    observation, _ = scene(20)
    track = observation.scheme.tracks[0].id
    states = [
        Event(
            id=f"e{n}",
            track=track,
            code=f"c{n % 2}",
            onset_us=n * 10 * FRAME_US,
            offset_us=(n + 1) * 10 * FRAME_US,
        )
        for n in range(events)
    ]
    editing = Editing(CodingService(observation.with_events(states), Memory()), snap)  # type: ignore[arg-type]

    def nudge(n: int) -> Edit:
        at = 1 + (n * 7919) % (events - 2)
        return editing.nudge(f"e{at}", "onset", (at * 10 + 1) * FRAME_US)

    nudge(0)
    return timed(nudge, repeats)


def run(smoke: bool) -> dict[str, float | str]:
    """Measure and hand back; fewer events and repeats for a smoke test."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, theme.DARK)
    sizes, repeats = ((400, 800), 4) if smoke else ((10_000, 50_000), 200)
    taken = {
        size: measure(size, repeats) | {"one": edits_on_one_track(size, repeats)} for size in sizes
    }
    figures: dict[str, float | str] = {}
    names = {
        "edge": "a frame of dragging an edge",
        "whole": "a frame of dragging a whole event",
        "edit": "an edit",
        "shown": "an edit, shown",
        "one": "an edit on one track",
    }
    for size in sizes:
        for what, words in names.items():
            some = taken[size][what]
            figures[f"{size:,}: {words}, median ms"] = round(float(np.median(some)), 3)
            figures[f"{size:,}: {words}, slowest ms"] = round(max(some), 3)
    for what, words in names.items():
        less, more = (float(np.median(taken[size][what])) for size in (sizes[0], sizes[-1]))
        figures[f"{words}: times as long at {sizes[-1]:,} as at {sizes[0]:,}"] = round(
            more / less, 2
        )
    late = [one for what in ("edge", "whole") for one in taken[sizes[-1]][what] if one > 16]
    figures["frames of a drag over 16 ms"] = float(len(late))
    return figures


if __name__ == "__main__":
    for name, figure in run("--smoke" in sys.argv).items():
        print(f"{name:64} {figure}")
