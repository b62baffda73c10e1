"""Several cameras: how near to the clock their pictures come, and what is dropped.

Lateness is how long after a picture was due it was painted, for the cameras that follow, as a share
of their own frame; the promise is half a frame.  Seeking is the time until every camera shows the
right picture, as a multiple of what the leading camera alone needs in the same run.
"""

import os
import random
import time
from pathlib import Path

FRAME_US = 1_001_000 / 30
HALF = 0.5


def run(smoke: bool) -> dict[str, float | str]:
    """Shares and ratios for one to eight cameras of the sample recordings."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication([])
    found: dict[str, float | str] = {}
    alone = _seeking(app, 1, 5 if smoke else 20)
    for n_cameras in (2,) if smoke else (2, 4, 8):
        found |= _playing(app, n_cameras, 1.0 if smoke else 6.0)
        seeking = _seeking(app, n_cameras, 5 if smoke else 20)
        found[f"{n_cameras} cameras: seek, median ÷ one camera's"] = seeking / alone
    return found


class NoQtbot:
    """What the stage asks of pytest-qt."""

    def __init__(self, app) -> None:
        self._app = app

    def addWidget(self, _widget) -> None:
        """Nothing to clean up: the benchmark closes it."""

    def waitExposed(self, _widget) -> None:
        self._app.processEvents()

    def waitUntil(self, true, timeout: int) -> None:
        end = time.monotonic() + timeout / 1_000
        while not true():
            self._app.processEvents()
            time.sleep(0.001)
            assert time.monotonic() < end


def _stage(app, n_cameras: int):
    """The sample cameras in turn, each 1.48 s after the other kind, in a full HD window."""
    from camera_stage import Stage
    from imhcode.domain.study import Recording

    samples = Path(__file__).resolve().parents[1] / "sample_videos"
    stage = Stage(NoQtbot(app), (1480, 620))
    names = ["camera_infant", "camera_caregiver"]
    cameras = []
    for number in range(n_cameras):
        name = names[number % 2]
        recording = Recording(
            id=f"c{number}", session_id="S", path=f"{name}.mp4", offset_us=1_480_000 * (number % 2)
        )
        cameras.append((recording, samples / f"{name}.mp4"))
    stage.open(*cameras, at_us=2_000_000)
    return stage


def _playing(app, n_cameras: int, seconds: float) -> dict[str, float | str]:
    stage = _stage(app, n_cameras)
    late: list[float] = []
    for name, camera in stage.cameras._cameras.items():
        _note_lateness(stage, stage.wall.frame(name).view, camera.recording, late)
    end_us = stage.now_us() + round(seconds * 1_000_000)
    began = time.process_time(), time.monotonic()
    stage.playback.play()
    while stage.now_us() < end_us and stage.playback.is_playing:
        app.processEvents()
        time.sleep(0.001)
    load = (time.process_time() - began[0]) / (time.monotonic() - began[1])
    stage.playback.pause()
    dropped = sum(stage.cameras.dropped.values())
    stage.close()
    stage.window.close()
    late.sort()
    words = f"{n_cameras} cameras:"
    return {
        f"{words} share painted within half a frame": sum(one <= HALF for one in late) / len(late),
        f"{words} lateness, frames, p95": late[int(0.95 * len(late))],
        f"{words} dropped by those that follow, share": dropped / (len(late) + dropped),
        f"{words} cores busy": load,
    }


def _note_lateness(stage, view, recording, late: list[float]) -> None:
    paint, seen = view._paint, [view.painted]

    def noting(painter) -> None:
        paint(painter)
        if stage.playback.is_playing and view.painted is not seen[0] and view.painted is not None:
            seen[0] = view.painted
            late.append((stage.now_us() - recording.offset_us - view.painted.time_us) / FRAME_US)

    view._paint = noting


def _seeking(app, n_cameras: int, n_seeks: int) -> float:
    """Median time of a random seek until every camera is right, s."""
    stage = _stage(app, n_cameras)
    rng = random.Random(5)
    took = []
    for _ in range(n_seeks):
        began = time.perf_counter()
        stage.go_to_frame(rng.randrange(60, 1_400))
        took.append(time.perf_counter() - began)
    stage.close()
    stage.window.close()
    return sorted(took)[len(took) // 2]
